"""Notes on words of an article: drafts, edits, and what is needed before others review them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext

from amendments.models import (
    OPEN,
    Annotation,
    AnnotationStandard,
    AnnotationTopic,
    Concern,
    Provision,
    ReviewStatus,
    Standard,
    Topic,
)
from amendments.permissions import may_edit, may_write
from amendments.policies import Step, after
from amendments.services import review
from amendments.services.lineage import versions_of
from amendments.services.passages import Passage
from codes.models import Article, Code
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict
from tracker.common.typed import plain
from tracker.common.writing import delete, record, record_all

LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class Words:
    """What a person writes of a note. `public_text` is plain paragraphs."""

    passage: Passage
    public_text: str
    topics: Sequence[Topic] = ()
    standards: Sequence[Standard] = ()
    provision: Provision | None = None
    concern: Concern | None = None


def of_member(user: User) -> models.QuerySet[Annotation]:
    """The notes a member may know of: those of laws in which they have a role."""
    return Annotation.objects.filter(law__members__user=user)


@transaction.atomic
def write(*, law: Code, article: Article, words: Words, by: User, reason: str = "written") -> Annotation:
    """A new draft. Raises `ValidationError` when the article is no part of the law."""
    may_write(by, law).require()
    if article.version_id not in {version.pk for version in versions_of(law)}:
        raise ValidationError(gettext("This article belongs to another law."))
    note = Annotation(law=law, article=article, language=article.version.language, written_by=by, last_edited_by=by)
    _set(note, words)
    record(note, by=by, reason=reason)
    _link(note, words, by=by)
    return note


@transaction.atomic
def edit(note: Annotation, *, words: Words, by: User, revision: int) -> Annotation:
    """Save other words. Editing a published note makes a draft that replaces it; the published one stays until then.

    Raises `Conflict` when another revision was saved meanwhile, or another edit of the published note is on its way.
    """
    fresh = review.locked(note, revision=revision, mine=_plainly(words))
    may_edit(by, fresh).require()
    if fresh.status == ReviewStatus.PUBLISHED:
        return _replace(fresh, words, by=by)
    fresh.status = after(fresh.status, Step.EDIT)
    fresh.last_edited_by = by
    _set(fresh, words)
    review.save_revision(fresh, by=by, reason="edited")
    _link(fresh, words, by=by)
    return fresh


def open_edit_of(note: Annotation) -> Annotation | None:
    """The edit of a published note that is on its way."""
    return Annotation.objects.filter(replaces=note, status__in=OPEN).first()


def _replace(published: Annotation, words: Words, *, by: User) -> Annotation:
    known = open_edit_of(published)
    if known is not None:
        raise Conflict(known, _plainly(words))
    edited = Annotation(
        law=published.law,
        article=published.article,
        language=published.language,
        carried_from=published.carried_from,
        assigned_to=published.assigned_to,
        public_id=published.public_id,
        replaces=published,
        written_by=by,
        last_edited_by=by,
    )
    _set(edited, words)
    record(edited, by=by, reason="edit of a published note")
    _link(edited, words, by=by)
    return edited


def _plainly(words: Words) -> dict[str, Any]:
    """What was not accepted, for whoever shows it."""
    return {
        "quote": words.passage.quote,
        "public_text": words.public_text,
        "topics": [topic.pk for topic in words.topics],
        "standards": [standard.pk for standard in words.standards],
    }


def _set(note: Annotation, words: Words) -> None:
    concern = words.concern
    if concern is not None and concern.provision.law_id != note.law_id:
        raise ValidationError(gettext("This concern belongs to another law."))
    for field in fields(Passage):
        setattr(note, field.name, getattr(words.passage, field.name))
    note.public_text = plain(words.public_text, longest=LONGEST_TEXT)
    note.concern = concern
    note.provision = concern.provision if concern is not None else words.provision


def _link(note: Annotation, words: Words, *, by: User) -> None:
    """Topics and standards as chosen: what was unticked goes, with its history."""
    topics, standards = {topic.pk for topic in words.topics}, {standard.pk for standard in words.standards}
    have_topics = {link.topic_id: link for link in note.topic_links.all()}
    have_standards = {link.standard_id: link for link in note.standard_links.all()}
    gone: Iterable[AnnotationTopic | AnnotationStandard] = [
        *(link for pk, link in have_topics.items() if pk not in topics),
        *(link for pk, link in have_standards.items() if pk not in standards),
    ]
    for link in gone:
        delete(link, by=by, reason="no longer chosen")
    new_topics = [AnnotationTopic(annotation=note, topic_id=pk) for pk in sorted(topics - have_topics.keys())]
    new_standards = [
        AnnotationStandard(annotation=note, standard_id=pk) for pk in sorted(standards - have_standards.keys())
    ]
    record_all(new_topics, by=by, reason="chosen")
    record_all(new_standards, by=by, reason="chosen")
