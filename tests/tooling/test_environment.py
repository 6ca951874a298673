"""Outside the demo nothing starts on a missing, short, default or exposed secret; the sentence names the variable."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker import env

GOOD = "k3J9" + "abcdefghijklmnopqrstuvwxyz0123456789" + "ABCDEFGHIJKLMN"


def test_nothing_set_means_the_demo():
    assert env.is_demo()
    assert env.databases()["default"]["USER"] == "tracker_app"
    assert env.broker_url().startswith("redis+socket:///")


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "SECRET_KEY_FILE", "DATABASE_URL", "PUBLIC_DATABASE_URL", "OWNER_DATABASE_URL_FILE"]
)
def test_any_secret_or_database_ends_the_demo(monkeypatch, name):
    monkeypatch.setenv(name, "anything")
    assert not env.is_demo()


@pytest.mark.parametrize("value", ["", "short", "a" * 80, "demo-only-" + GOOD, "django-insecure-" + GOOD])
def test_a_missing_short_or_default_secret_is_refused_by_name(monkeypatch, value):
    monkeypatch.setenv("SECRET_KEY", value)
    with pytest.raises(env.ImproperlyConfigured, match=r"SECRET_KEY .*Set it"):
        env.secret("SECRET_KEY")


def test_a_secret_may_lie_in_a_file_that_others_cannot_read(monkeypatch, tmp_path: Path):
    file = tmp_path / "key"
    file.write_text(GOOD + "\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    file.chmod(0o440)
    assert env.secret("SECRET_KEY") == GOOD
    file.chmod(0o444)
    with pytest.raises(env.ImproperlyConfigured, match="SECRET_KEY_FILE names, can be read by everybody"):
        env.secret("SECRET_KEY")


def test_a_missing_secret_file_is_named(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(env.ImproperlyConfigured, match="SECRET_KEY_FILE"):
        env.secret("SECRET_KEY")


@given(password=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_password_survives_in_a_database_address(monkeypatch, password):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://app:{quote(password, safe='')}@db.internal:6432/law%20texts")
    found = env.databases()["default"]
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "app", password, "db.internal", "6432", "law texts"
    )  # fmt: skip


@pytest.mark.parametrize(
    "address", ["mysql://a:b@host/name", "postgresql://a:b@host/", "postgresql://a:p/w:x@host/n", "db"]
)
def test_an_address_that_is_none_is_refused_by_name(monkeypatch, address):
    monkeypatch.setenv("PUBLIC_DATABASE_URL", address)
    with pytest.raises(env.ImproperlyConfigured, match="PUBLIC_DATABASE_URL"):
        env.databases()


def test_the_public_process_has_no_application_role(monkeypatch):
    monkeypatch.setenv("PUBLIC_DATABASE_URL", "postgresql://tracker_public:x@db/tracker")
    found = env.databases()
    assert set(found) == {"default", "public"}
    assert found["default"] == {"ENGINE": "django.db.backends.dummy"}


def test_production_has_no_broker_of_its_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:x@db/tracker")
    with pytest.raises(env.ImproperlyConfigured, match="REDIS_URL"):
        env.broker_url()


def test_field_keys_are_asked_for_by_name_and_weak_ones_refused(monkeypatch):
    good = "aLlS3cr3tbyt3sAr3h3r3f0rth3t3sts0nly012345A="
    with pytest.raises(env.ImproperlyConfigured, match="FIELD_KEYS is not set"):
        env.field_keys("FIELD_KEYS")
    for weak in ("short", "A" * 43 + "=", good + ",short"):
        monkeypatch.setenv("FIELD_KEYS", weak)
        with pytest.raises(env.ImproperlyConfigured, match="FIELD_KEYS holds a key"):
            env.field_keys("FIELD_KEYS")
    monkeypatch.setenv("FIELD_KEYS", f"{good}, {good}")
    assert env.field_keys("FIELD_KEYS") == [good, good]
