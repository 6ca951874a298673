"""Every page of the workspace in a real browser: no axe violation and no sideways scroll, wide and narrow, light and
dark. What the registry of addresses knows is walked, so that a new page is looked at without a test of its own.
"""

from __future__ import annotations

import pytest
from django.test import Client

from tests.browser.walk import wrong_on
from tests.conftest import ROLES
from tests.workspace.test_roles import REGISTRY, World

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo"), pytest.mark.browser]
WHO = ("reviewer", "analyst", "administrator")  # together they may open everything
LEAST = 50  # pages; a walk that finds far fewer has lost its way


def pages() -> dict[str, bytes]:
    """Address → page, of every address that answers somebody a whole page to GET."""
    world, found = World(), {}
    clients = {who: Client() for who in WHO}
    for who, client in clients.items():
        client.force_login(world.people[who])
    for route, entry in REGISTRY.items():
        if entry.method != "get":
            continue
        for client in [Client()] if entry.action == "open" else clients.values():
            answer = client.get(world.path(route))
            whole = answer.status_code in {200, 404} if entry.action == "open" else answer.status_code == 200
            if whole and answer["Content-Type"].startswith("text/html"):
                found[world.path(route)] = answer.content
                break
    return found


def test_no_page_of_the_workspace_has_a_violation_or_scrolls_sideways() -> None:
    made = pages()
    assert len(made) >= LEAST
    assert wrong_on(made) == {}
