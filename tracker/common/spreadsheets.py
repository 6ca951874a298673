"""Cells that no spreadsheet runs, for every table that leaves the product as CSV or workbook (S-32)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, BinaryIO

import xlsxwriter

# What begins a formula, also in full width, and the white space that a reader may cut off before it.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# What a cell of a workbook holds; XlsxWriter drops a longer text without a word.
LONGEST = 32_767
_SHEET_NAME, _NOT_IN_SHEET_NAMES = 31, str.maketrans("[]:*?/\\", "       ")


def tame(text: str) -> str:
    """A text as a cell of a CSV: what begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.lstrip(" ").startswith(_RUNS) else text


def workbook(file: BinaryIO, *, title: str, created: datetime) -> Any:
    """A workbook whose bytes follow from its cells: every text is text, and no person, machine or clock is named."""
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": title, "created": created.astimezone(UTC).replace(tzinfo=None)})
    return book


def write_text(sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
    """A text as it stands; one that no cell can hold is cut, and ends in "…"."""
    if not text:
        sheet.write_blank(row, column, None, form)
        return
    sheet.write_string(row, column, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…", form)


def sheet_name(words: str) -> str:
    """As much of these words as the name of a sheet may hold."""
    return words.translate(_NOT_IN_SHEET_NAMES).strip(" '")[:_SHEET_NAME].rstrip(" '")
