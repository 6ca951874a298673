"""Lines of one article → paragraphs with their part, level, marker and element id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from codes.text.grammars.shape import Grammar
from codes.text.nodes import Line, Paragraph, Role
from codes.text.numbering import roman_value

LEVELS = ("part", "item", "subitem")
_DEEPEST = 4
_FIRST = frozenset({"1", "a", "i", "A", "I", "а", "1°", "aa"})
_LETTERS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")
# No marker begins with a longer word. Most lines do, so they need not be tried.
_MAY_BE_NUMBERED = re.compile(r"[\W\d_]|[^\W\d_]{1,2}(?![^\W\d_])|[IVXLC]+(?![^\W\d_])")
_NO_SLUG = re.compile(r"[^\w.~]+")
_ROMAN = re.compile(r"[ivxlc]+|[IVXLC]+")


class Piece(NamedTuple):
    """A line whose role and place are known. `chain` holds the markers of item and subitems down to the line's own."""

    role: Role
    level: str
    marker: str
    text: str
    line: int
    chain: tuple[str, ...] = ()


def paragraphs_of(
    number: str, body: Sequence[Line], grammar: Grammar, publisher: frozenset[int] = frozenset()
) -> tuple[Paragraph, ...]:
    """The paragraphs of article `number`. `publisher` holds the numbers of lines that are the publisher's words."""
    return tuple(_numbered(_pieces(body, grammar, publisher), number, grammar))


def find_markers(text: str, grammar: Grammar) -> list[tuple[str, str]]:
    """(level, marker) for each level that the beginning of a line can be read as."""
    if not _MAY_BE_NUMBERED.match(text) or text[0].isspace():
        return []
    found = []
    for level, patterns in zip(LEVELS, (grammar.parts, grammar.items, grammar.subitems), strict=True):
        for pattern in patterns:
            match = pattern.match(text)
            if match is not None:
                found.append((level, " ".join(match["marker"].split())))
                break
    return found


def _pieces(body: Sequence[Line], grammar: Grammar, publisher: frozenset[int]) -> Iterator[Piece]:
    outline = _Outline()
    noted = False
    is_footnote, is_note = grammar.footnote.match, grammar.note.match
    for number, text in body:
        law, footnotes = split_footnotes(text, grammar) if text.endswith(")") else (text, [])
        if number in publisher or is_footnote(law):
            for footnote in [text] if number in publisher else [law, *footnotes]:
                yield Piece(Role.FOOTNOTE, "text", "", footnote, number)
            continue
        if is_note(text):
            noted = True
            outline = _Outline() if grammar.note_to_end else outline
            yield Piece(Role.NOTE, "text", "", text, number)
            continue
        level, marker, chain = outline.place(find_markers(text, grammar))
        noted = noted and (grammar.note_to_end or level != "part")
        yield Piece(Role.NOTE if noted else Role.BODY, level, marker, law, number, chain)
        for footnote in footnotes:
            yield Piece(Role.FOOTNOTE, "text", "", footnote, number)


def split_footnotes(text: str, grammar: Grammar) -> tuple[str, list[str]]:
    """The law's words, and the publisher's words in brackets after them."""
    footnotes: list[str] = []
    while text.endswith(")"):
        start = text.rfind("(")
        if start <= 0 or grammar.trailing_footnote.match(text, start) is None:
            break
        footnotes.insert(0, text[start:])
        text = text[:start].rstrip()
    return text, footnotes


