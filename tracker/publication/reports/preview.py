"""The first pages of a report as HTML, for the builder: drawn by the functions that draw the HTML file."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from tracker.publication.reports.content import ReportContent
from tracker.publication.reports.paging import Page, pages
from tracker.publication.reports.render.frame import draft_mark
from tracker.publication.reports.render.html import draw

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """`papers`: the first pages. `total`: how many pages there are, roughly. `row_count`: rows of the tables."""

    papers: tuple[SafeString, ...]
    total: int
    row_count: int
    language: str
    wide: bool


def preview_of(content: ReportContent) -> Preview:
    found = pages(content)
    papers = tuple(SafeString(_paper(page, content, number)) for number, page in enumerate(found[:SHOWN], 1))
    return Preview(papers, len(found), len(content.data.rows), content.options.language, content.landscape)


def _paper(page: Page, content: ReportContent, number: int) -> str:
    """Everything is escaped by `escape` or `draw`."""
    mark = draft_mark(content)
    found = [f'<p class="draft">{escape(mark)}</p>'] if mark else []
    if number == 1:
        found.append(_head(content))
    for piece in page:
        level = min(piece.section.level + 3, 6)
        title = f"<h{level}>{escape(piece.section.title)}</h{level}>" if piece.begins else ""
        found.append(title + "".join(draw(block, content) for block in piece.section.blocks))
    origin = content.origin
    found.append(f'<p class="foot">{escape(" · ".join(filter(None, [content.labels.as_of, origin.address])))}</p>')
    return "".join(found)


def _head(content: ReportContent) -> str:
    cover = "".join(f"<p>{escape(line)}</p>" for line in content.cover)
    contents = ""
    if content.contents:
        items = "".join(
            f'<li class="l{section.level}">{escape(section.title)}</li>'
            for section in content.sections
            if section.level < 3
        )
        contents = f'<p class="contents-title">{escape(content.labels.contents)}</p><ol class="contents">{items}</ol>'
    return (
        f'<p class="over">{escape(content.law_name)}</p><h3>{escape(content.title)}</h3>'
        f'<p class="note">{escape(content.text_name)}</p>{cover}{contents}'
    )
