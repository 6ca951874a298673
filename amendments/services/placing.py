"""Putting a note back on its words after a new text: a person keeps the place shown, or chooses other words."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction

from amendments.models import Annotation, Placing
from amendments.permissions import may_edit
from amendments.policies import Step, after
from amendments.services.review import locked, save_revision
from codes.models import ArticleText
from codes.services import trees
from codes.text.anchors import locate
from tracker.accounts.models import User

AROUND = 32  # characters kept before and after the words


def passage(note: Annotation, text: ArticleText) -> str:
    """The words that stand now where the note points; "" when its paragraphs are not in the text."""
    eids = [paragraph["eid"] for paragraph in text.paragraphs]
    if note.first_eid not in eids or note.last_eid not in eids:
        return ""
    chosen: list[str] = [p["text"] for p in text.paragraphs[eids.index(note.first_eid) : eids.index(note.last_eid) + 1]]
    if len(chosen) == 1:
        return chosen[0][note.start : note.end]
    return "\n".join([chosen[0][note.start :], *chosen[1:-1], chosen[-1][: note.end]]) if chosen else ""


@transaction.atomic
def keep_here(note: Annotation, *, by: User, revision: int) -> Annotation:
    """The note still applies to the words shown: they become its quote."""
    fresh = locked(note, revision=revision)
    may_edit(by, fresh).require()
    text = _text_of(fresh)
    words = passage(fresh, text)
    if not words:
        raise ValidationError("There are no words at this place. Choose other words.")
    fresh.quote = words
    return _placed(fresh, text, by=by, reason="kept at the changed words")


@transaction.atomic
def choose_words(note: Annotation, *, number: str, quote: str, by: User, revision: int, part: str = "") -> Annotation:
    """Move the note to words of an article of the same text, if they stand there exactly once."""
    fresh = locked(note, revision=revision, mine={"quote": quote})
    may_edit(by, fresh).require()
    article = fresh.article.version.articles.filter(number=number.strip()).first()
    if article is None:
        raise ValidationError(f"There is no Article {number} in this text.")
    fresh.article = article
    text = _text_of(fresh)
    whole = trees.article(text)
    held = tuple(p for p in whole.body if not part or p.part == part)
    place = f"part {part} of Article {number}" if part else f"Article {number}"
    try:
        found = locate(replace(whole, paragraphs=held), replace(whole, paragraphs=held), quote)
    except ValueError:
        raise ValidationError(f"These words are not in {place}. Check spelling or choose another part.") from None
    if found.outcome != "identical":
        raise ValidationError(f"These words stand more than once in {place}. Choose a part, or more words.")
    fresh.first_eid = fresh.last_eid = found.eid
    fresh.start, fresh.end, fresh.quote = found.start, found.end, found.quote
    return _placed(fresh, text, by=by, reason="moved to other words")


def _placed(note: Annotation, text: ArticleText, *, by: User, reason: str) -> Annotation:
    note.status = after(note.status, Step.EDIT)
    words = {paragraph["eid"]: paragraph["text"] for paragraph in text.paragraphs}
    note.prefix = words[note.first_eid][max(0, note.start - AROUND) : note.start]
    note.suffix = words[note.last_eid][note.end : note.end + AROUND]
    note.placing = Placing.PLACED
    note.last_edited_by = by
    return save_revision(note, by=by, reason=reason)


def _text_of(note: Annotation) -> ArticleText:
    return ArticleText.objects.select_related("article__division").get(article=note.article, language=note.language)
