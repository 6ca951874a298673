"""Notes on words of an article: annotate, threads, autosave, conflicts."""

from tracker.workspace.notes import urls

__all__ = ["urls"]
