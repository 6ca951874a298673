"""How far a saved report still says what the record, or the workspace, says now."""

from __future__ import annotations

from typing import cast

from django.utils.translation import ngettext

from tracker.publication.documents import OverviewDocument
from tracker.publication.pages import headline
from tracker.publication.reports.models import Report
from tracker.publication.site import Document


def verdicts_now(report: Report, overview: OverviewDocument) -> dict[str, str]:
    """Concern → verdict, by the report's own options, from the document as it is now."""
    options = report.options
    slugs = [text["slug"] for text in overview["texts"]]
    if not slugs or (options["text"] and options["text"] not in slugs):
        return {}
    column = slugs.index(options["text"]) if options["text"] else len(slugs) - 1
    topics = set(options["topics"])
    return {
        row["concern"]["slug"]: headline.published_value(row["cells"][column], options["base"])
        for row in overview["rows"]
        if not topics or topics & set(row["concern"]["topics"])
    }


def changed(report: Report, document: Document | None) -> int:
    """How many concerns have another verdict now, came, or went."""
    if document is None or not report.content_hash:
        return 0
    now = verdicts_now(report, cast("OverviewDocument", document))
    return sum(report.findings.get(concern) != now.get(concern) for concern in {*report.findings, *now})


def sentence(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(n)s verdict changed since this report. Make a new edition.",
        "%(n)s verdicts changed since this report. Make a new edition.",
        count,
    ) % {"n": count}
