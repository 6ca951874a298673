"""The lead's way through histories, the key of the search, and every page of records in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from amendments.models import Annotation
from amendments.services import history, things
from tests.conftest import CHROMIUM, ROLES
from tests.pages.test_browser import AXE
from tests.workspace import records_law
from tests.workspace.records_law import Law
from tests.workspace.steps import Steps

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=ROLES),
    pytest.mark.usefixtures("emptied"),
]


@pytest.fixture
def law(emptied: None, demo_folder: Path) -> Law:
    """Libel went from unchanged to made stricter, and its note was written anew."""
    made = records_law.build(demo_folder)
    made.judge("unchanged")
    made.judge("stricter", reason="The maximum rose.")
    made.edit_note(made.note("Earlier words of the note."), "Later words of the note.", topic=made.topics[1])
    return made


@pytest.fixture
def cookies(law: Law, live_server: Any) -> dict[str, list[Any]]:
    """The session of each member, made before the browser runs: its loop and the database share no thread."""
    found = {}
    for role in ("reviewer", "administrator"):
        client = Client()
        client.force_login(law.people[role])
        found[role] = [{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}]
    return found


@pytest.fixture
def browser(cookies: Any) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def signed_in(
    browser: Browser, cookies: dict[str, list[Any]], role: str = "reviewer", **options: Any
) -> BrowserContext:
    context = browser.new_context(**options)
    context.add_cookies(cookies[role])
    return context


def test_scenario_12_the_lead_finds_who_changed_libel_and_restores_the_earlier_note(
    law: Law, live_server: Any, cookies: Any
) -> None:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = signed_in(running, cookies).new_page()
        page.goto(f"{live_server.url}/w/laws/small-code/")
        steps = Steps(page)
        steps.click("#matrix tbody th[scope=row] a")
        steps.click("text=History of our work")
        change = page.locator(".revision", has=page.locator(".v-unchanged")).filter(has=page.locator(".v-stricter"))
        assert "analyst" in change.inner_text()
        assert change.locator("time").get_attribute("datetime")
        steps.click(".revision:has-text('Earlier words of the note.') >> text=History")
        steps.click(".revision:has-text('Earlier words of the note.'):not(:has-text('Later')) >> text=Restore this")
        assert "Restored from" in page.inner_text("#status")
        newest = page.locator(".revision").first.inner_text()
        assert "reviewer" in newest
        assert "Earlier words of the note." in newest
        steps.at_most(5)
        running.close()
    note = Annotation.objects.get()
    assert note.public_text == "Earlier words of the note."
    told = history.of_thing(things.find("note", note.pk, user=law.people["reviewer"]).place)
    texts = [each.after["public_text"] for each in told if each.table.name == "annotation"]
    assert texts == ["Earlier words of the note.", "Later words of the note.", "Earlier words of the note."]
    assert told[-1].after["public_text"] == "Earlier words of the note."


def addresses(law: Law) -> list[str]:
    note = Annotation.objects.get()
    rows = history.of_thing(things.find("note", note.pk, user=law.people["reviewer"]).place)
    own = [each for each in rows if each.table.name == "annotation"]
    return [
        "/w/activity/", "/w/activity/?kind=note&person=nobody-such", "/w/search/", "/w/search/?q=клевета",
        "/w/search/?q=электросамокат", f"/w/history/note/{note.pk}/", f"/w/history/provision/{law.provision.pk}/",
        f"/w/history/verdict/{law.concern.verdicts.first().pk}/",  # type: ignore[union-attr]
        f"/w/history/note/{note.pk}/compare/?a=annotation-{own[0].number}&b=annotation-{own[1].number}",
        "/w/laws/small-code/v/first/art-131/follow/", f"/w/laws/small-code/concerns/{law.concern.slug}/edit/",
        "/w/laws/small-code/p/lb01-libel/unfollow/",
    ]  # fmt: skip


@pytest.fixture
def pages(law: Law) -> list[str]:
    return addresses(law)


def test_no_page_of_records_has_a_violation_or_scrolls_sideways(
    pages: list[str], live_server: Any, browser: Browser, cookies: Any
) -> None:
    found = {}
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
        context = signed_in(
            browser, cookies, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        for address in pages:
            page = context.new_page()
            page.goto(live_server.url + address)
            sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            page.add_script_tag(path=AXE)
            violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
            if sideways or violations:
                found[width, scheme, address] = (sideways, [(v["id"], v["nodes"][0]["html"]) for v in violations])
            page.close()
        context.close()
    assert found == {}


def test_the_slash_key_goes_to_the_search_and_nowhere_inside_a_field(
    law: Law, live_server: Any, browser: Browser, cookies: Any
) -> None:
    page = signed_in(browser, cookies).new_page()
    page.goto(f"{live_server.url}/w/activity/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("ст. 130/")
    assert page.input_value("#find") == "ст. 130/"
    page.fill("#find", "клевета")
    page.keyboard.press("Enter")
    page.wait_for_selector(".groups")
    assert "1 article" in page.inner_text("[role=status].found") or "articles" in page.inner_text(".found")


def test_a_phone_without_javascript_searches_and_filters(
    law: Law, live_server: Any, browser: Browser, cookies: Any
) -> None:
    context = signed_in(browser, cookies, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/w/activity/")
    page.fill("#find", "клевета")
    page.click(".find button")
    assert page.locator("mark").count() > 0
    page.goto(f"{live_server.url}/w/activity/")
    page.select_option("#kind", "verdict")
    page.click("main form button")
    assert "kind=verdict" in page.url
    assert page.locator(".v-stricter").count() > 0
