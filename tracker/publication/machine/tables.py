"""The matrix as CSV and as a workbook: one row for each provision that the page shows under the same filters."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from tracker.common.spreadsheets import tame, workbook, write_text
from tracker.publication.pages import headline, words
from tracker.publication.pages import overview as overview_page
from tracker.publication.pages.overview import Overview
from tracker.publication.site import Site
from tracker.publication.views.pages import overview_document

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_RELEASE = datetime(1980, 1, 1, tzinfo=UTC)
Cell = str | bool | int


def matrix_csv(request: HttpRequest, site: Site, law: str) -> HttpResponse:
    found = overview_page.overview(overview_document(site, law), request.GET)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([tame(name) for name in columns(found)])
    writer.writerows([cell_text(cell) for cell in row] for row in rows(found))
    return _file(("\ufeff" + text.getvalue()).encode(), "text/csv; charset=utf-8", file_name(site, law, "csv"))


def matrix_xlsx(request: HttpRequest, site: Site, law: str) -> HttpResponse:
    found = overview_page.overview(overview_document(site, law), request.GET)
    return _file(matrix_book(site, found), XLSX, file_name(site, law, "xlsx"))


def file_name(site: Site, law: str, ending: str) -> str:
    release = site.source.release
    return f"{law}-matrix-{release.number if release else 0}-{site.language}.{ending}"


def columns(found: Overview) -> list[str]:
    """The first nine columns are always there; then two for each text; the last four tell of the chosen text."""
    first = [
        gettext("Recommendation"),
        gettext("Name"),
        gettext("What we ask"),
        gettext("Counted in the headline"),
        gettext("Topics"),
        gettext("Standards"),
        gettext("Provision"),
        gettext("Article in current law"),
        gettext("Sample"),
    ]
    for text in found.document["texts"]:
        name = words.text_name(text)
        first += [gettext("%(text)s: verdict") % {"text": name}, gettext("%(text)s: articles") % {"text": name}]
    return [*first, gettext("Reason"), gettext("Rests on"), gettext("Checked"), gettext("Newest text")]


def rows(found: Overview) -> list[list[Cell]]:
    return [_row(found, row) for row in found.shown]


def _row(found: Overview, row: Any) -> list[Cell]:
    concern, base = row["concern"], found.options.base
    cells: list[Cell] = [
        concern["slug"],
        words.say(concern["names"]),
        words.say(concern["asked"]),
        not headline.is_extra(row),
        ", ".join(concern["topics"]),
        ", ".join(concern["standards"]),
        row["provision"]["key"],
        row["current_number"],
        bool(concern["sample"]),
    ]
    for cell in row["cells"]:
        cells += [verdict_words(cell, base), ", ".join(words.printed(number) for number in cell["numbers"])]
    verdict = row["cells"][found.options.column]["verdicts"].get(base)
    if verdict is None:
        return [*cells, "", "", "", found.column["slug"] if found.column else ""]
    rests = gettext("a text") if verdict["basis"] == "text" else gettext("a source")
    return [*cells, verdict["reason"], rests, bool(verdict["verified"]), found.column["slug"] if found.column else ""]


def verdict_words(cell: Any, base: Any) -> str:
    """The verdict in the words of the page; empty where the text has no such provision."""
    if base not in cell["verdicts"] and cell["state"] not in {"in_text", "repealed"}:
        return ""
    return str(words.VERDICTS[headline.published_value(cell, base)])


def cell_text(cell: Cell) -> str:
    """A value as a cell of the CSV."""
    if isinstance(cell, bool):
        return gettext("yes") if cell else gettext("no")
    return tame(str(cell))


def matrix_book(site: Site, found: Overview) -> bytes:
    """The same bytes for the same release: no person, no machine and no clock stand in the file."""
    release = site.source.release
    data = io.BytesIO()
    time = release.time if release else _NO_RELEASE
    book = workbook(data, title=words.say(found.document["law"]["names"]), created=time)
    _matrix_sheet(book, found)
    _about_sheet(book, found, release, time.astimezone(UTC).replace(tzinfo=None))
    book.close()
    return data.getvalue()


def _matrix_sheet(book: Any, found: Overview) -> None:
    sheet = book.add_worksheet(gettext("Matrix"))
    wrapped, heading = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    names = columns(found)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, heading)
    for place, row in enumerate(rows(found), 1):
        _write(sheet, place, row, wrapped)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(found.shown), 1), len(names) - 1)
    sheet.set_column(0, len(names) - 1, 22)


def _write(sheet: Any, place: int, row: Sequence[Cell], form: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, bool):
            sheet.write_boolean(place, column, cell, form)
        else:
            write_text(sheet, place, column, str(cell), form)


def _about_sheet(book: Any, found: Overview, release: Any, time: datetime) -> None:
    sheet = book.add_worksheet(gettext("About"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 70)
    facts: list[tuple[str, str]] = [
        (gettext("Law"), words.say(found.document["law"]["names"])),
        (gettext("Headline"), " ".join(found.sentences)),
        (gettext("Compared with"), found.options.base),
        (gettext("Topic"), found.options.topic),
        (gettext("Hash of the release"), release.hash if release else ""),
    ]
    for place, (name, value) in enumerate(facts):
        sheet.write_string(place, 0, name)
        sheet.write_string(place, 1, value)
    sheet.write_string(len(facts), 0, gettext("Release"))
    sheet.write_number(len(facts), 1, release.number if release else 0)
    sheet.write_string(len(facts) + 1, 0, gettext("Published (UTC)"))
    sheet.write_datetime(len(facts) + 1, 1, time, book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
