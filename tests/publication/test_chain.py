"""The record cannot be rewritten: whatever is changed in any row of a release is found and named."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROLES
from tests.factories import someone
from tracker.publication import chain
from tracker.publication.models import Document, Entry, LawRoot, Release, Sealed
from tracker.publication.record import Record
from tracker.publication.services import erasure, releases
from tracker.publication.services.verify import broken_link

committed = pytest.mark.usefixtures("emptied")
BODIES: dict[str, dict[str, Any]] = {
    "laws/a/one": {"text": "Клевета", "n": 1, "who": {"seal": "A signatory"}},
    "laws/a/two": {"text": "Жала жабу", "list": [1, 2, 3]},
}


def two_releases() -> None:
    with transaction.atomic():
        releases.publish(documents={"a": BODIES, "b": {"laws/b/one": {"text": "other law"}}}, by=someone())
    with transaction.atomic():
        releases.publish(documents={"a": {**BODIES, "laws/a/two": {"text": "changed"}}}, by=someone())


def as_owner(sql: str, *values: Any) -> None:
    """Change a row behind the record's back, as who holds the machine could."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(sql, values)


@pytest.mark.django_db(transaction=True, databases=ROLES)
@committed
def test_an_untouched_record_recomputes() -> None:
    two_releases()
    assert broken_link() == ""
    assert [r.number for r in Release.objects.all()] == [1, 2]


TAMPERINGS = [
    "update publication_document set text = replace(text, 'Клевета', 'Клевета!')",
    "update publication_document set hash = repeat('0', 64) where text like '%%Клевета%%'",
    "update publication_release set time = time + interval '1 hour' where number = 1",
    "update publication_release set root = repeat('a', 64) where number = 2",
    "update publication_release set previous = repeat('a', 64) where number = 2",
    "update publication_release set hash = repeat('a', 64) where number = 1",
    "update publication_release set tombstones = repeat('a', 64) where number = 1",
    "update publication_release set key_document = repeat('a', 64) where number = 1",
    "update publication_lawroot set root = repeat('a', 64) where law = 'b'",
    "update publication_lawroot set law = 'c' where law = 'b'",
    "update publication_entry set path = 'laws/b/two' where path = 'laws/b/one'",
    "update publication_entry set law = 'a' where law = 'b'",
    "update publication_entry set release_id = 1 where release_id = 2",
    "delete from publication_entry where path = 'laws/b/one'",
    "delete from publication_release where number = 1",
    "delete from publication_lawroot where law = 'b'",
    "update publication_sealed set part = 'Another signatory'",
    "update publication_sealed set salt = repeat('0', 64)",
    "insert into publication_document (hash, text) values (repeat('b', 64), '{}')",
    "with d as (select document_id from publication_entry where path = 'laws/b/one') "
    "update publication_entry set document_id = (select document_id from d) where path = 'laws/a/one'",
]


@pytest.mark.django_db(transaction=True, databases=ROLES)
@committed
@pytest.mark.parametrize("sql", TAMPERINGS)
def test_a_changed_row_is_found_and_named(sql: str) -> None:
    two_releases()
    try:
        as_owner(sql)
    except DatabaseError as error:  # the change cannot even be made
        assert "constraint" in str(error)  # noqa: PT017  # both outcomes keep the promise
    else:
        assert broken_link() != ""


@pytest.mark.django_db(transaction=True, databases=ROLES)
@committed
def test_every_byte_of_a_document_counts() -> None:
    two_releases()
    document = Document.objects.get(text__contains="changed")
    assert document.text is not None
    for place in range(0, len(document.text), 7):
        changed = document.text[:place] + ("x" if document.text[place] != "x" else "y") + document.text[place + 1 :]
        assert chain.document_hash(changed) != document.hash


@pytest.mark.django_db(transaction=True, databases=ROLES)
@committed
def test_publishing_the_same_again_adds_nothing() -> None:
    two_releases()
    with transaction.atomic():
        assert releases.publish(documents={"b": {"laws/b/one": {"text": "other law"}}}, by=someone()) is None
    assert Release.objects.count() == 2


@pytest.mark.django_db(transaction=True, databases=ROLES)
@committed
def test_one_changed_field_changes_one_document_and_its_law_only() -> None:
    two_releases()
    assert Entry.objects.filter(release_id=2).count() == 1
    assert list(LawRoot.objects.filter(release_id=2).values_list("law", flat=True)) == ["a"]


@pytest.mark.django_db(transaction=True, databases=ROLES)
@committed
def test_a_reader_sees_names_until_they_are_erased_and_the_chain_still_verifies() -> None:
    two_releases()
    assert Record().get("laws/a/one")["who"] == {"name": "A signatory"}
    commitment = Sealed.objects.get().commitment
    with pytest.raises(DatabaseError), transaction.atomic():
        Sealed.objects.filter(commitment=commitment).delete()
    with transaction.atomic():
        erasure.erase(target=commitment, reason="consent withdrawn")
    assert set(Record().get("laws/a/one")["who"]) == {"removed"}
    assert broken_link() == ""
    with transaction.atomic():
        releases.publish(documents={"b": {"laws/b/one": {"text": "later"}}}, by=someone())
    assert broken_link() == ""


@pytest.mark.django_db(transaction=True, databases=ROLES)
@committed
def test_a_document_text_goes_only_with_a_tombstone_and_its_hash_stays() -> None:
    two_releases()
    document = Document.objects.get(text__contains="changed")
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(text=None)
    with transaction.atomic():
        erasure.erase(target=document.hash, reason="court order")
    assert Record().get("laws/a/two") is None
    assert broken_link() == ""


@pytest.mark.django_db(transaction=True, databases=ROLES)
@committed
def test_a_frozen_state_is_the_last_release_of_its_day() -> None:
    two_releases()
    today = Release.objects.get(number=2).time.date()
    assert Record(today).get("laws/a/two") == {"text": "changed"}
    assert Record(today.replace(year=today.year - 1)).release is None


def test_a_float_is_refused_with_its_place() -> None:
    with pytest.raises(chain.NotCanonical, match=r"body\.counts\[1\]"):
        chain.canonical({"counts": [1, 0.5]}, "00")


@given(st.dictionaries(st.text(), st.text() | st.integers(-(2**52), 2**52) | st.booleans() | st.none()))
def test_equal_bodies_have_equal_texts_whatever_the_order_of_their_keys(body: dict[str, Any]) -> None:
    turned = dict(reversed(list(body.items())))
    assert chain.canonical(body, "ab") == chain.canonical(turned, "ab")


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, unique_by=lambda p: p[0]))
def test_parts_cannot_be_moved_across_their_frames(pairs: list[tuple[str, str]]) -> None:
    shifted = [(path + digest[:1], digest[1:]) for path, digest in pairs]
    if dict(shifted) != dict(pairs):
        assert chain.law_root(dict(pairs)) != chain.law_root(dict(shifted))
