"""Encrypting single values with the field keys of the environment: the newest encrypts, all of them open."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """The value was encrypted with a key that is not there any more, or is no such value."""


def encrypt(words: str) -> str:
    return _keys().encrypt(words.encode()).decode()


def decrypt(value: str) -> str:
    """The words again. Raises `Unreadable`."""
    try:
        return _keys().decrypt(value.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def digest(token: str) -> str:
    """For tokens of at least 80 random bits: nothing slower is needed to make guessing hopeless."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(words: str, *, purpose: str) -> str:
    """Finds equal words again and tells nobody without the keys what they are. Made with the oldest key, which stays
    the same when a newer one is put in front.
    """
    key = hmac.digest(base64.urlsafe_b64decode(settings.FIELD_KEYS[-1]), purpose.encode(), "sha256")
    return hmac.digest(key, words.encode(), "sha256").hex()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
