"""Review in a real browser: few steps, focus on the next item, nothing public that nobody published, no violation.

The browser's event loop and the database do not share a thread: rows are made before it starts and read after it ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from amendments.models import Annotation, Verdict
from tests.conftest import CHROMIUM, ROLES
from tests.pages.test_browser import AXE
from tests.workspace import review_law
from tests.workspace.review_law import PASSWORD, SmallLaw
from tests.workspace.steps import Steps
from tracker.jobs import services as jobs
from tracker.jobs.models import Job
from tracker.publication import tasks

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=ROLES),
    pytest.mark.usefixtures("emptied"),
    pytest.mark.browser,
]
MATRIX = "/en/laws/small-code/matrix.json"
CONTEXTS: list[dict[str, Any]] = [
    {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for width in (1280, 390)
    for scheme in ("light", "dark")
]


@pytest.fixture
def small(emptied: None, tmp_path: Path) -> SmallLaw:
    return review_law.build(tmp_path)


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def signed_in(browser: Browser, server: LiveServer, handle: str, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(f"{server.url}/w/sign-in/")
    page.fill("#id_handle", handle)
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    return page


def run_jobs() -> None:
    for job in Job.objects.filter(kind="release").order_by("pk"):
        lease = jobs.take(job.pk)
        assert lease is not None
        tasks.run_release(lease)


def values_in_public() -> dict[str, list[str]]:
    """Concern → values against our recommendation in the latest text, as anybody reads them."""
    rows = Client().get(MATRIX).json()["rows"]
    return {
        row["concern"]: [v["value"] for base, v in row["cells"][-1]["verdicts"].items() if base == "recommendation"]
        for row in rows
    }


def test_scenario_11_a_reviewer_publishes_one_and_returns_one_in_five_steps(
    small: SmallLaw, live_server: LiveServer
) -> None:
    first, second = small.in_review("attack", "unchanged"), small.in_review("discord", "unchanged")
    own = small.in_review("mercenary-war", "unchanged", by="reviewer")
    assert values_in_public() == {"mercenary-war": [], "attack": [], "discord": []}
    with browsing() as browser:
        page = signed_in(browser, live_server, "reviewer")
        with page.expect_navigation():
            page.click(f"a[href='review/verdict-{first.pk}/']")
        steps = Steps(page)
        steps.press("a")
        page.wait_for_selector("#confirm")
        with page.expect_navigation():
            steps.press("Enter")
        assert page.inner_text("#status").strip() == "Published. 1 left."
        assert f"verdict-{second.pk}" in page.evaluate("document.activeElement.getAttribute('href')")
        with page.expect_navigation():
            steps.press("Enter")
        steps.fill("#why", "Name the part that has the word.")
        with page.expect_navigation():
            steps.click("button[value=return]")
        assert page.inner_text("#status").strip() == "Returned to its author. 0 left."
        assert page.evaluate("document.activeElement.tagName") == "H1"
        steps.at_most(5)
        page.goto(f"{live_server.url}/w/review/verdict-{own.pk}/")
        assert "You wrote this, so someone else must publish it." in page.inner_text("main")
        assert page.query_selector("button[value=publish], [data-key=a]") is None
    run_jobs()
    assert values_in_public() == {"mercenary-war": [], "attack": ["unchanged"], "discord": []}
    second.refresh_from_db()
    assert (second.status, second.returned_reason) == ("returned", "Name the part that has the word.")


def test_scenario_09_after_an_import_six_notes_are_confirmed_in_twelve_steps(
    small: SmallLaw, live_server: LiveServer
) -> None:
    before = [small.note(small.old, "социальной") for _ in range(22)]
    for at, note in enumerate(before):
        placing = "placed" if at < 14 else "reconfirm" if at < 20 else "lost"
        row: dict[str, Any] = {"carried_from": note, "placing": placing}
        if placing == "reconfirm":
            row |= {"quote": "социальной розни"}  # the words of the old text; where it points other words stand now
        small.note(small.new, "социальной", **row)
    public = Client().get(MATRIX).content
    with browsing() as browser:
        page = signed_in(browser, live_server, "analyst")
        page.goto(f"{live_server.url}/w/?tab=reconfirm")
        assert "6 notes to re-confirm. 2 notes need a place." in page.inner_text("main")
        with page.expect_navigation():
            page.click("main li a[href*='reconfirm/']")
        assert "14 carried over, 6 to re-confirm, 2 need a place." in page.inner_text("main")
        steps = Steps(page)
        for left in range(7, 1, -1):
            with page.expect_navigation():
                steps.click("button[value=keep]")
            assert page.inner_text("#status").strip() == f"Kept. {left} left."
        steps.at_most(12)
        assert "20 carried over, 0 to re-confirm, 2 need a place." in page.inner_text("main")
    assert not Annotation.objects.filter(status="published").exists()
    assert Client().get(MATRIX).content == public


def test_a_cell_is_judged_sent_and_published_without_a_script(small: SmallLaw, live_server: LiveServer) -> None:
    """The main way of the product, with JavaScript off."""
    with browsing() as browser:
        page = signed_in(browser, live_server, "analyst", java_script_enabled=False)
        page.goto(f"{live_server.url}/w/laws/small-code/verdicts/discord/l2025-09/")
        page.check("input[name=recommendation-value][value=fixed]")
        page.click("button[value=send]")
        assert "The words we object to are still in the text." in page.inner_text("#wrong")
        assert page.is_checked("input[name=recommendation-value][value=fixed]")
        page.check("input[name=recommendation-value][value=unchanged]")
        page.click("button[value=send]")
        assert "Sent to review." in page.inner_text("#status")
        other = signed_in(browser, live_server, "reviewer", java_script_enabled=False)
        other.click(".waiting a")
        other.click("text=Publish")
        other.click("text=Publish now")
        assert "Published." in other.inner_text("#status")
    run_jobs()
    assert values_in_public()["discord"] == ["unchanged"]
    assert Verdict.objects.filter(status="published").count() == 1


def test_no_page_of_review_has_a_violation_or_scrolls_sideways(small: SmallLaw, live_server: LiveServer) -> None:
    row = small.in_review("mercenary-war", "unchanged")
    before = small.published("attack", "unchanged", at="old")
    note = small.note(small.new, "социальной", status="in_review")
    small.note(small.new, "социальной", carried_from=small.note(small.old, "социальной"), placing="reconfirm",
               quote="социальной розни")  # fmt: skip
    small.note(small.new, "социальной", carried_from=small.note(small.old, "социальной"), placing="lost")
    small.need(before)
    law = "/w/laws/small-code"
    addresses = [
        "/w/", "/w/?tab=reconfirm", "/w/?tab=mentions", f"{law}/", f"{law}/verdicts/discord/l2025-09/",
        f"/w/review/verdict-{row.pk}/", f"/w/review/verdict-{row.pk}/?ask=publish", f"/w/review/note-{note.pk}/",
        f"{law}/reconfirm/l2025-09/", f"{law}/reconfirm/l2025-09/?item=need-{needs_of(small)}",
        f"{law}/reconfirm/l2025-09/together/",
    ]  # fmt: skip
    found = {}
    with browsing() as browser:
        for options in CONTEXTS:
            page = signed_in(browser, live_server, "reviewer", **options)
            for address in addresses:
                answer = page.goto(live_server.url + address)
                assert answer is not None
                assert answer.status == 200, address
                wrong = violations(page)
                if wrong:
                    found[address, options["viewport"]["width"], options["color_scheme"]] = wrong
            page.goto(f"{live_server.url}{law}/verdicts/discord/l2025-09/")
            page.click("button[value=save]")
            assert page.query_selector("#wrong") is not None
            if wrong := violations(page):
                found["refused", options["viewport"]["width"], options["color_scheme"]] = wrong
    assert found == {}


def needs_of(small: SmallLaw) -> int:
    return int(small.new.needs.get().pk)


def violations(page: Page) -> list[Any]:
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.evaluate(AXE.read_text(encoding="utf-8"))  # a script tag would need an exception in the policy
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [*([("sideways", sideways)] if sideways else []), *((v["id"], v["nodes"][0]["html"][:160]) for v in found)]
