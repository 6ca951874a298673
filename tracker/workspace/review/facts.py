"""The computed side of a cell: the text compared with, penalties, the change in words, what is suggested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from amendments.models import Change, Concern
from amendments.services.cells import Cell, cell_of, offered
from amendments.services.lineage import Lineages
from amendments.services.suggestions import Suggestion, suggest
from codes.models import Version
from tracker.publication.collectors.comparison import summary
from tracker.publication.collectors.context import LawContext
from tracker.publication.documents import PairDocument
from tracker.publication.pages import compare
from tracker.publication.pages.rows import Counter
from tracker.workspace.review import words


@dataclass(frozen=True, slots=True)
class Compared:
    """One text held against an earlier one. `entries` as the comparison pages draw them; none: not compared."""

    old: Any
    new: Any
    entries: list[compare.Entry]
    bases: list[str]
    total: int


@dataclass(frozen=True, slots=True)
class CellView:
    """Everything computed about a concern in a text, by base."""

    cells: dict[str, Cell]
    suggestions: dict[str, Suggestion]
    sentences: list[str]
    compared: list[Compared]
    numbers: list[str]


def cell_view(
    context: LawContext, concern: Concern, version: Version, lines: Lineages, bases: Iterable[str] | None = None
) -> CellView:
    """Of all bases that the text has, or of those asked for."""
    cells = {base: cell_of(concern, version, base, lines) for base in (bases or offered(version))}
    first = next(iter(cells.values()))
    ask = concern.recommendation.ask
    return CellView(
        cells=cells,
        suggestions={base: suggest(ask, base, cell.facts) for base, cell in cells.items()},
        sentences=words.fact_sentences(first.facts, concern.quoted),
        compared=_compared(context, cells, version),
        numbers=list(first.here.numbers) if first.here.articles else [],
    )


def _compared(context: LawContext, cells: dict[str, Cell], version: Version) -> list[Compared]:
    """Each earlier text once, with the bases that it serves."""
    by_old: dict[int, list[str]] = {}
    for base, cell in cells.items():
        if cell.before is not None:
            by_old.setdefault(cell.before.version.pk, []).append(base)
    full = {c.pk: c for c in Change.objects.filter(pk__in=[c.pk for cell in cells.values() for c in cell.changes])}
    counter = Counter()
    found = []
    for bases in by_old.values():
        cell = cells[bases[0]]
        assert cell.before is not None
        old, new = cell.before.version, version
        entries = []
        for change in cell.changes:
            pair = _pair(context, full[change.pk], old, new)
            entries.append(compare.Entry(pair["summary"], full=True))
            compare.fill_entry(entries[-1], pair, counter, workspace=True)
        found.append(Compared(context.version_heads[old.pk], context.version_heads[new.pk], entries, bases, 0))
    return [Compared(each.old, each.new, each.entries, each.bases, len(counter.changes)) for each in found]


def _pair(context: LawContext, change: Change, old: Version, new: Version) -> PairDocument:
    return {
        "kind": "pair",
        "law": context.head,
        "old": context.version_heads[old.pk],
        "new": context.version_heads[new.pk],
        "summary": summary(context, change, old, new, change.key),
        "heading": change.heading,
        "rows": change.rows,
        "penalties": change.penalties,
        "outcomes": change.outcomes,
        "concerns": [],
        "notes": [],
        "not_held": "",
    }
