"""The hashes: equal things hash alike, different things never do, and what cannot be canonical is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tracker.publication import chain

SALT = "00" * chain.SALT_BYTES
texts = st.text(st.characters(exclude_categories=["Cs"]))
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
values = st.recursive(
    texts | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=12,
)
bodies = st.dictionaries(texts, values)
HEADER = chain.Header(7, "2026-11-24T00:00:00.000+00:00", "a" * 64, "b" * 64, "c" * 64, "d" * 64)

FORMAT_1 = {
    "document": "fc5edfe6d09cd10d6454ddd729e6494ec1a6d8ef4dcde531f8c6a74e06b0bc7f",
    "sealed": "2fdecdc81e738c26b371055c2bec73eba6b1c72cb1810b427497f349264a0122",
    "law": "18b9ceb9ee0a30645d8c6c63618dd14ed73123c5c9ea4a8a5d5a68b4b8f1115e",
    "release": "35855f9bf0a8fab8d394d089966f118238289f3d08e1c821355f0f89a843bd6b",
    "tombstone": "107a8bea1610568c3a52fe673c1b379ccc5adc4280291cdc0a88e3bfbe6f3131",
    "tombstones": "c01f1de77f71196848b7e10ba9228f002437656eddd2c5fe85d56b6a0466e269",
    "header": "a76378081ade65d8d288fd8d7b9f90477ae10848d4cd776c59e93d4681af4d9f",
}


def turned(value: Any) -> Any:
    """The same value with the keys of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(item) for key, item in reversed(value.items())}
    return [turned(item) for item in value] if isinstance(value, list) else value


@given(bodies)
def test_a_document_reads_back_as_it_was_and_does_not_depend_on_the_order_of_keys(body: dict[str, Any]) -> None:
    text = chain.canonical(body, SALT)
    assert json.loads(text) == {"format": chain.FORMAT, "salt": SALT, "body": body}
    assert chain.canonical(turned(body), SALT) == text
    assert rfc8785.dumps(json.loads(text)).decode() == text


@given(bodies)
def test_another_salt_is_another_document(body: dict[str, Any]) -> None:
    assert chain.document_hash(chain.canonical(body, SALT)) != chain.document_hash(chain.canonical(body, "01" * 16))


@given(bodies, hashes, texts)
def test_a_sealed_part_is_found_where_it_stands_and_never_inside_a_text(
    body: dict[str, Any], commitment: str, key: str
) -> None:
    assert chain.commitments(chain.canonical({**body, "quoted": f'{{"sealed":"{commitment}"}}'}, SALT)) == []
    assert chain.commitments(chain.canonical({"list": [{key: {"sealed": commitment}}]}, SALT)) == [commitment]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"counts": [1, 0.5]}, r"body\.counts\[1\] is a float"),
        ({"a": {"b": 2**53}}, r"body\.a\.b is a number"),
        ({"a": {1: "one"}}, r"body\.a has the key 1"),
        ({"day": datetime(2026, 11, 24, tzinfo=UTC)}, r"body\.day is a datetime"),
        ({"a": ["\ud800"]}, r"body\.a\[0\] holds half a character"),
    ],
)
def test_what_the_record_cannot_hold_is_refused_with_its_place(body: dict[str, Any], place: str) -> None:
    with pytest.raises(chain.NotCanonical, match=place):
        chain.canonical(body, SALT)


@given(st.lists(st.binary(), min_size=1), st.data())
def test_parts_cannot_be_moved_across_their_frames(parts: list[bytes], draw: st.DataObject) -> None:
    joined = b"".join(parts)
    cut = draw.draw(st.integers(0, len(joined)))
    other = [joined[:cut], joined[cut:]]
    assert (chain.framed("law", *parts) == chain.framed("law", *other)) == (parts == other)
    assert chain.framed("law", *parts) != chain.framed("release", *parts)


@given(st.dictionaries(texts, hashes, min_size=2), st.data())
def test_a_root_takes_entries_in_any_order_and_feels_every_change(entries: dict[str, str], draw: st.DataObject) -> None:
    root = chain.law_root(entries)
    assert chain.law_root(turned(entries)) == root
    path = draw.draw(st.sampled_from(sorted(entries)))
    without = {key: digest for key, digest in entries.items() if key != path}
    assert chain.law_root(without) != root
    assert chain.law_root({**without, f"{path}/": entries[path]}) != root
    other = draw.draw(hashes.filter(lambda digest: digest != entries[path]))
    assert chain.law_root({**entries, path: other}) != root
    assert chain.release_root(entries) != root


@pytest.mark.parametrize("name", [field for field in chain.Header.__slots__ if field != "number"])
def test_every_field_of_a_header_is_in_its_hash(name: str) -> None:
    fields = {field: getattr(HEADER, field) for field in chain.Header.__slots__}
    assert chain.Header(**{**fields, name: fields[name][:-1] + "x"}).hash != HEADER.hash
    assert chain.Header(**{**fields, "number": 8}).hash != HEADER.hash


def test_a_part_cannot_be_guessed_from_its_commitment_without_the_salt() -> None:
    first, second = chain.commitment("A name", "00" * 32), chain.commitment("A name", "01" * 32)
    assert first != second
    assert chain.commitment("A name", "00" * 32) == first


def test_the_format_does_not_change_unnoticed() -> None:
    """Figures from format 1. When one of these differs, published records no longer verify: that is another format."""
    text = chain.canonical({"b": [1, True, None], "a": "Клевета €"}, SALT)
    assert text == ('{"body":{"a":"Клевета €","b":[1,true,null]},"format":1,"salt":"00000000000000000000000000000000"}')
    time = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert {
        "document": chain.document_hash(text),
        "sealed": chain.commitment("A name", "00" * 32),
        "law": chain.law_root({"laws/a": "a" * 64}),
        "release": chain.release_root({"a": "b" * 64}),
        "tombstone": chain.tombstone_hash("a" * 64, "court order", time, 3),
        "tombstones": chain.tombstones_hash(["b" * 64, "a" * 64]),
        "header": HEADER.hash,
    } == FORMAT_1


def test_a_time_finer_than_what_is_hashed_is_refused() -> None:
    with pytest.raises(chain.NotCanonical, match="finer than a millisecond"):
        chain.stamp(datetime(2026, 11, 24, 12, 0, 0, 1, tzinfo=UTC))
