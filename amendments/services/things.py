"""Things that have a history page: which rows make up their past, and what they were at one moment of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.http import Http404
from django.shortcuts import get_object_or_404

from amendments.models import (
    Annotation,
    AnnotationStandard,
    AnnotationTopic,
    Concern,
    ConcernStandard,
    ConcernTopic,
    Correspondence,
    Counterpart,
    Event,
    Provision,
    Recommendation,
    Standard,
    StandardTopic,
    StatedPlace,
    Topic,
    Verdict,
)
from amendments.services.history import Place, Revision
from codes.models import Code, Membership, Version
from codes.permissions import may
from tracker.accounts.models import User


@dataclass(frozen=True, slots=True)
class Thing:
    """What a history page is about. `rows` are the ids of the rows that followed one another in its place."""

    kind: str
    row: Any
    law: Code | None
    rows: tuple[int, ...]
    place: Place


def find(kind: str, pk: int, *, user: User) -> Thing:
    """The thing, for a member who may read its history. Raises `Http404` for anybody else and for what there is not."""
    if kind not in _FINDERS:
        raise Http404
    thing = _FINDERS[kind](pk)
    if thing.law is not None:
        may(user, "read_drafts", thing.law).require()
    elif not (user.is_administrator if kind == "member" else Membership.objects.filter(user=user).exists()):
        raise Http404
    return thing


def cell(verdict: Verdict) -> Thing:
    """All findings for one concern in one version against one base, whichever row they stood in."""
    where = "h.concern_id = %(concern)s and h.version_id = %(version)s and h.base = %(base)s"
    values = {"concern": verdict.concern_id, "version": verdict.version_id, "base": verdict.base}
    rows = Verdict.objects.filter(
        concern=verdict.concern_id, version=verdict.version_id, base=verdict.base
    ).values_list("pk", flat=True)
    law = verdict.concern.provision.law
    return Thing("verdict", verdict, law, tuple(rows), Place(((Verdict, where),), values))


def note(annotation: Annotation) -> Thing:
    """A note with the drafts that replaced it, or that it replaced."""
    ids = _chain(annotation.pk)
    mine = "h.annotation_id = any(%(ids)s)"
    where = ((Annotation, "h.id = any(%(ids)s)"), (AnnotationTopic, mine), (AnnotationStandard, mine))
    return Thing("note", annotation, annotation.law, tuple(ids), Place(where, {"ids": ids}))


def _chain(pk: int) -> list[int]:
    """Ids of all notes that replaced one another, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with recursive chain as (select id, replaces_id from amendments_annotation where id = %s union "
            "select n.id, n.replaces_id from amendments_annotation n join chain c "
            "on n.replaces_id = c.id or n.id = c.replaces_id) select distinct id from chain order by id",
            [pk],
        )
        return [found for (found,) in cursor.fetchall()]


def _verdict(pk: int) -> Thing:
    return cell(get_object_or_404(Verdict.objects.select_related("concern__provision__law", "version"), pk=pk))


def _note(pk: int) -> Thing:
    return note(get_object_or_404(Annotation.objects.select_related("law", "article__version"), pk=pk))


def _concern(pk: int) -> Thing:
    concern = get_object_or_404(Concern.objects.select_related("provision__law"), pk=pk)
    mine = "h.concern_id = %(id)s"
    where = ((Concern, "h.id = %(id)s"), (Recommendation, mine), (ConcernTopic, mine), (ConcernStandard, mine))
    return Thing("concern", concern, concern.provision.law, (pk,), Place(where, {"id": pk}))


def _provision(pk: int) -> Thing:
    """A provision with all that was said about it: concerns, verdicts, notes."""
    provision = get_object_or_404(Provision.objects.select_related("law"), pk=pk)
    concerns = list(provision.concerns.values_list("pk", flat=True))
    mine, ours = "h.provision_id = %(id)s", "h.concern_id = any(%(concerns)s)"
    noted = f"({mine} or {ours})"
    where = (
        (Provision, "h.id = %(id)s"),
        (StatedPlace, mine),
        (Counterpart, mine),
        (Concern, mine),
        (Recommendation, ours),
        (Verdict, ours),
        (Annotation, noted),
    )
    return Thing("provision", provision, provision.law, (pk,), Place(where, {"id": pk, "concerns": concerns}))


