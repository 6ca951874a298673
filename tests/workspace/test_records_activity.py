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

from amendments.models import Addressee, Comment, Engagement, Organisation, Signatory, Statement, StatementConcern
from amendments.services import concerns, history
from amendments.services.history import Reader, Wanted
from codes.models import Import, ImportState
from tests.conftest import ROLES
from tests.workspace import records_law
from tests.workspace.records_law import Law
from tracker.common.spreadsheets import tame
from tracker.common.writing import record

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
    assert tame(start + "1") == "'" + start + "1"
    assert tame("a" + start) == "a" + start


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


def test_the_past_of_what_nobody_follows_any_more_is_told_under_its_name(law: Law, client: Client) -> None:
    analyst = law.people["analyst"]
    reader = Reader.of(analyst)
    before = {each.key for each in history.activity(reader, Wanted(), limit=1000)}
    assert any(each.table.kind == "concern" for each in history.activity(reader, Wanted(), limit=1000))
    concerns.unfollow(law.provision, by=analyst, why="a mistake")
    after = history.activity(reader, Wanted(), limit=1000)
    assert before <= {each.key for each in after}
    page = text_of(law.client_of(client, "analyst"), law="small-code", kind="concern")
    assert "Libel is a crime" in page
    assert "#" not in page.partition("<main")[2].partition("</main>")[0].replace("&#", "").replace('href="#', "")
    assert history.activity(Reader.of(law.people["neighbour"]), Wanted(kind="concern"), limit=1000) == []


def statement(law: Law) -> None:
    by, given = law.people["reviewer"], {"source": law.source, "verified": True}
    with transaction.atomic():
        us = record(Organisation(slug="us", names={"en": "Canary union"}, kind="ngo", **given), by=by, reason="t")
        said = record(
            Statement(slug="s", law=law.law, kind="letter", title="Canary letter", **given), by=by, reason="t"
        )
        record(Signatory(statement=said, organisation=us, consent="asked", order=0), by=by, reason="asked")
        record(Addressee(statement=said, organisation=us, order=0), by=by, reason="addressed")
        record(StatementConcern(statement=said, concern=law.concern), by=by, reason="raised")
        record(Engagement(slug="e", law=law.law, addressee=us, via="letter", answer="Canary answer", **given), by=by,
               reason="asked")  # fmt: skip


def test_statements_and_requests_are_told_to_reviewers_and_advocates_only(law: Law, client: Client) -> None:
    statement(law)
    for role in law.people:
        if role == "outsider":
            continue
        page = text_of(law.client_of(client, role))
        sees = role in {"reviewer", "advocate"}
        assert ("Canary letter" in page, "Canary union" in page, "Canary answer" in page) == (sees,) * 3, role
        offered = role in {"reviewer", "advocate", "neighbour"}  # who is a reviewer of another law
        assert ('value="statement"' in page) == offered, role
    page = text_of(law.client_of(client, "advocate"), kind="statement")
    assert "Libel is a crime" in page  # what it raises
    assert "Canary answer" not in page
    assert "Canary answer" in text_of(client, kind="engagement")


def test_an_import_is_told_when_it_begins_and_how_it_ends(law: Law, client: Client) -> None:
    analyst = law.people["analyst"]
    run = Import(law=law.law, parameters={"label": {"en": "Second reading"}}, started_by=analyst)
    with transaction.atomic():
        record(run, by=analyst, reason="begun")
        for state in (ImportState.ASKING, ImportState.CANCELLED):
            run.state = state
            record(run, by=analyst, reason=f"now {state}")
    reader = Reader.of(law.people["reader"])
    told = history.activity(reader, Wanted(kind="import"))
    assert [each.changes() for each in told] == [[("state", "asking", "cancelled")], [("state", None, "reading")]]
    assert "Second reading" in text_of(law.client_of(client, "reader"), kind="import")
    assert history.activity(Reader.of(law.people["neighbour"]), Wanted(kind="import")) == []
