"""Verdicts, inbox, review, and what a new version asks."""

from tracker.workspace.review import urls

__all__ = ["urls"]
