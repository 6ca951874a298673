"""Pages in a real browser: no axe violation, no sideways scroll, few requests, everything there without JavaScript."""

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
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.conftest import CHROMIUM
from tests.pages import data, sites
from tracker.publication.views import pages

AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
pytestmark = pytest.mark.browser
ADDRESSES = {
    "/en/": (pages.landing, {}),
    "/en/laws/": (pages.laws, {}),
    "/en/laws/sample-code/": (pages.overview, {"law": "sample-code"}),
    "/ru/laws/sample-code/": (pages.overview, {"law": "sample-code"}),
    "/kk/laws/many/": (pages.overview, {"law": "many"}),
    "/en/laws/ten/": (pages.overview, {"law": "ten"}),
    "/en/standards/": (pages.standards, {}),
    "/en/standards/iccpr-19-3/": (pages.standard, {"s": "iccpr-19-3"}),
    "/ru/method/": (pages.method, {}),
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """The test says what went wrong."""


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[str]:
    """The pages as plain files below a path of their own, as a mirror would serve them."""
    folder = tmp_path / "mirror" / "seven"
    shutil.copytree(settings.BASE_DIR / "static", folder / "static")
    documents = data.documents()
    documents |= {"laws/many/overview": data.many(6, 7), "laws/ten/overview": data.many(6, 10)}
    for address, (view, values) in ADDRESSES.items():
        target = folder / address.strip("/") / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(sites.page(view, address, documents, language=address[1:3], **values).content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/mirror/seven"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def requests_of(page: Page) -> list[Request]:
    """Fills while the page loads."""
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request))  # noqa: PLW0108  # a built-in method is not accepted here
    return seen


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (320, "light")]
)
def test_pages_have_no_violation_no_sideways_scroll_and_at_most_three_requests(
    mirror: str, browser: Browser, width: int, scheme: Any
) -> None:
    found = {}
    for address in ADDRESSES:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        seen = requests_of(page)
        page.goto(mirror + address)
        assert all(request.url.startswith(mirror) for request in seen), "no request leaves the mirror"
        assert len(seen) <= 3
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.add_script_tag(path=AXE)
        violations = [each["id"] for each in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]]
        if sideways or violations:
            found[address] = (sideways, violations)
        page.close()
    assert found == {}


def test_a_phone_without_javascript_reads_headline_and_every_latest_verdict(mirror: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(mirror + "/ru/laws/sample-code/")
    assert page.locator("h2.claim").is_visible()
    rows = page.locator("table.matrix tbody tr:not(.group)")
    assert rows.count() == len(data.ROWS)
    for index in range(rows.count()):
        assert rows.nth(index).locator("td:not(.next)").last.is_visible()
    context.close()


def test_links_from_the_landing_page_work_below_another_path(mirror: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(mirror + "/en/")
    page.click("h2 a")
    assert page.url == mirror + "/en/laws/sample-code/"
    page.click("nav.lang a[lang=ru]")
    assert page.url == mirror + "/ru/laws/sample-code/"
    page.close()
