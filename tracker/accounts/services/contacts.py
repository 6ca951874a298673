"""A member's own contact: kept if the member wishes, read by the member, erased for good."""

from __future__ import annotations

from django.db import transaction

from tracker.accounts.models import Contact, ContactOpening, PersonalKey, User
from tracker.accounts.services import personal
from tracker.common.conflicts import Conflict
from tracker.common.writing import record


def of(user: User) -> Contact | None:
    return Contact.objects.filter(user=user).first()


def read(contact: Contact) -> str:
    """The words. Raises `Removed` after erasure, `Unreadable` when the field key is lost."""
    return personal.unseal(contact.words)


@transaction.atomic
def keep(*, user: User, words: str, revision: int) -> Contact:
    """Write the contact; revision 0 begins one. After an erasure it is sealed with a new key. Raises `Conflict`."""
    User.objects.select_for_update().get(pk=user.pk)
    row = of(user) or Contact(user=user, revision=0)
    if row.revision != revision:
        raise Conflict(row, {"words": words})
    row.words = personal.seal(words, key=_key(row))
    row.revision += 1
    return record(row, by=user, reason="own contact")


@transaction.atomic
def erase(*, user: User) -> None:
    """The member's contact, in all its revisions, cannot be read any more. Nothing happens where there is none."""
    row = Contact.objects.select_for_update().filter(user=user).first()
    if row is None:
        return
    row.revision += 1
    record(row, by=user, reason="own contact erased")
    personal.erase(row.words)


def note_opening(*, about: User, by: User, reason: str) -> None:
    ContactOpening.objects.create(about=about, by=by, reason=reason)


def openings(user: User) -> list[ContactOpening]:
    """Who read the member's contact, the newest first."""
    return list(ContactOpening.objects.filter(about=user).select_related("by")[:50])


def _key(row: Contact) -> PersonalKey:
    try:
        return personal.key_of(row.words) if row.words else personal.new_key()
    except personal.Removed:
        return personal.new_key()
