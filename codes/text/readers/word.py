"""What stands in the paragraphs of a Word document, as its print shows it.

Tracked changes are accepted or refused. Hidden text, field codes, comments and the marks of footnotes are no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from codes.text.readers.numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXTS = frozenset({f"{W}t", f"{W}delText", f"{_MATH}t"})  # deleted words are printed where their deletion is refused
_SIGNS = {
    **{f"{W}{tag}": sign for tag, sign in (("tab", "\t"), ("ptab", "\t"), ("br", "\n"), ("cr", "\n"))},
    f"{W}noBreakHyphen": "-",
}
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_OFF = frozenset({"0", "false", "off"})
# The font Symbol keeps its own order of signs, from U+F000; what ornaments print is no word.
_SYMBOLS = {0x2D: "−", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠"}
_SYMBOLS |= dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_ORNAMENTS = ("wingdings", "webdings", "marlett")
_PRIVATE = range(0xF000, 0xF100)
Tracked = Literal["accepted", "refused"]


class Printed(NamedTuple):
    """A line; `noted` when it is of a footnote or an endnote."""

    text: str
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """What paragraphs refer to: numbered lists, notes by (kind, id), ids of styles that hide their text."""

    numbering: Numbering
    notes: Mapping[tuple[str, str], etree._Element] = field(default_factory=dict)
    hiding: frozenset[str] = frozenset()


def notes_of(root: etree._Element | None, kind: str) -> dict[tuple[str, str], etree._Element]:
    """The notes of a part by (kind, id). Separators have ids too, but nothing refers to them."""
    found = root.iter(f"{W}{kind}") if root is not None else ()
    return {(kind, note.get(f"{W}id") or ""): note for note in found}


def hiding_styles(styles: etree._Element | None) -> frozenset[str]:
    """Ids of the character styles that hide their text."""
    found = styles.iter(f"{W}style") if styles is not None else ()
    is_characters = f"{W}type"
    return frozenset(
        style.get(f"{W}styleId") or ""
        for style in found
        if style.get(is_characters) == "character" and is_on(style.find(f"{W}rPr/{W}vanish"))
    )


def is_on(switch: etree._Element | None) -> bool:
    """Whether a property that may be switched off is there and on."""
    return switch is not None and switch.get(f"{W}val") not in _OFF


class WordReader:
    """Lines of a document or a cell, as they are when tracked changes are accepted or refused."""

    def __init__(self, parts: Parts, tracked: Tracked) -> None:
        self.parts = parts
        self.notes = dict(parts.notes)
        self.referred: list[tuple[str, str]] = []  # notes of the paragraph that is being read
        self.hid = False  # whether hidden text was left out
        gone = ("del", "moveFrom") if tracked == "accepted" else ("ins", "moveTo")
        self.row_end = gone[0]
        # Marks of an end of paragraph that is not printed: the paragraph goes on in the next one.
        self.ends = tuple(f"{W}pPr/{W}rPr/{W}{tag}" for tag in gone)
        # The words of the other state, and the second copy of a text box for old programs.
        self.left_out = frozenset({*(f"{W}{tag}" for tag in gone), _FALLBACK})

    def rows(self, table: etree._Element) -> Iterator[etree._Element]:
        """The rows of a table that stand in this state."""
        return (row for row in table.iterchildren(f"{W}tr") if row.find(f"{W}trPr/{W}{self.row_end}") is None)

    def lines(self, root: etree._Element) -> Iterator[Printed]:
        """The lines of all paragraphs in order, each paragraph's notes after it."""
        held, referred = "", []
        for paragraph in root.iter(f"{W}p"):
            if self._is_gone(paragraph):
                continue
            self.referred = []
            words = "".join(self._words(paragraph))
            referred += self.referred
            goes_on = self._goes_on(paragraph)
            is_counted = words.strip() or not (goes_on or any(child.tag in self.left_out for child in paragraph))
            label = self.parts.numbering.label(paragraph) if is_counted else ""
            held += f"{label} {words.lstrip()}" if label and words.strip() else words
            if goes_on:
                continue
            yield from _split(held)
            yield from self._noted(referred)
            held, referred = "", []
        yield from _split(held)
        yield from self._noted(referred)

    def _noted(self, referred: list[tuple[str, str]]) -> Iterator[Printed]:
        """The lines of notes. Each is printed once: a damaged file may let a note refer to itself."""
        for name in referred:
            note = self.notes.pop(name, None)
            if note is not None:
                yield from (Printed(line.text, noted=True) for line in self.lines(note))

    def _goes_on(self, paragraph: etree._Element) -> bool:
        """Whether the end of the paragraph is deleted, or hidden, as between a heading and the words after it."""
        return any(paragraph.find(end) is not None for end in self.ends) or is_on(
            paragraph.find(f"{W}pPr/{W}rPr/{W}vanish")
        )

    def _is_gone(self, paragraph: etree._Element) -> bool:
        return any(
            self._is_left_out(above) or (above.tag == f"{W}tr" and above.find(f"{W}trPr/{W}{self.row_end}") is not None)
            for above in paragraph.iterancestors()
        )

    def _is_left_out(self, element: etree._Element) -> bool:
        if element.tag == f"{W}sdt":
            return is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr"))  # "Click here to enter text"
        return element.tag in self.left_out

    def _words(self, element: etree._Element) -> Iterator[str]:
        """The words of a paragraph. Paragraphs inside it (text boxes) have lines of their own."""
        marked = False
        for child in element:
            if self._is_left_out(child) or child.tag == f"{W}pPr" or self._is_hidden(child):
                continue
            if child.tag in _REFERENCES:
                self.referred.append((_REFERENCES[str(child.tag)], child.get(f"{W}id") or ""))
                marked = child.get(f"{W}customMarkFollows") not in {None, *_OFF}
            elif child.tag in _TEXTS:
                yield "" if marked else _raised(child)
            elif child.tag == f"{W}sym":
                yield "" if marked else _symbol(child)
            elif child.tag in _SIGNS:
                yield _SIGNS[str(child.tag)]
            elif child.tag != f"{W}p":
                yield "/" if child.tag == f"{_MATH}den" else ""
                yield from self._words(child)

    def _is_hidden(self, element: etree._Element) -> bool:
        properties = element.find(f"{W}rPr") if element.tag == f"{W}r" else None
        if properties is None:
            return False
        switch, style = properties.find(f"{W}vanish"), properties.find(f"{W}rStyle")
        styled = style is not None and style.get(f"{W}val") in self.parts.hiding
        hidden = is_on(switch) if switch is not None else styled
        self.hid = self.hid or (hidden and element.find(f"{W}t") is not None)
        return hidden


def _split(text: str) -> Iterator[Printed]:
    return (Printed(line.strip()) for line in text.split("\n") if line.strip())


def _raised(node: etree._Element) -> str:
    """A superscript digit is an inserted number: 104¹ is printed as 104.1."""
    run = node.getparent()
    raised = run is not None and run.find(f"{W}rPr/{W}vertAlign[@{W}val='superscript']") is not None
    text = node.text or ""
    return f".{text.strip()}" if raised and text.strip().isdigit() else text


def _symbol(node: etree._Element) -> str:
    """A sign by its place in a font, such as § or °."""
    font, place = (node.get(f"{W}font") or "").lower(), node.get(f"{W}char") or ""
    try:
        code = int(place, 16)
    except ValueError:
        return ""
    if font.startswith(_ORNAMENTS):
        return ""
    if font == "symbol":
        return _SYMBOLS.get(code & 0xFF, "")
    code = code - _PRIVATE.start if code in _PRIVATE else code
    return chr(code) if 0x20 <= code < 0xD800 else ""
