"""The hashes of the public record. Pure: no database, no clock. docs/adr/0003 fixes the format.

Every hash begins with its own context and frames its parts by length, so that no two different things share a hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785

FORMAT = 1
SALT_BYTES = 16
SEAL_BYTES = 32
NO_RELEASE = "0" * 64
# In canonical JSON this stands only where a sealed part does: inside a text the quotes would be escaped.
_SEALED = re.compile(r'\{"sealed":"([0-9a-f]{64})"\}')


class NotCanonical(ValueError):
    """A value that the record cannot hold; the message names its place."""


def framed(context: str, *parts: bytes) -> str:
    """SHA-256, in hex, over the context and the length-framed parts."""
    digest = hashlib.sha256(f"draft-law-monitor/{FORMAT}/{context}\n".encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def canonical(body: Mapping[str, Any], salt: str) -> str:
    """The document as it is stored and hashed: canonical JSON (RFC 8785) of format, salt and body.

    Raises `NotCanonical` for a value that is no text, whole number, truth value, null, list or object.
    """
    _check(body, "body")
    return rfc8785.dumps({"format": FORMAT, "salt": salt, "body": dict(body)}).decode()


def _check(value: Any, place: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        _check_text(value, place)
    elif isinstance(value, int):
        if abs(value) >= 2**53:
            raise NotCanonical(f"{place} is a number that JSON readers would round.")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _check(item, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{place} has the key {key!r}; the keys of an object are texts.")
            _check_text(key, f"a key of {place}")
            _check(item, f"{place}.{key}")
    else:
        raise NotCanonical(
            f"{place} is a {type(value).__name__}; the record holds texts, whole numbers, lists and objects."
        )


def _check_text(text: str, place: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical(f"{place} holds half a character (a lone surrogate).") from None


def document_hash(text: str) -> str:
    """The address of a document, from its canonical text."""
    return framed("document", text.encode())


def commitment(part: str, salt: str) -> str:
    """What stands in a document instead of a sealed part. `salt`: 32 random bytes in hex."""
    return framed("sealed", bytes.fromhex(salt), part.encode())


def commitments(text: str) -> list[str]:
    """The sealed parts of a document, in the order of its canonical text."""
    return _SEALED.findall(text)


def law_root(entries: Mapping[str, str]) -> str:
    """Over the sorted paths of one law and the hashes of their documents."""
    return framed("law", *_pairs(entries.items()))


def release_root(roots: Mapping[str, str]) -> str:
    """Over the sorted laws and their roots, so that one law verifies with a short list."""
    return framed("release", *_pairs(roots.items()))


def tombstone_hash(target: str, reason: str, time: datetime, after: int) -> str:
    """One tombstone; `after` is the number of the last release that shows what it takes away."""
    return framed("tombstone", target.encode(), reason.encode(), stamp(time).encode(), str(after).encode())


def tombstones_hash(hashes: Iterable[str]) -> str:
    """Over the sorted hashes of all tombstones."""
    return framed("tombstones", *(one.encode() for one in sorted(hashes)))


def stamp(time: datetime) -> str:
    """A time of the record: ISO 8601 in UTC, with milliseconds. Anything finer is refused, lest it be unprotected."""
    if time.microsecond % 1000:
        raise NotCanonical(f"{time.isoformat()} is finer than a millisecond.")
    return time.astimezone(UTC).isoformat(timespec="milliseconds")


def _pairs(items: Iterable[tuple[str, str]]) -> list[bytes]:
    return [part.encode() for pair in sorted(items) for part in pair]


@dataclass(frozen=True, slots=True)
class Header:
    """What is signed. `time` is a `stamp`; the others are hashes in hex."""

    number: int
    time: str
    root: str
    previous: str
    key_document: str
    tombstones: str

    @property
    def hash(self) -> str:
        parts = (str(FORMAT), str(self.number), self.time, self.root, self.previous, self.key_document, self.tombstones)
        return framed("header", *(part.encode() for part in parts))
