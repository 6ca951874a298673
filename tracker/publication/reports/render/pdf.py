"""PDF/UA-1, set by typst in the box from data: `codes/drawings/report.typ` lays out what this module hands over.

Everything here is words, numbers and drawings in JSON. The template reads strings as strings: no text is ever markup.
"""

from __future__ import annotations

import io
import re
from functools import singledispatch
from typing import Any

import segno

from tracker.publication.reports import charts
from tracker.publication.reports.content import (
    Column,
    Difference,
    Facts,
    Paragraph,
    Penalties,
    Points,
    QrCode,
    Quote,
    ReportContent,
    Run,
    Runs,
    StagesChart,
    Table,
    TermsChart,
    UnitChart,
)
from tracker.publication.reports.render.boxed import box_drawn
from tracker.publication.reports.render.frame import WEB, WHOLE_ROW, draft_mark
from tracker.publication.reports.render.look import ADDED, DELETED, DIRECTIONS, HEAD, INK, LINE, MOVED, MUTED, PAINTS

# What no font draws and XML-like formats cannot hold either.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
Json = dict[str, Any]


def render(content: ReportContent) -> bytes:
    """Raises Unreportable where the box fails."""
    return box_drawn("report", data(content), content)


def data(content: ReportContent) -> Json:
    labels, origin = content.labels, content.origin
    before, rest = labels.page.split("{page}")
    between, after = rest.split("{pages}")
    return {
        "title": clean(content.title),
        "law": clean(content.law_name),
        "under": clean(f"{content.text_name} · {labels.as_of}"),
        "running": clean(f"{content.law_name} · {content.title}"),
        "by": " · ".join(clean(each) for each in (labels.product, origin.organisation, labels.as_of) if each),
        "address": origin.address,
        "draft": clean(draft_mark(content)),
        "day": [origin.day.year, origin.day.month, origin.day.day],
        "language": content.options.language,
        "landscape": content.landscape,
        "contents": labels.contents if content.contents else "",
        "pages": [before, between, after],
        "cover": [clean(line) for line in content.cover],
        "key": labels.key,
        "colours": {
            "ink": INK, "muted": MUTED, "line": LINE, "head": HEAD,
            "added": ADDED[0], "added-fill": ADDED[1], "deleted": DELETED[0], "deleted-fill": DELETED[1],
            "moved": MOVED[0], "moved-fill": MOVED[1],
        },
        "paints": {value: {**paint._asdict(), "sign": charts.sign(value)} for value, paint in PAINTS.items()},
        "sections": [
            {
                "level": section.level,
                "title": clean(section.title),
                "language": section.language or content.options.language,
                "blocks": [each for block in section.blocks for each in draw(block)],
            }
            for section in content.sections
        ],
    }  # fmt: skip


def clean(words: str) -> str:
    return _CONTROL.sub("", words)


def runs(them: Runs) -> list[Json]:
    return [_run(each) for each in them if clean(each.text)]


def _run(run: Run) -> Json:
    made: Json = {"text": clean(run.text)}
    if run.verdict:
        made["verdict"] = run.verdict
    if run.look != "plain":
        made["look"] = run.look
    if run.law:
        made["law"] = True
    if run.language:
        made["language"] = run.language
    if run.address.startswith(WEB):
        made["address"] = run.address
    return made


# ---- blocks ----


@singledispatch
def draw(block: object) -> list[Json]:
    raise TypeError(f"PDF does not know a block of the kind {type(block).__name__}.")


@draw.register
def _(block: Paragraph) -> list[Json]:
    return [{"kind": "paragraph", "role": block.role, "runs": runs(block.runs)}]


@draw.register
def _(block: Points) -> list[Json]:
    return [{"kind": "points", "items": [runs(item) for item in block.items]}]


@draw.register
def _(block: Facts) -> list[Json]:
    return [{"kind": "facts", "pairs": [{"name": name, "runs": runs(said)} for name, said in block.pairs]}]


@draw.register
def _(block: Table) -> list[Json]:
    return [
        _table(block.caption, block.columns, [[[runs(each) for each in cell] for cell in row] for row in block.rows])
    ]


@draw.register
def _(block: Penalties) -> list[Json]:
    columns = tuple(Column(title, width) for title, width in zip(block.columns, (300, 240, 240, 220), strict=True))
    rows = []
    for row in block.rows:
        changes = [f"{DIRECTIONS[way]} {words}".strip() for words, way in row.changes]
        rows.append(
            [[runs((Run(each),)) for each in cell] for cell in ([row.name], [row.before], [row.after], changes)]
        )
    return [_table(" ".join(block.sentences), columns, rows)]


def _table(caption: str, columns: tuple[Column, ...], rows: list[list[list[list[Json]]]]) -> Json:
    """`rows`: cells of paragraphs of runs."""
    return {
        "kind": "table",
        "caption": clean(caption),
        "titles": [clean(column.title) for column in columns],
        "widths": [column.width for column in columns],
        "numbers": [column.number for column in columns],
        "rows": [
            {"cells": row, "whole": sum(len(run["text"]) for cell in row for par in cell for run in par) < WHOLE_ROW}
            for row in rows
        ],
    }


@draw.register
def _(block: Quote) -> list[Json]:
    return [{"kind": "quote", "text": clean(block.text), "language": block.language, "place": clean(block.place)}]


@draw.register
def _(block: Difference) -> list[Json]:
    rows = [
        {"label": clean(" · ".join(each for each in (row.place, row.was) if each)), "runs": runs(row.runs)}
        for row in block.rows
    ]
    return [{"kind": "difference", "title": block.title, "names": clean(f"{block.old} → {block.new}"), "rows": rows}]


@draw.register
def _(block: UnitChart) -> list[Json]:
    return [
        *_drawing(block),
        {"kind": "tags", "tags": [{"value": value, "words": said} for value, said in block.tally]},
    ]


@draw.register(StagesChart)
@draw.register(TermsChart)
def _drawing(block: charts.Chart) -> list[Json]:
    found = charts.drawn(block)
    return [{"kind": "drawing", "caption": clean(found.caption), "svg": found.svg, "alt": clean(found.alt)}]


@draw.register
def _(block: QrCode) -> list[Json]:
    if not block.address.startswith(WEB):  # the address at home is not set: nothing that a phone could open
        return [{"kind": "paragraph", "role": "text", "runs": runs((Run(f"{block.words}\n{block.address}"),))}]
    file = io.BytesIO()
    segno.make(block.address, error="m").save(file, kind="svg", xmldecl=False, svgns=True, scale=3, border=2, nl=False)
    return [{"kind": "code", "svg": file.getvalue().decode(), "address": block.address, "words": clean(block.words)}]
