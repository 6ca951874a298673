"""What stands around every report, whatever its format."""

from __future__ import annotations

from tracker.publication.reports.content import ReportContent


def draft_mark(content: ReportContent) -> str:
    """ "DRAFT. Internal, not for publication. 7F3A-11" for an internal report, "" for a public one."""
    return f"{content.labels.draft} {content.origin.export}".strip() if content.origin.draft else ""
