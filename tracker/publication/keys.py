"""Which keys may sign which releases: the key document. Pure; docs/adr/0003 fixes the format.

A key document lists every key there was, each with the releases that it may sign. Its hash stands in the header of
every release from then on, so a reader who trusts one header trusts its keys.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import rfc8785

from tracker.publication import chain

PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class Key:
    """A public key in hex. `first` and `last` are release numbers, `last` None while it is in use; `revoked_from`
    names the first release whose signature by this key counts no more.
    """

    key: str
    kind: str
    first: int
    last: int | None = None
    revoked_from: int | None = None

    def may_sign(self, number: int) -> bool:
        in_time = self.first <= number and (self.last is None or number <= self.last)
        return in_time and (self.revoked_from is None or number < self.revoked_from)


def write(keys: list[Key]) -> str:
    """The document as it is stored and hashed."""
    return rfc8785.dumps({"format": chain.FORMAT, "keys": [asdict(key) for key in keys]}).decode()


def read(text: str) -> list[Key]:
    data: dict[str, Any] = json.loads(text)
    return [Key(**each) for each in data["keys"]]


def document_hash(text: str) -> str:
    return chain.framed("keys", text.encode())


def in_use(keys: list[Key], key: str, first: int) -> list[Key]:
    """The keys with `key` as the publisher's from release `first` on; the one before ends there."""
    ended = [replace(each, last=first - 1) if each.kind == PUBLISHER and each.last is None else each for each in keys]
    return [*ended, Key(key, PUBLISHER, first)]


def message(header_hash: str) -> bytes:
    """What a signature is over: the hash of the header under a context of its own."""
    return f"draft-law-monitor/{chain.FORMAT}/signature\n{header_hash}".encode()
