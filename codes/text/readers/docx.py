"""Word documents: paragraphs and table cells in order, with the numbers that Word counts.

Tracked changes are accepted or refused, as the caller says.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from lxml import etree

from codes.text.nodes import Document, Line, TextError
from codes.text.readers.numbering import Numbering
from codes.text.readers.xml import root_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_PARTS, LARGEST_TOTAL, LARGEST_PART, HIGHEST_RATIO = 2000, 200 * 2**20, 100 * 2**20, 100
_SMALL_PART = 2**20  # bytes; a small part may compress well without being harmful
# What the standard library raises for a package that is damaged, in its list of contents or in a part.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXTS = frozenset({f"{_W}t", f"{_W}delText"})  # deleted words are printed only where their deletion is refused
_TRACKED = "The file holds tracked changes."
Tracked = Literal["accepted", "refused"]
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


Grid = list[list["Cell"]]


class Cell(NamedTuple):
    """A cell of a table: its lines, the columns it spans, and whether it goes on with the cell above."""

    lines: tuple[str, ...]
    span: int = 1
    goes_on: bool = False


def read(path: Path, *, tracked: Tracked = "accepted") -> Document:
    """The document's lines, with its tracked changes accepted or refused.

    Raises `TextError` for packages that are damaged, hostile or no Word document.
    """
    body, numbering = _opened(path)
    reader = _Reader(numbering, tracked)
    lines = list(reader.lines(body)) if body is not None else []
    if not lines:
        raise TextError(f"{path.name} holds no text. Choose another file.")
    notices = (f"{_TRACKED} It was read with these {tracked}.",) if body is not None and _has_tracked(body) else ()
    return Document(tuple(Line(n, line) for n, line in enumerate(lines, 1)), MEDIA_TYPE, notices)


def read_tables(path: Path) -> list[Grid]:
    """The rows of each table that stands in no other table. Errors as in `read`."""
    body, numbering = _opened(path)
    reader = _Reader(numbering, "accepted")
    tables = (
        [] if body is None else [t for t in body.iter(f"{_W}tbl") if next(t.iterancestors(f"{_W}tbl"), None) is None]
    )
    return [[[_cell(cell, reader) for cell in row.iterchildren(f"{_W}tc")] for row in reader.rows(t)] for t in tables]


def _cell(cell: etree._Element, reader: _Reader) -> Cell:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    columns = (span.get(f"{_W}val") or "") if span is not None else ""
    goes_on = merge is not None and merge.get(f"{_W}val") != "restart"
    return Cell(tuple(reader.lines(cell)), int(columns) if columns.isdigit() else 1, goes_on)


def _opened(path: Path) -> tuple[etree._Element | None, Numbering]:
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_hostile(package, path.name)
            names = set(package.namelist())
            if "word/document.xml" not in names:
                raise TextError(_other_package(names, path.name))
            body, numbers, styles = (
                root_of(package.read(part), path.name) if part in names else None
                for part in ("word/document.xml", "word/numbering.xml", "word/styles.xml")
            )
    except _DAMAGED as error:
        raise TextError(f"{path.name} is damaged or has a password. Save it again as DOCX without one.") from error
    return body, Numbering(numbers, styles)


def _has_tracked(body: etree._Element) -> bool:
    return next(body.iter(f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"), None) is not None


def _refuse_hostile(package: zipfile.ZipFile, name: str) -> None:
    """Judge a package by its list of contents, before anything is unpacked."""
    entries = package.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS or total > LARGEST_TOTAL or any(entry.file_size > LARGEST_PART for entry in entries):
        raise TextError(f"{name} is too large inside. Remove images, or save only the text.")
    for entry in entries:
        if entry.file_size > _SMALL_PART and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
            raise TextError(f"{name} unpacks to far more than it holds, as harmful files do. Save it again as DOCX.")
        steps = re.split(r"[/\\]", entry.filename)
        if steps[0] in {"", "~"} or ".." in steps or ":" in steps[0] or "vbaProject" in entry.filename:
            raise TextError(f"{name} holds macros or strange paths. Save it as DOCX without macros.")


def _other_package(names: set[str], name: str) -> str:
    kinds = (("content.xml", ".odt"), ("xl/workbook.xml", ".xlsx"), ("ppt/presentation.xml", ".pptx"))
    kind = next((kind for part, kind in kinds if part in names), "an archive")
    return f"{name} is {kind}. Upload DOCX, PDF or HTML, or paste the text."


class _Reader:
    """Lines of a document or a cell, as they are when tracked changes are accepted or refused."""

    def __init__(self, numbering: Numbering, tracked: Tracked) -> None:
        self.numbering = numbering
        self.end = "del" if tracked == "accepted" else "ins"  # a paragraph whose end this marks goes on in the next one
        gone = ("del", "moveFrom") if tracked == "accepted" else ("ins", "moveTo")
        # The words of the other state, and the second copy of a text box for old programs.
        self.left_out = frozenset({*(f"{_W}{tag}" for tag in gone), _FALLBACK})

    def rows(self, table: etree._Element) -> Iterator[etree._Element]:
        """The rows of a table that stand in this state."""
        return (row for row in table.iterchildren(f"{_W}tr") if row.find(f"{_W}trPr/{_W}{self.end}") is None)

    def lines(self, root: etree._Element) -> Iterator[str]:
        held = ""
        for paragraph in root.iter(f"{_W}p"):
            if self._is_gone(paragraph):
                continue
            text = "".join(self._words(paragraph))
            label = self.numbering.label(paragraph) if text.strip() else ""
            text = held + (f"{label} {text.lstrip()}" if label else text)
            held = ""
            if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}{self.end}") is not None:
                held = text
                continue
            yield from (line.strip() for line in text.split("\n") if line.strip())
        if held.strip():
            yield held.strip()

    def _is_gone(self, paragraph: etree._Element) -> bool:
        return any(
            above.tag in self.left_out
            or (above.tag == f"{_W}tr" and above.find(f"{_W}trPr/{_W}{self.end}") is not None)
            for above in paragraph.iterancestors()
        )

    def _words(self, element: etree._Element) -> Iterator[str]:
        """The words of a paragraph. Paragraphs inside it (text boxes) have lines of their own."""
        for child in element:
            if child.tag in self.left_out or child.tag == f"{_W}pPr":
                continue
            if child.tag in _TEXTS:
                yield _raised(child)
            elif child.tag in _SIGNS:
                yield _SIGNS[str(child.tag)]
            elif child.tag != f"{_W}p":
                yield from self._words(child)


def _raised(node: etree._Element) -> str:
    """A superscript digit is an inserted number: 104¹ is printed as 104.1."""
    run = node.getparent()
    raised = run is not None and run.find(f"{_W}rPr/{_W}vertAlign[@{_W}val='superscript']") is not None
    text = node.text or ""
    return f".{text.strip()}" if raised and text.strip().isdigit() else text
