"""The overview of a law: filters, headline, unit chart, what changed, the matrix and the penalties that rise.

Everything on the page and in matrix.json comes from one `Overview`, so the numbers cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import ngettext

from tracker.publication.documents import Base, MatrixRow, OverviewDocument, PenaltyRise, Value, VersionHead
from tracker.publication.pages import headline, words
from tracker.publication.pages.matrix import GroupView, RowView, groups, row_view, visible_columns

BASES: dict[str, Base] = {"rec": "recommendation", "law": "current_law", "prev": "previous"}
WORST_FIRST = ("new_restriction", "stricter", "unchanged", "not_assessed", "partly_fixed", "fixed")
MOST_LINES = 5
MOST_PENALTIES = 12
CHART_LEFT, CHART_WIDTH = 6, 148  # of a dumbbell, in its own units


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader asked for. `column` indexes the document's texts; unknown values fall back to the defaults."""

    base_name: str
    topic: str
    changed: bool
    column: int
    all_texts: bool

    @property
    def base(self) -> Base:
        return BASES[self.base_name]

    @property
    def filtered(self) -> bool:
        return bool(self.topic or self.changed)


@dataclass(frozen=True, slots=True)
class Tile:
    value: Value
    row: MatrixRow


@dataclass(frozen=True, slots=True)
class Line:
    """One change since the text before. `kind`: verdict, withdrawn, split, moved, excluded, left, appeared."""

    kind: str
    row: MatrixRow
    old: str
    new: str
    why: str
    numbers: list[str]
    since: VersionHead | None  # set when the text compared with is not the one just before

    @property
    def icon(self) -> str:
        return {"verdict": self.new, "appeared": "new_restriction", "split": "moved", "moved": "moved"}.get(
            self.kind, "gone"
        )


@dataclass(frozen=True, slots=True)
class Rise:
    """A row of "Where penalties rise". `old_x`/`new_x` are places in the dumbbell, None where it is not drawn."""

    data: PenaltyRise
    changes: list[str]
    old_x: int | None
    new_x: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    document: OverviewDocument
    options: Options
    column: VersionHead | None
    before: VersionHead | None
    columns: list[VersionHead]
    hidden: int  # texts that the matrix leaves out
    counts: headline.Counts
    sentences: list[str]
    not_held: int  # rows without a verdict because our text lacks the place
    shown: list[MatrixRow]
    groups: list[GroupView]
    tiles: list[Tile]
    lines: list[Line]
    more_lines: int
    rises: list[Rise]
    more_rises: list[Rise]
    scale: int  # years at the right end of the dumbbells
    one_text: bool  # all rises are in one text; else each row names its own
    contradicted: list[tuple[MatrixRow, VersionHead, Any]]
    marks: set[str]  # the marks that stand in the matrix: sample, reported, source, not_held


def read_options(query: Mapping[str, str], document: OverviewDocument) -> Options:
    slugs = [text["slug"] for text in document["texts"]]
    column = slugs.index(query["text"]) if query.get("text") in slugs else len(slugs) - 1
    base_name = query.get("base", "rec")
    topic = query.get("topic", "")
    return Options(
        base_name=base_name if base_name in BASES and offered(document, column)[base_name] else "rec",
        topic=topic if topic in {topic for row in document["rows"] for topic in row["concern"]["topics"]} else "",
        changed=query.get("changed") == "1",
        column=column,
        all_texts=query.get("texts") == "all",
    )


def offered(document: OverviewDocument, column: int) -> dict[str, bool]:
    """Which bases exist for a text: without current law, or for the first text, there is nothing to compare with."""
    previous = column >= 0 and document["texts"][column]["previous"] is not None
    return {"rec": True, "law": document["current_law"] is not None, "prev": previous}


def overview(document: OverviewDocument, query: Mapping[str, str]) -> Overview:
    """The whole page as data. `query` holds base, topic, changed, text and texts as the address gives them."""
    options = read_options(query, document)
    texts, column, base = document["texts"], options.column, options.base
    changes = {id(row): change(row, texts, column) for row in document["rows"]} if column > 0 else {}
    shown = [row for row in document["rows"] if _matches(row, options, changes)] if texts else []
    lines = sorted((line for line in changes.values() if line), key=_severity)
    columns = visible_columns(len(texts), column, options.all_texts)
    views = [row_view(row, texts, columns, column, base) for row in shown]
    counts = headline.count(shown, base, column)
    rises, scale = penalty_rises(document["penalties"])
    return Overview(
        document=document,
        options=options,
        column=texts[column] if texts else None,
        before=texts[column - 1] if column > 0 else None,
        columns=[texts[index] for index in columns],
        hidden=len(texts) - len(columns),
        counts=counts,
        sentences=headline.sentences(counts, base) if texts else [],
        not_held=sum(
            row["cells"][column]["state"] == "not_held" and not row["cells"][column]["verdicts"] for row in shown
        ),
        shown=shown,
        groups=groups(views, document["topics"]),
        tiles=unit_chart(shown, base, column),
        lines=lines[:MOST_LINES],
        more_lines=len(lines[MOST_LINES:]),
        rises=rises[:MOST_PENALTIES],
        more_rises=rises[MOST_PENALTIES:],
        scale=scale,
        one_text=len({rise["new_version"] for rise in document["penalties"]}) == 1,
        contradicted=contradicted(views),
        marks=marks(views),
    )


def _matches(row: MatrixRow, options: Options, changes: Mapping[int, Line | None]) -> bool:
    if options.topic and options.topic not in row["concern"]["topics"]:
        return False
    return not options.changed or changes.get(id(row)) is not None


