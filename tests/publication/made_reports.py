"""Reports of the demo's law, and the words that a reader finds in each format."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any
from xml.etree import ElementTree

import docx
import pypdfium2

from tracker.publication.record import Record
from tracker.publication.reports.content import Options, Preset, ReportContent
from tracker.publication.reports.making import public_report

LAW = "kz-criminal-code-2014"
LANGUAGES = ("en", "ru", "kk")
KAZAKH = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі"
LONG_AGO = date(2012, 1, 1)
SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def report(preset: Preset, language: str = "en", **more: Any) -> ReportContent:
    since = LONG_AGO if preset == "since" else None
    return public_report(LAW, Options(preset, language, since=since, **more))


def as_draft(content: ReportContent) -> ReportContent:
    return replace(content, origin=replace(content.origin, draft=True, export="7F3A-11"))


def document() -> Any:
    return Record().get(f"laws/{LAW}/overview")


def words_of(format_: str, made: bytes) -> str:
    """Every word that a reader finds in the file, in one line."""
    if format_ == "docx":
        file = docx.Document(io.BytesIO(made))
        found = " ".join(node.text or "" for node in file.element.body.iter() if node.tag.endswith("}t"))
    elif format_ == "xlsx":
        found = " ".join(str(cell) for number in (1, 2) for row in sheet(made, number) for cell in row)
    elif format_ == "pdf":
        found = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    else:
        found = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", " ", made.decode(), flags=re.DOTALL)))
    return " ".join(found.split())


def sheet(made: bytes, number: int) -> list[list[str | float | None]]:
    """The rows of a sheet, the first being 1: texts as str, numbers and days (as numbers of days) as float."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        said = ["".join(node.text or "" for node in item.iter(f"{SHEETS}t")) for item in strings]
        cells = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
    return [[_value(cell, said) for cell in row] for row in cells.iter(f"{SHEETS}row")]


def _value(cell: ElementTree.Element, strings: list[str]) -> str | float | None:
    value = cell.findtext(f"{SHEETS}v")
    if value is None:
        return None
    return strings[int(value)] if cell.get("t") == "s" else float(value)
