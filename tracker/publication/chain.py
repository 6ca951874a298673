"""The hashes of the public record. Pure: no database, no clock. docs/adr/0003 fixes the format.

Every hash begins with its own context and frames its parts by length, so that no two different things share a hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

FORMAT = 1
SALT_BYTES = 16
NO_RELEASE = "0" * 64


class NotCanonical(ValueError):
    """A value that the record cannot hold; the message names its place."""


def framed(context: str, *parts: bytes) -> str:
    """SHA-256, in hex, over the context and the length-framed parts."""
    digest = hashlib.sha256(f"draft-law-monitor/{FORMAT}/{context}\n".encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def canonical(body: Mapping[str, Any], salt: str) -> str:
    """The document as it is stored and hashed: canonical JSON (RFC 8785) of format, salt and body."""
    _check(body, "body")
    return rfc8785.dumps({"format": FORMAT, "salt": salt, "body": dict(body)}).decode()


def _check(value: Any, place: str) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) >= 2**53:
            raise NotCanonical(f"{place} is a number that JSON readers would round.")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _check(item, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check(item, f"{place}.{key}")
    else:
        raise NotCanonical(
            f"{place} is a {type(value).__name__}; the record holds texts, whole numbers, lists and objects."
        )


def document_hash(text: str) -> str:
    return framed("document", text.encode())


def commitment(part: str, salt: str) -> str:
    """What stands in a document instead of a sealed part."""
    return framed("sealed", bytes.fromhex(salt), part.encode())


def law_root(entries: Mapping[str, str]) -> str:
    """Over the sorted paths of one law and the hashes of their documents."""
    return framed("law", *_pairs(entries.items()))


def release_root(roots: Mapping[str, str]) -> str:
    """Over the sorted laws and their roots, so that one law verifies with a short list."""
    return framed("release", *_pairs(roots.items()))


def tombstones_hash(tombstones: Iterable[tuple[str, str]]) -> str:
    return framed("tombstones", *_pairs(tombstones))


def _pairs(items: Iterable[tuple[str, str]]) -> list[bytes]:
    return [part.encode() for pair in sorted(items) for part in pair]


@dataclass(frozen=True, slots=True)
class Header:
    """What is signed. `time` is ISO 8601 in UTC with milliseconds."""

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
