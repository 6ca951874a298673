"""Who works on which law, and as what. Every change is announced to the law's members and ends the person's sessions,
so that nobody goes on with rights they no longer have.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from codes.models import Code, Membership
from codes.permissions import may
from codes.services.announcing import announce
from tracker.accounts.models import AnnouncementKind, User
from tracker.accounts.services import sessions
from tracker.common.conflicts import Conflict
from tracker.common.writing import delete, record


@transaction.atomic
def add(*, user: User, law: Code, role: str, by: User, reason: str) -> Membership:
    """Give somebody who is a member of the site a role in this law."""
    may(by, "members", law, own=user.pk == by.pk).require()
    return _begin(user=user, law=law, role=role, by=by, reason=reason, kind=AnnouncementKind.ROLE)


@transaction.atomic
def join(*, law: Code, role: str, by: User, reason: str, keep: str | None = None) -> Membership:
    """An administrator takes a role in a law. Allowed, and told to everybody in it."""
    may(by, "join", law).require()
    return _begin(user=by, law=law, role=role, by=by, reason=reason, kind=AnnouncementKind.JOINED, keep=keep)


@transaction.atomic
def change_role(*, user: User, law: Code, role: str, was: str, by: User, reason: str) -> Membership:
    """Another role in this law. Raises `Conflict` when somebody changed it since the page was made."""
    may(by, "members", law, own=user.pk == by.pk).require()
    row = _locked(user, law)
    if row.role != was:
        raise Conflict(row, {"role": role})
    row.role = role
    record(row, by=by, reason=reason)
    announce(AnnouncementKind.ROLE, laws=[law], about=user, by=by, reason=reason, role=role)
    sessions.end_all(user=user)
    return row


@transaction.atomic
def remove(*, user: User, law: Code, by: User, reason: str) -> None:
    """No role in this law any more: for that person it does not exist from now on. What they wrote stays theirs."""
    may(by, "members", law, own=user.pk == by.pk).require()
    delete(_locked(user, law), by=by, reason=reason)
    announce(AnnouncementKind.REMOVED, laws=[law], about=user, by=by, reason=reason)
    sessions.end_all(user=user)


def _begin(
    *, user: User, law: Code, role: str, by: User, reason: str, kind: AnnouncementKind, keep: str | None = None
) -> Membership:
    if Membership.objects.filter(user=user, law=law).exists():
        raise ValidationError(gettext("This person has a role in this law already. Change it there."))
    row = record(Membership(user=user, law=law, role=role), by=by, reason=reason)
    announce(kind, laws=[law], about=user, by=by, reason=reason, role=role)
    sessions.end_all(user=user, keep=keep)
    return row


def _locked(user: User, law: Code) -> Membership:
    return Membership.objects.select_for_update().get(user=user, law=law)
