"""The page of one cell: what is on it, what it keeps when something is refused, and what it never writes."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amendments.models import Concern, Verdict
from codes.models import Version
from tests.conftest import ROLES
from tests.factories import someone
from tests.workspace.review_site import (
    CELL,
    DISCORD,
    LAW,
    TOGETHER,
    chosen,
    client,
    in_review,
    sent,
    text,
)
from tests.workspace.test_review_rules import draft, need
from tracker.accounts.services import members

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]


def test_a_cell_shows_facts_suggestions_and_history_and_chooses_nothing() -> None:
    page = text(client().get(f"{LAW}verdicts/extremist-publication/l2022-01/"))
    assert "The text is identical." in page
    assert "suggested: text identical" in page
    checked = re.findall(r'name="(\w+)-value" value="\w+" checked', page)
    assert set(checked) == set(
        Verdict.objects.filter(concern__slug="extremist-publication", version__slug="l2022-01").values_list(
            "base", flat=True
        )
    )
    assert "loaded from sourced facts" in page
    assert "checked" not in text(client().get(f"{LAW}verdicts/judge-libel/l2020-07/")).partition("<form")[2]


def test_a_penalty_table_stands_beside_the_form() -> None:
    page = text(client().get(DISCORD))
    assert "5 to 10 years" in page
    assert "The words we object to stand in it: “социальной”, “сословной”." in page


def test_case_47_the_first_text_offers_no_previous_draft() -> None:
    page = text(client().get(f"{LAW}verdicts/inciting-discord/l2015-11/"))
    assert 'name="current_law-value"' in page
    assert 'name="previous-value"' not in page


@pytest.mark.parametrize("handle", ["reader", "advocate"])
def test_who_may_not_judge_reads_the_facts_and_who_can(handle: str) -> None:
    page = client(handle).get(CELL)
    assert page.status_code == 200
    assert "Only analysts and reviewers of this law can write here." in text(page)
    assert 'name="recommendation-value"' not in text(page)
    assert client(handle).post(CELL, sent(**chosen("recommendation", "unchanged"))).status_code == 403


@pytest.mark.parametrize("address", [CELL, f"{LAW}reconfirm/l2022-01/", TOGETHER, "/w/review/verdict-1/"])
def test_what_a_stranger_may_not_know_of_is_not_found(address: str) -> None:
    stranger = members.create(handle="outsider", password="correct horse battery", by=someone(), reason="test")
    found = Client()
    found.force_login(stranger)
    real = Verdict.objects.order_by("pk").first()
    assert real is not None
    assert found.get(address.replace("verdict-1", f"verdict-{real.pk}")).status_code == 404


@pytest.mark.parametrize(
    "address",
    [f"{LAW}verdicts/none/l2025-09/", f"{LAW}verdicts/libel/none/", f"{LAW}reconfirm/none/", "/w/review/verdict-0/",
     "/w/review/note-999999/", "/w/review/1/", f"{LAW}verdicts/libel/v1997/"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(address: str) -> None:
    assert client().get(address).status_code == 404


def test_getting_the_pages_writes_nothing() -> None:
    row, asked = in_review(), need(identical=True)
    for address in ("/w/", CELL, f"/w/review/verdict-{row.pk}/", f"{LAW}reconfirm/{asked.version.slug}/", TOGETHER):
        reader = client("reviewer")
        with CaptureQueriesContext(connections["default"]) as queries:
            assert reader.get(address).status_code == 200, address
        wrote = [q["sql"] for q in queries if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])]
        assert [sql for sql in wrote if not re.search("accounts_membersession|accounts_daykey", sql)] == []


def test_a_contradiction_asks_for_the_reason_on_the_same_form_and_keeps_what_was_typed() -> None:
    fields = sent(
        **chosen("recommendation", "fixed", "", revision_of("inciting-discord", "recommendation")),
        **chosen("previous", "unchanged", "my careful words", revision_of("inciting-discord", "previous")),
    )
    answer = client().post(DISCORD, fields)
    page = text(answer)
    assert answer.status_code == 422
    assert "The words we object to are still in the text." in page
    assert "Write the reason that readers will see." in page
    assert "my careful words" in page
    assert re.search(r'name="recommendation-value" value="fixed" checked', page)
    assert not Verdict.objects.filter(status="draft").exists()
    fields |= {"recommendation-reason": "Only the heading still has the word.", "request_id": str(uuid4())}
    assert client().post(DISCORD, fields).status_code == 302
    row = Verdict.objects.get(concern__slug="inciting-discord", status="draft", base="recommendation")
    assert "quoted_words_stand" in row.contradicts


def test_choosing_nothing_is_said_beside_the_field() -> None:
    answer = client().post(CELL, sent(**chosen("recommendation", "")))
    assert answer.status_code == 422
    assert "Choose a verdict against our recommendation, or choose Not assessed." in text(answer)
    reason_only = client().post(CELL, sent(**chosen("current_law", "", "some words")))
    assert "Choose a verdict against current law, or choose Not assessed." in text(reason_only)
    assert "some words" in text(reason_only)


def test_sending_the_form_twice_is_sending_it_once() -> None:
    fields, analyst = sent(**chosen("recommendation", "unchanged", "still there")), client()
    assert [analyst.post(CELL, fields).status_code for _ in range(2)] == [302, 302]
    row = Verdict.objects.get(concern__slug="calls-power", version__slug="l2025-09", base="recommendation")
    assert (row.status, row.revision) == ("draft", 1)


def test_save_and_send_puts_it_before_the_reviewers() -> None:
    client().post(CELL, sent(**chosen("recommendation", "unchanged", "still there"), then="send"))
    inbox = text(client("reviewer").get("/w/"))
    assert "Calls to seize power" in inbox
    assert re.search(r"Not assessed.*→.*Unchanged", inbox, re.DOTALL)
    assert "Nothing waits for you." in text(client("analyst").get("/w/?tab=review"))


def test_two_people_at_once_see_both_texts_and_nothing_is_lost() -> None:
    draft(reason="saved by the other one")
    answer = client("reviewer").post(CELL, sent(**chosen("recommendation", "stricter", "typed meanwhile")))
    page = text(answer)
    assert answer.status_code == 409
    assert "Someone saved this verdict while you were writing." in page
    assert "saved by the other one" in page
    assert "typed meanwhile" in page
    revision = re.search(r'name="recommendation-revision" value="(\d+)"', page)
    assert revision is not None
    again = sent(**chosen("recommendation", "stricter", "typed meanwhile", int(revision[1])))
    assert client("reviewer").post(CELL, again).status_code == 302
    assert Verdict.objects.get(concern__slug="calls-power", status="draft").reason == "typed meanwhile"


def test_what_is_in_review_is_left_alone_by_the_form() -> None:
    row = in_review()
    page = text(client().get(CELL))
    assert f"review/verdict-{row.pk}/" in page
    assert 'name="recommendation-value"' not in page


def test_a_cell_of_the_members_matrix_leads_to_its_verdicts() -> None:
    overview = text(client().get(LAW))
    assert 'href="verdicts/libel/l2025-09/"' in overview
    assert "verdicts/" not in text(Client().get("/en/laws/kz-criminal-code-2014/"))


def revision_of(concern: str, base: str, version: str = "l2025-09") -> int:
    rows = Verdict.objects.filter(concern__slug=concern, version__slug=version, base=base)
    return rows.get().revision if rows else 0


def test_every_address_of_a_concern_is_known_to_the_links() -> None:
    concern, version = Concern.objects.get(slug="libel"), Version.objects.get(slug="l2025-09")
    assert client().get(f"{LAW}verdicts/{concern.slug}/{version.slug}/").status_code == 200
