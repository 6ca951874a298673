"""What a reader does on the public site, in a real browser over HTTP; a step is a click, a key or a filled field."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.conftest import CHROMIUM, ROLES
from tests.workspace.notes_site import served
from tests.workspace.steps import Steps

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo"), pytest.mark.browser]
LAW = "/en/laws/kz-criminal-code-2014/"


@pytest.fixture
def site() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    """Started after the server: the browser's event loop and the database do not share a thread."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_scenario_01_a_reader_without_javascript_reads_the_headline_and_every_latest_verdict(
    site: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # it marks its handlers
    answer = page.goto(site + LAW)
    assert answer is not None
    steps = Steps(page)
    assert re.search(r"\d+ of \d+ recommended changes (was|were) made\.", page.inner_text("main"))
    rows = page.locator("table.matrix tbody tr:not(.group)")
    assert rows.count() >= 17
    for at in range(rows.count()):
        words = rows.nth(at).inner_text()
        assert re.search("Fixed|Partly fixed|Unchanged|Made stricter|New restriction|Not assessed|Not in", words), words
    assert page.locator("table.matrix tbody tr:not(.group)").first.is_visible()
    assert len(asked) <= 3
    bodies = sum(len(gzip.compress(request.response().body())) for request in asked if request.response())  # type: ignore[union-attr]  # it has answered
    assert bodies <= 45 * 1024
    steps.at_most(1)
    context.close()
    scripted = browser.new_page(viewport={"width": 390, "height": 800})
    scripted.goto(site + LAW)
    assert sideways(scripted) == 0


def test_scenario_02_a_reader_goes_from_a_cell_to_its_article_and_on_to_the_comparison_with_current_law(
    site: str, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(site + LAW)
    steps = Steps(page)
    steps.click('table.matrix a[href*="v/l2015-11/art-174/"]')
    assert "Article 174" in page.inner_text("h1")
    steps.click('.counterparts a[href*="compare/v1997...l2015-11/"]')
    steps.at_most(2)
    table = page.inner_text("table.penalties, .penalties table, .penalties")
    assert "3 to 7 years" in table
    assert "5 to 10 years" in table
    editions = page.inner_text("main")
    assert "In force, November 2015" in editions
    assert "Current law (1997, last edition)" in editions


def test_scenario_03_a_reader_changes_base_and_topic_and_back_restores_what_was_shown(
    site: str, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(site + LAW)
    before = (page.url, page.inner_text("table.matrix"))
    steps = Steps(page)
    steps.click('.filters label:has(input[name="base"][value="law"])')
    steps.choose('.filters select[name="topic"]', "libel")
    steps.click(".filters button")
    steps.at_most(3)
    assert "base=law" in page.url
    assert "topic=libel" in page.url
    rows = page.locator("table.matrix tbody tr:not(.group)")
    said = page.inner_text("table.matrix caption")
    shown = re.search(r"(\d+) of \d+ provisions? shown", said)
    assert shown is not None, said
    assert int(shown.group(1)) == rows.count()
    tally = [int(n) for n in re.findall(r"\d+", page.inner_text(".key-line"))]
    extra = page.locator("table.matrix tr.group", has_text="not counted in the").count()
    assert extra == 0
    assert sum(tally) == rows.count()
    page.go_back()
    assert (page.url, page.inner_text("table.matrix")) == before
