"""Second factors: codes work once, nothing in a dump opens an account, reviewers and administrators need one."""

from __future__ import annotations

import re
from typing import Any

import pyotp
import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client

from tests.conftest import ROLES
from tests.workspace.team import PASSWORD, join, person, small_law
from tracker.accounts import throttle
from tracker.accounts.models import Authenticator, RecoveryCode, User
from tracker.accounts.services import factors
from tracker.common import fieldkeys

pytestmark = pytest.mark.django_db(databases=ROLES)
NOW = 1_800_000_000
HERE = "/w/settings/account/factors/"


class Clock:
    """A clock that the test sets; it also knows the code of the moment."""

    def __init__(self) -> None:
        self.now = float(NOW)

    def code(self, seed: str) -> str:
        return pyotp.TOTP(seed).at(int(self.now))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr("tracker.accounts.services.factors.time", lambda: found.now)
    monkeypatch.setattr("tracker.accounts.throttle.time", lambda: found.now)
    cache.clear()
    return found


@pytest.fixture
def anna() -> User:
    return person("anna")


def with_app(user: User, clock: Clock) -> tuple[str, list[str]]:
    seed = factors.new_seed()
    codes = factors.add_app(user=user, seed=seed, code=clock.code(seed), keep=None)
    assert codes is not None
    clock.now += 60
    return seed, codes


def half_way(client: Client | None = None) -> Client:
    client = client or Client()
    answer = client.post("/w/sign-in/", {"handle": "anna", "password": PASSWORD, "next": "/w/laws/"})
    assert answer["Location"] == "/w/sign-in/code/"
    return client


def give(client: Client, code: str) -> Any:
    return client.post("/w/sign-in/code/", {"code": code})


def test_a_member_sets_up_an_app_from_the_picture_or_the_letters(anna: User, clock: Clock) -> None:
    client = Client()
    client.force_login(anna)
    page = client.get(f"{HERE}app/")
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    assert "data:" not in client.get(HERE)["Content-Security-Policy"]
    assert 'src="data:image/png;base64,' in page.content.decode()
    letters = re.search(r'class="key-letters">([A-Z2-7 ]+)<', page.content.decode())
    assert letters is not None
    seed = letters[1].replace(" ", "")
    wrong = client.post(f"{HERE}app/", {"code": "000000", "current": PASSWORD})
    assert wrong.status_code == 422
    assert letters[1] in wrong.content.decode()  # the same key again: the app has it already
    done = client.post(f"{HERE}app/", {"code": clock.code(seed), "current": PASSWORD}).content.decode()
    assert len(re.findall(r"<code>[a-z2-9-]{19}</code>", done)) == 10
    assert factors.of(anna).app is not None


@pytest.mark.parametrize("page", ["app/", "app/remove/", "recovery-codes/"])
def test_every_change_asks_for_the_password(anna: User, clock: Clock, page: str) -> None:
    seed, _ = with_app(anna, clock)
    client = Client()
    client.force_login(anna)
    answer = client.post(f"{HERE}{page}", {"code": clock.code(seed), "current": "wrong"})
    assert answer.status_code == 422
    assert b"This is not your password" in answer.content
    assert factors.of(anna).recovery_codes == 10


def test_with_a_factor_the_password_alone_opens_nothing(anna: User, clock: Clock) -> None:
    seed, _ = with_app(anna, clock)
    client = half_way()
    assert client.get("/w/").status_code == 302
    assert give(client, clock.code(seed))["Location"] == "/w/laws/"
    assert client.get("/w/").status_code == 200


def test_a_code_works_once_and_so_do_those_before_it(anna: User, clock: Clock) -> None:
    seed, _ = with_app(anna, clock)
    before, code = pyotp.TOTP(seed).at(int(clock.now) - 30), clock.code(seed)
    assert give(half_way(), code).status_code == 302
    assert give(half_way(), code).status_code == 422
    assert give(half_way(), before).status_code == 422
    clock.now += 30
    assert give(half_way(), clock.code(seed)).status_code == 302


def test_a_clock_may_be_half_a_minute_off_and_not_more(anna: User, clock: Clock) -> None:
    seed, _ = with_app(anna, clock)
    assert factors.use_code(anna, pyotp.TOTP(seed).at(int(clock.now) + 60)) == ""
    assert factors.use_code(anna, pyotp.TOTP(seed).at(int(clock.now) - 60)) == ""
    assert factors.use_code(anna, pyotp.TOTP(seed).at(int(clock.now) + 30)) == "app"


def test_a_recovery_code_works_once_in_any_spelling_and_is_in_the_history(anna: User, clock: Clock) -> None:
    _, codes = with_app(anna, clock)
    assert give(half_way(), codes[0].upper().replace("-", " ")).status_code == 302
    assert give(half_way(), codes[0]).status_code == 422
    assert factors.of(anna).recovery_codes == 9
    assert "recovery code" in anna.history.first().history_change_reason


