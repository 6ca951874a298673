"""Checking key documents and signatures from their rows, and what a verifier remembers between two runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tracker.publication import chain, keys
from tracker.publication.models import KeyDocument, Release, Signature


def signature_breaks() -> Iterator[str]:
    """One sentence for each key document that was changed, header that names none, and signature that does not fit."""
    documents = list(KeyDocument.objects.order_by("pk"))
    for row in documents:
        if keys.document_hash(row.text) != row.hash:
            yield f"Key document {row.hash[:16]} does not have the content that its hash names."
            return
    order = {chain.NO_RELEASE: -1, **{row.hash: place for place, row in enumerate(documents)}}
    headers: dict[int, str] = {}
    newest = -1
    for number, named, header in Release.objects.order_by("number").values_list("number", "key_document", "hash"):
        headers[number] = header
        if order.get(named, -2) < newest:
            yield f"The header of release {number} does not name the keys that were in force."
        newest = max(newest, order.get(named, -2))
    known = keys.read(documents[-1].text) if documents else []
    yield from _row_breaks(headers, known)


def _row_breaks(headers: dict[int, str], known: list[keys.Key]) -> Iterator[str]:
    signed: set[int] = set()
    for row in Signature.objects.order_by("release_id", "pk"):
        name = f"The {row.kind} signature of release {row.release_id}"
        if not any(key.key == row.key and key.kind == row.kind and key.may_sign(row.release_id) for key in known):
            yield f"{name} is by {row.key[:16]}, which may not sign it."
        elif not fits(row.key, bytes(row.signature), headers.get(row.release_id, "")):
            yield f"{name} does not fit its header."
        elif row.kind == keys.PUBLISHER:
            signed.add(row.release_id)
    for number in unsigned(headers, known, signed):
        if number < max(signed, default=0):
            yield f"Release {number} is not signed, although a later one is."


def unsigned(headers: dict[int, str], known: list[keys.Key], signed: set[int]) -> list[int]:
    """Releases that a publisher's key may sign and none has."""
    publishers = [key for key in known if key.kind == keys.PUBLISHER]
    return [n for n in sorted(headers) if n not in signed and any(key.may_sign(n) for key in publishers)]


def fits(public: str, signature: bytes, header_hash: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, keys.message(header_hash))
    except (InvalidSignature, ValueError):
        return False
    return True


def remembered_breaks(file: Path) -> Iterator[str]:
    """Against the newest release that this verifier saw before: the record may only have grown."""
    if not file.exists():
        return
    seen = json.loads(file.read_text())
    row = Release.objects.filter(number=seen["number"]).first()
    if row is None:
        yield f"The record ends before release {seen['number']}, which was there at the last check: it was rolled back."
    elif row.hash != seen["hash"]:
        yield f"Release {seen['number']} is another one than at the last check: the record was rewritten."


def remember(file: Path) -> None:
    """Called when everything was checked, never before."""
    newest = Release.objects.order_by("-number").first()
    if newest is not None:
        file.write_text(json.dumps({"number": newest.number, "hash": newest.hash}))
