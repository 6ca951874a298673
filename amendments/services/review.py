"""From draft to published: each step asks the person, then the state, then writes with a reason."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_noop

from amendments.models import Annotation, ConcernEdition, Placing, Reviewable, ReviewNeed, ReviewStatus, Verdict
from amendments.permissions import may_edit, may_publish, may_return, may_withdraw
from amendments.policies import Step, after
from amendments.services import contradictions
from amendments.services.lineage import Lineages
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict
from tracker.common.writing import record

Row = TypeVar("Row", bound=Reviewable)

_WORDS: dict[type[Reviewable], tuple[str, ...]] = {
    Verdict: ("concern_id", "version_id", "base", "value", "reason", "lifecycle", "caution"),
    Annotation: ("article_id", "language", "quote", "first_eid", "last_eid", "start", "end", "public_text"),
    ConcernEdition: ("concern_id", "provision_names", "names", "ask", "asked", "quoted", "note", "topics", "standards"),
}
_REVIEWERS_WORDS: dict[type[Reviewable], tuple[str, ...]] = {
    Verdict: ("value", "reason"),
    Annotation: ("public_text",),
    ConcernEdition: (),  # a reviewer changes the concern itself, and somebody else publishes it
}


def locked(row: Row, *, revision: int, mine: dict[str, Any] | None = None) -> Row:
    """The row as it stands, locked. Raises `Conflict` when it is not the revision that the person saw."""
    fresh = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if fresh.revision != revision:
        raise Conflict(fresh, mine or {})
    return fresh


def fingerprint(row: Reviewable) -> str:
    """Hash of all words of a revision: what a reviewer saw is exactly what is published."""
    words: dict[str, Any] = {name: getattr(row, name) for name in _WORDS[type(row)]}
    if isinstance(row, Annotation):
        words["topics"] = sorted(row.topic_links.values_list("topic_id", flat=True))
        words["standards"] = sorted(row.standard_links.values_list("standard_id", flat=True))
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def save_revision(row: Row, *, by: User, reason: str) -> Row:
    """Write the next revision of a row that was locked in this transaction."""
    row.revision += 1
    return record(row, by=by, reason=reason)


@transaction.atomic
def submit(row: Row, *, by: User, revision: int) -> Row:
    fresh = locked(row, revision=revision)
    may_edit(by, fresh).require()
    fresh.status = after(fresh.status, Step.SUBMIT)
    _require_whole(fresh)
    return save_revision(fresh, by=by, reason="sent to review")


@transaction.atomic
def take_back(row: Row, *, by: User, revision: int) -> Row:
    fresh = locked(row, revision=revision)
    may_edit(by, fresh).require()
    fresh.status = after(fresh.status, Step.TAKE_BACK)
    return save_revision(fresh, by=by, reason="taken back from review")


@transaction.atomic
def send_back(row: Row, *, by: User, why: str, revision: int) -> Row:
    """Return a thing to its author with a reason."""
    if not why.strip():
        raise ValidationError(gettext_noop("Say why you return it: its author reads the reason."))
    fresh = locked(row, revision=revision)
    may_return(by, fresh).require()
    fresh.status = after(fresh.status, Step.RETURN)
    fresh.returned_reason = why.strip()
    return save_revision(fresh, by=by, reason=f"returned: {why.strip()}")


@transaction.atomic
def edit_and_ask(row: Row, *, by: User, revision: int, **words: str) -> Row:
    """A reviewer's own words in place of the author's; the author must agree, then a third person publishes.

    `words`: `value` and `reason` of a verdict, `public_text` of a note. Raises `NeedsReason` as writing does.
    """
    fresh = locked(row, revision=revision, mine=dict(words))
    may_return(by, fresh).require()
    fresh.status = after(fresh.status, Step.EDIT_AND_ASK)
    for name, word in words.items():
        if name not in _REVIEWERS_WORDS[type(fresh)]:
            raise ValueError(f"A reviewer does not change {name}.")
        setattr(fresh, name, word.strip())
    fresh.last_edited_by = by
    if isinstance(fresh, Verdict):
        contradictions.check(fresh)
    return save_revision(fresh, by=by, reason="edited in review; its author is asked")


@transaction.atomic
def agree(row: Row, *, by: User, revision: int) -> Row:
    """The author agrees with a reviewer's words; then somebody who wrote none of them can publish."""
    fresh = locked(row, revision=revision)
    if fresh.written_by_id != by.pk:
        raise ValidationError(gettext_noop("Only the author can agree with a reviewer's words."))
    may_edit(by, fresh).require()
    fresh.status = after(fresh.status, Step.AGREE)
    return save_revision(fresh, by=by, reason="author agreed with the reviewer's words")


@transaction.atomic
def publish(
    row: Row, *, by: User, revision: int, seen: str, reason: str = "published", lines: Lineages | None = None
) -> Row:
    """Make a thing part of what the next release shows. `seen` is the fingerprint of what was on the screen.

    What speaks against a verdict is computed again, since facts and the verdicts beside it may have changed. Raises
    `NeedsReason`.
    """
    fresh = locked(row, revision=revision)
    may_publish(by, fresh).require()
    if fingerprint(fresh) != seen:
        raise Conflict(fresh, {})
    fresh.status = after(fresh.status, Step.PUBLISH)
    if isinstance(fresh, Verdict):
        contradictions.check(fresh, lines=lines)
    fresh.published_by = by
    _supersede(fresh, by=by)
    published = save_revision(fresh, by=by, reason=reason)
    if isinstance(published, Verdict):
        _answer_needs(published, by=by)
    return published


@transaction.atomic
def withdraw(row: Row, *, by: User, why: str, revision: int) -> Row:
    """Take a draft away, or a published thing out of every later release."""
    if not why.strip():
        raise ValidationError(gettext_noop("Say why you withdraw it: the reason stays in its history."))
    fresh = locked(row, revision=revision)
    may_withdraw(by, fresh).require()
    fresh.status = after(fresh.status, Step.WITHDRAW)
    return save_revision(fresh, by=by, reason=f"withdrawn: {why.strip()}")


def _require_whole(row: Reviewable) -> None:
    """A note says something to the public, under a topic, on words that stand there, before others review it."""
    if not isinstance(row, Annotation):
        return
    if not row.public_text:
        raise ValidationError(gettext_noop("Write the public note first: it is what a reviewer publishes."))
    if not row.topic_links.exists():
        raise ValidationError(gettext_noop("Choose at least one topic, then send the note to review."))
    if row.placing != Placing.PLACED:
        raise ValidationError(gettext_noop("Give the note its place in this text, then send it to review."))


def _supersede(row: Reviewable, *, by: User) -> None:
    """What is published in the place of this one makes way; the record keeps it in its releases."""
    before = row.replaces
    if before is None or before.status != ReviewStatus.PUBLISHED:
        return
    old = type(row)._default_manager.select_for_update().get(pk=before.pk)
    old.status = after(old.status, Step.SUPERSEDE)
    save_revision(old, by=by, reason="a newer one was published in its place")


def _answer_needs(verdict: Verdict, *, by: User) -> None:
    open_needs = ReviewNeed.objects.select_for_update().filter(
        concern=verdict.concern_id, version=verdict.version_id, base=verdict.base, done=False
    )
    for need in open_needs:
        need.done = True
        record(need, by=by, reason="answered by a published verdict")
