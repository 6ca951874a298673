"""Lines in the log of a law's members: who came, who got which role, whose account was reset."""

from __future__ import annotations

from collections.abc import Iterable

from codes.models import Code
from tracker.accounts.models import Announcement, AnnouncementKind, User


def announce(
    kind: AnnouncementKind, *, laws: Iterable[Code], about: User | None, by: User, reason: str, role: str = ""
) -> None:
    """Tell the members of each law. The caller is in the transaction of what it tells."""
    for law in laws:
        Announcement.objects.create(law=law, kind=kind, about=about, role=role, by=by, reason=reason)


def laws_of(user: User) -> list[Code]:
    return list(Code.objects.filter(members__user=user))