def test_new_recovery_codes_end_the_old_ones(anna: User, clock: Clock) -> None:
    _, old = with_app(anna, clock)
    new = factors.renew_recovery_codes(user=anna, keep=None)
    assert factors.use_code(anna, old[1]) == ""
    assert factors.use_code(anna, new[1]) == "recovery"


def test_nothing_in_a_dump_is_a_seed_or_a_code(anna: User, clock: Clock) -> None:
    client = Client()
    client.force_login(anna)
    client.get(f"{HERE}app/")  # a seed that waits in the session for its first code
    waiting = fieldkeys.decrypt(client.session["_new_seed"])
    seed, codes = with_app(anna, clock)
    client.get(f"{HERE}app/")
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'django_migrations'"
        )
        for (table,) in cursor.fetchall():
            for canary in (seed, codes[0], codes[0].replace("-", "")):
                cursor.execute(f'select count(*) from "{table}" t where t::text like %s', [f"%{canary}%"])
                assert cursor.fetchone() == (0,), table
    assert waiting not in str(dict(client.session))
    assert len(Authenticator.objects.get().seed) > len(seed)


def test_field_keys_rotate_and_a_lost_key_fails_closed(settings: Any) -> None:
    old, new = settings.FIELD_KEYS[0], "bmV3LWZpZWxkLWtleS1mb3ItdGhlLXRlc3Qtb25seSE="
    value = fieldkeys.encrypt("seed")
    settings.FIELD_KEYS = [new, old]
    assert fieldkeys.decrypt(value) == "seed"
    settings.FIELD_KEYS = [new]
    with pytest.raises(fieldkeys.Unreadable):
        fieldkeys.decrypt(value)


def test_codes_are_guessed_slowly_from_many_addresses_and_the_owner_gets_in(anna: User, clock: Clock) -> None:
    """Whoever guesses codes knows the password: all unknown browsers together get five free guesses."""
    seed, _ = with_app(anna, clock)
    owner = half_way()
    assert give(owner, clock.code(seed)).status_code == 302
    owner.post("/w/sign-out/")
    clock.now += 30
    answers = [give(half_way(Client(REMOTE_ADDR=f"203.0.113.{n}")), "000000").content for n in range(12)]
    assert sum(b"Too many tries" in answer for answer in answers) == 12 - throttle.FREE_GUESSES
    assert give(half_way(owner), clock.code(seed)).status_code == 302


def test_the_half_way_mark_lasts_ten_minutes(anna: User, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    seed, _ = with_app(anna, clock)
    client = half_way()
    from time import time

    later = time() + 11 * 60
    monkeypatch.setattr("tracker.accounts.views.time", lambda: later)
    assert give(client, clock.code(seed))["Location"] == "/w/sign-in/"


def test_a_change_of_factors_ends_the_other_sessions(anna: User, clock: Clock) -> None:
    here, elsewhere = Client(), Client()
    here.force_login(anna)
    elsewhere.force_login(anna)
    page = here.get(f"{HERE}app/").content.decode()
    seed = re.search(r'class="key-letters">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
    here.post(f"{HERE}app/", {"code": clock.code(seed), "current": PASSWORD})
    assert [each.get("/w/").status_code for each in (here, elsewhere)] == [200, 302]


@pytest.fixture
def production(settings: Any) -> None:
    settings.DEMO = False
    settings.SECURE_SSL_REDIRECT = False


@pytest.mark.usefixtures("production")
def test_reviewers_and_administrators_see_no_page_before_they_have_a_factor(clock: Clock) -> None:
    reviewer, law = person("anna"), small_law()
    join(reviewer, law, "reviewer")
    for user in (reviewer, person("chief", administrator=True)):
        client = Client()
        client.force_login(user)
        for page in ("/w/", "/w/laws/", f"/w/laws/{law.slug}/", "/w/settings/", "/w/settings/account/"):
            assert client.get(page)["Location"] == HERE, page
        assert client.get("/w/", headers={"HX-Request": "true"})["HX-Redirect"] == HERE
        assert b"you need a second factor" in client.get(HERE).content
        page = client.get(f"{HERE}app/").content.decode()
        seed = re.search(r'class="key-letters">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
        client.post(f"{HERE}app/", {"code": clock.code(seed), "current": PASSWORD})
        assert client.get("/w/").status_code == 200


@pytest.mark.usefixtures("production")
def test_the_factor_that_one_needs_cannot_be_removed(clock: Clock) -> None:
    reviewer = person("anna")
    join(reviewer, small_law(), "reviewer")
    with_app(reviewer, clock)
    client = Client()
    client.force_login(reviewer)
    answer = client.post(f"{HERE}app/remove/", {"current": PASSWORD})
    assert answer.status_code == 403
    assert factors.of(reviewer).app is not None


@pytest.mark.usefixtures("production")
def test_an_analyst_may_do_without(clock: Clock) -> None:
    analyst = person("anna")
    join(analyst, small_law(), "analyst")
    client = Client()
    client.force_login(analyst)
    assert client.get("/w/").status_code == 200
    with_app(analyst, clock)
    factors.remove_app(user=analyst, keep=None)
    assert not RecoveryCode.objects.filter(user=analyst).exists()
