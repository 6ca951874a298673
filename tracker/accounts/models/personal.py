"""What would tell who somebody is: sealed with a key of that person's own, which can be thrown away."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from tracker.common.history import Traced
from tracker.common.sealed import SealedField
from tracker.common.tables import AppendOnly, Operational


class PersonalKey(Operational):
    """One person's key, itself encrypted with the field keys. It has no history: deleted, it is gone for good."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    wrapped = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)


class Contact(Traced):
    """How to reach a member, if the member wishes that. Opened by the member and, leaving a line, an administrator."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="contact")
    words = SealedField()
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"contact of {self.user_id}"


class ContactOpening(AppendOnly):
    """An administrator read a member's contact, and why. The member sees it."""

    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="opened")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ("-id",)

    def __str__(self) -> str:
        return f"contact of {self.about_id} opened by {self.by_id}"
