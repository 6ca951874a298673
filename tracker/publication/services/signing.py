"""Signing releases: last of all, over what was read back from the database and recomputes.

The key lies in a file of the worker's alone. Without it publishing goes on, and releases wait for their signature.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from tracker.publication import keys
from tracker.publication.models import KeyDocument, Release, Signature
from tracker.publication.services.releases import RecordBroken, turn
from tracker.publication.services.verify import broken_release
from tracker.publication.services.verify_signatures import fits


class KeyAway(Exception):
    """There is no key to sign with; the message says what to do."""


class NotSigned(ValueError):
    """A signature that was brought does not fit; the message says why."""


def make_key(path: Path) -> str:
    """A new private key in a file that only its owner reads. Returns the public part in hex.

    Raises `FileExistsError`: a key is never overwritten.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    private = Ed25519PrivateKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(private.private_bytes_raw().hex() + "\n")
    return private.public_key().public_bytes_raw().hex()


def private_key(path: Path | None = None) -> Ed25519PrivateKey:
    """The key of the settings' file. Raises `KeyAway`."""
    path = path or settings.SIGNING_KEY_FILE
    if path is None or not path.is_file():
        raise KeyAway("There is no signing key. Set SIGNING_KEY_FILE, or make one with manage.py make_signing_key.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyAway("Others may read the file of the signing key. Run chmod 600 on it, and think of a new key.")
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
    except ValueError:
        raise KeyAway("The file of the signing key holds no key: 64 hexadecimal digits are expected.") from None


def public_part(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def in_force() -> list[keys.Key]:
    """The keys of the newest key document."""
    row = KeyDocument.objects.order_by("-pk").first()
    return keys.read(row.text) if row is not None else []


def ready() -> None:
    """Make and adopt the key of the settings' file if there is none yet: for the demo, which nobody has to trust."""
    path = settings.SIGNING_KEY_FILE
    if path is not None and not path.exists():
        make_key(path)
    adopt(public_part(private_key()))


@transaction.atomic
def adopt(public: str) -> None:
    """Let a key sign from the next release on. The key that signed until now ends there."""
    last, _now = turn()
    known = in_force()
    if any(each.key == public and each.last is None for each in known):
        return
    text = keys.write(keys.in_use(known, public, last.number + 1 if last else 1))
    KeyDocument.objects.create(hash=keys.document_hash(text), text=text)


def waiting() -> list[int]:
    """Releases that a key may sign and none has signed, oldest first."""
    publishers = [key for key in in_force() if key.kind == keys.PUBLISHER]
    signed = set(Signature.objects.filter(kind=keys.PUBLISHER).values_list("release_id", flat=True))
    numbers = Release.objects.order_by("number").values_list("number", flat=True)
    return [n for n in numbers if n not in signed and any(key.may_sign(n) for key in publishers)]


def sign_waiting() -> int:
    """Sign every release that waits and that our key may sign. The number of signatures. Raises `KeyAway`,
    `RecordBroken` for what does not recompute: it is never signed.
    """
    private = private_key()
    public = public_part(private)
    ours = [key for key in in_force() if key.key == public and key.kind == keys.PUBLISHER]
    numbers = [number for number in waiting() if any(key.may_sign(number) for key in ours)]
    for number in numbers:
        found = broken_release(number)
        if found:
            raise RecordBroken(found)
        header = Release.objects.values_list("hash", flat=True).get(number=number)
        _store(number, public, private.sign(keys.message(header)))
    return len(numbers)


def bring(number: int, public: str, signature: bytes) -> None:
    """Take a signature that was made on another machine. Raises `NotSigned`."""
    release = Release.objects.filter(number=number).first()
    if release is None:
        raise NotSigned(f"There is no release {number}.")
    if not any(key.key == public and key.kind == keys.PUBLISHER and key.may_sign(number) for key in in_force()):
        raise NotSigned(f"The key {public[:16]} may not sign release {number}.")
    if not fits(public, signature, release.hash):
        raise NotSigned(f"The signature is not one of {public[:16]} over the header of release {number}.")
    _store(number, public, signature)


def _store(number: int, public: str, signature: bytes) -> None:
    Signature.objects.get_or_create(
        release_id=number, key=public, kind=keys.PUBLISHER, defaults={"signature": signature}
    )
