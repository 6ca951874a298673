"""What a stranger may ask: seldom enough, without leaving a row, and without learning who is known here by the time."""

from __future__ import annotations

import json
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from codes.services import invitations, people
from tests.conftest import ROLES
from tests.workspace.team import PASSWORD, Team, person, team
from tracker.accounts import throttle
from tracker.accounts.models import DayKey, MemberSession
from tracker.accounts.services import members
from tracker.accounts.views import PASSKEYS_ASKED
from tracker.middleware import MemberAddressMiddleware

OPTIONS = "/w/sign-in/passkey/options/"
ROUNDS = 15


@pytest.mark.django_db(databases=ROLES)
def test_asking_for_a_passkey_leaves_no_session_and_is_limited_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    clock = [1_800_000_000.0]
    monkeypatch.setattr("tracker.accounts.throttle.time", lambda: clock[0])
    client = Client(REMOTE_ADDR="203.0.113.9")
    answers = [client.post(OPTIONS) for _ in range(PASSKEYS_ASKED + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert len({json.loads(answer.content)["challenge"] for answer in answers[:-1]}) == PASSKEYS_ASKED
    refused = answers[-1]
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "Too many tries." in json.loads(refused.content)["error"]
    assert not MemberSession.objects.exists()
    assert Client(REMOTE_ADDR="203.0.113.10").post(OPTIONS).status_code == 200
    clock[0] += int(refused["Retry-After"])
    assert client.post(OPTIONS).status_code == 200


@pytest.mark.django_db(databases=ROLES)
def test_the_cookie_of_a_challenge_is_signed_short_and_of_no_use_elsewhere() -> None:
    client = Client()
    client.post(OPTIONS)
    cookie = client.cookies["passkey-challenge"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/w/sign-in/")
    assert int(cookie["max-age"]) <= 300
    client.cookies["passkey-challenge"] = cookie.value[:-2] + "xx"
    assert client.post("/w/sign-in/passkey/", {"credential": "{}"}).status_code == 422


def timed(act: Callable[[], Any]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def close(one: Callable[[], Any], other: Callable[[], Any]) -> bool:
    """Whether the medians of many tries, taken in turns, differ by less than a third and 10 ms."""
    one(), other()
    pairs = [(timed(one), timed(other)) for _ in range(ROUNDS)]
    first, second = (median(times) for times in zip(*pairs, strict=True))
    return abs(first - second) < max(first, second) / 3 + 0.010


@pytest.fixture
def them(monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setattr(throttle, "FREE_GUESSES", 10_000)  # every guess is heard: what is timed is the answer
    cache.clear()
    return team()


def guess(handle: str) -> Any:
    return Client().post("/w/sign-in/", {"handle": handle, "password": "wrong horse battery"})


@pytest.mark.django_db(databases=ROLES)
@pytest.mark.parametrize("known", ["the-reader", "frozen", "system"])
def test_sign_in_takes_the_same_time_for_known_and_unknown_handles(them: Team, known: str) -> None:
    frozen = person("frozen")
    members.set_active(user=frozen, active=False, by=them["administrator"], reason="test")
    assert guess(known).status_code == guess("nobody-here").status_code == 422
    assert close(lambda: guess(known), lambda: guess("nobody-here"))


@pytest.mark.django_db(databases=ROLES)
def test_a_right_password_of_a_frozen_account_takes_the_time_of_a_wrong_one(them: Team) -> None:
    frozen = person("frozen")
    members.set_active(user=frozen, active=False, by=them["administrator"], reason="test")
    right = {"handle": "frozen", "password": PASSWORD}
    assert close(lambda: Client().post("/w/sign-in/", right), lambda: guess("nobody-here"))


@pytest.mark.django_db(databases=ROLES)
@pytest.mark.parametrize("kind", ["join", "reset"])
def test_a_link_that_was_taken_back_answers_like_one_that_never_was(them: Team, kind: str) -> None:
    by = them["administrator"]
    if kind == "join":
        invitation, token = invitations.invite(law=them.law, role="reader", by=by, reason="test")
        invitations.take_back(invitation=invitation, by=by, reason="test")
    else:
        token = people.make_reset(user=them["reader"], by=by, reason="test")
        people.make_reset(user=them["reader"], by=by, reason="a newer one closes it")

    def ask(method: str, token: str) -> Any:
        form = {"handle": "the-reader", "password": PASSWORD}
        return getattr(Client(), method)(f"/w/{kind}/{token}/", *([form] if method == "post" else []))

    for method in ("get", "post"):
        closed, unknown = ask(method, token), ask(method, "x" * len(token))
        assert closed.status_code == unknown.status_code == 404
        assert closed.content == unknown.content
        assert close(lambda method=method: ask(method, token), lambda method=method: ask(method, "x" * len(token)))


@pytest.mark.django_db(transaction=True, databases=ROLES)
@pytest.mark.usefixtures("emptied")
def test_without_its_database_no_process_keeps_a_pseudonym_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (MemberAddressMiddleware(lambda _request: None) for _ in range(2))  # type: ignore[arg-type,return-value]
    connection.close()
    with monkeypatch.context() as away:
        away.setitem(connection.settings_dict, "HOST", "/no/such/socket")
        away.setitem(connection.settings_dict, "PORT", "1")
        while_away = [one.pseudonym("203.0.113.9") for _ in range(2)]
    connection.close()
    assert all(each.startswith("fd") for each in while_away)  # never the address itself
    assert while_away[0] != while_away[1]
    shared = {each.pseudonym("203.0.113.9") for each in (one, other)}
    assert len(shared) == 1
    assert DayKey.objects.count() == 1


@pytest.mark.django_db(databases=ROLES)
def test_a_missing_day_key_is_made_once_and_older_ones_go() -> None:
    today = MemberAddressMiddleware(lambda _request: None)  # type: ignore[arg-type,return-value]
    first = today.pseudonym("203.0.113.9")
    row = DayKey.objects.get()
    assert MemberAddressMiddleware(lambda _request: None).pseudonym("203.0.113.9") == first  # type: ignore[arg-type,return-value]
    row.delete()
    assert today.pseudonym("203.0.113.9") == first  # a running process keeps the day's key
    DayKey.objects.create(day="2020-01-01", key=b"old")
    MemberAddressMiddleware(lambda _request: None).pseudonym("203.0.113.9")  # type: ignore[arg-type,return-value]
    assert [each.day.year > 2020 for each in DayKey.objects.all()] == [True]
