"""Reading pages in a real browser: no axe violation, no sideways scroll, few requests, keys, a pager without script."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM
from tests.pages import sites
from tests.pages.data import reading
from tracker.publication.views import reading as views

AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
pytestmark = pytest.mark.browser
PAIR = {"law": "sample-code", "a": "old", "b": "new"}
LAW = "laws/sample-code"
# Folder → (view, address with query, values). Real law where words are compared, SAMPLE states elsewhere.
PAGES: dict[str, tuple[Any, str, dict[str, str]]] = {
    "inline": (views.compare, f"{LAW}/compare/old...new/?show=all", PAIR),
    "split": (views.compare, f"{LAW}/compare/old...new/?show=all&view=split", PAIR),
    "list": (views.compare, f"{LAW}/compare/old...new/?show=all&view=list", PAIR),
    "sample": (views.compare, f"{LAW}/compare/old...new/?from=new&to=new", PAIR),
    "pair": (views.pair, f"{LAW}/compare/old...new/k7f2-discord/?view=split", {**PAIR, "key": "k7f2-discord"}),
    "life": (views.life, f"{LAW}/p/k7f2-discord/", {"law": "sample-code", "key": "k7f2-discord"}),
    "article": (views.article, f"{LAW}/v/new/art-174/", {"law": "sample-code", "v": "new", "n": "174"}),
    "contents": (views.contents, f"{LAW}/v/new/?expand=1", {"law": "sample-code", "v": "new"}),
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """The test says what went wrong."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Every page in a folder of its own, as plain files."""
    sample = reading.life_documents() | {f"{LAW}/v/new/art-174": reading.article(), f"{LAW}/v/new": reading.contents()}
    for name, (view, address, values) in PAGES.items():
        documents = reading.real_documents() if name in {"inline", "split", "list"} else sample
        target = tmp_path / name / "en" / address.partition("?")[0] / "index.html"
        target.parent.mkdir(parents=True)
        target.write_bytes(sites.page(view, f"/en/{address}", documents, **values).content)
        shutil.copytree(settings.BASE_DIR / "static", tmp_path / name / "static")
    running = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def opened(browser: Browser, server: str, name: str, width: int = 1280, **options: Any) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    page.goto(f"{server}/{name}/en/{PAGES[name][1].partition('?')[0]}")
    return page


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (320, "light")]
)
def test_pages_have_no_violation_no_sideways_scroll_and_at_most_three_requests(
    server: str, browser: Browser, width: int, scheme: Any
) -> None:
    found = {name: wrong(browser, f"{server}/{name}", name, width, scheme) for name in PAGES}
    assert {name: each for name, each in found.items() if each} == {}


def wrong(browser: Browser, server: str, name: str, width: int, scheme: Any) -> list[Any]:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{server}/en/{PAGES[name][1].partition('?')[0]}")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    own = [url for url in requests if not url.endswith("/icon.svg")]  # fetched once for the whole site
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.add_script_tag(path=AXE)
    violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    page.close()
    said = [(each["id"], each["nodes"][0]["html"][:160]) for each in violations]
    return [*said, *([f"{sideways} px sideways"] if sideways else []), *(own if len(own) > 3 else [])]


@pytest.mark.parametrize("name", ["inline", "split", "list"])
def test_n_three_times_focuses_change_3_and_no_bar_covers_it(server: str, browser: Browser, name: str) -> None:
    page = opened(browser, server, name)
    for _ in range(3):
        page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == "c3"
    uncovered = page.evaluate(
        "(() => { const box = document.activeElement.getClientRects()[0];"
        " const top = document.elementFromPoint(box.left + 2, box.top + box.height / 2);"
        " return document.activeElement.contains(top); })()"
    )
    assert uncovered
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == "c2"
    page.close()


def test_brackets_step_through_articles_and_v_opens_the_next_view(server: str, browser: Browser) -> None:
    page = opened(browser, server, "inline")
    page.keyboard.press("]")
    page.keyboard.press("]")
    first, second = page.evaluate("[...document.querySelectorAll('.compared')].slice(0, 2).map((each) => each.id)")
    assert page.evaluate("document.activeElement.id") == second
    page.keyboard.press("[")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("v")
    page.wait_for_url("**view=list**")
    page.close()


def test_keys_do_nothing_in_form_fields(server: str, browser: Browser) -> None:
    page = opened(browser, server, "inline")
    page.focus("#show")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == "show"
    page.close()


def test_a_phone_without_javascript_steps_through_changes_by_links(server: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/inline/en/{PAGES['inline'][1].partition('?')[0]}")
    page.click("text=First change")
    bar = page.locator(".steps-between:visible")
    for number in (1, 2, 3):
        assert bar.count() == 1
        assert bar.inner_text().split("\n")[-2 if number > 1 else 0].startswith(f"Change {number} of ")
        assert page.url.endswith(f"#c{number}")
        bar.locator("a", has_text="Next").click()
    context.close()


def test_a_phone_reads_the_life_as_a_list_and_a_wide_screen_as_a_picture_too(server: str, browser: Browser) -> None:
    for width, drawn in ((390, False), (1280, True)):
        page = opened(browser, server, "life", width)
        assert page.locator("svg.river").is_visible() is drawn
        assert page.locator("ul.paths").is_visible()
        page.close()
