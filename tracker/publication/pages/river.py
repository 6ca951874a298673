"""The river of a provision: texts as columns, printed numbers as boxes, one ribbon per article. Geometry only.

A split halves the ribbon, a merge joins two halves, and a provision that left the text ends with a cross and a word.
The same facts are always given as a list (`life.path_words`): the picture adds nothing that the list does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from tracker.publication.documents import LifeDocument, RiverLine, RiverNode, VersionHead
from tracker.publication.pages import words

MOST_LINES = 8
BOX_WIDTH, RIBBON, LANE = 64, 30, 48
LEFT, TOP = 26, 46
WIDTH, LABEL_WIDTH = 960, 200
GONE = frozenset({"absent", "repealed"})


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    number: str
    classes: str  # "own v-stricter", "other", with "new" for the first one of a provision that a text added

    @property
    def middle(self) -> int:
        return self.x + BOX_WIDTH // 2

    @property
    def base(self) -> int:
        return self.y + RIBBON // 2 + 5


@dataclass(frozen=True, slots=True)
class Ribbon:
    path: str
    classes: str


@dataclass(frozen=True, slots=True)
class End:
    """Where a ribbon stops, with the word for why."""

    x: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text at the right end, broken so that it fits; `y` is that of its first line."""

    y: int
    rows: list[str]
    own: bool


@dataclass(frozen=True, slots=True)
class Column:
    middle: int
    rows: list[str]


@dataclass(frozen=True, slots=True)
class River:
    width: int
    height: int
    label_x: int
    columns: list[Column]
    ribbons: list[Ribbon]
    boxes: list[Box]
    ends: list[End]
    labels: list[Label]


@dataclass(slots=True)
class _Drawing:
    step: int  # from column to column
    ribbons: list[Ribbon] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Stop:
    """What a line shows in one column: the tops of its boxes (one for each number), or none."""

    column: int
    node: RiverNode
    tops: list[int]


def river(document: LifeDocument) -> River | None:
    """The picture; None when fewer than two texts say anything of the provision."""
    lines = sorted(document["river"][:MOST_LINES], key=_order)
    columns = document["river_columns"]
    if len(columns) < 2 or not any(node["numbers"] for line in lines for node in line["nodes"]):
        return None
    step = (WIDTH - LEFT - LABEL_WIDTH - BOX_WIDTH) // (len(columns) - 1)
    label_x = LEFT + (len(columns) - 1) * step + BOX_WIDTH + 24
    drawing, labels, top = _Drawing(step), [], TOP
    for line in lines:
        lanes = max((len(node["numbers"]) for node in line["nodes"]), default=1) or 1
        height = lanes * LANE
        stops = [_stop(node, top, height) for node in line["nodes"]]
        _draw(line, stops, top + (height - RIBBON) // 2, drawing)
        labels.append(Label(top + (height - RIBBON) // 2 + 19, _broken(words.say(line["label"])), line["followed"]))
        top += height
    return River(
        width=WIDTH,
        height=max([top, *(label.y + 16 * len(label.rows) for label in labels)]),
        label_x=label_x,
        columns=[
            Column(LEFT + at * step + BOX_WIDTH // 2, _broken(_column_words(each), 13, 2))
            for at, each in enumerate(columns)
        ],
        ribbons=drawing.ribbons,
        boxes=drawing.boxes,
        ends=drawing.ends,
        labels=labels,
    )


def _order(line: RiverLine) -> tuple[int, str]:
    """By the newest printed number, as they stand in the code."""
    numbers = [number for node in line["nodes"] for number in node["numbers"]]
    digits = "".join(character for character in (numbers or ["0"])[-1].split("-")[0] if character.isdigit())
    return int(digits or 0), (numbers or [""])[-1]


def _column_words(version: VersionHead) -> str:
    if version["is_current_law"]:
        return gettext("Current law")
    return words.when(
        version["date"], "month" if version["date_precision"] in {"day", "week"} else version["date_precision"]
    )


def _stop(node: RiverNode, top: int, height: int) -> _Stop:
    count = len(node["numbers"])
    first = top + (height - count * LANE) // 2 + (LANE - RIBBON) // 2
    return _Stop(node["column"], node, [first + at * LANE for at in range(count)])


def _draw(line: RiverLine, stops: Sequence[_Stop], middle: int, drawing: _Drawing) -> None:
    own = line["followed"]
    before: _Stop | None = None
    seen_absent = False
    for stop in stops:
        x = LEFT + stop.column * drawing.step
        state = stop.node["state"]
        if stop.tops:
            colour = f" v-{stop.node['value'] or 'not_assessed'}" if own else ""
            classes = ("own" if own else "other") + colour + (" new" if before is None and seen_absent else "")
            if state == "repealed" and before:
                drawing.ends.append(End(x, stop.tops[0], gettext("excluded")))
                _join(before, [stop.tops[0]], x - 4, line, drawing)
            else:
                if before:
                    _join(before, stop.tops, x, line, drawing)
                numbers = zip(stop.tops, stop.node["numbers"], strict=True)
                drawing.boxes += [Box(x, y, words.printed(number), classes) for y, number in numbers]
            before = stop if state != "repealed" else None
        elif state in GONE:
            if before:
                _join(before, [middle], x - 4, line, drawing)
                drawing.ends.append(End(x, middle, gettext("not in this text")))
                before = None
            seen_absent = True


def _join(before: _Stop, tops: Sequence[int], x: int, line: RiverLine, drawing: _Drawing) -> None:
    """Ribbons between two stops. Where the number of boxes differs, the single one is shared out evenly."""
    left = LEFT + before.column * drawing.step + BOX_WIDTH
    starts, ends = list(before.tops), list(tops)
    width = RIBBON
    if len(starts) == 1 and len(ends) > 1:
        width = RIBBON // len(ends)
        starts, targets = [starts[0] + at * width for at in range(len(ends))], ends
        ends = [target + (RIBBON - width) // 2 for target in targets]
    elif len(ends) == 1 and len(starts) > 1:
        width = RIBBON // len(starts)
        ends = [ends[0] + at * width for at in range(len(starts))]
        starts = [start + (RIBBON - width) // 2 for start in starts]
    classes = f"own v-{_value(line, before)}" if line["followed"] else "other"
    for start, end in zip(starts, ends, strict=False):
        drawing.ribbons.append(Ribbon(_path(left, start, x, end, width), classes))


def _value(line: RiverLine, before: _Stop) -> str:
    """The colour of a ribbon is that of the next verdict on its way, else of the last one."""
    later = [node["value"] for node in line["nodes"] if node["column"] > before.column]
    return next((value for value in later if value), None) or before.node["value"] or "not_assessed"


def _path(x1: int, y1: int, x2: int, y2: int, width: int) -> str:
    half = (x1 + x2) // 2
    there = f"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}"
    back = f"V{y2 + width}C{half} {y2 + width} {half} {y1 + width} {x1} {y1 + width}Z"
    return there + back


def _broken(text: str, most: int = 20, rows: int = 3) -> list[str]:
    """Text in at most `rows` rows of about `most` characters; what does not fit is cut with an ellipsis."""
    found: list[str] = [""]
    for word in text.split():
        if len(found[-1]) + len(word) + 1 > most and found[-1]:
            if len(found) == rows:
                found[-1] += "…"
                break
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}".strip()
    return found