def _correspondence(pk: int) -> Thing:
    link = get_object_or_404(Correspondence.objects.select_related("new_version__code"), pk=pk)
    place = Place(((Correspondence, "h.id = %(id)s"),), {"id": pk})
    return Thing("correspondence", link, link.new_version.code, (pk,), place)


def _simple(kind: str, model: type[models.Model], *others: tuple[type[models.Model], str]) -> Callable[[int], Thing]:
    """A finder for a thing that is one row, with the rows of other tables that point to it."""

    def found(pk: int) -> Thing:
        row: Any = get_object_or_404(model._default_manager.all(), pk=pk)
        law = row if isinstance(row, Code) else row.code if isinstance(row, Version) else None
        where = ((model, "h.id = %(id)s"), *((other, f"h.{column} = %(id)s") for other, column in others))
        return Thing(kind, row, law, (pk,), Place(where, {"id": pk}))

    return found


_FINDERS: dict[str, Callable[[int], Thing]] = {
    "verdict": _verdict,
    "note": _note,
    "concern": _concern,
    "provision": _provision,
    "correspondence": _correspondence,
    "version": _simple("version", Version),
    "law": _simple("law", Code, (Event, "law_id")),
    "topic": _simple("topic", Topic),
    "standard": _simple("standard", Standard, (StandardTopic, "standard_id")),
    "member": _simple("member", User, (Membership, "user_id")),
}
THINGS = tuple(_FINDERS)

# What a thing is made of besides its own row: name in the state → (model, column of the thing, column that counts).
_PARTS: dict[str, dict[str, tuple[type[models.Model], str, str]]] = {
    "note": {
        "topics": (AnnotationTopic, "annotation_id", "topic_id"),
        "standards": (AnnotationStandard, "annotation_id", "standard_id"),
    },
    "concern": {
        "topics": (ConcernTopic, "concern_id", "topic_id"),
        "standards": (ConcernStandard, "concern_id", "standard_id"),
    },
    "standard": {"topics": (StandardTopic, "standard_id", "topic_id")},
}


def state(thing: Thing, revision: Revision) -> dict[str, Any]:
    """All columns of the thing as it stood after a revision, with ids of its topics and standards.

    What the same transaction wrote belongs to it, whichever of its rows was written first, up to the next revision of
    the thing's own row.
    """
    own = type(thing.row)
    moment = _Moment(revision.when, str(revision.after["txid"]), _next_in_transaction(own, revision))
    columns = _at(own, "id", revision.owner, moment)
    found: dict[str, Any] = columns[0] if columns else {}
    if thing.kind == "concern":
        asked = _at(Recommendation, "concern_id", revision.owner, moment)
        found |= {"ask": asked[0]["ask"], "asked": asked[0]["asked"]} if asked else {"ask": None, "asked": None}
    for name, (model, column, counts) in _PARTS.get(thing.kind, {}).items():
        found[name] = [part[counts] for part in _at(model, column, revision.owner, moment)]
    return found


@dataclass(frozen=True, slots=True)
class _Moment:
    """Everything until `when`, and of the transaction `txid` everything before `until` (None: all of it)."""

    when: datetime
    txid: str
    until: datetime | None


def _next_in_transaction(model: type[models.Model], revision: Revision) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select min(history_date) from {_history(model)} where id = %s and txid::text = %s and history_date > %s",
            [revision.owner, str(revision.after["txid"]), revision.when],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _at(model: type[models.Model], column: str, value: int, moment: _Moment) -> list[dict[str, Any]]:
    """The rows of a table that existed at a moment, from their history."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select distinct on (h.id) to_jsonb(h) from {_history(model)} h where h.{column} = %s "
            "and (h.history_date <= %s or h.txid::text = %s "
            "and h.history_date < coalesce(%s, 'infinity'::timestamptz)) order by h.id, h.history_id desc",
            [value, moment.when, moment.txid, moment.until],
        )
        rows = [json.loads(columns) if isinstance(columns, str) else columns for (columns,) in cursor.fetchall()]
    return [row for row in rows if row["history_type"] != "-"]


def _history(model: type[models.Model]) -> str:
    return str(model.history.model._meta.db_table)  # type: ignore[attr-defined]
