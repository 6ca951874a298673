"""CSV: the findings as rows, UTF-8 with a byte order mark, commas, CRLF, names of columns as in docs/reports.md.

A cell that a spreadsheet could take for a formula begins with an apostrophe. Origin and headline are in no row: a CSV
holds one table and nothing else.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from tracker.publication.reports.content import DataValue, ReportContent

BYTE_ORDER_MARK = "\ufeff"
# What begins a formula, also in full width, and the white space that a reader may cut off before it.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render(content: ReportContent) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    keys = [column.key for column in content.data.columns]
    if content.origin.draft:
        keys.append("draft")
    writer.writerow(keys)
    mark = [content.labels.draft, content.origin.export] if content.origin.draft else []
    for row in content.data.rows:
        writer.writerow([cell(value) for value in row] + ([" ".join(mark).strip()] if mark else []))
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def cell(value: DataValue) -> str | int:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.lstrip(" ").startswith(DANGEROUS):
        return f"'{value}"
    return value
