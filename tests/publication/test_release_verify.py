"""The record cannot be rewritten: whatever is changed in any row of a release is found and named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, models

from tests.conftest import ROLES
from tests.publication.samples import OTHER_LAW, RECORD, as_owner, keep, publish, restore, tampered, two_releases
from tracker.common.history import TransactionId
from tracker.publication.models import Document, Release, Sealed, Signature
from tracker.publication.services import erasure
from tracker.publication.services.verify import broken_link, broken_release

pytestmark = [pytest.mark.django_db(transaction=True, databases=ROLES), pytest.mark.usefixtures("emptied")]
Cell = tuple[str, str, Any, str, Any]


def three_releases() -> None:
    """Two releases, an erased name, an erased document, and a release that lists both."""
    two_releases()
    erasure.erase(target=Sealed.objects.get(part="Another").commitment, reason="consent withdrawn")
    erasure.erase(target=Document.objects.get(text__contains="changed").hash, reason="court order")
    publish(b={**OTHER_LAW, "laws/b/one": {"text": "later"}})


def cells() -> Iterator[Cell]:
    """Table, key column, key, column and value of all that is recorded; not the database's own numbers."""
    for model in RECORD:
        key = model._meta.pk
        ours = (models.BigAutoField, TransactionId)
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, ours)]
        for row in model._base_manager.all():
            for field in fields:
                yield model._meta.db_table, key.attname, row.pk, field.attname, getattr(row, field.attname)


