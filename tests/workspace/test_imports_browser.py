"""The import wizard in a real browser, on real law: scenarios 8 and 10 of the user's specification."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from codes.models import Import, ImportAnswer, Version
from tests.conftest import CHROMIUM, ROLES
from tests.workspace.imports_law import (
    NEW,
    OLD,
    PASSWORD,
    SMALL_OLD,
    Followed,
    begin,
    followed,
    imported,
    judged,
    work,
)
from tests.workspace.steps import Steps, aside

AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=ROLES),
    pytest.mark.usefixtures("emptied"),
    pytest.mark.browser,
]


@pytest.fixture
def law(emptied: None) -> Followed:
    """Current law with a published verdict on the article that will be split."""
    case = followed(OLD)
    judged(case, "164")
    return case


@pytest.fixture
def small(emptied: None) -> Followed:
    case = followed(SMALL_OLD)
    judged(case, "337")
    imported(case)
    return case


@pytest.fixture
def browser(emptied: None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def signed_in(browser: Browser, address: str, handle: str = "ana", **options: Any) -> tuple[BrowserContext, Page]:
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(f"{address}/w/sign-in/")
    page.fill("input[autocomplete=username], input[name=handle], input[name=username]", handle)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button.main")
    page.wait_for_url("**/w/")
    return context, page


def worker() -> Import:
    """What a worker does with the import that is queued."""
    return aside(lambda: work(Import.objects.filter(law__isnull=False).latest("pk")))


def test_scenario_08_an_import_with_problems_and_uncertain_matches(
    law: Followed, browser: Browser, live_server: Any
) -> None:
    context, page = signed_in(browser, live_server.url)
    steps = Steps(page)
    page.goto(f"{live_server.url}/w/laws/code/import/")
    page.set_input_files("[name=file]", str(NEW))
    steps.taken.append("act")
    steps.choose("[name=stage]", "tabled")
    steps.fill("[name=day]", "2014-05-21")
    steps.choose("[name=language]", "ru")
    steps.fill("[name=label]", "Second reading")
    steps.click("text=Upload and read")
    page.wait_for_url("**/progress/")
    worker()
    page.wait_for_url("**/structure/", timeout=10_000)
    assert page.inner_text("ul.problems li p b") == "Warning"
    assert "Line 275" in page.inner_text("ul.problems")
    steps.click("text=Continue with 1 warning")
    assert "5 need you" in page.inner_text("main")
    before = page.url
    steps.press("2")
    page.wait_for_url(lambda url: url != before)
    assert "Answered: Different. 4 matches wait for an answer." in page.inner_text("#status")
    assert aside(lambda: list(ImportAnswer.objects.values_list("choice", flat=True))) == ["different"]

    context.close()  # the browser is closed; the answers stay
    context, page = signed_in(browser, live_server.url)
    steps.page = page
    page.goto(f"{live_server.url}/w/laws/code/import/")
    steps.click("#going + ul a")
    assert "4 need you" in page.inner_text("main")
    steps.click("#cards a >> text=168, 170 → 179")
    steps.press("4")
    page.wait_for_url(lambda url: "168" not in url)
    steps.click("#cards a >> text=143 → 148, 399")
    steps.press("3")
    page.wait_for_url(lambda url: "143%3E148" not in url)
    steps.press("5")
    page.wait_for_function("document.querySelector('#status').innerText.includes('1 match')")
    steps.click("#cards a >> text=136, 140 → 139")
    steps.click("text=Undo")
    page.wait_for_function("document.querySelector('#status').innerText.includes('Answer taken back.')")
    steps.click("text=Continue, 2 undecided")
    assert "New text: Second reading, 93 articles." in page.inner_text("main")
    assert "2 are undecided" in page.inner_text("main")
    assert "Nothing becomes public now." in page.inner_text("main")
    steps.click("text=Add this text")
    context.close()  # the work goes on without a browser
    run = worker()
    context, page = signed_in(browser, live_server.url)
    page.goto(f"{live_server.url}/w/imports/{run.pk}/progress/")
    assert "The text was added: 93 articles. Nothing of it is public yet." in page.inner_text("main")
    assert "Verdicts to read again: 1." in page.inner_text("main")
    steps.at_most(20)
    assert aside(lambda: _articles(run)) == 93
    answered = aside(lambda: set(ImportAnswer.objects.exclude(choice="").values_list("choice", flat=True)))
    assert answered >= {"new", "merged", "split"}


def _articles(run: Import) -> int:
    return Version.objects.get(slug=run.parameters["slug"]).articles.count()


def test_scenario_10_a_split_is_marked_and_the_old_address_still_opens(
    small: Followed, browser: Browser, live_server: Any
) -> None:
    _, page = signed_in(browser, live_server.url)
    steps = Steps(page)
    old_address = f"{live_server.url}/w/laws/code/v/first/art-337/"
    page.goto(f"{live_server.url}/w/laws/code/compare/first...second/links/")
    steps.click("tbody a >> text=337 → 404")
    steps.fill("#why", "read in both texts")
    page.fill("[data-side=new] >> nth=1", "405")
    steps.taken.append("act")
    steps.press("Escape")
    page.click("button[value=split]")
    steps.taken.append("act")
    page.wait_for_load_state()
    assert "Article 337-1 is certainly Article 405" in page.inner_text("[role=alert].notice")
    page.fill("[data-side=new] >> nth=1", "402")
    page.click("button[value=split]")
    page.wait_for_url("**/links/")
    steps.taken += ["fill", "click"]
    assert "The match was corrected." in page.inner_text("#status")
    steps.at_most(7)
    life = aside(lambda: small.law.provisions.get(anchor_number="337").key)
    page.goto(f"{live_server.url}/w/laws/code/p/{life}/")
    assert "402" in page.inner_text("main")
    assert "404" in page.inner_text("main")
    assert "split" in page.inner_text("main").lower()
    page.goto(old_address)
    assert "Article 337" in page.inner_text("h1")
    assert "Создание или участие в деятельности незаконных" in page.inner_text("main")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_wizard_s_pages_have_no_violation_and_no_sideways_scroll(
    width: int, scheme: Any, law: Followed, browser: Browser, live_server: Any
) -> None:
    run = aside(lambda: _read(law))
    _, page = signed_in(
        browser, live_server.url, bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    found = {}
    for step in ("laws/code/import/", *(f"imports/{run.pk}/{name}/" for name in ("structure", "align", "check"))):
        page.goto(f"{live_server.url}/w/{step}")
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.add_script_tag(path=AXE)
        violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        if sideways or violations:
            found[step] = (sideways, [(v["id"], v["nodes"][0]["html"][:120]) for v in violations])
    assert found == {}


def _read(case: Followed) -> Import:
    return work(begin(case, NEW))
