"""The formats of reports: each renderer is a pure function of content to bytes. A new format is one line here."""

from __future__ import annotations

from collections.abc import Callable

from tracker.publication.reports.content import ReportContent
from tracker.publication.reports.render import akn, csv, docx, html, json, pdf, xlsx

Renderer = Callable[[ReportContent], bytes]
RENDERERS: dict[str, Renderer] = {
    "json": json.render,
    "csv": csv.render,
    "html": html.render,
    "docx": docx.render,
    "pdf": pdf.render,
    "xlsx": xlsx.render,
    "akn": akn.render,
}
