"""Lines in the log of a law's members: who came, who got which role, whose account was reset."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from codes.models import Code, Membership
from tracker.accounts.models import Announcement, AnnouncementKind, AnnouncementSeen, User


def announce(
    kind: AnnouncementKind, *, laws: Iterable[Code], about: User | None, by: User, reason: str, role: str = ""
) -> None:
    """Tell the members of each law. The caller is in the transaction of what it tells."""
    for law in laws:
        Announcement.objects.create(law=law, kind=kind, about=about, role=role, by=by, reason=reason)


def unread(user: User) -> QuerySet[Announcement]:
    """What others did in the member's laws since the member came, and the member has not marked as read."""
    joined = Membership.history.filter(
        user=user, law=OuterRef("law"), history_type="+", history_date__lt=OuterRef("at")
    )
    seen = AnnouncementSeen.objects.filter(announcement=OuterRef("pk"), member=user)
    laws = Membership.objects.filter(user=user).values("law")
    told = Announcement.objects.filter(Exists(joined), ~Exists(seen), law__in=laws)
    return told.exclude(by=user).exclude(about=user, kind=AnnouncementKind.JOINED)


@transaction.atomic
def mark_seen(user: User, announcements: Iterable[int]) -> int:
    """How many of these were unread for the member until now."""
    rows = [AnnouncementSeen(announcement=each, member=user) for each in unread(user).filter(pk__in=announcements)]
    AnnouncementSeen.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def laws_of(user: User) -> list[Code]:
    return list(Code.objects.filter(members__user=user))
