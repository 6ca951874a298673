"""The public site reads as the role `public` and as no other: every address, and what that role may touch at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings

from tests.conftest import ROLES
from tests.security import addresses, planted
from tests.security.samples import QUERIES, public_samples
from tests.security.test_leak_matrix import HEALTH
from tracker import public_urls
from tracker.publication.mirror.build import Build

pytestmark = pytest.mark.django_db(databases=ROLES, transaction=True)
# Addresses that answer nobody with a page here, and why.
WITHOUT_PAGE = {
    "<language:lang>/follow/webhook/": "deliveries are off unless the settings say otherwise",
    "api/v1/<path:rest>": "says in JSON that there is no such address",
}
ROLE = "select current_user, session_user"


class AnotherRole(Exception):
    """A public page asked the database as somebody else than `public`."""


@contextmanager
def only_public() -> Iterator[list[str]]:
    """Every connection but `public` refuses; the questions of that one are kept."""
    asked: list[str] = []

    def refuse(_execute: object, sql: str, *_rest: object) -> None:
        raise AnotherRole(sql[:200])

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return execute(sql, params, many, context)

    with (
        connections["default"].execute_wrapper(refuse),
        connections["owner"].execute_wrapper(refuse),
        connections["intake"].execute_wrapper(refuse),
        connections["public"].execute_wrapper(note),
    ):
        yield asked


def test_every_public_address_answers_with_the_public_role_alone(emptied: None, tmp_path: Path) -> None:
    world = planted.published()
    Build(tmp_path).run()
    with connections["public"].cursor() as cursor:
        cursor.execute(ROLE)
        assert set(cursor.fetchone()) == {settings.DATABASES["public"]["USER"]}
    samples = public_samples(world)
    routes = [route for route in addresses.routes(public_urls.urlpatterns) if route not in HEALTH]
    answered = set()
    public = {"ROOT_URLCONF": "tracker.public_urls", "MIDDLEWARE": settings.PUBLIC_MIDDLEWARE}
    with override_settings(**public, MIRROR_FOLDER=str(tmp_path)):
        client = Client()
        with only_public() as asked:
            for route in routes:
                for address in addresses.fill(route, samples):
                    for query in ("", QUERIES[0]):
                        if client.get(address + query).status_code in {200, 302}:
                            answered.add(route)
    assert asked
    never = set(routes) - answered - set(WITHOUT_PAGE)
    assert not never, f"No sample of tests/security/samples.py reaches a page of {sorted(never)}. Add one that does."


def test_the_guard_of_this_test_refuses_another_role() -> None:
    with only_public(), pytest.raises(AnotherRole), connections["default"].cursor() as cursor:
        cursor.execute("select 1")
