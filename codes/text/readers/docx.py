"""Word packages: the parts that hold words, opened with care; what the paragraphs say stands in `word`."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from codes.text.nodes import Document, Line, TextError
from codes.text.readers.numbering import Numbering
from codes.text.readers.word import Parts, Tracked, W, WordReader, hiding_styles, notes_of
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
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # the other name of the same words
_USUAL = W.strip("{}").encode()
_MAIN = "word/document.xml"
_MAIN_IS = re.compile(rb"<Relationship\b(?=[^>]{0,2000}/officeDocument\")[^>]{0,2000}?\bTarget=\"/?([^\"]{1,200})\"")
_RELATIONS = "_rels/.rels"
_TRACKED = "The file holds tracked changes."
_HIDDEN = "The file holds hidden text. It was left out."


Grid = list[list["Cell"]]


class Cell(NamedTuple):
    """A cell of a table: its lines, the columns it spans, and whether it goes on with the cell above."""

    lines: tuple[str, ...]
    span: int = 1
    goes_on: bool = False


def read(path: Path, *, tracked: Tracked = "accepted") -> Document:
    """The document's lines, with its tracked changes accepted or refused; footnotes are the publisher's.

    Raises `TextError` for packages that are damaged, hostile or no Word document.
    """
    body, parts = _opened(path)
    reader = WordReader(parts, tracked)
    lines = list(enumerate(reader.lines(body), 1))
    if not lines:
        raise TextError(f"{path.name} holds no text. Choose another file.")
    notices = (f"{_TRACKED} It was read with these {tracked}.",) if _has_tracked(body) else ()
    return Document(
        tuple(Line(number, line.text) for number, line in lines),
        MEDIA_TYPE,
        notices + ((_HIDDEN,) if reader.hid else ()),
        frozenset(number for number, line in lines if line.noted),
    )


def read_tables(path: Path) -> list[Grid]:
    """The rows of each table that stands in no other table, without footnotes. Errors as in `read`."""
    body, parts = _opened(path)
    reader = WordReader(Parts(parts.numbering, hiding=parts.hiding), "accepted")
    tables = [t for t in body.iter(f"{W}tbl") if next(t.iterancestors(f"{W}tbl"), None) is None]
    return [[[_cell(cell, reader) for cell in row.iterchildren(f"{W}tc")] for row in reader.rows(t)] for t in tables]


def _cell(cell: etree._Element, reader: WordReader) -> Cell:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    columns = (span.get(f"{W}val") or "") if span is not None else ""
    goes_on = merge is not None and merge.get(f"{W}val") != "restart"
    lines = tuple(line.text for line in reader.lines(cell))
    return Cell(lines, int(columns) if columns.isdigit() else 1, goes_on)


def _opened(path: Path) -> tuple[etree._Element, Parts]:
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_hostile(package, path.name)
            names = set(package.namelist())
            main = _main_part(package, names)
            if main not in names:
                raise TextError(_other_package(names, path.name))
            body = root_of(_data(package, main), path.name)
            numbers, styles, footnotes, endnotes = (
                root_of(_data(package, part), path.name) if part in names else None
                for part in (f"word/{name}.xml" for name in ("numbering", "styles", "footnotes", "endnotes"))
            )
    except _DAMAGED as error:
        raise TextError(f"{path.name} is damaged or has a password. Save it again as DOCX without one.") from error
    notes = notes_of(footnotes, "footnote") | notes_of(endnotes, "endnote")
    return body, Parts(Numbering(numbers, styles), notes, hiding_styles(styles))


def _main_part(package: zipfile.ZipFile, names: set[str]) -> str:
    """The name of the part with the text. Programs on the web name it document2.xml and say so in the relations."""
    if _MAIN in names or _RELATIONS not in names:
        return _MAIN
    found = _MAIN_IS.search(package.read(_RELATIONS))
    named = found[1].decode(errors="replace") if found else ""
    return named if named.startswith("word/") else _MAIN


def _data(package: zipfile.ZipFile, part: str) -> bytes:
    return package.read(part).replace(_STRICT, _USUAL)


def _has_tracked(body: etree._Element) -> bool:
    return next(body.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"), None) is not None


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
