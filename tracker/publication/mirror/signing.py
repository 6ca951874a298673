"""The signature of a manifest: by the key that signs releases, where this process has it."""

from __future__ import annotations

from typing import Any

from tracker.publication.mirror.data import dumped
from tracker.publication.mirror.files import manifest_message
from tracker.publication.services.signing import KeyAway, private_key, public_part


def signatures(content: bytes) -> bytes:
    """The file of signatures over a manifest; an empty list where the key is away, which the verifier says."""
    found: list[dict[str, Any]] = []
    try:
        private = private_key()
    except KeyAway:
        return dumped(found)
    signature = private.sign(manifest_message(content)).hex()
    return dumped([*found, {"key": public_part(private), "signature": signature}])
