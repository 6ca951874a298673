"""Signing in: by handle, slower with every wrong guess, and never turned on the owner."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connections
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.conftest import ROLES
from tests.factories import saved, someone
from tracker.accounts import throttle
from tracker.accounts.models import User
from tracker.accounts.roles import ACTIONS
from tracker.accounts.roles import ROLES as LAW_ROLES
from tracker.accounts.services import members

pytestmark = pytest.mark.django_db(databases=ROLES)
PASSWORD = "correct horse battery"


@pytest.fixture
def anna() -> User:
    cache.clear()
    return members.create(handle="Anna", password=PASSWORD, by=someone(), reason="test")


def guess(client: Client, password: str, **headers: str) -> int:
    return client.post("/w/sign-in/", {"handle": "anna", "password": password}, headers=headers).status_code


def test_a_member_signs_in_by_handle_and_out_again(anna: User) -> None:
    client = Client()
    assert guess(client, PASSWORD) == 302
    assert client.get("/w/").status_code == 200
    answer = client.post("/w/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/w/").status_code == 302


def test_strangers_cannot_lock_the_owner_out(anna: User) -> None:
    owner = Client()
    assert guess(owner, PASSWORD) == 302
    owner.post("/w/sign-out/")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    answers = [guess(stranger, f"wrong {n}") for n in range(12)]
    assert set(answers) == {422}
    assert guess(stranger, PASSWORD) == 422  # the stranger waits, even with the right word
    assert guess(owner, PASSWORD) == 302


def test_who_waits_as_long_as_the_sentence_says_is_heard(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client, clock = Client(), [1000.0]
    monkeypatch.setattr("tracker.accounts.throttle.time", lambda: clock[0])
    waits = []
    for n in range(9):
        answer = client.post("/w/sign-in/", {"handle": "anna", "password": f"wrong {n}"})
        said = re.search(r"Wait (\d+) second", answer.content.decode())
        waits.append(int(said[1]) if said else 0)
        clock[0] += waits[-1]
    assert waits == [0, 0, 0, 0, 0, 1, 0, 2, 0]
    assert guess(client, PASSWORD) == 422
    clock[0] += 4
    assert guess(client, PASSWORD) == 302


@pytest.mark.django_db(transaction=True, databases=ROLES)
def test_guesses_at_the_same_moment_are_counted_one_by_one() -> None:
    request = RequestFactory().post("/w/sign-in/", REMOTE_ADDR="203.0.113.9")

    def one(_: int) -> int:
        try:
            return throttle.wait_before(request, "anna")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(one, range(24)))
    assert waits.count(0) == throttle.FREE_GUESSES


def test_wrong_word_and_unknown_handle_get_the_same_answer(anna: User) -> None:
    wrong = Client().post("/w/sign-in/", {"handle": "anna", "password": "wrong"})
    unknown = Client().post("/w/sign-in/", {"handle": "nobody", "password": "wrong"})
    assert wrong.content.count(b"is not right") == unknown.content.count(b"is not right") == 1


def test_demo_accounts_are_refused_outside_the_demo(settings: object) -> None:
    members.create(handle="demo", password=PASSWORD, by=someone(), reason="test", is_demo=True)
    settings.DEMO = False  # type: ignore[attr-defined]
    assert Client().post("/w/sign-in/", {"handle": "demo", "password": PASSWORD}).status_code == 422


def test_no_address_and_no_browser_reaches_a_table(anna: User) -> None:
    client = Client(REMOTE_ADDR="198.51.100.77", HTTP_USER_AGENT="Mozilla/5.0 CanaryBrowser/99.1 Firefox/140.0")
    guess(client, "wrong")
    guess(client, PASSWORD)
    client.get("/w/")
    with connections["default"].cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            if table == "django_migrations":
                continue
            cursor.execute(
                f'select count(*) from "{table}" t where t::text like %s or t::text like %s',
                ["%198.51.100.77%", "%CanaryBrowser%"],
            )
            assert cursor.fetchone() == (0,), table


def test_a_law_without_membership_does_not_exist(anna: User) -> None:
    from codes.models import Code

    law = saved(Code)
    client = Client()
    client.force_login(anna)
    known, unknown = client.get(f"/w/laws/{law.slug}/"), client.get("/w/laws/no-such-law/")
    assert known.status_code == unknown.status_code == 404
    assert _plain(known, law.slug) == _plain(unknown, "no-such-law")


def _plain(answer: HttpResponse, slug: str) -> str:
    """The page without what differs on every page: the address asked for and the form's token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode().replace(slug, ""))


def test_every_action_has_an_answer_for_every_role() -> None:
    assert all(set(answers) == set(LAW_ROLES) for answers in ACTIONS.values())


def test_the_workspace_is_neither_stored_nor_indexed(anna: User) -> None:
    client = Client()
    client.force_login(anna)
    answer = client.get("/w/")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
