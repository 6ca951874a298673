"""Coming in by invitation only: a link that is handed over by any channel, works once and for 72 hours."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from codes.models import Code, Membership
from codes.permissions import may
from codes.services.announcing import announce
from tracker.accounts.models import AnnouncementKind, Invitation, User
from tracker.accounts.services import links, members
from tracker.common.writing import record

AN_ADMINISTRATOR_THERE = gettext_noop("There is an administrator already. Ask them for an invitation.")


@transaction.atomic
def invite(*, law: Code, role: str, by: User, reason: str) -> tuple[Invitation, str]:
    """A place in the law with this role, and the token of its link, which is known only now."""
    may(by, "members", law).require()
    invitation, token = _make(law=law, role=role, by=by, reason=reason)
    announce(AnnouncementKind.INVITED, laws=[law], about=None, by=by, reason=reason, role=role)
    return invitation, token


@transaction.atomic
def invite_first_administrator() -> str:
    """The token of a link for the first administrator, who has nobody to ask. Refused once there is one."""
    if User.objects.filter(is_administrator=True, is_active=True, is_demo=False).exists():
        raise PermissionDenied(AN_ADMINISTRATOR_THERE)
    return _make(law=None, role="", by=members.system(), reason="the first administrator")[1]


@transaction.atomic
def take_back(*, invitation: Invitation, by: User, reason: str) -> None:
    """The link stops working. Of one that was used or is too old nothing is left to take back."""
    assert invitation.law is not None  # the first administrator's is not listed anywhere
    may(by, "members", invitation.law).require()
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.closed:
        return
    row.closed = True
    record(row, by=by, reason=reason)


@transaction.atomic
def accept(*, token: str, handle: str, password: str, language: str) -> User:
    """The invited person, with a role in the law. Raises `LinkClosed`, and `ValidationError` for a weak password or a
    handle that is taken or not plain; then the link still works.
    """
    invitation = links.take(Invitation, token)
    user = members.create(
        handle=handle,
        password=password,
        by=invitation.made_by,
        reason="accepted an invitation",
        is_administrator=invitation.law is None,
        language=language,
    )
    invitation.closed, invitation.accepted_by = True, user
    record(invitation, by=user, reason="accepted")
    if invitation.law is not None:
        reason = "accepted an invitation"
        record(Membership(user=user, law=invitation.law, role=invitation.role), by=invitation.made_by, reason=reason)
        announce(
            AnnouncementKind.JOINED,
            laws=[invitation.law],
            about=user,
            by=invitation.made_by,
            reason=reason,
            role=invitation.role,
        )
    return user


def _make(*, law: Code | None, role: str, by: User, reason: str) -> tuple[Invitation, str]:
    token, kept = links.new_token()
    return record(Invitation(law=law, role=role, made_by=by, digest=kept), by=by, reason=reason), token
