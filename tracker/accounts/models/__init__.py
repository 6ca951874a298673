"""People, how they come in, what they prove themselves with, and where they are signed in."""

from tracker.accounts.models.access import (
    Announcement,
    AnnouncementKind,
    AnnouncementSeen,
    Invitation,
    MemberSession,
    ResetLink,
)
from tracker.accounts.models.factors import Authenticator, Passkey, RecoveryCode
from tracker.accounts.models.people import HANDLE, DayKey, User
from tracker.accounts.models.personal import Contact, ContactOpening, PersonalKey

__all__ = [
    "HANDLE",
    "Announcement",
    "AnnouncementKind",
    "AnnouncementSeen",
    "Authenticator",
    "Contact",
    "ContactOpening",
    "DayKey",
    "Invitation",
    "MemberSession",
    "Passkey",
    "PersonalKey",
    "RecoveryCode",
    "ResetLink",
    "User",
]
