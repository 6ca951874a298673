"""A release made of parts shows what a whole collection would, and costs what changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amendments.models import Concern, Topic
from amendments.services import review, threads, verdicts
from codes.models import Code
from tests.conftest import ROLES
from tests.workspace.test_review_rules import draft, member, published, written_note
from tracker.common.writing import record
from tracker.publication.collectors.whole import collect_catalogue, collect_law
from tracker.publication.models import Document, Entry, Release, Unreleased
from tracker.publication.services.publishing import publish_changes, publish_laws
from tracker.publication.watched import COMPARED, WATCHED

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]

SLUG = "kz-criminal-code-2014"
LINEAGE = '"amendments_correspondence"'  # read for a whole collection, and for nothing less


def law() -> Code:
    return Code.objects.select_related("jurisdiction", "replaces").get(slug=SLUG)


def changed_paths(release: Release) -> set[str]:
    return set(Entry.objects.filter(release=release).values_list("path", flat=True))


def in_parts() -> Release | None:
    """The release, made without anything that a whole collection must read."""
    with CaptureQueriesContext(connection) as queries:
        release = publish_changes(law(), by=member("reviewer"))
    assert not any(LINEAGE in query["sql"] for query in queries)
    return release


def several_verdicts() -> None:
    for concern, base, value in (
        ("calls-power", "recommendation", "unchanged"),
        ("inciting-discord", "current_law", "stricter"),
        ("libel", "recommendation", "partly_fixed"),
    ):
        published(draft(concern, base=base, value=value, reason="read again"))


def withdrawn_verdict() -> None:
    row = published(draft(base="current_law", value="stricter", reason="heavier"))
    assert in_parts() is not None
    review.withdraw(row, by=member("reviewer"), why="judged from another edition", revision=row.revision)


def replaced_verdict() -> None:
    row = published(draft())
    assert in_parts() is not None
    again = verdicts.edit(row, by=member("analyst"), revision=row.revision, value="stricter", reason="platforms added")
    published(review.submit(again, by=member("analyst"), revision=again.revision))


def one_note() -> None:
    row = written_note()
    review.publish(row, by=member("reviewer"), revision=row.revision, seen=review.fingerprint(row))


def withdrawn_note() -> None:
    row = written_note()
    review.publish(row, by=member("reviewer"), revision=row.revision, seen=review.fingerprint(row))
    assert in_parts() is not None
    row.refresh_from_db()
    review.withdraw(row, by=member("reviewer"), why="said twice", revision=row.revision)


def note_and_verdict() -> None:
    several_verdicts()
    one_note()


@pytest.mark.parametrize(
    "write", [several_verdicts, replaced_verdict, withdrawn_verdict, one_note, withdrawn_note, note_and_verdict]
)
def test_after_a_release_of_parts_a_whole_collection_finds_nothing_that_differs(write: Callable[[], None]) -> None:
    write()
    release = in_parts()
    assert release is not None
    left = publish_laws([law()], by=member("reviewer"))
    assert left is None, changed_paths(left)


def test_one_verdict_writes_no_document_that_does_not_show_it() -> None:
    published(draft("inciting-discord", base="current_law", value="stricter", reason="heavier"))
    release = in_parts()
    assert release is not None
    paths = changed_paths(release)
    documents = Document.objects.filter(entries__release=release)
    assert paths
    assert all("heavier" in str(each.text) or '"stricter"' in str(each.text) for each in documents)
    numbers = {path.rsplit("/", 1)[1] for path in paths if "/v/" in path}
    assert len(numbers) == 1
    assert len(paths) < 20


def test_nothing_new_makes_no_release() -> None:
    assert in_parts() is None


def test_the_number_of_questions_does_not_grow_with_what_changed() -> None:
    for concern in ("calls-power", "inciting-discord", "libel"):
        published(draft(concern, base="current_law", value="stricter", reason="heavier"))
    in_parts()
    published(draft("calls-power", reason="as it was"))
    with CaptureQueriesContext(connection) as one:
        assert publish_changes(law(), by=member("reviewer")) is not None
    published(draft("inciting-discord", reason="as it was"))
    published(draft("libel", reason="as it was"))
    with CaptureQueriesContext(connection) as two:
        assert publish_changes(law(), by=member("reviewer")) is not None
    assert len(two) == len(one)


def test_what_else_is_written_makes_the_next_release_whole_and_its_words_are_in_it() -> None:
    topic = Topic.objects.order_by("order").first()
    assert topic is not None
    topic.gist = "Said in other words."
    record(topic, by=member("administrator"), reason="test")
    assert set(Unreleased.objects.values_list("law", flat=True)) == set(Code.objects.values_list("slug", flat=True))
    published(draft())
    release = publish_changes(law(), by=member("reviewer"))
    assert release is not None
    assert f"laws/{SLUG}/overview" in changed_paths(release)
    assert not Unreleased.objects.filter(law=SLUG).exists()
    assert publish_laws([law()], by=member("reviewer")) is None


def test_daily_work_on_verdicts_notes_and_threads_marks_no_law() -> None:
    several_verdicts()
    note = written_note(status="draft")
    threads.say(note, text="Look at part 2.", by=member("analyst"))
    assert not Unreleased.objects.exists()


def test_every_table_that_documents_are_made_of_is_watched_or_compared() -> None:
    with CaptureQueriesContext(connection) as queries:
        collect_law(law())
        collect_catalogue()
    read = {name for query in queries for name in re.findall(r'(?:from|join) "(\w+)"', query["sql"], re.IGNORECASE)}
    assert read == {model._meta.db_table for model in (*WATCHED, *COMPARED)}


def test_no_write_of_a_watched_table_goes_unnoticed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select distinct event_object_table, event_manipulation from information_schema.triggers"
                       " where trigger_name = 'note_unreleased'")  # fmt: skip
        found: dict[str, set[str]] = {}
        for table, event in cursor.fetchall():
            found.setdefault(table, set()).add(event.lower())
    expected: dict[str, Any] = {model._meta.db_table: set(writes.split(" or ")) for model, writes in WATCHED.items()}
    assert found == expected


def test_a_concern_put_right_is_noticed() -> None:
    concern = Concern.objects.filter(provision__law__slug=SLUG).first()
    assert concern is not None
    concern.verified = not concern.verified
    record(concern, by=member("administrator"), reason="test")
    assert Unreleased.objects.filter(law=SLUG).exists()


PLANS = ("enable_seqscan", "enable_indexscan, enable_bitmapscan", "enable_hashjoin, enable_hashagg", "enable_sort")


@pytest.mark.parametrize("avoided", PLANS)
def test_no_document_depends_on_how_the_database_looks_its_rows_up(avoided: str) -> None:
    usual = [collect_law(law()), collect_catalogue()]
    with connection.cursor() as cursor:
        for setting in avoided.split(", "):
            cursor.execute(f"set local {setting} = off")
    other = [collect_law(law()), collect_catalogue()]
    assert [path for one, two in zip(usual, other, strict=True) for path in one if one[path] != two[path]] == []
