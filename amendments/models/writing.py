"""What keeps people's words safe while they write: answered requests, and words that were not accepted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from tracker.common.history import Traced
from tracker.common.tables import Operational


class AnsweredRequest(Operational):
    """A form that was accepted: sent again (a double click, a retry), it gets the first answer."""

    request_id = models.UUIDField(unique=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="answered_requests")
    kind = models.CharField(max_length=40)
    target = models.BigIntegerField(help_text="id of the row that was written")
    revision = models.PositiveIntegerField()
    answered_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


class UnsentDraft(Traced):
    """Words a member typed that are not part of anything yet: autosaved, or refused because another was quicker."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="unsent_drafts")
    key = models.CharField(max_length=120, help_text="the form: kind and id of what it edits")
    fields = models.JSONField()
    revision = models.PositiveIntegerField(help_text="of the thing when the words were typed; 0 for a new one")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "key"], name="one_unsent_draft_per_form")]

    def __str__(self) -> str:
        return self.key
