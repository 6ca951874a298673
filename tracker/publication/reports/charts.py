"""Charts of reports as SVG, in the look of the site: attributes only, no style, no script, no address of another file.

Whoever shows a chart also shows its text equivalent (`tally`, `said`), so each SVG is one image with a short name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import singledispatch
from html import escape

from tracker.publication.documents import Value
from tracker.publication.reports.content import StagesChart, TermsChart, UnitChart
from tracker.publication.reports.render.look import INK, MUTED, PAINTS

FACE = "Noto Sans, Segoe UI, Roboto, sans-serif"
WIDTH = 640
TILE, GAP, PER_ROW = 30, 5, 18
BAR_HEIGHT, BAR_STEP, LABEL_WIDTH = 22, 34, 222
TERM_STEP, TERM_LABEL = 30, 305
MOST_LETTERS = 44
# Each sign drawn in a square of 16, as on the site.
DRAWN: dict[Value, str] = {
    "fixed": '<path d="M3 8.5 6.5 12 13 4.5" fill="none" stroke="#{0}" stroke-width="2.2"/>',
    "partly_fixed": '<circle cx="8" cy="8" r="5.2" fill="none" stroke="#{0}" stroke-width="1.6"/>'
    '<path d="M8 2.8a5.2 5.2 0 0 0 0 10.4z" fill="#{0}"/>',
    "unchanged": '<path d="M3 6h10M3 10h10" stroke="#{0}" stroke-width="2"/>',
    "stricter": '<path d="M8 2.7 13.9 13H2.1z" fill="#{0}"/>',
    "new_restriction": '<path d="M8 2.5v11M2.5 8h11" stroke="#{0}" stroke-width="3.4"/>',
    "not_assessed": '<circle cx="8" cy="8" r="5" fill="none" stroke="#{0}" stroke-width="1.5" stroke-dasharray="2 2"/>',
}


Chart = UnitChart | StagesChart | TermsChart


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with what stands over it and what is said in its place. Lengths in pixels of 1/96 inch."""

    caption: str
    svg: str
    alt: str
    height: int
    width: int = WIDTH


@singledispatch
def drawn(chart: object) -> Drawn:
    raise TypeError(f"There is no drawing of {type(chart).__name__}.")


@drawn.register
def _(chart: UnitChart) -> Drawn:
    said = ", ".join(words for _, words in chart.tally)
    return _drawn(chart.title, unit_chart(chart), f"{chart.title}: {said}")


@drawn.register
def _(chart: StagesChart) -> Drawn:
    return _drawn(chart.title, stages_chart(chart), ". ".join([chart.title, *chart.said]))


@drawn.register
def _(chart: TermsChart) -> Drawn:
    title = f"{chart.title} ({chart.old} → {chart.new})"
    return _drawn(title, terms_chart(chart), ". ".join([title, *(f"{row.name}: {row.said}" for row in chart.rows)]))


def _drawn(caption: str, svg: str, alt: str) -> Drawn:
    height = svg.partition('height="')[2].partition('"')[0]
    return Drawn(caption, svg, alt, int(height))


def unit_chart(chart: UnitChart) -> str:
    """One tile per recommendation; several rows when there are many."""
    tiles = []
    for index, tile in enumerate(chart.tiles):
        x, y = (index % PER_ROW) * (TILE + GAP) + 1, (index // PER_ROW) * (TILE + GAP) + 1
        paint = PAINTS[tile.value]
        dashes = ' stroke-dasharray="4 3"' if tile.value == "not_assessed" else ""
        tiles.append(
            f'<rect x="{x}" y="{y}" width="{TILE}" height="{TILE}" rx="3" fill="#{paint.fill}" stroke="#{paint.edge}"'
            f' stroke-width="1.2"{dashes}/>'
            f'<g transform="translate({x + 7} {y + 7})">{DRAWN[tile.value].format(paint.text)}</g>'
        )
    height = ((len(chart.tiles) - 1) // PER_ROW + 1) * (TILE + GAP)
    return _svg(height, f"{chart.title}: {', '.join(words for _, words in chart.tally)}", tiles)


def sign(value: Value) -> str:
    """The sign of a verdict alone, in the colour of its words."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{DRAWN[value].format(PAINTS[value].text)}</svg>'
    )


def stages_chart(chart: StagesChart) -> str:
    """One bar per text, of equal length, cut by verdicts; the number stands in each part that has room for it."""
    drawn = []
    room = WIDTH - LABEL_WIDTH - 2
    for index, column in enumerate(chart.columns):
        y, x = index * BAR_STEP + 1, LABEL_WIDTH
        drawn.append(_text(0, y + 15, _short(column.name, 32), INK))
        for value, count in column.counts:
            paint, width = PAINTS[value], room * count // max(chart.total, 1)
            drawn.append(
                f'<rect x="{x}" y="{y}" width="{width}" height="{BAR_HEIGHT}" fill="#{paint.fill}"'
                f' stroke="#{paint.edge}"/>'
            )
            drawn.append(_text(x + width // 2, y + 15, str(count), paint.text, anchor="middle"))
            x += width
    return _svg(max(len(chart.columns), 1) * BAR_STEP, chart.title, drawn)


def terms_chart(chart: TermsChart) -> str:
    """Each row a line from the old greatest term to the new one; an open ring is before, a full disc after."""
    most = max((max(row.old, row.new) for row in chart.rows), default=1)
    room = WIDTH - TERM_LABEL - 130
    drawn = []
    for index, row in enumerate(chart.rows):
        y = index * TERM_STEP + 16
        old, new = TERM_LABEL + room * row.old // most, TERM_LABEL + room * row.new // most
        paint = PAINTS["stricter" if row.new > row.old else "partly_fixed"]
        drawn += [
            _text(0, y + 4, _short(row.name, MOST_LETTERS), INK),
            f'<path d="M{TERM_LABEL} {y}H{TERM_LABEL + room}" stroke="#D8D6CE"/>',
            f'<path d="M{old} {y}H{new}" stroke="#{paint.edge}" stroke-width="3"/>',
            f'<circle cx="{old}" cy="{y}" r="5" fill="#FFFFFF" stroke="#{paint.edge}" stroke-width="2"/>',
            f'<circle cx="{new}" cy="{y}" r="5" fill="#{paint.edge}"/>',
            *_terms(y, row.said),
        ]
    return _svg(max(len(chart.rows), 1) * TERM_STEP + 4, chart.title, drawn)


def _terms(y: int, said: str) -> Iterable[str]:
    """ "5 years → 7 years" with the arrow drawn, since not every face that draws the words has one."""
    old, _, new = said.partition(" → ")
    middle = WIDTH - 60
    yield _text(middle - 9, y + 4, old, MUTED, anchor="end")
    yield f'<path d="M{middle - 5} {y}h9m-3-3 3 3-3 3" fill="none" stroke="#{MUTED}"/>'
    yield _text(middle + 9, y + 4, new, MUTED)


def _svg(height: int, name: str, drawn: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img" aria-label="{escape(name)}">{"".join(drawn)}</svg>'
    )


def _text(x: int, y: int, words: str, colour: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="{FACE}" font-size="12" fill="#{colour}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
