"""Reports: the list of a law's reports, the builder with its preview, and the page of each report."""

from tracker.workspace.reports import urls

__all__ = ["urls"]