def other_values(value: Any) -> list[Any]:
    """The value with one character, or one unit, changed."""
    if value is None:
        return ["0" * 64]
    if isinstance(value, int):
        return [value + 1]
    if isinstance(value, datetime):
        return [value + timedelta(microseconds=1), value + timedelta(milliseconds=1)]
    places = sorted({0, len(value) // 2, len(value) - 1})
    return [value[:at] + ("1" if value[at] != "1" else "2") + value[at + 1 :] for at in places]


def change(cell: Cell, other: Any) -> bool:
    """False: a constraint refuses it even to the owner."""
    table, key, row, column, _ = cell
    try:
        return as_owner(f"update {table} set {column} = %s where {key} = %s", other, row) == 1
    except IntegrityError:
        return False


def change_back(cell: Cell, other: Any) -> None:
    table, key, row, column, value = cell
    as_owner(f"update {table} set {column} = %s where {key} = %s", value, other if column == key else row)


def test_a_changed_value_in_any_column_of_any_row_is_found() -> None:
    three_releases()
    assert broken_link() == ""
    found, unseen = 0, []
    for cell in list(cells()):
        for other in other_values(cell[-1]):
            if not change(cell, other):
                continue
            if broken_link():
                found += 1
            else:
                unseen.append((cell, other))
            change_back(cell, other)
    assert unseen == []
    assert found > 150
    assert broken_link() == ""
    assert not Signature.objects.exists()  # signatures are checked against keys, by whoever makes them


def test_every_character_of_a_document_counts() -> None:
    two_releases()
    document = Document.objects.get(text__contains="Клевета")
    assert document.text is not None
    for place, old in enumerate(document.text):
        cell = ("publication_document", "hash", document.hash, "text", document.text)
        other = document.text[:place] + ("x" if old != "x" else "y") + document.text[place + 1 :]
        assert change(cell, other)
        assert broken_release(1).startswith(f"The document {document.hash[:16]} does not have the content"), place
    assert place > 100


DOCUMENT_OF = "(select document_id from publication_entry where path = '{}' order by release_id limit 1)"
TAMPERINGS = {
    "documents of two paths swapped": (
        ["update publication_entry set document_id = case path "
         f"when 'laws/b/one' then {DOCUMENT_OF.format('laws/b/two')} else {DOCUMENT_OF.format('laws/b/one')} end "
         "where law = 'b' and release_id = 1"],
        "Release 1: the entries of b do not give the root",
    ),
    "two releases in the other order": (
        ["update publication_release set number = 99 where number = 1",
         "update publication_release set number = 1 where number = 2",
         "update publication_release set number = 2 where number = 99"],
        "root of release 1",
    ),
    "a release dropped": (["delete from publication_release where number = 1"], "Release 1 is missing"),
    "a release dropped with all that is its own": (
        ["delete from publication_release where number = 2", "delete from publication_lawroot where release_id = 2",
         "delete from publication_entry where release_id = 2",
         "delete from publication_document d where not exists "
         "(select from publication_entry where document_id = d.hash)"],
        "Release 2 is missing",
    ),
    "a release twice": (
        ["insert into publication_release select number + 1, time + interval '1 second', root, hash, key_document, "
         "tombstones, repeat('a', 64) from publication_release where number = 3"],
        "The header of release 4 was changed",
    ),
    "an entry dropped": (["delete from publication_entry where path = 'laws/b/two'"], "Document "),
    "a removal dropped": (
        ["delete from publication_entry where document_id is null"],
        "Release 2: the entries of a do not give the root",
    ),
    "an entry repeated in a later release": (
        ["insert into publication_entry (release_id, law, path, document_id) "
         "select 2, law, path, document_id from publication_entry where path = 'laws/a/one'"],
        "Release 2: the entry of laws/a/one repeats",
    ),
    "a removal of what was never there": (
        ["insert into publication_entry (release_id, law, path) values (2, 'a', 'laws/a/never')"],
        "Release 2: the entry of laws/a/never repeats",
    ),
    "an entry moved to an older release": (
        ["update publication_entry set release_id = 2 where release_id = 3"], "Release 2: the roots are not those",
    ),
    "a document added": (
        ["insert into publication_document (hash, text) values (repeat('b', 64), null)"], "The text of document bbbb",
    ),
    "a document dropped": (
        ["delete from publication_document where text like '%other law%'"],
        "Release 1: the document at laws/b/one is missing",
    ),
    "a root of a law added": (
        ["insert into publication_lawroot (release_id, law, root) values (3, 'c', repeat('b', 64))"],
        "Release 3: the roots are not those of the laws that its entries change (c)",
    ),
    "a sealed part gone without a tombstone": (["delete from publication_sealed"], "Sealed part "),
    "a sealed part added": (
        ["insert into publication_sealed values (repeat('b', 64), repeat('0', 64), 'Somebody')"],
        "Sealed part bbbbbbbbbbbbbbbb belongs to no document",
    ),
    "a tombstone dropped": (
        ["delete from publication_tombstone where reason = 'court order'"], "The text of document ",
    ),
    "an erased part back again": (
        ["insert into publication_sealed select target, repeat('0', 64), 'Another' from publication_tombstone "
         "where reason = 'consent withdrawn'"],
        "should have been erased",
    ),
    "an erased text back again": (
        ["update publication_document set text = '{}' where text is null"], "should have been erased",
    ),
}  # fmt: skip


def test_rows_added_dropped_swapped_or_moved_are_found_and_named() -> None:
    three_releases()
    answers = {}
    for name, (statements, sentence) in TAMPERINGS.items():
        with tampered(*statements):
            found = broken_link()
        if not found or sentence not in found:
            answers[name] = found
    assert answers == {}
    assert broken_link() == ""


def test_a_chain_spliced_from_two_is_found_and_named() -> None:
    two_releases()
    keep()
    for model in RECORD:
        as_owner(f"delete from {model._meta.db_table}")
    two_releases()
    assert broken_link() == ""
    for table, number in (("release", "number"), ("lawroot", "release_id"), ("entry", "release_id")):
        as_owner(f"delete from publication_{table} where {number} = 2")
        as_owner(f"insert into publication_{table} select * from kept_publication_{table} where {number} = 2")
    as_owner("insert into publication_document select * from kept_publication_document")
    as_owner(
        "delete from publication_document d where not exists (select from publication_entry where document_id = d.hash)"
    )
    found = broken_link()
    restore()
    assert found == "Release 2: the entries of a do not give the root that was published."
    assert broken_link() == ""


def test_the_command_answers_in_one_sentence_and_with_an_exit_code() -> None:
    two_releases()
    out = StringIO()
    call_command("verify_releases", stdout=out)
    assert "Checking 2 releases and 6 documents" in out.getvalue()
    assert "The chain is whole." in out.getvalue()
    as_owner("update publication_release set root = repeat('a', 64) where number = 2")
    with pytest.raises(CommandError, match=r"^The roots of the laws do not give the root of release 2\.$") as refused:
        call_command("verify_releases", stdout=out)
    assert refused.value.returncode == 1


def test_one_release_recomputes_without_reading_the_others() -> None:
    three_releases()
    assert [broken_release(number) for number in (1, 2, 3)] == ["", "", ""]
    assert broken_release(4) == "Release 4 is missing."
    as_owner("update publication_document set text = '{}' where text like '%%of which nothing changes%%'")
    assert (broken_release(1) != "", broken_release(3)) == (True, "")
    assert Release.objects.count() == 3
