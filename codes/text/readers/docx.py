"""Word documents: paragraphs and table cells in order, with the numbers that Word itself counts."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from codes.text.nodes import Document, Line, TextError
from codes.text.readers.xml import root_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_PARTS, LARGEST_TOTAL, LARGEST_PART, HIGHEST_RATIO = 2000, 200 * 2**20, 100 * 2**20, 100


def read(path: Path) -> Document:
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_hostile(package, path.name)
            names = set(package.namelist())
            if "word/document.xml" not in names:
                raise TextError(_other_package(names, path.name))
            body = root_of(package.read("word/document.xml"), path.name)
            numbering = _Numbering(root_of(package.read("word/numbering.xml"), path.name) if "word/numbering.xml" in names else None)
    except zipfile.BadZipFile as error:
        raise TextError(f"{path.name} is damaged and cannot be opened. Save it again as DOCX.") from error
    lines = [line for paragraph in body.iter(f"{_W}p") for line in _lines(paragraph, numbering)]
    return Document(tuple(Line(n, line) for n, line in enumerate(lines, 1)), MEDIA_TYPE)


def _refuse_hostile(package: zipfile.ZipFile, name: str) -> None:
    entries = package.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS or total > LARGEST_TOTAL or any(entry.file_size > LARGEST_PART for entry in entries):
        raise TextError(f"{name} is too large inside. Remove images, or save only the text.")
    for entry in entries:
        if entry.compress_size and entry.file_size / entry.compress_size > HIGHEST_RATIO and entry.file_size > 2**20:
            raise TextError(f"{name} unpacks to far more than it holds, as harmful files do. Save it again as DOCX.")
        if entry.filename.startswith("/") or ".." in entry.filename or "vbaProject" in entry.filename:
            raise TextError(f"{name} holds macros or strange paths. Save it as DOCX without macros.")


def _other_package(names: set[str], name: str) -> str:
    kind = ".odt" if "content.xml" in names else ".xlsx" if "xl/workbook.xml" in names else "an archive"
    return f"{name} is {kind}. Upload DOCX, PDF or HTML, or paste the text."


def _lines(paragraph: etree._Element, numbering: _Numbering) -> Iterator[str]:
    """The paragraph's text with accepted insertions, without deletions; a manual line break begins a new line."""
    words: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if node.tag == f"{_W}t":
            words.append(_raised(node))
        else:
            words.append({f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}noBreakHyphen": "-"}[str(node.tag)])
    text = "".join(words)
    label = numbering.label(paragraph)
    for place, line in enumerate(text.split("\n")):
        whole = f"{label} {line}" if place == 0 and label and line.strip() else line
        if whole.strip():
            yield whole.strip()


def _raised(node: etree._Element) -> str:
    """A superscript digit after a number is an inserted number: 104¹ is printed as 104.1."""
    run = node.getparent()
    raised = run is not None and run.find(f"{_W}rPr/{_W}vertAlign[@{_W}val='superscript']") is not None
    text = node.text or ""
    return f".{text.strip()}" if raised and text.strip().isdigit() else text


class _Numbering:
    """Counts Word's automatic numbers, which stand in numbering.xml and nowhere in the text."""

    def __init__(self, root: etree._Element | None) -> None:
        self.counts: dict[str, Counter[int]] = {}
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        if root is None:
            return
        abstract = {a.get(f"{_W}abstractNumId"): a for a in root.iter(f"{_W}abstractNum")}
        for number in root.iter(f"{_W}num"):
            link = number.find(f"{_W}abstractNumId")
            source = abstract.get(link.get(f"{_W}val")) if link is not None else None
            if source is not None:
                self.levels[str(number.get(f"{_W}numId"))] = {
                    int(level.get(f"{_W}ilvl") or 0): (_val(level, "numFmt"), _val(level, "lvlText"), int(_val(level, "start") or 1))
                    for level in source.iter(f"{_W}lvl")
                }

    def label(self, paragraph: etree._Element) -> str:
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        list_id, level = _val(properties, "numId"), int(_val(properties, "ilvl") or 0)
        levels = self.levels.get(list_id)
        if levels is None or level not in levels:
            return ""
        counts = self.counts.setdefault(list_id, Counter())
        counts[level] += 1
        for deeper in [place for place in counts if place > level]:
            del counts[deeper]
        text = levels[level][1]
        for place, (fmt, _, start) in levels.items():
            text = text.replace(f"%{place + 1}", _printed(start - 1 + max(counts[place], 1 if place < level else 0), fmt))
        return text if levels[level][0] != "bullet" else ""


def _val(element: etree._Element, tag: str) -> str:
    child = element.find(f"{_W}{tag}")
    return (child.get(f"{_W}val") or "") if child is not None else ""


def _printed(count: int, fmt: str) -> str:
    if fmt in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if fmt == "upperLetter" else letter
    if fmt == "russianLower":
        return "абвгдежзиклмнопрстуфхцчшщэюя"[(count - 1) % 28]
    if fmt in {"lowerRoman", "upperRoman"}:
        roman = "".join(sign * (count % over // value) for sign, value, over in
                        (("c", 100, 1000), ("xc", 90, 100), ("l", 50, 90), ("xl", 40, 50), ("x", 10, 40), ("ix", 9, 10), ("v", 5, 9), ("iv", 4, 5), ("i", 1, 4)))  # fmt: skip
        return roman.upper() if fmt == "upperRoman" else roman
    return str(count)
