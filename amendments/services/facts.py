"""From the engine's values to the plain data that changes and documents hold. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from codes.text.nodes import Article, Op, OpKind, PairDiff, Paragraph, Row, Sanction, SanctionCell, SanctionComparison

_LONGEST_BOX = 60  # characters of a changed run that is drawn as one penalty


def rows_data(diff: PairDiff, old_quotes: Sequence[Sanction], new_quotes: Sequence[Sanction]) -> list[dict[str, Any]]:
    """The rows of a pair document (`documents.RowData`)."""
    ends = _move_ends(diff.rows)
    return [
        {
            "old": side_data(row.old, row.old_article),
            "new": side_data(row.new, row.new_article),
            "segments": list(segments(row, ends, old_quotes, new_quotes)),
            "changed": row.changed,
        }
        for row in diff.rows
    ]


def side_data(paragraph: Paragraph | None, article: str) -> dict[str, str] | None:
    if paragraph is None:
        return None
    return {
        "article": article,
        "eid": paragraph.eid,
        "part": paragraph.part,
        "level": paragraph.level,
        "marker": paragraph.marker,
        "role": paragraph.role.value,
    }


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both texts of a row with the places where penalties are quoted, and where the ends of moves stand."""

    old: str
    new: str
    old_spans: Sequence[tuple[int, int]] = ()
    new_spans: Sequence[tuple[int, int]] = ()
    ends: Mapping[tuple[int, str], str] = field(default_factory=dict)


def segments(
    row: Row, ends: dict[tuple[int, str], str], old_quotes: Sequence[Sanction], new_quotes: Sequence[Sanction]
) -> Iterator[dict[str, Any]]:
    sides = _Sides(
        row.old.text if row.old else "",
        row.new.text if row.new else "",
        _spans(row.old, old_quotes),
        _spans(row.new, new_quotes),
        ends,
    )
    for op in row.ops:
        yield _segment(op, sides)


def heading_data(diff: PairDiff, old: str, new: str) -> list[dict[str, Any]]:
    return [_segment(op, _Sides(old, new)) for op in diff.heading_ops]


def _segment(op: Op, sides: _Sides) -> dict[str, Any]:
    old, new = sides.old[slice(*op.old)], sides.new[slice(*op.new)]
    if op.kind is OpKind.EQUAL:
        return {"op": "equal", "text": new} if old == new else {"op": "equal", "text": new, "old": old}
    at_old = op.kind in {OpKind.DELETE, OpKind.MOVE_FROM}
    data: dict[str, Any] = {"op": op.kind.value, "text": old if at_old else new}
    if op.move:
        data["move"] = op.move
        data["other"] = sides.ends.get((op.move, "to" if at_old else "from"), "")
    start, end = op.old if at_old else op.new
    inside = any(low <= start and end <= high + 1 for low, high in (sides.old_spans if at_old else sides.new_spans))
    if inside and end - start <= _LONGEST_BOX:
        data["penalty"] = True
    return data


def _spans(paragraph: Paragraph | None, quotes: Sequence[Sanction]) -> list[tuple[int, int]]:
    if paragraph is None:
        return []
    found = []
    for sanction in quotes:
        if sanction.eid == paragraph.eid and sanction.quote:
            at = paragraph.text.find(sanction.quote)
            if at >= 0:
                found.append((at, at + len(sanction.quote)))
    return found


def _move_ends(rows: Sequence[Row]) -> dict[tuple[int, str], str]:
    """Where each end of a move stands: (number, "from" | "to") → element id."""
    ends = {}
    for row in rows:
        for op in row.ops:
            if op.kind is OpKind.MOVE_FROM and row.old is not None:
                ends[op.move, "from"] = row.old.eid
            elif op.kind is OpKind.MOVE_TO and row.new is not None:
                ends[op.move, "to"] = row.new.eid
    return ends


def penalties_data(comparison: SanctionComparison) -> list[dict[str, Any]]:
    """The penalty table (`documents.PenaltyCell`)."""
    return [_cell(cell) for cell in comparison.cells]


def _cell(cell: SanctionCell) -> dict[str, Any]:
    return {
        "part": cell.part,
        "old_part": cell.old_part,
        "kind": cell.kind,
        "old": range_data(cell.old),
        "new": range_data(cell.new),
        "facts": [{"fact": fact.fact, "direction": fact.direction, "sure": fact.sure} for fact in cell.facts],
    }


def range_data(amount: tuple[int | None, int | None, str] | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    minimum, maximum, unit = amount
    return {"minimum": minimum, "maximum": maximum, "unit": unit}


def sanction_data(sanction: Sanction) -> dict[str, Any]:
    return {
        "part": sanction.part,
        "alternative": sanction.alternative,
        "kind": sanction.kind,
        "minimum": sanction.minimum,
        "maximum": sanction.maximum,
        "unit": sanction.unit,
        "optional": sanction.optional,
        "sure": sanction.sure,
        "quote": sanction.quote,
    }


def headings(articles: Sequence[Article]) -> str:
    return " / ".join(article.heading for article in articles)
