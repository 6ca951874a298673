"""Care for accounts: a new beginning, freezing in an emergency, the office of administrator. Each is announced in all
laws of the person, and never done to oneself.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from codes.permissions import may_about
from codes.services.announcing import announce, laws_of
from tracker.accounts.models import AnnouncementKind, ResetLink, User
from tracker.accounts.services import contacts, factors, links, members
from tracker.common.writing import record

LAST_ADMINISTRATOR = gettext_noop(
    "This is the only administrator; nobody could undo it. Make somebody else administrator first."
)


@transaction.atomic
def make_reset(*, user: User, by: User, reason: str) -> str:
    """The token of a reset link, to hand over after speaking to the person. Earlier links of theirs stop working."""
    may_about(by, "members", user).require()
    for earlier in ResetLink.objects.select_for_update().filter(user=user, closed=False):
        earlier.closed = True
        record(earlier, by=by, reason="a newer link was made")
    token, kept = links.new_token()
    record(ResetLink(user=user, made_by=by, digest=kept), by=by, reason=reason)
    announce(AnnouncementKind.RESET, laws=laws_of(user), about=user, by=by, reason=reason)
    return token


@transaction.atomic
def use_reset(*, token: str, password: str) -> User:
    """The member with the new password and without second factors; all sessions end. Raises `LinkClosed`, and
    `ValidationError` for a weak password; then the link still works.
    """
    link = links.take(ResetLink, token)
    members.set_password(user=link.user, password=password, by=link.user, reason="new password by a reset link")
    factors.remove_all(user=link.user, by=link.user, reason="second factors removed by a reset link")
    link.closed = True
    record(link, by=link.user, reason="used")
    return link.user


@transaction.atomic
def open_contact(*, user: User, by: User, reason: str) -> str:
    """The member's contact, for an administrator; the member sees who read it and why. "" when there is none.

    Raises `Removed` after its erasure, `Unreadable` when the field key is lost; then nothing was read.
    """
    may_about(by, "members", user).require()
    contact = contacts.of(user)
    if contact is None:
        return ""
    words = contacts.read(contact)
    contacts.note_opening(about=user, by=by, reason=reason)
    return words


@transaction.atomic
def freeze(*, user: User, by: User, reason: str) -> User:
    """Nobody gets in with this account any more, and whoever is in is out."""
    may_about(by, "freeze", user).require()
    _keep_one(user)
    announce(AnnouncementKind.FROZEN, laws=laws_of(user), about=user, by=by, reason=reason)
    return members.set_active(user=user, active=False, by=by, reason=reason)


@transaction.atomic
def lift(*, user: User, by: User, reason: str) -> User:
    may_about(by, "lift", user).require()
    announce(AnnouncementKind.LIFTED, laws=laws_of(user), about=user, by=by, reason=reason)
    return members.set_active(user=user, active=True, by=by, reason=reason)


@transaction.atomic
def set_administrator(*, user: User, administrator: bool, by: User, reason: str) -> User:
    may_about(by, "members", user).require()
    if not administrator:
        _keep_one(user)
    announce(AnnouncementKind.ADMINISTRATOR, laws=laws_of(user), about=user, by=by, reason=reason)
    return members.set_administrator(user=user, administrator=administrator, by=by, reason=reason)


def _keep_one(user: User) -> None:
    if user.is_administrator and not members.others_in_office(user):
        raise PermissionDenied(LAST_ADMINISTRATOR)
