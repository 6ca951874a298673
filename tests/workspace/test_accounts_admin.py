"""Django's admin is off; switched on it lets administrators with a second factor look, and nobody write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches

from tests.conftest import ROLES
from tests.factories import saved
from tests.workspace.team import Team, person, team
from tracker.accounts.models import Passkey, User

pytestmark = pytest.mark.django_db(databases=ROLES)
HERE = "/w/admin/"
SECRETS = {"password", "digest", "seed", "wrapped", "words", "public_key", "credential", "session_data", "key", "error"}


@pytest.fixture
def them() -> Team:
    found = team()
    give_factor(found["administrator"])
    return found


def give_factor(user: User) -> None:
    Passkey.objects.create(user=user, name="key", credential=f"c{user.pk}", public_key=b"k", sign_count=0)


@pytest.fixture
def on() -> Iterator[None]:
    """The workspace process of production with the switch on."""
    with override_settings(
        ADMIN_SITE=True,
        INSTALLED_APPS=[*configured.INSTALLED_APPS, "django.contrib.admin.apps.SimpleAdminConfig"],
        MIDDLEWARE=configured.WORKSPACE_MIDDLEWARE,
        ROOT_URLCONF="tests.workspace.admin_on",
    ):
        clear_url_caches()
        yield
    clear_url_caches()


def test_it_is_off_and_then_its_address_does_not_exist(them: Team) -> None:
    assert configured.ADMIN_SITE is False
    for who in ("administrator", "reviewer"):
        assert them.client(who).get(HERE).status_code == 404


@pytest.mark.usefixtures("on")
def test_only_an_administrator_with_a_second_factor_gets_in(them: Team) -> None:
    assert them.client("administrator").get(HERE).status_code == 200
    for who in ("reader", "analyst", "reviewer", "advocate", "outsider"):
        give_factor(them[who])
        assert them.client(who).get(HERE).status_code == 404, who
    without = person("without-factor", administrator=True)
    client = Client()
    client.force_login(without)
    assert client.get(HERE).status_code == 404
    assert Client().get(HERE)["Location"].startswith("/w/sign-in/")
    Passkey.objects.all().delete()
    assert them.client("administrator").get(HERE).status_code == 404


@pytest.mark.usefixtures("on")
def test_every_registered_admin_shows_named_fields_and_writes_nothing(them: Team) -> None:
    from tracker.workspace import admin_site

    site, client = admin_site.site(), them.client("administrator")
    assert set(site._registry) == set(admin_site.SHOWN)
    for model, shown in site._registry.items():
        assert isinstance(shown, admin_site.ReadOnlyAdmin)
        assert shown.fields, model
        assert not set(shown.fields) & SECRETS, model
        assert model._meta.app_label != "amendments", "content of laws"
        assert model.__name__ not in {"Code", "Version", "Article", "ArticleText", "Source", "Import"}
        names = {str(each.name).rpartition("_")[2] for each in shown.get_urls()}
        assert names == {"changelist", "change"}, model
        row = model.objects.first() or saved(model)  # type: ignore[attr-defined]
        listed = f"{HERE}{model._meta.app_label}/{model._meta.model_name}/"
        for address in (listed, f"{listed}{row.pk}/change/"):
            looked = client.get(address)
            assert looked.status_code == 200, address
            assert 'type="submit" value="Save' not in looked.content.decode()
        for address in ("add/", f"{row.pk}/delete/", f"{row.pk}/history/"):
            assert client.get(listed + address).status_code in {302, 404}  # 302: read as a row that there is not
            _writes_nothing(client, listed + address)
        _writes_nothing(client, listed, action="delete_selected", _selected_action=row.pk)
        _writes_nothing(client, f"{listed}{row.pk}/change/", handle="other", is_administrator="on", _save="Save")


def _writes_nothing(client: Client, address: str, **fields: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.post(address, fields).status_code != 500
    wrote = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in wrote if "accounts_membersession" not in sql and "accounts_daykey" not in sql] == []


@pytest.mark.usefixtures("on")
def test_it_has_no_sign_in_and_no_passwords_of_its_own(them: Team) -> None:
    client = them.client("administrator")
    for address in ("login/", "logout/", "password_change/", "autocomplete/", "r/1/1/"):
        assert client.get(HERE + address).status_code == 404, address
        assert client.post(HERE + address).status_code == 404, address