class _Outline:
    """The numbers that stand open while an article is read; it settles markers that fit two levels, such as (i)."""

    def __init__(self) -> None:
        self.part = ""
        self.item = ""
        self.subitems: list[str] = []
        self.letters_are_items = False

    def place(self, readings: Sequence[tuple[str, str]]) -> tuple[str, str, tuple[str, ...]]:
        """Level, marker and chain of a line that can be read in these ways."""
        if not readings:
            return "text", "", ()
        level, marker = self._choose(readings)
        if level == "part":
            self.part, self.item, self.subitems, self.letters_are_items = marker, "", [], False
            return level, marker, ()
        if level == "subitem" and self._is_item(marker):
            level = "item"
        if level == "item":
            self.item, self.subitems = marker, []
            return level, marker, (marker,)
        self._nest(marker)
        return level, marker, (self.item, *self.subitems)

    def _choose(self, readings: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """What continues an open list, else what begins a list not yet open, else a list inside the deepest one."""
        last = {"part": [self.part], "item": [self.item], "subitem": self.subitems}
        for level, marker in readings:
            if any(_follows(before, marker) for before in last[level]):
                return level, marker
        beginnings = [reading for reading in readings if reading[1] in _FIRST]
        for level, marker in beginnings:
            if not any(last[level]):
                return level, marker
        return beginnings[-1] if beginnings and beginnings[-1][0] == "subitem" else readings[0]

    def _is_item(self, marker: str) -> bool:
        """Letters directly below a part are items, not subitems."""
        self.letters_are_items = self.letters_are_items or not self.item
        return self.letters_are_items or _follows(self.item, marker)

    def _nest(self, marker: str) -> None:
        for depth in range(len(self.subitems) - 1, -1, -1):
            if _follows(self.subitems[depth], marker):
                self.subitems[depth:] = [marker]
                return
        if marker in _FIRST and len(self.subitems) < _DEEPEST:
            self.subitems.append(marker)
        else:
            self.subitems = [marker]


def _follows(before: str, marker: str) -> bool:
    """Whether a marker is the next one after another: 2 after 1, b after a, iv after iii."""
    if not before or before == marker:
        return False
    if before.rstrip("°").isdigit() and marker.rstrip("°").isdigit():
        return int(marker.rstrip("°")) == int(before.rstrip("°")) + 1
    for letters in _LETTERS:
        for alphabet in (letters, letters.upper()):
            if (
                len(before) == len(marker) == 1
                and before in alphabet
                and alphabet.find(marker) == alphabet.index(before) + 1
            ):
                return True
    if _ROMAN.fullmatch(before) and _ROMAN.fullmatch(marker) and before.islower() == marker.islower():
        return roman_value(marker.upper()) == roman_value(before.upper()) + 1
    return False


def _numbered(pieces: Iterator[Piece], number: str, grammar: Grammar) -> Iterator[Paragraph]:
    """Give every paragraph its part and its element id, unique within the article."""
    used: dict[str, int] = {}
    article = f"art_{slug(number)}"
    part, printed_part, counted = "", False, 0
    body = Role.BODY
    for role, printed, marker, text, line, chain in pieces:
        level = printed
        if role is not body:
            eid, owner = _eid(f"{article}__{role.value}", level, marker, "", chain), ""
        else:
            if level == "part":
                part, printed_part = marker, True
            elif level == "text" and grammar.counts_paragraphs and not printed_part:
                counted += 1
                level, part = "part", str(counted)
            owner = part
            eid = _eid(article, level, marker, part, chain)
            if level == "text" and not chain:
                eid += "__text"
        count = used[eid] = used.get(eid, 0) + 1
        yield Paragraph(marker, eid if count == 1 else f"{eid}_{count}", text, level, owner, role, line)


def _eid(above: str, level: str, marker: str, part: str, chain: tuple[str, ...]) -> str:
    """The element id below that of the article, or of its notes, before it is made unique."""
    eid = f"{above}__para_{slug(part or marker)}" if part or level == "part" else above
    if not chain:
        return eid
    item, *subitems = chain
    steps = [*([f"point_{slug(item)}"] if item else []), *(f"subpoint_{slug(marker)}" for marker in subitems)]
    return "__".join([eid, *steps])


@lru_cache(maxsize=4096)
def slug(number: str) -> str:
    """A printed number as part of an element id: "2 bis A" → "2-bis-A", "1°" → "1"."""
    return _NO_SLUG.sub("-", number.replace("°", "")).strip("-")
