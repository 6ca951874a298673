"""Members, invitations, topics, standards, stages, languages, shortcuts."""

from tracker.workspace.setup import urls

__all__ = ["urls"]
