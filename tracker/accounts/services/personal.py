"""Sealing, opening and erasing what names a person. How it is stored says `tracker.common.sealed`."""

from __future__ import annotations

from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.db import transaction

from tracker.accounts.models import PersonalKey
from tracker.common import journal
from tracker.common.fieldkeys import Unreadable, decrypt, encrypt

JOURNAL_PREFIX = "key "  # before the key's id, where the journal of erasures names a person


class Removed(Exception):
    """The person's key was erased: nobody can read this any more."""


def new_key() -> PersonalKey:
    return PersonalKey.objects.create(wrapped=encrypt(Fernet.generate_key().decode()))


def seal(words: str, *, key: PersonalKey) -> str:
    """What a `SealedField` takes."""
    return f"{key.pk}:{_fernet(key).encrypt(words.encode()).decode()}"


def unseal(sealed: str) -> str:
    """The words again. Raises `Removed`, and `Unreadable` for what was changed or whose field key is lost."""
    try:
        return _fernet(key_of(sealed)).decrypt(sealed.partition(":")[2].encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def key_of(sealed: str) -> PersonalKey:
    """The key that this was sealed with. Raises `Removed`."""
    found = PersonalKey.objects.filter(pk=UUID(sealed.partition(":")[0])).first()
    if found is None:
        raise Removed
    return found


@transaction.atomic
def erase(sealed: str) -> None:
    """Everything that was ever sealed with this person's key is unreadable from now on, also in a restored backup."""
    key = key_of(sealed)
    name = f"{JOURNAL_PREFIX}{key.pk}"
    key.delete()
    journal.note(name, "erasure asked")


def erase_again(name: str) -> bool:
    """After a restore: delete the key that the journal names. False: it is not there."""
    return bool(PersonalKey.objects.filter(pk=UUID(name.removeprefix(JOURNAL_PREFIX))).delete()[0])


def _fernet(key: PersonalKey) -> Fernet:
    return Fernet(decrypt(key.wrapped).encode())
