"""Where a member is signed in, and ending it."""

from __future__ import annotations

from django.utils import timezone

from tracker.accounts.models import MemberSession, User
from tracker.common.fieldkeys import digest


def of(user: User) -> list[MemberSession]:
    """The member's sessions that have not ended, the newest first."""
    return list(MemberSession.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-created_at"))


def name(session_key: str | None) -> str:
    """How forms name a session: its key itself never leaves the cookie."""
    return digest(f"session {session_key}")[:16]


def end(*, user: User, named: str) -> bool:
    """End one of the member's sessions. False: there is none of that name any more."""
    keys = [each.session_key for each in of(user) if name(each.session_key) == named]
    return bool(MemberSession.objects.filter(session_key__in=keys).delete()[0])


def end_all(*, user: User, keep: str | None = None) -> int:
    """End the member's sessions but the one kept; how many ended."""
    return MemberSession.objects.filter(user=user).exclude(session_key=keep or "").delete()[0]


def forget_ended() -> int:
    """Delete sessions whose time is over, and those of people who never signed in."""
    return MemberSession.objects.filter(expire_date__lte=timezone.now()).delete()[0]
