"""The compared text of an article as readers step through it: rows, changes with a number and a name, folded runs.

Every view (side by side, in one text, list of changes) is made of these same pieces, so that they cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from tracker.publication.documents import PairDocument, RowData, Segment, Side
from tracker.publication.pages import words

RUN = frozenset({"delete", "insert"})
WORDS_IN_A_NAME = 14
# Characters that are not seen but change what is seen: controls (but tab and line end) and marks of direction.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Fewer unchanged paragraphs than this, inside a part that changed, stay: a penalty is read with what it is for.
FOLD_INSIDE_A_PART = 3

NAMES = {
    "added": gettext_lazy("Change %(number)s of %(total)s, %(place)s, added: %(new)s"),
    "deleted": gettext_lazy("Change %(number)s of %(total)s, %(place)s, deleted: %(old)s"),
    "replaced": gettext_lazy("Change %(number)s of %(total)s, %(place)s, replaced: %(old)s, by: %(new)s"),
    "moved": gettext_lazy("Change %(number)s of %(total)s, %(place)s, moved: %(new)s"),
}

Kind = Literal["added", "deleted", "replaced", "moved"]


@dataclass(slots=True)
class Change:
    """What `n` stops at and what counts as one: a run of deleted and added words, or a move with both its ends."""

    number: int
    kind: Kind
    place: str  # inside a sentence: "part 1, item 2"; of a move, where its words stood
    target: str = ""  # of a move, where they went
    removed: list[Segment] = field(default_factory=list)
    added: list[Segment] = field(default_factory=list)
    first_end: str = ""  # of a move: the operation whose place the reader meets first

    @property
    def id(self) -> str:
        return f"c{self.number}"

    def id_at(self, op: str) -> str:
        """The id of an end of a move; a run has one place and one id."""
        return f"{self.id}-end" if self.first_end and op != self.first_end else self.id


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a row: unchanged words (`change` is None), or a change (an end of one, for a move)."""

    segments: list[Segment]
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """One paragraph beside its counterpart. Labels are "" on rows that go on with the same part."""

    data: RowData
    pieces: list[Piece]
    label: str  # where a reader of one text is: "Part 1", "Article 404, part 1"
    old_label: str
    new_label: str
    was: str  # "was part 2", where the number of the part or the article changed
    starts: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Rows shown one after the other; `summary` is not "" when they are unchanged and folded under it."""

    rows: list[RowView]
    summary: str = ""


@dataclass(slots=True)
class Counter:
    """Numbers changes through a whole page, which may hold several articles."""

    changes: list[Change] = field(default_factory=list)

    def next(self, kind: Kind, place: str) -> Change:
        change = Change(len(self.changes) + 1, kind, place)
        self.changes.append(change)
        return change


def blocks(pair: PairDocument, counter: Counter) -> list[Block]:
    """The rows of a pair, with runs of unchanged ones folded."""
    several_old, several_new = len(pair["summary"]["old"]) > 1, len(pair["summary"]["new"]) > 1
    moves: dict[int, Change] = {}
    rows: list[RowView] = []
    last: tuple[Side | None, Side | None] = (None, None)
    for data in pair["rows"]:
        rows.append(_row(data, last, (several_old, several_new), counter, moves))
        last = (data["old"] or last[0], data["new"] or last[1])
    return _folded(rows)


def _row(
    data: RowData,
    last: tuple[Side | None, Side | None],
    several: tuple[bool, bool],
    counter: Counter,
    moves: dict[int, Change],
) -> RowView:
    old, new = data["old"], data["new"]
    begins_old, begins_new = _begins(old, last[0]), _begins(new, last[1])
    shown, among = (new, several[1]) if new else (old, several[0])
    starts = begins_new if new else begins_old
    label = _label(shown, several=among) if starts else ""
    if label and new is None:
        label = gettext("%(place)s of the old text") % {"place": label}
    return RowView(
        data=data,
        pieces=_pieces(data, _Places.of(old, new, several), counter, moves),
        label=label,
        old_label=_label(old, several=several[0]) if begins_old else "",
        new_label=_label(new, several=several[1]) if begins_new else "",
        was=_was(old, new, several) if starts else "",
        starts=begins_old or begins_new,
    )


def _begins(side: Side | None, last: Side | None) -> bool:
    """True when a side enters another part, or another article."""
    if side is None:
        return False
    return last is None or (side["article"], side["part"]) != (last["article"], last["part"])


def _label(side: Side | None, *, several: bool) -> str:
    """ "Part 1", or with its article where a side has several: "Article 404, part 1"."""
    if side is None:
        return ""
    if not several:
        return words.part(side["part"])
    article = words.long_articles([side["article"]])
    if not side["part"]:
        return article
    return gettext("%(article)s, part %(number)s") % {"article": article, "number": side["part"]}


def _was(old: Side | None, new: Side | None, several: tuple[bool, bool]) -> str:
    if old is None or new is None:
        return ""
    if any(several):
        number = words.printed(old["article"])
        if not old["part"]:
            return gettext("was Article %(article)s") % {"article": number}
        return gettext("was part %(part)s of Article %(article)s") % {"part": old["part"], "article": number}
    if old["part"] == new["part"] or not old["part"]:
        return ""
    return gettext("was part %(part)s") % {"part": old["part"]}


def inside(side: Side | None, *, several: bool = False) -> str:
    """A place as it stands inside a sentence: "part 1, item 2"; the article where there is no part."""
    if side is None:
        return ""
    place = _place(side)
    article = words.long_articles([side["article"]])
    if not place:
        return article
    return gettext("%(article)s, %(place)s") % {"article": article, "place": place} if several else place


def _place(side: Side) -> str:
    number, item = side["part"], side["marker"] if side["level"] in {"item", "subitem"} else ""
    if number and item:
        return pgettext("inside a sentence", "part %(number)s, item %(item)s") % {"number": number, "item": item}
    if item:
        return pgettext("inside a sentence", "item %(item)s") % {"item": item}
    if number:
        return pgettext("inside a sentence", "part %(number)s") % {"number": number}
    return pgettext("inside a sentence", "the note") if side["role"] == "note" else ""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a row stands, inside a sentence: in the text that is read, and in each text for the ends of a move."""

    shown: str
    old: str
    new: str

    @classmethod
    def of(cls, old: Side | None, new: Side | None, several: tuple[bool, bool]) -> _Places:
        before, after = inside(old, several=several[0]), inside(new, several=several[1])
        return cls(after or before, before, after)


