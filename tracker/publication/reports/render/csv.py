"""CSV: the findings as rows, UTF-8 with a byte order mark, commas, CRLF, names of columns as in docs/reports.md.

A cell that a spreadsheet could take for a formula begins with an apostrophe. Origin and headline are in no row: a CSV
holds one table and nothing else.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from tracker.common.spreadsheets import tame
from tracker.publication.reports.content import DataValue, ReportContent
from tracker.publication.reports.render.frame import draft_mark

BYTE_ORDER_MARK = "\ufeff"


def render(content: ReportContent) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    keys = [column.key for column in content.data.columns]
    mark = [draft_mark(content)] if content.origin.draft else []
    writer.writerow([*keys, "draft_export"] if mark else keys)
    for row in content.data.rows:
        writer.writerow([cell(value) for value in [*row, *mark]])
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def cell(value: DataValue) -> str | int:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return tame(value) if isinstance(value, str) else value
