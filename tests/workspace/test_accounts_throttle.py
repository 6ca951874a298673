"""The throttle cannot be turned on the owner, and a team behind one address works all day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from tests.conftest import ROLES
from tests.workspace.team import PASSWORD, person

HASH = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # what is measured here is who is heard, not the hash


@pytest.mark.django_db(transaction=True, databases=ROLES)
@pytest.mark.usefixtures("emptied")
def test_after_1000_wrong_guesses_from_elsewhere_the_owner_signs_in_at_once(settings: Any) -> None:
    settings.PASSWORD_HASHERS = HASH
    person("anna")
    owner = Client(REMOTE_ADDR="198.51.100.1")
    assert _try(owner, "anna", PASSWORD) == 302
    owner.post("/w/sign-out/")

    def guess(n: int) -> bool:
        try:
            stranger = Client(REMOTE_ADDR=f"203.0.113.{n % 10}")
            stranger.handler = owner.handler  # one process: middleware is built once, not by every thread
            answer = stranger.post("/w/sign-in/", {"handle": "anna", "password": f"wrong {n}"})
            return b"Too many tries" not in answer.content
        finally:
            connections.close_all()

    heard = 0
    with ThreadPoolExecutor(20) as pool:
        for burst in range(10):
            heard += sum(pool.map(guess, range(burst * 100, burst * 100 + 100)))
    assert heard < 10 * 12  # ten addresses, each with its five free guesses and a few after waiting
    assert _try(owner, "anna", PASSWORD) == 302


@pytest.mark.django_db(databases=ROLES)
def test_thirty_colleagues_behind_one_address_work_all_day(settings: Any) -> None:
    """Each mistypes twice, signs in, works and signs out, four times a day, all in new browsers of one address."""
    settings.PASSWORD_HASHERS = HASH
    handles = [f"colleague{n}" for n in range(30)]
    for handle in handles:
        person(handle)
    for _ in range(4):
        for handle in handles:
            client = Client(REMOTE_ADDR="198.51.100.1")
            assert [_try(client, handle, word) for word in ("wrng", "wrong", PASSWORD)] == [422, 422, 302]
            assert client.get("/w/settings/").status_code == 200
            client.post("/w/sign-out/")


def _try(client: Client, handle: str, password: str) -> int:
    return client.post("/w/sign-in/", {"handle": handle, "password": password}).status_code
