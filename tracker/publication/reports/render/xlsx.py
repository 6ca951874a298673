"""XLSX: the findings as typed columns, and a second sheet that says what they were made from and what they hold."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from tracker.common.spreadsheets import sheet_name, workbook, write_text
from tracker.publication.reports.content import DataColumn, DataValue, ReportContent
from tracker.publication.reports.render.frame import draft_mark
from tracker.publication.reports.render.look import HEAD

DAY = "yyyy-mm-dd"
# Widths of columns, in characters.
NARROWEST, WIDEST, OF_DATES = 8, 76, 12
ABOUT = (26, 56, 64)
ON_ONE_PAGE = 200
LINE, TALLEST = 15.0, 405.0  # heights of rows, in points
MOST_IN_MARGIN = 250  # characters that a spreadsheet program takes in a header or footer


def render(content: ReportContent) -> bytes:
    file = io.BytesIO()
    midnight = datetime.combine(content.origin.day, time(), UTC)
    book = workbook(file, title=f"{content.title} – {content.law_name}", created=midnight)
    _findings(book, content)
    _about(book, content)
    book.close()
    return file.getvalue()


def _findings(book: Any, content: ReportContent) -> None:
    sheet = book.add_worksheet(sheet_name(content.data.name))
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": f"#{HEAD}", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": DAY, "valign": "top", "align": "left"})
    mark = draft_mark(content)
    titles = [column.title for column in content.data.columns] + ([content.labels.draft] if mark else [])
    for place, title in enumerate(titles):
        write_text(sheet, 0, place, title, heading)
    widths = [_width(column, [row[at] for row in content.data.rows]) for at, column in enumerate(content.data.columns)]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for line, row in enumerate(content.data.rows, 1):
        sheet.set_row(line, _height(row, widths))
        for place, value in enumerate([*row, mark] if mark else row):
            write(sheet, line, place, value, day if isinstance(value, date) else wrapped)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(content.data.rows), 1), len(titles) - 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, 1)
    _paper(sheet, content, across=-(-sum(widths) // ON_ONE_PAGE))


def write(sheet: Any, row: int, column: int, value: DataValue, form: Any) -> None:
    """A date as a date, a number as a number, and everything else as text."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, form)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, form)
    else:
        write_text(sheet, row, column, value or "", form)


def _width(column: DataColumn, values: list[DataValue]) -> int:
    """As wide as the longest line of most cells, within reason; longer ones wrap."""
    if column.kind == "date":
        return OF_DATES
    lengths = sorted(max((len(line) for line in str(value or "").split("\n")), default=0) for value in values)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    return min(max(usual + 2, min(len(column.title) + 3, 18), NARROWEST), WIDEST)


def _height(values: Sequence[DataValue], widths: Sequence[int]) -> float:
    """Of a row, so that each cell shows as much as a row may: not every program measures it by itself."""
    lines = [
        sum(max(1, -(-len(line) * 11 // (width * 10))) for line in str(value or "").split("\n"))
        for value, width in zip(values, widths, strict=True)
    ]
    return min(max(lines) * LINE, TALLEST)


def _about(book: Any, content: ReportContent) -> None:
    sheet = book.add_worksheet(sheet_name(content.labels.about))
    bold, wrapped = (book.add_format({"valign": "top", **look}) for look in ({"bold": True}, {"text_wrap": True}))
    day = book.add_format({"num_format": DAY, "align": "left", "valign": "top"})
    number = book.add_format({"align": "left", "valign": "top"})
    for place, width in enumerate(ABOUT):
        sheet.set_column(place, place, width)
    line = 0
    for words in (content.title, draft_mark(content), *content.cover):
        if words:
            write_text(sheet, line, 0, words, bold)
            line += 1
    for name, value in content.about:
        sheet.set_row(line, _height((name, value), ABOUT[:2]))
        write_text(sheet, line, 0, name, bold)
        form = day if isinstance(value, date) else number if isinstance(value, int) else wrapped
        write(sheet, line, 1, value, form)
        line += 1
    for place, title in enumerate(content.labels.columns):
        write_text(sheet, line + 1, place, title, bold)
    for place, column in enumerate(content.data.columns, line + 2):
        sheet.set_row(place, _height((column.key, column.title, column.meaning), ABOUT))
        for index, words in enumerate((column.key, column.title, column.meaning)):
            write_text(sheet, place, index, words, wrapped)
    _paper(sheet, content, across=1)


def _paper(sheet: Any, content: ReportContent, across: int) -> None:
    """A4 across, so many pages wide, with what a single sheet needs to be checked by."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(across, 0)
    sheet.set_header(_margin("&L", draft_mark(content) or content.title))
    sheet.set_footer(_margin("&L", f"{content.labels.as_of} {content.origin.address}".strip()) + "&R&P / &N")


def _margin(place: str, words: str) -> str:
    return place + words[: MOST_IN_MARGIN // 2].replace("&", "&&")