def _pieces(data: RowData, places: _Places, counter: Counter, moves: dict[int, Change]) -> list[Piece]:
    found: list[Piece] = []
    run: Change | None = None
    for segment in data["segments"]:
        op = segment["op"]
        if op in RUN:
            if run is None:
                run = counter.next("added", places.shown)
                found.append(Piece([], run))
            found[-1].segments.append(segment)
            (run.removed if op == "delete" else run.added).append(segment)
            run.kind = "replaced" if run.removed and run.added else "deleted" if run.removed else "added"
            continue
        run = None
        found.append(Piece([segment], None if op == "equal" else _end_of_move(segment, places, counter, moves)))
    return found


def _end_of_move(segment: Segment, places: _Places, counter: Counter, moves: dict[int, Change]) -> Change:
    """The change that this end of a move belongs to; the end met first gives it its number."""
    number, leaving = segment["move"], segment["op"] == "move_from"
    if number not in moves:
        moves[number] = counter.next("moved", places.old or places.new)
        moves[number].first_end = segment["op"]
    change = moves[number]
    if leaving:
        change.place = places.old
        change.removed.append(segment)
    else:
        change.target = places.new
        change.added.append(segment)
    return change


def _folded(rows: Sequence[RowView]) -> list[Block]:
    """Runs of unchanged rows fold when they are whole parts, or long; the row after them says again where it stands."""
    found: list[Block] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and rows[end].data["changed"] == rows[start].data["changed"]:
            end += 1
        run = list(rows[start:end])
        whole = run[0].starts and (end == len(rows) or rows[end].starts)
        if run[0].data["changed"] or not (whole or len(run) >= FOLD_INSIDE_A_PART):
            if found and found[-1].summary:
                run[0] = _labelled_again(run[0], found[-1].rows)
            found.append(Block(run))
        else:
            found.append(Block(run, _fold_words(run, whole=whole)))
        start = end
    return found


def _labelled_again(row: RowView, folded: Sequence[RowView]) -> RowView:
    if row.starts:
        return row
    first = next((each for each in reversed(folded) if each.starts), None)
    if first is None:
        return row
    return replace(row, label=first.label, old_label=first.old_label, new_label=first.new_label, was=first.was)


def _fold_words(run: Sequence[RowView], *, whole: bool) -> str:
    """ "3 unchanged parts. Show" when the run is made of whole parts, else its paragraphs are counted."""
    sides = [row.data["new"] or row.data["old"] for row in run]
    parts = {(side["article"], side["part"]) for side in sides if side}
    if whole and all(part for _, part in parts):
        return ngettext("%(n)s unchanged part. Show", "%(n)s unchanged parts. Show", len(parts)) % {"n": len(parts)}
    count = ngettext("%(n)s unchanged paragraph. Show", "%(n)s unchanged paragraphs. Show", len(run))
    return count % {"n": len(run)}


def name(change: Change, total: int) -> str:
    """The accessible name: "Change 3 of 10, part 1, added: class"."""
    old, new = _short(change.removed), _short(change.added)
    values = {"number": change.number, "total": total, "place": change.place, "old": old, "new": new or old}
    return str(NAMES[change.kind] % values)


def _short(segments: Sequence[Segment]) -> str:
    text = visible(" ".join(segment["text"].strip(" ,.;") for segment in segments))
    return Truncator(text).words(WORDS_IN_A_NAME)


def visible(text: str) -> str:
    """The text with unseen characters shown by their code, so that none can disguise what a law says."""
    return UNSEEN.sub(lambda found: f"⟦U+{ord(found.group()):04X}⟧", text)
