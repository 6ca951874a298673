"""In a real browser: a passkey is made and opens the account, and the pages have no violation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from tests.conftest import CHROMIUM, ROLES
from tests.pages.test_browser import AXE
from tests.workspace.team import PASSWORD, join, person, small_law
from tracker.accounts.models import Passkey

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=ROLES),
    pytest.mark.usefixtures("emptied"),
    pytest.mark.browser,
]
PAGES = [
    "/w/sign-in/", "/w/settings/", "/w/settings/account/", "/w/settings/account/password/",
    "/w/settings/account/factors/", "/w/settings/account/factors/app/", "/w/settings/members/",
    "/w/settings/members/anna/", "/w/settings/laws/small-law/members/", "/w/settings/topics/",
    "/w/settings/topics/add/", "/w/settings/standards/add/", "/w/settings/languages/", "/w/join/unknown/",
]  # fmt: skip


@pytest.fixture
def page(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page at the live server under the name that passkeys accept, with an authenticator of software."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in this thread
    join(person("anna"), small_law(), "analyst")
    person("chief", administrator=True)
    Client().get("/livez")  # the two chains of middleware are built once, before threads ask for them
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        found = browser.new_page(base_url=f"http://localhost:{live_server.url.rsplit(':', 1)[1]}")
        yield found
        browser.close()


def sign_in(page: Page, handle: str) -> None:
    page.goto("/w/sign-in/")
    page.fill("[name=handle]", handle)
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url("**/w/")


def test_a_passkey_is_added_and_signs_in_without_a_password(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    authenticator = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
    sign_in(page, "anna")
    page.goto("/w/settings/account/factors/")
    page.fill("[name=name]", "work laptop")
    page.fill("[name=current]", "wrong")
    page.click("text=Add a passkey")
    page.wait_for_selector("#alert >> text=This is not your password")
    page.fill("[name=current]", PASSWORD)
    page.click("text=Add a passkey")
    page.wait_for_selector("h1 >> text=Your recovery codes")
    assert Passkey.objects.get().name == "work laptop"
    page.click("text=Sign out")
    page.wait_for_url("**/w/sign-in/")
    page.click("text=Use a passkey")
    page.wait_for_url("**/w/")
    assert page.inner_text(".handle").endswith("anna")
    page.click("text=Sign out")
    page.fill("[name=handle]", "anna")  # with a factor the password alone opens nothing
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url("**/w/sign-in/code/")
    page.click("text=Use a passkey")
    page.wait_for_url("**/w/")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_no_page_of_the_settings_has_a_violation_or_scrolls_sideways(page: Page, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, "chief")
    found = {}
    for address in PAGES:
        page.goto(address)
        for details in page.query_selector_all("details"):
            details.evaluate("one => { one.open = true }")
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.evaluate(AXE.read_text(encoding="utf-8"))  # not as a script element: the content policy refuses those
        violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        if sideways or violations:
            found[address] = (sideways, [(v["id"], v["nodes"][0]["html"][:120]) for v in violations])
    assert found == {}
