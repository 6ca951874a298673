"""The verifier that travels with a copy: its signatures are those of RFC 8032, its hashes those of the record."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.publication import chain, keys
from tracker.publication.mirror import verify
from tracker.publication.mirror.files import manifest_message

# RFC 8032, section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_the_rfc(key: str, message: str, signature: str) -> None:
    parts = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert verify.signed(*parts)
    assert not verify.signed(parts[0], parts[1] + b"x", parts[2])


@settings(max_examples=20, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511), st.integers(0, 255))
def test_it_agrees_with_the_library_and_refuses_every_flipped_bit(
    seed: bytes, message: bytes, signature_bit: int, key_bit: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert verify.signed(public, message, signature)
    assert not verify.signed(public, message, flipped(signature, signature_bit))
    assert not verify.signed(flipped(public, key_bit), message, signature)


def flipped(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ (1 << bit % 8)]) + data[bit // 8 + 1 :]


def test_a_signature_is_refused_when_its_number_is_too_large() -> None:
    """Otherwise one signature could be written in two ways."""
    key, message, signature = (bytes.fromhex(part) for part in VECTORS[1])
    larger = (int.from_bytes(signature[32:], "little") + verify.ORDER).to_bytes(32, "little")
    assert not verify.signed(key, message, signature[:32] + larger)


def test_it_hashes_as_the_record_does() -> None:
    header = chain.Header(3, "2026-01-01T00:00:00.000+00:00", "a" * 64, "b" * 64, "c" * 64, "d" * 64)
    fields = {name: getattr(header, name) for name in ("number", "time", "root", "previous", "key_document")}
    assert verify.header_hash({**fields, "tombstones": header.tombstones}) == header.hash
    assert verify.framed("document", b"x") == chain.document_hash("x")
    assert verify.root_of("law", {"b": "2", "a": "1"}) == chain.law_root({"a": "1", "b": "2"})
    assert verify.root_of("release", {"l": "1"}) == chain.release_root({"l": "1"})
    assert verify.message("signature", header.hash) == keys.message(header.hash)
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # SHA-256 of "abc"
    assert verify.message("manifest", digest) == manifest_message(b"abc")


def test_it_needs_nothing_but_python(tmp_path: Path) -> None:
    """Run as a reader would, without the project or its packages: an empty folder is named as what it is."""
    program = tmp_path / "verify.py"
    program.write_bytes(Path(verify.__file__).read_bytes())
    answer = subprocess.run([sys.executable, "-I", "-S", str(program)], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout.strip()) == (1, "BROKEN: manifest.json is missing.")
