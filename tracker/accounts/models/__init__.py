"""People, how they come in, what they prove themselves with, and where they are signed in."""

from tracker.accounts.models.access import Announcement, AnnouncementKind, Invitation, MemberSession, ResetLink
from tracker.accounts.models.factors import Authenticator, Passkey, RecoveryCode
from tracker.accounts.models.people import HANDLE, DayKey, User

__all__ = [
    "HANDLE",
    "Announcement",
    "AnnouncementKind",
    "Authenticator",
    "DayKey",
    "Invitation",
    "MemberSession",
    "Passkey",
    "RecoveryCode",
    "ResetLink",
    "User",
]
