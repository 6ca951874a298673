"""Bringing a text in: upload, structure, align, check, progress; correspondences corrected later."""

from tracker.workspace.imports import urls

__all__ = ["urls"]
