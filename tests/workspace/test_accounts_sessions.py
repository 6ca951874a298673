"""Sessions: 60 minutes idle, 12 hours in all, listed, ended one by one or together; nothing of the machine is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.conftest import ROLES
from tests.workspace.team import PASSWORD, person
from tracker.accounts.models import MemberSession, User
from tracker.accounts.services import sessions

pytestmark = pytest.mark.django_db(databases=ROLES)
FIREFOX = "Mozilla/5.0 (X11; CanaryMachine) CanaryBrowser/99.1 Firefox/140.0"
CANARIES = ("198.51.100.77", "CanaryBrowser", "CanaryMachine")
HERE = "/w/settings/account/"


@pytest.fixture
def anna() -> User:
    return person("anna")


def signed_in(**headers: str) -> Client:
    client = Client(**headers)  # type: ignore[arg-type]
    assert client.post("/w/sign-in/", {"handle": "anna", "password": PASSWORD}).status_code == 302
    return client


def row_of(client: Client) -> MemberSession:
    return MemberSession.objects.get(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value)


def test_a_session_ends_after_60_minutes_without_a_page(anna: User) -> None:
    client = signed_in()
    left = row_of(client).expire_date - timezone.now()
    assert timedelta(minutes=59) < left <= timedelta(minutes=60)
    MemberSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/w/")["Location"] == "/w/sign-in/?next=/w/"


def test_no_page_carries_a_session_beyond_12_hours(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in()
    began = row_of(client).created_at
    later = began + timedelta(hours=11, minutes=50)
    MemberSession.objects.update(expire_date=later + timedelta(minutes=5))  # as if a page was read all the time
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert client.get("/w/").status_code == 200
    row = row_of(client)
    assert (row.created_at, row.expire_date) == (began, began + timedelta(hours=12))
    monkeypatch.setattr("django.utils.timezone.now", lambda: began + timedelta(hours=12, seconds=1))
    assert client.get("/w/").status_code == 302


def test_the_list_names_family_and_days_and_no_key(anna: User) -> None:
    first, second = signed_in(HTTP_USER_AGENT=FIREFOX), signed_in()
    page = second.get(HERE).content.decode()
    assert "Firefox" in page
    assert "CanaryBrowser" not in page
    assert row_of(first).session_key not in page
    assert page.count("End this session") == 1


def test_one_session_is_ended_from_another(anna: User) -> None:
    first, second = signed_in(), signed_in()
    named = re.search(r'name="session" value="(\w+)"', second.get(HERE).content.decode())
    assert named is not None
    second.post(f"{HERE}sessions/", {"session": named[1]})
    assert first.get("/w/").status_code == 302
    assert second.get("/w/").status_code == 200


def test_nobody_ends_somebody_elses_session(anna: User) -> None:
    hers = signed_in()
    other = Client()
    other.force_login(person("bela"))
    other.post(f"{HERE}sessions/", {"session": sessions.name(row_of(hers).session_key)})
    assert hers.get("/w/").status_code == 200


def test_all_other_sessions_end_together_and_with_a_new_password(anna: User) -> None:
    first, second, third = signed_in(), signed_in(), signed_in()
    third.post(f"{HERE}sessions/", {"all": "1"})
    assert [each.get("/w/").status_code for each in (first, second, third)] == [302, 302, 200]
    fourth = signed_in()
    before = row_of(third).session_key
    changed = third.post(f"{HERE}password/", {"current": PASSWORD, "password": "seven other plain words"})
    assert changed.status_code == 302
    assert [each.get("/w/").status_code for each in (fourth, third)] == [302, 200]
    assert row_of(third).session_key != before


def test_a_new_password_asks_for_the_old_one_and_is_not_weak(anna: User) -> None:
    client = signed_in()
    wrong = client.post(f"{HERE}password/", {"current": "wrong", "password": "seven other plain words"})
    weak = client.post(f"{HERE}password/", {"current": PASSWORD, "password": "password1234"})
    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert b"This is not your password" in wrong.content
    assert b"too common" in weak.content


def test_signing_out_leaves_no_row(anna: User) -> None:
    client = signed_in()
    client.post("/w/sign-out/")
    assert not MemberSession.objects.filter(user=anna).exists()


def test_a_new_key_at_sign_in(anna: User) -> None:
    client = Client()
    anonymous = client.session
    anonymous["half way"] = "somebody's"
    anonymous.save()
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/w/sign-in/", {"handle": "anna", "password": PASSWORD})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert not MemberSession.objects.filter(session_key=before).exists()


def test_the_member_chooses_language_and_keys(anna: User) -> None:
    client = signed_in()
    assert b'data-keys="off"' not in client.get(HERE).content
    client.post(HERE, {"language": "ru"})
    page = client.get(HERE).content.decode()
    assert '<html lang="ru">' in page
    assert 'data-keys="off"' in page


def test_no_address_and_no_exact_browser_in_any_table_or_log(
    anna: User, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Sign-in, wrong guesses, a passkey's challenge, a session's pages, a password change and an error."""
    client = Client(REMOTE_ADDR=CANARIES[0], HTTP_USER_AGENT=FIREFOX, HTTP_X_FORWARDED_FOR=CANARIES[0])
    for _ in range(7):
        client.post("/w/sign-in/", {"handle": "anna", "password": "wrong"})
    client.post("/w/sign-in/passkey/options/")
    client.post("/w/sign-in/passkey/", {"credential": "{}"})
    client.force_login(anna)
    client.get(HERE)
    client.post(f"{HERE}password/", {"current": "wrong", "password": "seven other plain words"})
    client.get("/w/no-such-page/")
    said = caplog.text + "".join(capfd.readouterr())
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'django_migrations'"
        )
        tables = [table for (table,) in cursor.fetchall()]
        for canary in CANARIES:
            assert canary not in said
            for table in tables:  # the cache and the sessions are tables too
                cursor.execute(f'select count(*) from "{table}" t where t::text like %s', [f"%{canary}%"])
                assert cursor.fetchone() == (0,), (table, canary)
    for row in MemberSession.objects.all():
        assert not any(canary in str(row.get_decoded()) for canary in CANARIES)
