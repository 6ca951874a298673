"""The overview of a law: stages, texts, and every concern in every text."""

from __future__ import annotations

from typing import Any

from amendments.models import Change, Concern, Provision, Topic
from amendments.services.lineage import Place
from tracker.publication.collectors import heads
from tracker.publication.collectors.context import LawContext
from tracker.publication.documents import Cell, Event, MatrixRow, OverviewDocument, PenaltyCell, PenaltyRise, Stage

_LEAD = ("death", "life_imprisonment", "imprisonment", "arrest", "restriction_of_liberty", "compulsory_labour",
         "correctional_labour",
         "community_service", "fine", "deprivation_of_post", "confiscation")  # fmt: skip
_SHORT = 2  # facts that a cell leads with
Key = tuple[int, str]  # version, printed number


def overview(context: LawContext) -> OverviewDocument:
    changes = _against_current_law(context)
    return {
        "kind": "overview",
        "law": context.head,
        "titles": context.law.names,
        "current_law": context.version_heads[context.current.pk] if context.current else None,
        "stages": stages(context),
        "texts": [context.version_heads[v.pk] for v in context.texts],
        "rows": [_row(context, concern, changes) for concern in context.concerns],
        "topics": [heads.topic_data(topic) for topic in Topic.objects.order_by("order", "id")]
        if context.concerns
        else [],
        "penalties": _rises(context, changes),
        "pairs": context.pairs,
        "events": _events(context),
    }


def stages(context: LawContext) -> list[Stage]:
    """Every stage of the jurisdiction with the newest text of it. Stages after the last text are still to come."""
    newest = {version.stage_id: version for version in context.texts}
    all_stages = list(context.law.jurisdiction.stages.order_by("order"))
    reached = max((s.order for s in all_stages if s.pk in newest), default=-1)
    last = context.texts[-1] if context.texts else None
    found: list[Stage] = []
    for stage in all_stages:
        version = newest.get(stage.pk)
        if version is None and (not context.texts or last is None):
            continue
        state = "todo" if stage.order > reached else "done" if version is not None else "no_text"
        if version is not None and last is not None and version.pk == last.pk:
            state = "now"
        found.append(
            {
                "slug": stage.slug,
                "names": stage.names,
                "version": version.slug if version is not None else None,
                "date": version.date.isoformat() if version is not None else None,
                "date_precision": version.date_precision if version is not None else "day",
                "state": state,  # type: ignore[typeddict-item]  # one of the four words above
            }
        )
    return found


def _against_current_law(context: LawContext) -> dict[Key, Change]:
    """The computed change of every article of every text against current law, with its penalties, in one query."""
    if context.current is None or not context.concerns:
        return {}
    rows = Change.objects.filter(
        comparison__old=context.current, comparison__new__in=context.texts, confirmed=True, penalties__0__isnull=False
    )
    found: dict[Key, Change] = {}
    for change in (
        rows.order_by("comparison_id", "order")
        .select_related("comparison")
        .only("new_articles", "old_articles", "penalties", "comparison__new_id")
    ):
        for number in change.new_articles:
            found[change.comparison.new_id, number] = change
    return found


def _row(context: LawContext, concern: Concern, changes: dict[Key, Change]) -> MatrixRow:
    provision: Provision = concern.provision
    places = {place.version.pk: place for place in context.lives[provision.pk]}
    current = places.get(context.current.pk) if context.current is not None else None
    before: tuple[str, ...] = current.numbers if current is not None else ()
    cells: list[Cell] = []
    for version in context.texts:
        place = places[version.pk]
        cells.append(_cell(context, concern, place, before=before, changes=changes))
        before = place.numbers or before
    return {
        "concern": context.said[concern.pk],
        "provision": heads.provision_ref(provision),
        "current_number": ", ".join(current.numbers) if current is not None else "",
        "cells": cells,
    }


def _cell(
    context: LawContext,
    concern: Concern,
    place: Place,
    *,
    before: tuple[str, ...],
    changes: dict[Key, Change],
) -> Cell:
    version = place.version
    change = next(
        (changes[version.pk, n] for n in place.numbers if place.articles and (version.pk, n) in changes), None
    )
    return {
        "version": version.slug,
        "state": place.state,  # type: ignore[typeddict-item]  # lineage uses the same words
        "numbers": list(place.numbers),
        "stated": place.stated,
        "renumbered": bool(place.numbers and before and place.numbers != before),
        "verdicts": context.verdicts.get((concern.pk, version.pk), {}),
        "short": leading(change.penalties)[:_SHORT] if change is not None else [],
    }


def leading(penalties: list[PenaltyCell]) -> list[PenaltyCell]:
    """Cells whose facts point up and are sure, heaviest kind first; a risen maximum before a new minimum."""
    rising = [
        c for c in penalties if any(f["direction"] > 0 and f["sure"] for f in c["facts"]) and c["new"] is not None
    ]
    return sorted(
        rising,
        key=lambda c: (_rank(c["kind"]), not any(f["fact"] in {"max_up", "alternative_added"} for f in c["facts"])),
    )


def _rank(kind: str) -> int:
    return _LEAD.index(kind) if kind in _LEAD else len(_LEAD)


def _rises(context: LawContext, changes: dict[Key, Change]) -> list[PenaltyRise]:
    """Where penalties rise in the newest text that holds the provision, against current law."""
    found: list[PenaltyRise] = []
    seen: set[tuple[int, str, str]] = set()
    for provision in context.provisions:
        here = next(
            (p for p in reversed(context.lives[provision.pk]) if p.articles and p.version.code_id == context.law.pk),
            None,
        )
        if here is None or context.current is None:
            continue
        change = next((changes[here.version.pk, n] for n in here.numbers if (here.version.pk, n) in changes), None)
        for cell in leading(change.penalties) if change is not None else []:
            mark = (here.version.pk, here.numbers[0], f"{cell['part']}/{cell['kind']}")
            if change is None or mark in seen:
                continue
            seen.add(mark)
            found.append(
                {
                    "provision": heads.provision_ref(provision),
                    "old_numbers": change.old_articles,
                    "new_numbers": list(here.numbers),
                    "old_version": context.current.slug,
                    "new_version": here.version.slug,
                    "cell": cell,
                }
            )
    return found


def _events(context: LawContext) -> list[Event]:
    rows: Any = context.law.events.select_related("source").order_by("date", "order", "id")
    return [
        {
            "date": row.date.isoformat(),
            "date_precision": row.date_precision,
            "end": row.end.isoformat() if row.end else None,
            "what": row.what,
            "source": heads.source_ref(row.source),
            "verified": row.verified,
        }
        for row in rows
    ]
