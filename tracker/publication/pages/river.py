"""The river: where a provision and the lines that cross it stood, text by text, as numbers to draw. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.publication.documents import LifeDocument, RiverLine
from tracker.publication.pages import words

COLUMN = 150  # width of one text, in the drawing's units
ROW = 46
RIBBON = 26
NODE = 64
TOP = 34
LEFT = 8


@dataclass(frozen=True, slots=True)
class Node:
    x: int
    y: int
    text: str
    value: str  # verdict of the followed line, "" for others
    dashed: bool


@dataclass(frozen=True, slots=True)
class Ribbon:
    path: str
    value: str


@dataclass(frozen=True, slots=True)
class End:
    """The line goes no further: a cross and a word."""

    x: int
    y: int
    state: str


@dataclass(frozen=True, slots=True)
class River:
    width: int
    height: int
    heads: tuple[tuple[int, str], ...]
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    ends: tuple[End, ...]
    labels: tuple[tuple[int, int, str], ...]
    steps: tuple[tuple[str, str], ...]  # label of a line → "164 → 174 → 174"


def river(document: LifeDocument) -> River | None:
    """The drawing, or None when there are fewer than two texts to draw."""
    columns = document["river_columns"]
    if len(columns) < 2:
        return None
    nodes: list[Node] = []
    ribbons: list[Ribbon] = []
    ends: list[End] = []
    for row, line in enumerate(document["river"]):
        _draw(line, TOP + row * ROW, nodes, ribbons, ends, len(columns))
    width = LEFT + len(columns) * COLUMN + 170
    labels = [
        (LEFT + len(columns) * COLUMN - 20, TOP + row * ROW + RIBBON // 2 + 4, words.say(line["label"]))
        for row, line in enumerate(document["river"])
    ]
    return River(
        width,
        TOP + len(document["river"]) * ROW,
        tuple((LEFT + place * COLUMN, words.when(v["date"], v["date_precision"])) for place, v in enumerate(columns)),
        tuple(nodes),
        tuple(ribbons),
        tuple(ends),
        tuple(labels),
        tuple((words.say(line["label"]), steps(line)) for line in document["river"]),
    )


def _draw(line: RiverLine, y: int, nodes: list[Node], ribbons: list[Ribbon], ends: list[End], columns: int) -> None:
    before: Node | None = None
    for node in line["nodes"]:
        x = LEFT + node["column"] * COLUMN
        if not node["numbers"]:
            if before is not None and node["state"] in {"absent", "repealed"}:
                ends.append(End(x, y + RIBBON // 2, node["state"]))
                before = None
            continue
        value = (node["value"] or "not_assessed") if line["followed"] else ""
        drawn = Node(
            x,
            y,
            " + ".join(words.printed(n) for n in node["numbers"]),
            value,
            dashed=before is None and node["column"] > 0,
        )
        if before is not None:
            ribbons.append(Ribbon(_ribbon(before, drawn), value))
        nodes.append(drawn)
        before = drawn
        if node["state"] == "repealed":
            ends.append(End(x + NODE + 16, y + RIBBON // 2, "repealed"))
            before = None


def _ribbon(one: Node, two: Node) -> str:
    start, end, middle = one.x + NODE, two.x, (one.x + NODE + two.x) // 2
    return (
        f"M{start} {one.y + 4}C{middle} {one.y + 4} {middle} {two.y + 4} {end} {two.y + 4}"
        f"V{two.y + RIBBON - 4}C{middle} {two.y + RIBBON - 4} {middle} {one.y + RIBBON - 4} {start} {one.y + RIBBON - 4}Z"
    )


def steps(line: RiverLine) -> str:
    """The same line as text: "337 → 404 → 404"."""
    numbers: Sequence[str] = [
        " + ".join(words.printed(n) for n in node["numbers"]) for node in line["nodes"] if node["numbers"]
    ]
    return " → ".join(numbers)
