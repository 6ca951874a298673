"""Word documents: paragraphs and table cells in order, tracked changes accepted, with the numbers that Word counts."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from codes.text.nodes import Document, Line, TextError
from codes.text.readers.numbering import Numbering
from codes.text.readers.xml import root_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_PARTS, LARGEST_TOTAL, LARGEST_PART, HIGHEST_RATIO = 2000, 200 * 2**20, 100 * 2**20, 100
_SMALL_PART = 2**20  # bytes; a small part may compress well without being harmful
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted words, the old place of moved words, and the second copy of a text box for old programs.
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read(path: Path) -> Document:
    """Raises `TextError` for packages that are damaged, hostile or no Word document."""
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
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise TextError(f"{path.name} is damaged or has a password. Save it again as DOCX without one.") from error
    lines = list(_document_lines(body, Numbering(numbers, styles))) if body is not None else []
    if not lines:
        raise TextError(f"{path.name} holds no text. Choose another file.")
    return Document(tuple(Line(n, line) for n, line in enumerate(lines, 1)), MEDIA_TYPE)


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


def _document_lines(root: etree._Element, numbering: Numbering) -> Iterator[str]:
    """The document's lines. A paragraph whose end was deleted as a tracked change goes on in the next one."""
    held = ""
    for paragraph in root.iter(f"{_W}p"):
        if any(above.tag in _LEFT_OUT for above in paragraph.iterancestors()):
            continue
        text = "".join(_words(paragraph))
        label = numbering.label(paragraph) if text.strip() else ""
        text = held + (f"{label} {text.lstrip()}" if label else text)
        held = ""
        if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            held = text
            continue
        yield from (line.strip() for line in text.split("\n") if line.strip())
    if held.strip():
        yield held.strip()


def _words(element: etree._Element) -> Iterator[str]:
    """The words of a paragraph, without those of paragraphs inside it (text boxes), which have lines of their own."""
    for child in element:
        if child.tag in _LEFT_OUT or child.tag == f"{_W}pPr":
            continue
        if child.tag == f"{_W}t":
            yield _raised(child)
        elif child.tag in _SIGNS:
            yield _SIGNS[str(child.tag)]
        elif child.tag != f"{_W}p":
            yield from _words(child)


def _raised(node: etree._Element) -> str:
    """A superscript digit is an inserted number: 104¹ is printed as 104.1."""
    run = node.getparent()
    raised = run is not None and run.find(f"{_W}rPr/{_W}vertAlign[@{_W}val='superscript']") is not None
    text = node.text or ""
    return f".{text.strip()}" if raised and text.strip().isdigit() else text
