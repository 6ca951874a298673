"""Going back: a restore is one more revision with the words of an earlier one. Nothing is deleted."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from amendments.models import (
    OPEN,
    Annotation,
    AnnotationStandard,
    AnnotationTopic,
    AnsweredRequest,
    Concern,
    ConcernStandard,
    ConcernTopic,
    Provision,
    Recommendation,
    Reviewable,
    ReviewStatus,
    Standard,
    Topic,
    Verdict,
)
from amendments.permissions import may_edit, may_write
from amendments.policies import Step, after
from amendments.services import contradictions, editions, history, things, verdicts
from amendments.services.history import Revision
from amendments.services.review import save_revision
from amendments.services.things import Thing
from codes.models import Membership
from codes.permissions import may
from tracker.accounts.models import User
from tracker.accounts.roles import REFUSALS, Rule, rule
from tracker.common.answers import Answer
from tracker.common.conflicts import Conflict
from tracker.common.writing import record, remove

_VERDICT = ("value", "reason", "lifecycle", "caution", "basis", "source_id", "verified", "text_held")
_NOTE = (
    "article_id", "language", "provision_id", "concern_id", "quote", "prefix", "suffix", "first_eid", "last_eid",
    "start", "end", "public_text", "placing",
)  # fmt: skip
# Plain things and the fields that go back. What decides about the public or the order of texts is not among them.
_PLAIN: dict[str, tuple[str, ...]] = {
    "concern": ("names", "quoted", "note"),
    "provision": ("names",),
    "topic": ("names", "gist"),
    "standard": ("cite", "gist"),
    "law": ("names", "number", "date"),
    "version": ("label", "date_note"),
}
Row = TypeVar("Row", bound=Reviewable)
RESTORABLE = ("verdict", "note", *_PLAIN)


def may_restore(user: User, thing: Thing) -> Answer:
    """Whoever may write the thing may take it back to an earlier revision."""
    if thing.law is not None:
        return may(user, "import" if thing.kind in {"law", "version"} else "write", thing.law)
    roles = Membership.objects.filter(user=user).values_list("role", flat=True)
    return Answer() if any(rule("write", role) is Rule.YES for role in roles) else Answer(REFUSALS["write"])


def reason_of(revision: Revision) -> str:
    """What the new revision says of itself: "Restored from 12 May 2014 14:02"."""
    when = timezone.localtime(revision.when)
    return f"Restored from {when.day} {when:%b %Y %H:%M}"


@transaction.atomic
def restore(thing: Thing, revision: Revision, *, by: User, newest: str, request_id: UUID) -> Any:
    """Write what the thing was at `revision` as its next revision, and return the row that now holds it.

    `newest` is the key of the newest revision that the person saw; another one since raises `Conflict`. Raises
    `ValidationError` where the thing is not open to edits, saying the way out. Sent twice, it is done once.
    """
    if thing.kind not in RESTORABLE or revision.type == "-":
        raise ValidationError("This cannot be restored.")
    answered = AnsweredRequest.objects.filter(request_id=request_id, member=by).first()
    if answered is not None:
        return type(thing.row)._default_manager.get(pk=answered.target)
    may_restore(by, thing).require()
    rows = list(type(thing.row)._default_manager.select_for_update().filter(pk__in=thing.rows).order_by("pk"))
    latest = history.of_thing(thing.place, limit=1)
    if not latest or latest[0].key != newest:
        raise Conflict(rows[-1] if rows else thing.row, {})
    old = things.state(thing, revision)
    if thing.kind == "verdict":
        restored: Any = _restore_verdict(rows, old, by=by, reason=reason_of(revision))
    elif thing.kind == "note":
        restored = _restore_note(rows, old, by=by, reason=reason_of(revision))
    else:
        restored = _restore_plain(thing, rows[0], old, by=by, reason=reason_of(revision))
    AnsweredRequest.objects.create(
        request_id=request_id, member=by, kind=f"restore {thing.kind}", target=restored.pk,
        revision=getattr(restored, "revision", 0),
    )  # fmt: skip
    return restored


def _open(rows: list[Row]) -> Row | None:
    return next((row for row in rows if row.status in OPEN), None)


def _take_up(row: Reviewable, old: dict[str, Any], fields: tuple[str, ...], *, by: User) -> None:
    """Put old words into a draft that is open to edits. Raises `NotPossible` when it is not."""
    if not (answer := may_edit(by, row)):
        raise PermissionDenied(answer.reason)
    row.status = after(row.status, Step.EDIT)
    row.last_edited_by = by
    for name in fields:
        setattr(row, name, old[name])


def _restore_verdict(rows: list[Verdict], old: dict[str, Any], *, by: User, reason: str) -> Verdict:
    draft = _open(rows)
    if draft is not None:
        _take_up(draft, old, _VERDICT, by=by)
        contradictions.check(draft)
        return save_revision(draft, by=by, reason=reason)
    cell = {name: old[name] for name in ("concern_id", "version_id", "base", "sample")}
    return verdicts.write(Verdict(**cell, **{name: old[name] for name in _VERDICT}), by=by, reason=reason)


def _restore_note(rows: list[Annotation], old: dict[str, Any], *, by: User, reason: str) -> Annotation:
    note = _open(rows)
    if note is not None:
        _take_up(note, old, _NOTE, by=by)
        save_revision(note, by=by, reason=reason)
    else:
        published = next((row for row in rows if row.status == ReviewStatus.PUBLISHED), rows[-1])
        may_write(by, published.law).require()
        words = {name: old[name] for name in _NOTE}
        note = Annotation(
            law=published.law, public_id=published.public_id, replaces=published, written_by=by, last_edited_by=by,
            sample=old["sample"], **words,
        )  # fmt: skip
        record(note, by=by, reason=reason)
    set_links(AnnotationTopic, {"annotation": note}, "topic", old["topics"], by=by, reason=reason)
    set_links(AnnotationStandard, {"annotation": note}, "standard", old["standards"], by=by, reason=reason)
    return note


def _restore_plain(thing: Thing, row: Any, old: dict[str, Any], *, by: User, reason: str) -> Any:
    for name in _PLAIN[thing.kind]:
        setattr(row, name, type(row)._meta.get_field(name).to_python(old[name]))
    record(row, by=by, reason=reason)
    if isinstance(row, Concern):
        asked = Recommendation.objects.select_for_update().filter(concern=row).first()
        if asked is not None and old["ask"]:
            asked.ask, asked.asked = old["ask"], old["asked"]
            record(asked, by=by, reason=reason)
        set_links(ConcernTopic, {"concern": row}, "topic", old["topics"], by=by, reason=reason)
        set_links(ConcernStandard, {"concern": row}, "standard", old["standards"], by=by, reason=reason)
        editions.propose(row, by=by, reason=reason)
    if isinstance(row, Provision):
        for concern in row.concerns.all():
            editions.propose(concern, by=by, reason=reason)
    return row


def set_links(
    model: type[models.Model], owner: dict[str, Any], target: str, wanted: list[int], *, by: User, reason: str
) -> None:
    """Make the linked topics or standards of a thing exactly `wanted`, in this order; one row of history for each
    change. An id that no longer exists is left out.
    """
    known: type[models.Model] = {"topic": Topic, "standard": Standard}[target]
    existing = set(known._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
    kept = [pk for pk in dict.fromkeys(wanted) if pk in existing]
    ordered = any(each.name == "order" for each in model._meta.fields)
    held = {getattr(row, f"{target}_id"): row for row in model._default_manager.filter(**owner)}
    for pk, row in held.items():
        if pk not in kept:
            remove(row, by=by, reason=reason)
    for order, pk in enumerate(kept):
        place = {"order": order} if ordered else {}
        if pk not in held:
            record(model(**owner, **{f"{target}_id": pk}, **place), by=by, reason=reason)
        elif ordered and getattr(held[pk], "order", order) != order:
            setattr(held[pk], "order", order)  # noqa: B010  # a model known only by its links
            record(held[pk], by=by, reason=reason)
