"""HTML: one file that asks for nothing else, on paper as on a screen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from html import escape
from io import BytesIO

import segno

from tracker.publication.reports import charts
from tracker.publication.reports.content import (
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
    Section,
    StagesChart,
    Table,
    TermsChart,
    UnitChart,
)
from tracker.publication.reports.render.frame import WEB, draft_mark
from tracker.publication.reports.render.html_style import STYLE
from tracker.publication.reports.render.look import DIRECTIONS, SIGNS

ELEMENTS = {"added": "ins", "deleted": "del", "moved_here": "ins", "moved_away": "del", "strong": "strong"}


def render(content: ReportContent) -> bytes:
    options, origin, labels = content.options, content.origin, content.labels
    frame = " · ".join(each for each in (escape(labels.as_of), link(origin.address, origin.address)) if each)
    draft = f'<p class="draft">{escape(draft_mark(content))}</p>' if origin.draft else ""
    release = f'<p class="hash">{origin.release} · {escape(origin.hash)}</p>' if origin.hash else ""
    body = [
        f'<p class="over">{escape(content.law_name)}</p><h1>{escape(content.title)}</h1>',
        f'<p class="note">{escape(content.text_name)} · {frame}</p>',
        *(f"<p>{escape(line)}</p>" for line in content.cover),
        _contents(content) if content.contents else "",
        *(_section(section, content) for section in content.sections),
        f'<p class="note">{escape(labels.key)}</p>',
    ]
    by = " · ".join(escape(each) for each in (labels.product, origin.organisation) if each)
    return (
        f'<!DOCTYPE html>\n<html lang="{options.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(content.title)} – {escape(content.law_name)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f'<body class="{"wide" if content.landscape else "tall"}">\n{draft}\n<main>\n{"".join(body)}\n</main>\n'
        f"<footer>{draft}<p>{by}</p><p>{frame}</p>"
        f"{release}</footer>\n"
        "</body>\n</html>\n"
    ).encode()


def _contents(content: ReportContent) -> str:
    items = []
    for section in content.sections:
        if section.level < 3:
            link = f'<a href="#{section.id}"{_language(section.language)}>{escape(section.title)}</a>'
            items.append(f'<li class="l{section.level}">{link}</li>')
    return f'<nav><h2>{escape(content.labels.contents)}</h2><ol class="contents">{"".join(items)}</ol></nav>'


def _section(section: Section, content: ReportContent) -> str:
    level = section.level + 1
    blocks = "".join(draw(block, content) for block in section.blocks)
    heading = f'<h{level} id="{escape(section.id)}"{_language(section.language)}>{escape(section.title)}</h{level}>'
    return f"<section>{heading}{blocks}</section>\n"


def _language(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


# ---- words ----


def link(address: str, words: str) -> str:
    """A link to the web; any other address is words alone, since a file has no place of its own."""
    return f'<a href="{escape(address)}">{escape(words)}</a>' if address.startswith(WEB) else escape(words)


def runs_html(runs: Runs, content: ReportContent) -> str:
    return "".join(_run(run, content) for run in runs)


def _run(run: Run, content: ReportContent) -> str:
    text = escape(run.text)
    if run.verdict:
        return f'<span class="tag v-{run.verdict}"><span aria-hidden="true">{SIGNS[run.verdict]}</span> {text}</span>'
    element = ELEMENTS.get(run.look, "span")
    spoken = {"added": content.labels.added, "deleted": content.labels.deleted,
              "moved_here": content.labels.moved_here, "moved_away": content.labels.moved_away}  # fmt: skip
    said = f'<span class="clipped">[{escape(spoken[run.look])}: </span>' if run.look in spoken else ""
    end = '<span class="clipped">] </span>' if said else ""
    classes = " ".join(
        name
        for name, there in (("law", run.law), (run.look, run.look in {"muted", "moved_here", "moved_away"}))
        if there
    )
    if run.address:
        text = link(run.address, run.text)
    if element == "span" and not classes and not run.language:
        return text
    named = f' class="{classes}"' if classes else ""
    return f"<{element}{named}{_language(run.language)}>{said}{text}{end}</{element}>"


# ---- blocks ----


@singledispatch
def draw(block: object, content: ReportContent) -> str:
    raise TypeError(f"HTML does not know a block of the kind {type(block).__name__}.")


@draw.register
def _(block: Paragraph, content: ReportContent) -> str:
    named = "" if block.role == "text" else f' class="{block.role}"'
    return f"<p{named}>{runs_html(block.runs, content)}</p>"


@draw.register
def _(block: Points, content: ReportContent) -> str:
    return f"<ul>{''.join(f'<li>{runs_html(item, content)}</li>' for item in block.items)}</ul>"


@draw.register
def _(block: Facts, content: ReportContent) -> str:
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{runs_html(runs, content)}</dd>" for name, runs in block.pairs)
    return f"<dl>{pairs}</dl>"


@draw.register
def _(block: Table, content: ReportContent) -> str:
    widths = "".join(f'<col width="{column.width / 10:g}%">' for column in block.columns)
    heads = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in block.columns)
    rows = []
    for row in block.rows:
        cells = []
        for index, (cell, column) in enumerate(zip(row, block.columns, strict=True)):
            inside = "".join(f"<p>{runs_html(runs, content)}</p>" for runs in cell)
            name = ' class="number"' if column.number else ""
            header = block.row_headers and index == 0
            titled = f' data-title="{escape(column.title)}"' if cell else ""
            cells.append(f'<th scope="row"{name}>{inside}</th>' if header else f"<td{name}{titled}>{inside}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f"<table><caption>{escape(block.caption)}</caption><colgroup>{widths}</colgroup>"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


@draw.register
def _(block: Penalties, content: ReportContent) -> str:
    rows = []
    for row in block.rows:
        changes = "<br>".join(f"{DIRECTIONS[way]} {escape(words)}".strip() for words, way in row.changes)
        rows.append(
            f'<tr><th scope="row">{escape(row.name)}</th>{_titled(block.columns[1], escape(row.before))}'
            f"{_titled(block.columns[2], escape(row.after))}{_titled(block.columns[3], changes)}</tr>"
        )
    heads = "".join(f'<th scope="col">{escape(title)}</th>' for title in block.columns)
    caption = escape(" ".join(block.sentences))
    return (
        f'<table class="penalties"><caption>{caption}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _titled(title: str, inside: str) -> str:
    """A cell that says its column on a narrow screen, where rows are cards."""
    return f'<td data-title="{escape(title)}">{inside}</td>'


@draw.register
def _(block: Quote, content: ReportContent) -> str:
    lines = "<br>".join(escape(line) for line in block.text.splitlines())
    return (
        f'<blockquote><p class="law" lang="{escape(block.language)}">“{lines}”</p>'
        f"<footer>{escape(block.place)}</footer></blockquote>"
    )


@draw.register
def _(block: Difference, content: ReportContent) -> str:
    rows = []
    for row in block.rows:
        label = " · ".join(escape(each) for each in (row.place, row.was) if each)
        head = f'<p class="place">{label}</p>' if label else ""
        rows.append(f'{head}<p class="law">{runs_html(row.runs, content)}</p>')
    head = f"<figcaption><strong>{escape(block.title)}</strong> {escape(block.old)} → {escape(block.new)}</figcaption>"
    return f'<figure class="difference">{head}{"".join(rows)}</figure>'


@draw.register
def _(block: UnitChart, content: ReportContent) -> str:
    tally = "".join(
        f'<li><span class="tag v-{value}"><span aria-hidden="true">{SIGNS[value]}</span> {escape(words)}</span></li>'
        for value, words in block.tally
    )
    return _figure(block, f'<ul class="tally">{tally}</ul>')


@draw.register
def _(block: StagesChart, content: ReportContent) -> str:
    return _figure(block, _list(block.said))


@draw.register
def _(block: TermsChart, content: ReportContent) -> str:
    return _figure(block, _list(f"{row.name}: {row.said}" for row in block.rows))


@draw.register
def _(block: QrCode, content: ReportContent) -> str:
    said = f"{escape(block.words)}<br>{link(block.address, block.address)}"
    if not block.address.startswith(WEB):  # the address at home is not set: nothing that a phone could open
        return f"<p>{said}</p>"
    file = BytesIO()
    segno.make(block.address, error="m").save(file, kind="svg", xmldecl=False, svgns=True, scale=3, border=2, nl=False)
    return f'<div class="qr">{file.getvalue().decode()}<p>{said}</p></div>'


def _figure(chart: charts.Chart, words: str) -> str:
    found = charts.drawn(chart)
    return f"<figure><figcaption>{escape(found.caption)}</figcaption>{found.svg}{words}</figure>"


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
