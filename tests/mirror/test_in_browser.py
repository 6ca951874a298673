"""Scenario 15: a copy read from a disk, and under another path of another server, in a real browser."""

from __future__ import annotations

import functools
import threading
import zipfile
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM, ROLES
from tests.mirror import sample
from tests.pages.test_browser import AXE, Quiet

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=ROLES), pytest.mark.usefixtures("emptied"), pytest.mark.browser
]  # fmt: skip
PAGES = 50


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A copy, and the archive of one law unpacked beside it."""
    sample.released()
    sample.built(tmp_path / "other" / "path")
    with zipfile.ZipFile(tmp_path / "other" / "path" / "laws" / f"{sample.LAW}.zip") as archive:
        archive.extractall(tmp_path / "disk")
    return tmp_path


@pytest.fixture
def served(built: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/other/path/site/"
    server.shutdown()


@pytest.fixture
def browser(served: str) -> Iterator[Browser]:
    """Started after the copy was made: the browser's event loop and the database do not share a thread."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def walk(page: Page, root: str) -> tuple[set[str], list[str]]:
    """Follow every link of the first pages below `root`: the pages seen, and whatever went wrong or elsewhere."""
    wrong: list[str] = []

    def asked(request: Any) -> None:
        if not request.url.startswith(root):
            wrong.append(f"asked for {request.url}")

    def failed(request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # a picture that was under way when the walk went on
            wrong.append(f"failed: {request.url}")

    page.on("request", asked)
    page.on("requestfailed", failed)
    page.on("response", lambda answer: wrong.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    seen: set[str] = set()
    waiting = [f"{root}index.html"]
    while waiting and len(seen) < PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = page.goto(address)
        if answer is not None and answer.status not in {0, 200}:
            wrong.append(f"{answer.status}: {address}")
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        waiting += [urldefrag(link)[0] for link in links if link.startswith(root) and ".html" in link]
    return seen, wrong


def test_scenario_15_a_law_from_a_disk_and_a_mirror_under_another_path_work_without_another_host(
    built: Path, served: str, browser: Browser
) -> None:
    for root in (f"file://{built}/disk/{sample.LAW}/", served):
        page = browser.new_page()
        seen, wrong = walk(page, root)
        assert (len(seen), wrong) == (PAGES, [])
        page.close()


def test_the_search_of_a_copy_finds_words_in_their_forms_and_article_numbers_from_a_disk(
    built: Path, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"file://{built}/other/path/site/en/search/index.html")
    page.fill("#q", "возбуждением розни")
    assert "Article 174" in page.inner_text("#results li")
    page.fill("#q", "174")
    page.click("#results li a")
    assert page.inner_text("h1").startswith("Article 174")
    page.goto(f"file://{built}/other/path/site/en/search/index.html")
    page.fill("#q", "qqqq")
    assert page.inner_text("#found").startswith("Nothing was found")


def test_without_scripts_the_same_articles_stand_in_a_list(built: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{built}/other/path/site/en/search/index.html")
    assert not page.is_visible("#q")
    page.click("main details summary")
    page.click("main details a[href]")
    assert page.inner_text("h1").startswith("Article")
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_of_a_copy_have_no_violation_and_do_not_scroll_sideways(
    built: Path, browser: Browser, width: int, scheme: Any
) -> None:
    for name in ("index.html", "en/search/index.html", f"ru/{sample.BASE}/index.html"):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(f"file://{built}/other/path/site/{name}")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, name
        page.add_script_tag(content=Path(AXE).read_text())
        violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in violations] == [], name
        page.close()
