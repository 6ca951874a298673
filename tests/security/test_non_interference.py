"""What members write changes no public byte and no public header until a release says so."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client

from tests.conftest import ROLES
from tests.security import addresses, planted, writes
from tests.security.samples import FORMATS, QUERIES, public_samples, workspace_samples
from tests.security.test_leak_matrix import HEALTH
from tracker import public_urls, workspace_urls
from tracker.publication.models import Release

pytestmark = pytest.mark.django_db(databases=ROLES, transaction=True)
FEWEST_KINDS = 140
WRITERS = ("analyst", "reviewer", "outsider")


def public_bytes(asked: list[str]) -> dict[str, str]:
    """Address → status and a hash of headers and body. Nothing kept in memory helps: every page is made anew."""
    from tracker.publication.views.kept import ANSWERS

    found = {}
    client = Client()
    ANSWERS.clear()
    for address in asked:
        answer = client.get(address)
        headers = sorted((name, value) for name, value in answer.headers.items() if name != "Date")
        found[address] = f"{answer.status_code} {hashlib.sha256(repr(headers).encode() + answer.content).hexdigest()}"
    return found


def test_every_kind_of_write_leaves_every_public_byte_and_header_as_it_was(emptied: None) -> None:
    world = planted.published()
    routes = [route for route in addresses.routes(public_urls.urlpatterns) if route not in HEALTH]
    samples = public_samples(world)
    asked = [address for route in routes for address in addresses.fill(route, samples)]
    asked += [addresses.fill(route, samples)[0] + query for route in routes for query in QUERIES]
    before, release = public_bytes(asked), Release.objects.count()

    with writes.watched() as called:
        writes.everything(world)
    missing = sorted(f"{file.rpartition('/')[2]}: {name}" for file, name in writes.services() - called)
    assert not missing, f"Let tests/security/writes.py call these services once: {missing}"
    planted.plant(world)
    posted = _posts(world)
    assert Release.objects.count() == release

    after = public_bytes(asked)
    different = [address for address in asked if before[address] != after[address]]
    kinds = len(called) + len(world.planted)
    print(f"\nnon-interference: {kinds} kinds of write ({len(called)} services, rows of {len(world.planted)} models), "
          f"{posted} forms sent, {len(asked)} public addresses the same")  # fmt: skip
    assert different == []
    assert kinds >= FEWEST_KINDS


def _posts(world: planted.World) -> int:
    """Every form of the workspace, sent by members and by somebody from another law. How many forms."""
    samples = workspace_samples(world)
    routes = [route for route in addresses.routes(workspace_urls.urlpatterns) if route not in HEALTH]
    for who in WRITERS:
        client = Client(raise_request_exception=False)
        for route in routes:
            client.force_login(world.people[who])
            for form in (FORMATS["page"], FORMATS["htmx"]):
                client.post(addresses.fill(route, samples)[0], {"revision": "1", "text": "words"}, headers=form)
    return len(routes)
