"""What the command line prints: trees and comparisons as plain data, correspondences and penalties as table rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from codes.text.nodes import Article, Link, LinkKind, Op, OpKind, PairDiff, Row, Sanction, Tree

if TYPE_CHECKING:
    from codes.text.tables import ComparativeTable

_MOVES = {OpKind.MOVE_FROM, OpKind.MOVE_TO}
SANCTION_COLUMNS = ("article", "part", "alternative", "kind", "min", "max", "unit", "quote")


def tree_data(tree: Tree) -> dict[str, Any]:
    """A parsed text as JSON data. Default values are printed too, so that every object has one shape."""
    return {
        "title": tree.title,
        "language": tree.language,
        "grammar": tree.grammar,
        "preamble": list(tree.preamble),
        "divisions": [
            {
                "kind": d.kind,
                "number": d.number,
                "heading": d.heading,
                "path": d.path,
                "line": d.line,
                "lines": list(d.lines),
            }
            for d in tree.divisions
        ],
        "articles": [_article_data(article) for article in tree.articles],
        "closing": list(tree.closing),
        "problems": [
            {"code": p.code, "severity": p.severity, "message": p.message, "line": p.line, "article": p.article}
            for p in tree.problems
        ],
    }


def _article_data(article: Article) -> dict[str, Any]:
    return {
        "number": article.number,
        "heading": article.heading,
        "path": article.path,
        "line": article.line,
        "status": article.status,
        "paragraphs": [
            {
                "marker": p.marker,
                "eid": p.eid,
                "text": p.text,
                "level": p.level,
                "part": p.part,
                "role": p.role.value,
                "line": p.line,
            }
            for p in article.paragraphs
        ],
    }


def table_data(table: ComparativeTable) -> dict[str, Any]:
    """A comparative table as JSON data: the texts of its columns, the amendments, what is unsure."""
    return {
        "base": tree_data(table.base),
        "final": tree_data(table.final) if table.final else None,
        "amendments": [asdict(amendment) for amendment in table.amendments],
        "problems": [asdict(problem) for problem in table.problems],
    }


def link_rows(links: Sequence[Link]) -> Iterator[tuple[str, ...]]:
    """Old number, new number, kind, score in thousandths, certain or ask, reason; "-" for a missing side."""
    for link in links:
        status = "certain" if link.certain else "ask"
        yield link.old or "-", link.new or "-", link.kind.value, str(link.score), status, link.reason


def sanction_rows(article: Article, rows: Sequence[Sanction]) -> Iterator[tuple[str, ...]]:
    """One row per kind within an alternative, in the order of `SANCTION_COLUMNS`; what is not stated is empty."""
    for row in rows:
        low, high = ("" if amount is None else str(amount) for amount in (row.minimum, row.maximum))
        yield article.number, row.part, str(row.alternative), row.kind, low, high, row.unit, row.quote


@dataclass(slots=True)
class Group:
    """Articles that belong together: numbers of both sides, and the kind of the first link between them."""

    old: list[str]
    new: list[str]
    kind: LinkKind


def groups(links: Sequence[Link]) -> list[Group]:
    """Links joined where they share an article: a split or a merge is one comparison. In the order of the links."""
    found: dict[int, Group] = {}
    place_of: dict[tuple[str, str], int] = {}
    for place, link in enumerate(links):
        ends = [(side, number) for side, number in (("old", link.old), ("new", link.new)) if number is not None]
        known = sorted({place_of[end] for end in ends if end in place_of})
        first = known[0] if known else place
        group = found.setdefault(first, Group([], [], link.kind))
        for other in known[1:]:
            joined = found.pop(other)
            ends += [("old", number) for number in joined.old] + [("new", number) for number in joined.new]
        for side, number in ends:
            numbers = group.old if side == "old" else group.new
            if number not in numbers:
                numbers.append(number)
            place_of[side, number] = first
    return list(found.values())


def pair_data(old: Sequence[str], new: Sequence[str], kind: str, difference: PairDiff) -> dict[str, Any]:
    """One comparison: the articles on both sides, and rows of paragraphs with word operations.

    Offsets count characters of `old_text` and `new_text`. An operation of kind "move" has one empty range: the end that
    is not empty says whether the words left here or arrived; both ends share a number in `move`.
    """
    return {
        "old": list(old),
        "new": list(new),
        "kind": kind,
        "share": difference.share,
        "changes": difference.changes,
        "identical": difference.identical,
        "heading_ops": [_op_data(op) for op in difference.heading_ops],
        "rows": [_row_data(row) for row in difference.rows],
    }


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "old_article": row.old_article,
        "new_article": row.new_article,
        "old_text": row.old.text if row.old else "",
        "new_text": row.new.text if row.new else "",
        "old_eid": row.old.eid if row.old else "",
        "new_eid": row.new.eid if row.new else "",
        "ops": [_op_data(op) for op in row.ops],
    }


def _op_data(op: Op) -> dict[str, Any]:
    kind = "move" if op.kind in _MOVES else op.kind.value
    data: dict[str, Any] = {"kind": kind, "old": list(op.old), "new": list(op.new)}
    return {**data, "move": op.move} if kind == "move" else data
