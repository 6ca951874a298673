"""Publishing: what differs becomes one release, whole or not at all; and what the database refuses to everybody."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.conftest import ROLES
from tests.factories import someone
from tests.publication.samples import BODIES, CHANGED, OTHER_LAW, RECORD, as_owner, publish, two_releases
from tracker.publication import chain
from tracker.publication.models import Document, Entry, KeyDocument, LawRoot, Release, Sealed, Signature
from tracker.publication.record import Record
from tracker.publication.services import releases
from tracker.publication.services.erasure import erase
from tracker.publication.services.verify import broken_link

pytestmark = [pytest.mark.django_db(transaction=True, databases=ROLES), pytest.mark.usefixtures("emptied")]


def many(count: int, text: str = "text") -> dict[str, Any]:
    return {f"laws/a/{n}": {"text": f"{text} {n}", "who": {"seal": f"Name {n}"}} for n in range(count)}


def test_publishing_the_same_again_adds_nothing() -> None:
    two_releases()
    assert publish(a=CHANGED, b=OTHER_LAW) is None
    assert (Release.objects.count(), Document.objects.count(), Sealed.objects.count()) == (2, 6, 2)


def test_one_name_sealed_twice_in_a_document_stays_as_it_is() -> None:
    body = {"z": {"seal": "A name"}, "a": [{"seal": "A name"}, {"seal": "Another"}]}
    publish(a={"laws/a/one": body})
    commitments = set(Sealed.objects.values_list("commitment", flat=True))
    assert len(commitments) == 3
    assert publish(a={"laws/a/one": body}) is None
    publish(a={"laws/a/one": {**body, "text": "new"}})
    assert set(Sealed.objects.values_list("commitment", flat=True)) == commitments


def test_one_changed_field_changes_one_document_the_root_of_its_law_and_the_root_of_the_release() -> None:
    publish(a=BODIES, b=OTHER_LAW)
    before = releases.shown_at("a", 1)
    publish(a={**BODIES, "laws/a/one": {**BODIES["laws/a/one"], "n": 2}}, b=OTHER_LAW)
    after = releases.shown_at("a", 2)
    assert {path for path in before if before[path] != after[path]} == {"laws/a/one"}
    first, second = releases.roots_at(1), releases.roots_at(2)
    assert first["a"] != second["a"]
    assert first["b"] == second["b"]
    assert list(LawRoot.objects.filter(release_id=2).values_list("law", flat=True)) == ["a"]
    assert Release.objects.get(number=1).root != Release.objects.get(number=2).root


def test_a_path_that_is_gone_may_come_back_under_a_new_salt() -> None:
    publish(a=BODIES)
    publish(a=CHANGED)
    publish(a=BODIES)
    assert [Record().get("laws/a/three"), Release.objects.count()] == [BODIES["laws/a/three"], 3]
    entries = Entry.objects.filter(path="laws/a/three").order_by("release_id")
    digests = list(entries.values_list("document_id", flat=True))
    assert [bool(digest) for digest in digests] == [True, False, True]
    assert digests[0] != digests[2]
    assert broken_link() == ""


def test_a_path_belongs_to_one_law() -> None:
    publish(a=BODIES)
    with pytest.raises(ValueError, match="laws/a/one belongs to a; b cannot publish it"):
        publish(b={"laws/a/one": {"text": "taken over"}})
    with pytest.raises(ValueError, match="laws/c is published by c and by d"):
        publish(c={"laws/c": {}}, d={"laws/c": {}})
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"share": 0.5}, r"laws/b/one: body\.share is a float"),
        ({"who": {"sealed": "a" * 64}}, "laws/b/one brings a sealed part of its own"),
    ],
)
def test_what_cannot_be_published_leaves_no_trace(body: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        publish(a=BODIES, b={"laws/b/one": body})
    assert [model._base_manager.count() for model in RECORD] == [0] * len(RECORD)


def test_a_release_that_is_undone_leaves_no_gap() -> None:
    publish(a=BODIES)
    with transaction.atomic():
        releases.publish(documents={"a": CHANGED}, by=someone())
        transaction.set_rollback(True)
    publish(b=OTHER_LAW)
    assert list(Release.objects.values_list("number", flat=True)) == [1, 2]
    assert broken_link() == ""


def test_releases_made_at_the_same_moment_have_numbers_without_gaps_and_times_that_rise() -> None:
    failed: list[Exception] = []

    def work(law: str) -> None:
        try:
            for turn in range(3):
                with transaction.atomic():
                    documents = {law: {f"laws/{law}/one": {"turn": turn}}}
                    releases.publish(documents=documents, by=None)
        except Exception as error:  # a thread's error would otherwise be lost
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[law]) for law in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    rows = list(Release.objects.order_by("number").values_list("number", "time"))
    assert [number for number, _ in rows] == list(range(1, 13))
    assert [time for _, time in rows] == sorted({time for _, time in rows})
    assert broken_link() == ""


def test_times_rise_even_when_the_clock_was_set_back() -> None:
    publish(a=BODIES)
    as_owner("update publication_release set time = time + interval '1 day'")
    publish(a=CHANGED)
    first, second = Release.objects.order_by("number")
    assert (second.time - first.time).total_seconds() == 0.001


def test_what_does_not_recompute_after_the_commit_is_reported_aloud() -> None:
    publish(a=BODIES)

    def publish_on_a_failing_disk() -> None:
        with transaction.atomic():
            transaction.on_commit(
                lambda: as_owner("update publication_document set text = '{}' where text like '%%changed%%'")
            )
            releases.publish(documents={"a": CHANGED}, by=someone())

    with pytest.raises(releases.RecordBroken, match="does not have the content that its hash names"):
        publish_on_a_failing_disk()


def test_publishing_and_reading_ask_the_same_number_of_questions_for_few_and_for_many_documents() -> None:
    asked = []
    for count, text in ((5, "few"), (400, "many"), (400, "changed")):
        with CaptureQueriesContext(connection) as queries:
            publish(a=many(count, text))
        asked.append(len(queries))
    assert asked[2] - asked[1] <= 2
    assert max(asked) <= 40
    for count in (1, 300):
        with CaptureQueriesContext(connections["public"]) as queries:
            assert len(Record().get_many(many(count))) == count
        assert len(queries) == 4


def test_a_frozen_state_is_the_last_release_of_its_day() -> None:
    two_releases()
    today = Release.objects.get(number=2).time.date()
    assert Record(today).get("laws/a/two") == {"text": "changed"}
    assert Record(today.replace(year=today.year - 1)).release is None


def test_the_tag_of_a_page_depends_on_what_was_read_alone() -> None:
    def tag(path: str) -> str:
        record = Record()
        record.get(path)
        return record.tag

    publish(a=BODIES, b=OTHER_LAW)
    other, changed = tag("laws/b/one"), tag("laws/a/two")
    publish(a=CHANGED)
    assert tag("laws/b/one") == other
    assert tag("laws/a/two") != changed


@pytest.mark.parametrize("alias", ROLES)
def test_update_delete_and_truncate_are_refused_to_every_role(alias: str) -> None:
    two_releases()
    erase(target=Sealed.objects.filter(part="Another").get().commitment, reason="court order")
    Signature.objects.create(release_id=1, key="a" * 64, kind="witness", signature=b"a signature")
    KeyDocument.objects.create(hash="b" * 64, text="{}")
    for model in RECORD:
        assert model._base_manager.exists()
        table, column = model._meta.db_table, model._meta.concrete_fields[-1].column
        for statement in (
            f"update {table} set {column} = {column}",
            f"delete from {table}",
            f"truncate {table} cascade",
        ):
            assert is_refused(alias, statement), statement


def is_refused(alias: str, statement: str) -> bool:
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            if alias == "owner":  # the tests' own connection works without triggers; a real owner does not
                cursor.execute("set local session_replication_role = origin")
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "statement",
    [
        "insert into publication_entry (release_id, law, path, document_id) select 1, 'a', 'laws/a/late', min(hash)"
        " from publication_document",
        "insert into publication_entry (release_id, law, path, document_id) select 2, 'a', 'laws/a/late', min(hash)"
        " from publication_document",
        "insert into publication_lawroot (release_id, law, root) values (1, 'c', repeat('0', 64))",
        "insert into publication_release select 4, time, root, previous, key_document, tombstones, repeat('0', 64),"
        " txid from publication_release where number = 1",
        "insert into publication_tombstone (target, reason, time, after, hash)"
        " values ('x', 'court order', now(), 1, 'x')",
    ],
)
def test_a_release_is_closed_once_its_transaction_ended(statement: str) -> None:
    two_releases()
    with (
        pytest.raises(DatabaseError, match=r"is refused: (release|the newest|it must)"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert broken_link() == ""


@pytest.mark.parametrize("alias", ["public", "intake"])
def test_a_reader_cannot_add_to_the_record(alias: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(using=alias):
        Document.objects.using(alias).create(hash=chain.document_hash("{}"), text="{}")


def test_what_earlier_releases_said_of_themselves_is_carried_on() -> None:
    law = {"slug": "a", "names": {"en": "A"}}
    texts = [{"slug": "v1", "date": "2014-01-01", "obtained": True, "label": {"en": "First"}}]
    first = {"laws/a/overview": {"kind": "overview", "law": law, "texts": texts, "rows": []}}
    more = [*texts, {"slug": "v2", "date": "2014-05-01", "obtained": True, "label": {"en": "Second"}}]
    publish(a=first)
    publish(a={"laws/a/overview": {**first["laws/a/overview"], "texts": more}})
    assert [path for path in releases.shown_at("a", 2) if "/changes/" in path] == [
        "laws/a/changes/000001", "laws/a/changes/000002"
    ]  # fmt: skip
    newest, oldest = Record().newest("laws/a/changes/", 5)
    assert [item["version"] for item in newest["items"]] == ["v2"]
    assert [item["version"] for item in oldest["items"]] == ["v1"]
    assert broken_link() == ""
