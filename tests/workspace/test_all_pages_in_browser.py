"""Every page of the workspace in a real browser: no axe violation and no sideways scroll, wide and narrow, light and
dark. What the registry of addresses knows is walked, so that a new page is looked at without a test of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from tests.browser.answers import serving
from tests.conftest import CHROMIUM, ROLES
from tests.pages.test_browser import AXE
from tests.workspace.test_roles import REGISTRY, World

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo"), pytest.mark.browser]
WHO = ("reviewer", "analyst", "administrator")  # together they may open everything
SIZES = ((1280, "light"), (1280, "dark"), (390, "dark"), (390, "light"))
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
    found: dict[Any, list[Any]] = {}
    with serving(made) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for address in made:
            page.goto(server + address)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            page.add_script_tag(path=Path(AXE))
            for width, scheme in SIZES:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                if wrong := violations(page):
                    found[address, width, scheme] = wrong
        browser.close()
    assert found == {}


def violations(page: Page) -> list[Any]:
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [*([("sideways", sideways)] if sideways else []), *((v["id"], v["nodes"][0]["html"][:160]) for v in found)]
