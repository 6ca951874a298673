"""What kinds and formats of reports are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

PRESETS = {
    "brief": (
        gettext_lazy("Two-page brief"),
        gettext_lazy("For a meeting: the headline, the five worst points, what we ask."),
    ),
    "annex": (
        gettext_lazy("Full annex"),
        gettext_lazy("Every concern with its texts, verdicts, notes, standards and sources."),
    ),
    "table": (
        gettext_lazy("Comparative table"),
        gettext_lazy("Current law, draft, our recommendation and the reason, as parliaments use it."),
    ),
    "treaty": (
        gettext_lazy("Submission to a treaty body"),
        gettext_lazy("Grades of the Human Rights Committee, with the treaty articles."),
    ),
    "since": (
        gettext_lazy("What changed since a day"),
        gettext_lazy("For who has the last report: the headline then and now, and each change."),
    ),
}
FORMATS = {
    "docx": gettext_lazy("Word (DOCX)"),
    "pdf": gettext_lazy("PDF"),
    "xlsx": gettext_lazy("Excel (XLSX)"),
    "csv": gettext_lazy("Table (CSV)"),
    "html": gettext_lazy("Web page (HTML)"),
    "json": gettext_lazy("Data (JSON)"),
    "akn": gettext_lazy("Akoma Ntoso (XML)"),
}
# Content type and the end of the file's name.
TYPES = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "pdf": ("application/pdf", "pdf"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "html": ("text/html; charset=utf-8", "html"),
    "json": ("application/json", "json"),
    "akn": ("application/akn+xml", "akn.xml"),
}
