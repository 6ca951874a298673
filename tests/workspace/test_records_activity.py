"""The activity tells each member what they may know, in pages that cost the same however long the history is."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amendments.models import Comment
from amendments.services import history
from amendments.services.history import Reader, Wanted
from tests.conftest import ROLES
from tests.workspace import records_law
from tests.workspace.records_law import Law
from tracker.common.writing import record
from tracker.workspace.records.activity import safe

pytestmark = pytest.mark.django_db(databases=ROLES)
ADDRESS = "/w/activity/"


@pytest.fixture
def law(demo_folder: Path) -> Law:
    return records_law.build(demo_folder)


def comment(law: Law, text: str) -> None:
    with transaction.atomic():
        analyst = law.people["analyst"]
        record(Comment(annotation=law.note("Words."), text=text, written_by=analyst), by=analyst, reason="said")


def text_of(client: Client, **query: str) -> str:
    return " ".join(client.get(ADDRESS, query).content.decode().split())


def test_a_row_says_who_what_when_and_before_and_after(law: Law, client: Client) -> None:
    law.judge("unchanged")
    law.judge("stricter", reason="The maximum rose.")
    page = text_of(law.client_of(client, "reader"), kind="verdict")
    assert "Libel is a crime, First text" in page
    assert '<b class="handle">analyst</b>' in page
    assert "The maximum rose." in page
    assert "Made stricter" in page
    assert '<time datetime="' in page


def test_filters_by_person_law_kind_and_day_hold(law: Law, client: Client) -> None:
    law.judge("unchanged")
    law.note("A note to find.")
    law.client_of(client, "analyst")
    assert "A note to find." in text_of(client, kind="note")
    assert "A note to find." not in text_of(client, kind="verdict")
    assert "A note to find." in text_of(client, person="analyst", law="small-code")
    assert "A note to find." not in text_of(client, person="reviewer")
    today = timezone.localdate()
    assert "A note to find." in text_of(client, **{"from": today.isoformat(), "to": today.isoformat()})
    assert "A note to find." not in text_of(client, to=(today - timedelta(days=1)).isoformat())
    assert "Nothing matches." in text_of(client, **{"from": (today + timedelta(days=1)).isoformat()})


def test_an_unknown_filter_is_404_and_a_broken_day_is_no_filter(law: Law, client: Client) -> None:
    law.client_of(client, "analyst")
    for query in ({"law": "other-code"}, {"person": "neighbour"}, {"kind": "secret"}, {"older": "x"}):
        assert client.get(ADDRESS, query).status_code == 404
    assert client.get(ADDRESS, {"from": "yesterday"}).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [("reader", 200), ("analyst", 200), ("reviewer", 200), ("advocate", 200), ("neighbour", 200), ("outsider", 404),
     ("administrator", 200)],
)  # fmt: skip
def test_who_reads_the_activity(law: Law, client: Client, role: str, status: int) -> None:
    law.client_of(client, role)
    assert client.get(ADDRESS).status_code == status
    assert client.get(f"{ADDRESS}activity.csv").status_code == status


def test_threads_are_told_only_to_those_who_may_read_them(law: Law, client: Client) -> None:
    comment(law, "canary words of a thread")
    seen = {role: "canary words" in text_of(law.client_of(client, role)) for role in law.people if role != "outsider"}
    assert {role for role, sees in seen.items() if sees} == {"analyst", "reviewer"}
    for role in ("reader", "advocate", "administrator"):
        assert b"canary words" not in law.client_of(client, role).get(f"{ADDRESS}activity.csv").content


def test_another_law_and_the_administrator_learn_no_content(law: Law, client: Client) -> None:
    law.judge("unchanged")
    law.note("canary words of a note")
    for role in ("neighbour", "administrator"):
        page = text_of(law.client_of(client, role))
        assert "canary words" not in page
        assert "Libel" not in page
    page = text_of(client)  # of the administrator
    assert "Member, added" in page
    assert "Small code" in page  # who got which role in which law
    assert "Topic, added" not in page


def test_pages_follow_one_another_without_gap_or_repetition(law: Law) -> None:
    for number in range(12):
        law.note(f"Note {number}.")
    reader = Reader.of(law.people["analyst"])
    whole = history.activity(reader, Wanted(), limit=1000)
    seen: list[str] = []
    after = ""
    while True:
        page = history.activity(reader, Wanted(after=after), limit=7)
        if not page:
            break
        seen += [each.key for each in page]
        after = page[-1].key
    assert seen == [each.key for each in whole]
    assert len(seen) == len(set(seen)) > 36


def test_the_download_opens_in_a_spreadsheet_and_runs_nothing(law: Law, client: Client) -> None:
    law.note('=HYPERLINK("x") Клевета, "слова"')
    answer = law.client_of(client, "analyst").get(f"{ADDRESS}activity.csv", {"kind": "note"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert '\'=HYPERLINK("x") Клевета, "слова"' in {row["after"] for row in rows}
    assert datetime.fromisoformat(rows[0]["time_utc"]).tzinfo == UTC
    assert {row["person"] for row in rows} == {"analyst"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert safe(start + "1") == "'" + start + "1"
    assert safe("a" + start) == "a" + start


def test_ten_times_the_history_asks_no_more_questions(law: Law, client: Client) -> None:
    note = law.edit_note(law.note("Words."), "Other words.", topic=law.topics[1])
    law.judge("unchanged")
    law.client_of(client, "analyst")
    client.get(ADDRESS)
    asked = []
    for rounds in (1, 60):
        for number in range(rounds):
            note = law.edit_note(note, f"Words {rounds} {number}.")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ADDRESS).status_code == 200
        asked.append(len(queries))
    assert asked[1] <= asked[0]
