"""History, activity and search."""

from tracker.workspace.records import urls

__all__ = ["urls"]