def unit_chart(rows: Sequence[MatrixRow], base: Base, column: int) -> list[Tile]:
    """One tile per concern of the total, worst first."""
    tiles = [
        Tile(headline.published_value(row["cells"][column], base), row) for row in rows if not headline.is_extra(row)
    ]
    return sorted(tiles, key=lambda tile: WORST_FIRST.index(tile.value))


def change(row: MatrixRow, texts: Sequence[VersionHead], column: int) -> Line | None:
    """What became of a concern since the newest earlier text that says something of it, by our recommendation."""
    now = row["cells"][column]
    value = headline.published_value(now, "recommendation")
    finding = now["verdicts"].get("recommendation")
    place = newest(row, column, lambda cell: cell["state"] in {"in_text", "repealed", "absent"})
    judged = newest(row, column, lambda cell: headline.published_value(cell, "recommendation") != "not_assessed")

    def line(kind: str, since: int, old: str = "", why: str = "") -> Line:
        other = texts[since] if since != column - 1 else None
        return Line(kind, row, old, value, why, now["numbers"], other)

    if judged is not None and value != "not_assessed" and finding:
        old = headline.published_value(row["cells"][judged], "recommendation")
        if old != value:
            if headline.is_extra(row) and value == "fixed":
                return line("withdrawn", judged, old)
            return line(
                "moved" if finding["lifecycle"] == "moved_to_another_code" else "verdict",
                judged,
                old,
                finding["reason"],
            )
    if place is None:
        return None
    then = row["cells"][place]
    if then["state"] == "in_text" and len(now["numbers"]) > 1 and len(then["numbers"]) == 1:
        return line("split", place)
    moves = {("in_text", "repealed"): "excluded", ("in_text", "absent"): "left", ("absent", "in_text"): "appeared"}
    kind = moves.get((then["state"], now["state"]))
    return line(kind, place) if kind else None


def newest(row: MatrixRow, column: int, holds: Any) -> int | None:
    return next((index for index in range(column - 1, -1, -1) if holds(row["cells"][index])), None)


def _severity(line: Line) -> tuple[int, int]:
    by_value = WORST_FIRST.index(line.new) if line.kind in {"verdict", "moved"} else len(WORST_FIRST)
    order = ("appeared", "split", "left", "excluded", "withdrawn")
    return by_value, order.index(line.kind) if line.kind in order else -1


def penalty_rises(penalties: Sequence[PenaltyRise]) -> tuple[list[Rise], int]:
    """Rows with their places in a dumbbell of terms in years, and the years at its right end."""
    scale = max((_years(each)[1] for each in penalties if _years(each)), default=0) if penalties else 0
    found = []
    for each in penalties:
        cell, years = each["cell"], _years(each)
        rising = [fact["fact"] for fact in cell["facts"] if fact["direction"] > 0]
        changes = list(dict.fromkeys(words.fact_words(cell, fact) for fact in rising))
        old_x, new_x = (_place(years[0], scale), _place(years[1], scale)) if years else (None, None)
        found.append(Rise(each, changes, old_x, new_x))
    return found, scale


def _years(rise: PenaltyRise) -> tuple[int, int] | Any:
    old, new = rise["cell"]["old"], rise["cell"]["new"]
    if (
        not old
        or not new
        or {old["unit"], new["unit"]} != {"years"}
        or old["maximum"] is None
        or new["maximum"] is None
    ):
        return ()
    return old["maximum"], new["maximum"]


def _place(years: int, scale: int) -> int:
    return CHART_LEFT + (CHART_WIDTH * years // scale if scale else 0)


def contradicted(views: Sequence[RowView]) -> list[tuple[MatrixRow, VersionHead, Any]]:
    """The shown verdicts that differ from a computed fact: the page says the fact beside the written reason."""
    return [
        (view.row, cell.version, cell.finding)
        for view in views
        for cell in view.cells
        if cell.finding is not None and cell.finding["contradicts"]
    ]


def marks(views: Sequence[RowView]) -> set[str]:
    """Which marks the table shows, so that the page explains these and no others."""
    findings = [cell.finding for view in views for cell in view.cells if cell.finding is not None]
    found = {
        "sample": any(finding["sample"] for finding in findings),
        "reported": any(not finding["verified"] for finding in findings),
        "source": any(finding["basis"] == "source" for finding in findings),
        "not_held": any(finding["basis"] == "text" and not finding["text_held"] for finding in findings),
    }
    return {name for name, there in found.items() if there}


def filter_sentence(found: Overview) -> str:
    """What a filter leaves, for readers and screen readers: "9 of 17 provisions shown."."""
    total = len(found.document["rows"])
    form = ngettext("%(shown)s of %(total)s provision shown.", "%(shown)s of %(total)s provisions shown.", total)
    return form % {"shown": len(found.shown), "total": total}


def as_json(found: Overview) -> dict[str, Any]:
    """The matrix for machines, from the same computation as the page."""
    document, options = found.document, found.options
    return {
        "law": document["law"]["slug"],
        "base": options.base,
        "text": found.column["slug"] if found.column else None,
        "topic": options.topic or None,
        "changed_only": options.changed,
        "headline": found.sentences,
        "counts": found.counts.as_dict(),
        "texts": [
            {name: text[name] for name in ("slug", "label", "date", "date_precision", "obtained", "coverage")}
            for text in cast("list[dict[str, Any]]", found.document["texts"])
        ],
        "rows": [
            {
                "concern": row["concern"]["slug"],
                "names": row["concern"]["names"],
                "topics": row["concern"]["topics"],
                "ask": row["concern"]["ask"],
                "provision": row["provision"]["key"],
                "in_total": not headline.is_extra(row),
                "cells": row["cells"],
            }
            for row in found.shown
        ],
    }
