"""Published reports of a law: what was asked for and of which release. The files are made from that release again."""

from __future__ import annotations

from codes.models import Code
from tracker.publication.collectors.heads import law_head
from tracker.publication.reports.models import Report
from tracker.publication.reports.published import PublishedReport, ReportsDocument, path_of


def documents(law: Code) -> dict[str, ReportsDocument]:
    """What the next release says of a law's reports; nothing where none is published."""
    rows = Report.objects.filter(law=law, slug__isnull=False).order_by("-day", "slug")
    found = [_published(row) for row in rows]
    return {path_of(law.slug): {"kind": "reports", "law": law_head(law), "reports": found}} if found else {}


def _published(row: Report) -> PublishedReport:
    return {
        "slug": row.slug or "",
        "preset": row.preset,
        "language": row.language,
        "release": row.release,
        "day": row.day.isoformat(),
        "options": row.options,
        "formats": list(row.formats),
        "headline": list(row.headline),
    }
