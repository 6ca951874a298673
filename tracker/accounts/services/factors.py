"""Second factors: an authenticator app, codes for the day it is lost, and passkeys.

The arithmetic is that of `pyotp` and `webauthn`; here is what they leave open: seeds are encrypted, no code is heard
twice, and every change leaves a line in the member's history and ends the other sessions.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from time import time

import pyotp
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from tracker.accounts.models import Authenticator, Passkey, RecoveryCode, User
from tracker.accounts.services import members, sessions
from tracker.common.fieldkeys import decrypt, digest, encrypt
from tracker.common.writing import record

ISSUER = "Draft Law Monitor"
RECOVERY_CODES = 10
SECONDS = 30
CLOCKS_DIFFER = 1  # steps of 30 seconds, either way
FACTOR_NEEDED = gettext_noop(
    "Reviewers and administrators need a second factor. Add another one before you remove this."
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for one another


@dataclass(frozen=True, slots=True)
class Factors:
    """What a member has."""

    app: Authenticator | None
    passkeys: tuple[Passkey, ...]
    recovery_codes: int

    def __bool__(self) -> bool:
        return self.app is not None or bool(self.passkeys)


def of(user: User) -> Factors:
    return Factors(
        app=Authenticator.objects.filter(user=user).first(),
        passkeys=tuple(Passkey.objects.filter(user=user)),
        recovery_codes=RecoveryCode.objects.filter(user=user).count(),
    )


def needed(user: User) -> bool:
    """Reviewers and administrators need a second factor; the demo's accounts are for trying out."""
    if settings.DEMO:
        return False
    return user.is_administrator or user.memberships.filter(role="reviewer").exists()


def new_seed() -> str:
    return pyotp.random_base32()


def address_of(user: User, seed: str) -> str:
    """What an authenticator app reads from the picture."""
    return pyotp.TOTP(seed).provisioning_uri(name=user.handle, issuer_name=ISSUER)


@transaction.atomic
def add_app(*, user: User, seed: str, code: str, keep: str | None) -> list[str] | None:
    """Take an authenticator app into use, replacing an earlier one, when its code is right; None when it is not.

    Returns new recovery codes when the member had none, else an empty list.
    """
    row = members.locked(user)
    step = _matching_step(seed, code, after=0)
    if step is None:
        return None
    Authenticator.objects.filter(user=row).delete()
    Authenticator.objects.create(user=row, seed=encrypt(seed), last_step=step)
    _changed(row, "second factor: authenticator app added", keep)
    return [] if RecoveryCode.objects.filter(user=row).exists() else _replace_recovery_codes(row)


@transaction.atomic
def add_passkey(
    *, user: User, name: str, credential: str, public_key: bytes, sign_count: int, keep: str | None
) -> list[str]:
    """Keep a verified passkey. Returns new recovery codes when the member had none, else an empty list."""
    row = members.locked(user)
    Passkey.objects.create(user=row, name=name, credential=credential, public_key=public_key, sign_count=sign_count)
    _changed(row, "second factor: passkey added", keep)
    return [] if RecoveryCode.objects.filter(user=row).exists() else _replace_recovery_codes(row)


@transaction.atomic
def remove_app(*, user: User, keep: str | None) -> None:
    row = members.locked(user)
    Authenticator.objects.filter(user=row).delete()
    _without(row, "second factor: authenticator app removed", keep)


@transaction.atomic
def remove_passkey(*, user: User, passkey: int, keep: str | None) -> None:
    row = members.locked(user)
    Passkey.objects.filter(user=row, pk=passkey).delete()
    _without(row, "second factor: passkey removed", keep)


@transaction.atomic
def remove_all(*, user: User, by: User, reason: str) -> None:
    """After a reset the member begins anew."""
    row = members.locked(user)
    for model in (Authenticator, Passkey, RecoveryCode):
        model.objects.filter(user=row).delete()
    record(row, by=by, reason=reason)


@transaction.atomic
def renew_recovery_codes(*, user: User, keep: str | None) -> list[str]:
    """New codes, shown once; the old ones stop working."""
    row = members.locked(user)
    _changed(row, "second factor: new recovery codes", keep)
    return _replace_recovery_codes(row)


@transaction.atomic
def use_code(user: User, code: str) -> str:
    """How the code proved the member: "app", "recovery" or "" for not at all. Each code works once."""
    row = members.locked(user)
    plain = "".join(code.split()).replace("-", "").lower()
    app = Authenticator.objects.filter(user=row).first()
    if app is not None and plain.isdecimal():
        step = _matching_step(decrypt(app.seed), plain, after=app.last_step)
        if step is None:
            return ""
        Authenticator.objects.filter(pk=app.pk).update(last_step=step)
        return "app"
    if RecoveryCode.objects.filter(user=row, digest=_digest(row, plain)).delete()[0]:
        record(row, by=row, reason="signed in with a recovery code")
        return "recovery"
    return ""


def note_passkey_use(passkey: Passkey, sign_count: int) -> None:
    Passkey.objects.filter(pk=passkey.pk).update(sign_count=sign_count)


def _without(row: User, reason: str, keep: str | None) -> None:
    """Recovery codes stand for another factor; without one they go. Raises `PermissionDenied` if one is needed."""
    if not of(row):
        if needed(row):
            raise PermissionDenied(FACTOR_NEEDED)
        RecoveryCode.objects.filter(user=row).delete()
    _changed(row, reason, keep)


def _changed(row: User, reason: str, keep: str | None) -> None:
    sessions.end_all(user=row, keep=keep)
    record(row, by=row, reason=reason)


def _matching_step(seed: str, code: str, *, after: int) -> int | None:
    """The step whose code this is, if it is near now and later than the last one heard."""
    now, totp = int(time()) // SECONDS, pyotp.TOTP(seed)
    for step in range(now - CLOCKS_DIFFER, now + CLOCKS_DIFFER + 1):
        right = totp.at(datetime.fromtimestamp(step * SECONDS).astimezone())
        if step > after and hmac.compare_digest(right.encode(), code.strip().encode()):
            return step
    return None


def _replace_recovery_codes(row: User) -> list[str]:
    RecoveryCode.objects.filter(user=row).delete()
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(user=row, digest=_digest(row, code)) for code in codes])
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def _digest(row: User, code: str) -> str:
    return digest(f"{row.pk} {code}")
