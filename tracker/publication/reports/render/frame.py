"""What stands around every report, whatever its format."""

from __future__ import annotations

from tracker.publication.reports.content import ReportContent

WEB = ("https://", "http://")  # what a link may begin with
# A row with more characters than this may break over a page; a shorter one stays together.
WHOLE_ROW = 700


def draft_mark(content: ReportContent) -> str:
    """ "DRAFT. Internal, not for publication. 7F3A-11" for an internal report, "" for a public one."""
    return f"{content.labels.draft} {content.origin.export}".strip() if content.origin.draft else ""
