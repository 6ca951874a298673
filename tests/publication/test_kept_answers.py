"""Kept answers: never older than the newest release, gone with an erasure, one per page whatever is asked beside it."""

from __future__ import annotations

import json
import os
import socket
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import ROLES
from tests.factories import someone
from tests.pages import data
from tracker.publication.models import Document
from tracker.publication.query import Asked
from tracker.publication.services import releases
from tracker.publication.services.erasure import erase
from tracker.publication.views.kept import ANSWERS, OVERHEAD, Answers, state_of_record

pytestmark = pytest.mark.django_db(databases=ROLES, transaction=True)
OVERVIEW = "/en/laws/sample-code/"
TODAY = date(2026, 11, 25)


def publish(title: str) -> None:
    found = data.documents()
    overview = json.loads(json.dumps(found["laws/sample-code/overview"]))
    overview["law"]["names"]["en"] = title
    catalogue = {path: found[path] for path in ("laws", "standards")}
    with transaction.atomic():
        releases.publish(
            documents={"sample-code": {"laws/sample-code/overview": overview}, "catalogue": catalogue}, by=someone()
        )


@pytest.fixture(autouse=True)
def record(emptied: None) -> None:
    publish("The first title")


def questions(client: Client, address: str, **headers: str) -> tuple[int, int]:
    """Status, and how often the database was asked."""
    with CaptureQueriesContext(connections["public"]) as asked:
        answer = client.get(address, headers=headers)
    return answer.status_code, len(asked)


def test_a_kept_answer_and_a_304_ask_for_no_document(client: Client) -> None:
    first = client.get(OVERVIEW)
    assert questions(client, OVERVIEW) == (200, 0)
    assert questions(client, OVERVIEW, **{"If-None-Match": first["ETag"]}) == (304, 0)
    again = client.get(OVERVIEW)
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))


def test_the_next_answer_after_a_release_is_of_that_release(client: Client) -> None:
    for number in range(5):
        publish(f"Title {number}")
        assert f"Title {number}" in client.get(OVERVIEW).content.decode()
        assert f"Title {number}" in client.get(OVERVIEW).content.decode()


def test_an_answer_made_while_a_release_was_committed_is_not_given_for_the_newer_state() -> None:
    before = state_of_record(TODAY)
    assert before is not None
    answers, page, request = Answers(), lambda: None, _request("")
    answers.get(before, page, request)
    publish("Another title")
    answers.put(before, page, request, HttpResponse("older"))
    after = state_of_record(TODAY)
    assert after is not None
    assert answers.get(after, page, request) is None
    answers.put(before, page, request, HttpResponse("older"))
    assert answers.get(after, page, request) is None


def test_what_was_erased_is_gone_with_the_next_request(client: Client) -> None:
    assert questions(client, OVERVIEW)[0] == questions(client, OVERVIEW)[0] == 200
    document = Document.objects.get(entries__path="laws/sample-code/overview")
    erase(target=document.hash, reason="court order")
    assert client.get(OVERVIEW).status_code == 410


def test_parameters_that_a_page_does_not_read_neither_reach_it_nor_fill_the_memory(client: Client) -> None:
    plain = client.get(OVERVIEW)
    for number in range(30):
        answer = client.get(f"{OVERVIEW}?utm_source=zz{number}&x={number}")
        assert answer.content == plain.content
        assert answer["ETag"] == plain["ETag"]
    assert len(ANSWERS.found) == 1


def test_parameters_that_a_page_reads_have_answers_of_their_own(client: Client) -> None:
    plain, other = client.get(OVERVIEW), client.get(f"{OVERVIEW}?base=law&utm_source=x")
    assert other.content != plain.content
    assert "utm_source" not in other.content.decode()
    assert client.get(f"{OVERVIEW}?base=law").content == other.content
    assert client.get(OVERVIEW).content == plain.content
    assert len(ANSWERS.found) == 2


def test_a_page_that_reads_the_whole_query_is_not_kept() -> None:
    state = state_of_record(TODAY)
    assert state is not None
    answers, page, request = Answers(), lambda: None, _request("a=1&b=2")
    answers.get(state, page, request)
    dict(request.GET.items())
    answers.put(state, page, request, HttpResponse("all"))
    assert not answers.found


def test_the_memory_is_bounded_and_the_least_used_goes_first() -> None:
    state = state_of_record(TODAY)
    assert state is not None
    answers, page = Answers(most=10 * (OVERHEAD + 1000)), lambda: None
    answers.get(state, page, _request(""))
    for number in range(100):
        request = _request(f"n={number}")
        request.GET.get("n")
        answers.put(state, page, request, HttpResponse(b"x" * 1000))
        assert answers.get(state, page, _request("n=0")) is not None
        assert answers.size <= answers.most
    assert len(answers.found) == 10
    answers.put(state, page, _request(""), HttpResponse(b"x" * 20 * (OVERHEAD + 1000)))
    assert len(answers.found) == 10


def test_what_a_layer_above_adds_to_an_answer_stays_out_of_the_kept_one() -> None:
    state = state_of_record(TODAY)
    assert state is not None
    answers, page, request = Answers(), lambda: None, _request("")
    answers.get(state, page, request)
    answers.put(state, page, request, HttpResponse("words"))
    first = answers.get(state, page, request)
    assert first is not None
    first["X-Added"] = "1"
    first.set_cookie("a", "b")
    second = answers.get(state, page, request)
    assert second is not None
    assert "X-Added" not in second
    assert not second.cookies


def test_a_connection_that_broke_is_opened_anew(client: Client) -> None:
    assert client.get(OVERVIEW).status_code == 200
    with socket.socket(fileno=os.dup(connections["public"].connection.pgconn.socket)) as wire:
        wire.shutdown(socket.SHUT_RDWR)
    assert client.get(OVERVIEW).status_code == 200


def _request(query: str) -> Any:
    request = RequestFactory().get(f"/en/?{query}")
    vars(request)["GET"] = Asked(query)
    return request


def test_an_answer_that_is_given_at_once_is_the_one_that_passed_every_layer(client: Client) -> None:
    """Body and headers of 200 and 304 alike, of pages, data and tables; a frozen state too."""
    day = f"{timezone.now().date()}"
    for address in ("/en/", OVERVIEW, f"{OVERVIEW}@{day}/", f"{OVERVIEW}matrix.csv", f"{OVERVIEW}overview.json"):
        ANSWERS.clear()
        first = client.get(address)
        assert first.status_code == 200
        slow = client.get(address, headers={"If-None-Match": f'"0", {first["ETag"]}'})
        assert ("http", "testserver", address) in ANSWERS.whole
        again, quick = client.get(address), client.get(address, headers={"If-None-Match": first["ETag"]})
        weak = client.get(address, headers={"If-None-Match": f"W/{first['ETag']}"})
        assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
        assert slow.status_code == quick.status_code == weak.status_code == 304
        assert dict(slow.headers) == dict(quick.headers) == dict(weak.headers)
        assert client.get(address, headers={"If-None-Match": '"0"'}).status_code == 200


def test_what_is_let_go_is_let_go_in_both_places(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(client.get(OVERVIEW).content) + OVERHEAD
    ANSWERS.clear()
    monkeypatch.setattr(ANSWERS, "most", 2 * size)
    for language in ("en", "ru", "kk", "en"):
        assert client.get(f"/{language}/laws/sample-code/").status_code == 200
        assert {name[1:] for name in ANSWERS.whole} <= {key[:2] for key in ANSWERS.found}
    assert ANSWERS.whole
