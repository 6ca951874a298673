"""How a person comes in: invitations and reset links that work once, sessions, and what is announced to a law."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tracker.accounts.roles import ROLES
from tracker.common.history import Traced
from tracker.common.tables import AppendOnly, Operational

LINK_LASTS = timedelta(hours=72)


def end_of_link() -> datetime:
    return timezone.now() + LINK_LASTS


class OneTimeLink(Traced):
    """A link that is shown once to whoever made it and works once. Only the digest of its token is kept."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(default=end_of_link)
    closed = models.BooleanField(default=False)  # used, or taken back

    class Meta:
        abstract = True

    @property
    def open(self) -> bool:
        return not self.closed and self.expires_at > timezone.now()


class Invitation(OneTimeLink):
    """A place in one law with one role; without a law, an administrator's. The layer above owns the law."""

    law = models.ForeignKey("codes.Code", models.PROTECT, null=True, related_name="invitations")
    role = models.CharField(max_length=20, blank=True, choices=[(role, role) for role in ROLES])
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_made")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="invitations")

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(law__isnull=True, role="") | Q(law__isnull=False, role__in=list(ROLES)),
                name="invitation_to_a_role_in_a_law",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role or 'administrator'} in {self.law_id}"


class ResetLink(OneTimeLink):
    """A new beginning for one member who lost the password or the second factor."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reset_links")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="resets_made")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"reset of {self.user_id}"


class AnnouncementKind(models.TextChoices):
    """What the members of a law are told about each other."""

    INVITED = "invited"
    JOINED = "joined"
    ROLE = "role"
    REMOVED = "removed"
    RESET = "reset"
    FROZEN = "frozen"
    LIFTED = "lifted"
    ADMINISTRATOR = "administrator"


class Announcement(AppendOnly):
    """One line in the log of a law's members: nobody's rights change in silence. `about` is empty for an invitation."""

    law = models.ForeignKey("codes.Code", models.PROTECT, related_name="announcements")
    kind = models.CharField(max_length=13, choices=AnnouncementKind)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="announcements")
    role = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="announced")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.about_id} in {self.law_id}"


class AnnouncementSeen(Operational):
    """A member has read one line of a law's log; the line leaves their inbox and stays in the log."""

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="seen")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seen_announcements")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["announcement", "member"], name="announcement_seen_once")
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} seen by {self.member_id}"


class MemberSession(AbstractBaseSession, Operational):
    """Where somebody is signed in: since when, the day of the last page, the family of the browser. No address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    created_at = models.DateTimeField()
    last_seen = models.DateField()
    browser = models.CharField(max_length=20, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"session of {self.user_id}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from tracker.accounts.sessions import SessionStore  # noqa: PLC0415  # the store needs this model

        return SessionStore
