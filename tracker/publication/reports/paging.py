"""How a report falls into pages, roughly: for the preview, which shows the first ones as paper.

Heights are counted in lines of running text. The files are laid out by their own programs, so a page may end a few
lines earlier or later there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import singledispatch

from tracker.publication.reports.content import (
    Block,
    Difference,
    Facts,
    Paragraph,
    Penalties,
    Points,
    QrCode,
    Quote,
    ReportContent,
    Runs,
    Section,
    StagesChart,
    Table,
    TermsChart,
    UnitChart,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """`lines` on a page, `width` in letters of running text."""

    lines: int
    width: int


TALL, WIDE = Paper(73, 100), Paper(46, 155)
LONG_ROW = 8  # lines; a longer row of a table may go on over the page
SMALL = 1.15  # small print takes more letters to the line
HEADING = {1: 2.6, 2: 2.0, 3: 1.6}
TILES = 14  # squares in one row of the unit chart


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a section stands on one page. `begins`: with its heading."""

    section: Section
    begins: bool


Page = tuple[Piece, ...]


def pages(content: ReportContent) -> list[Page]:
    """At least one page. A table and a comparison may go on over the page, other blocks stay whole."""
    paper = WIDE if content.landscape else TALL
    found: list[list[Piece]] = [[]]
    room = paper.lines - _head(content, paper)
    for section in content.sections:
        parts = [part for block in section.blocks for part in _parts(block)]
        heading, first = HEADING[section.level], lines(parts[0], paper) if parts else 2
        if heading + first > room and (found[-1] or len(found) == 1):  # a heading never stands alone
            found.append([])
            room = paper.lines
        room -= heading
        begins, here = True, list[Block]()
        for part in parts:
            need = lines(part, paper)
            runs_on = isinstance(part, Table) and need > LONG_ROW and room > HEADING[1]
            if need > room and not runs_on and (here or found[-1]):
                found[-1].append(Piece(replace(section, blocks=_joined(here)), begins))
                found.append([])
                here, begins, room = [], False, paper.lines + min(room, 0)
            here.append(part)
            room -= need
        found[-1].append(Piece(replace(section, blocks=_joined(here)), begins))
    return [tuple(page) for page in found]


def _head(content: ReportContent, paper: Paper) -> float:
    """Title, cover text and contents."""
    cover = sum(_text(line, paper.width) + 0.5 for line in content.cover)
    listed = sum(section.level < 3 for section in content.sections) + 2 if content.contents else 0
    return 5 + cover + listed


def _parts(block: Block) -> Sequence[Block]:
    """A block as what may be parted: rows of tables and of comparisons."""
    if isinstance(block, Table) and len(block.rows) > 1:
        return [replace(block, rows=(row,)) for row in block.rows]
    if isinstance(block, Difference) and len(block.rows) > 1:
        return [replace(block, rows=(row,)) for row in block.rows]
    return [block]


def _joined(parts: Sequence[Block]) -> tuple[Block, ...]:
    """Rows of one table that stand on the same page, as one table again."""
    found: list[Block] = []
    for part in parts:
        joined = _one(found[-1], part) if found else None
        if joined is None:
            found.append(part)
        else:
            found[-1] = joined
    return tuple(found)


def _one(last: Block, part: Block) -> Block | None:
    if isinstance(last, Table) and isinstance(part, Table) and replace(last, rows=()) == replace(part, rows=()):
        return replace(last, rows=(*last.rows, *part.rows))
    if isinstance(last, Difference) and isinstance(part, Difference):
        same = replace(last, rows=()) == replace(part, rows=())
        return replace(last, rows=(*last.rows, *part.rows)) if same else None
    return None


# ---- heights ----


def _text(words: str, width: float) -> int:
    return sum(-(-max(1, len(line)) // max(1, int(width))) for line in words.split("\n"))


def _runs(runs: Runs, width: float) -> int:
    return _text("".join(run.text for run in runs), width)


@singledispatch
def lines(block: object, paper: Paper) -> float:
    raise TypeError(f"Pages do not know a block of the kind {type(block).__name__}.")


@lines.register
def _(block: Paragraph, paper: Paper) -> float:
    width = {"lead": paper.width / 1.2, "note": paper.width * SMALL}.get(block.role, paper.width)
    return _runs(block.runs, width) * (1.2 if block.role == "lead" else 1) + 0.4


@lines.register
def _(block: Points, paper: Paper) -> float:
    return sum(_runs(item, paper.width - 4) + 0.2 for item in block.items)


@lines.register
def _(block: Facts, paper: Paper) -> float:
    return sum(1 + _runs(runs, paper.width) + 0.2 for _, runs in block.pairs)


@lines.register
def _(block: Table, paper: Paper) -> float:
    """A row; the header repeats, so a part counts a share of it."""
    found = 0.0
    for row in block.rows:
        found += 0.6 + max(
            sum(_runs(runs, paper.width * SMALL * column.width / 1000 - 2) for runs in cell) if cell else 1
            for cell, column in zip(row, block.columns, strict=True)
        )
    return found * 0.9 + 0.3


@lines.register
def _(block: Penalties, paper: Paper) -> float:
    return 2.5 + sum(max(1, len(row.changes)) * 1.2 for row in block.rows)


@lines.register
def _(block: Quote, paper: Paper) -> float:
    return _text(block.text, paper.width - 4) + 1.6


@lines.register
def _(block: Difference, paper: Paper) -> float:
    return 0.8 + sum(_runs(row.runs, paper.width) + (1 if row.place or row.was else 0) + 0.3 for row in block.rows)


@lines.register
def _(block: UnitChart, paper: Paper) -> float:
    return 2.5 + 2.2 * -(-len(block.tiles) // TILES)


@lines.register
def _(block: StagesChart, paper: Paper) -> float:
    return 2 + 2.2 * len(block.columns)


@lines.register
def _(block: TermsChart, paper: Paper) -> float:
    return 2 + 2.8 * len(block.rows)


@lines.register
def _(block: QrCode, paper: Paper) -> float:
    return 6.5 if block.address.startswith("http") else 2
