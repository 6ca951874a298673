"""The real case in a real browser: no axe violation, no sideways scroll, and the reader's way through it."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import CHROMIUM, ROLES
from tests.pages.test_browser import AXE, Quiet
from tests.publication import public_pages
from tests.workspace.steps import aside
from tracker.accounts.models import User

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo"), pytest.mark.browser]
LAW = "laws/kz-criminal-code-2014/"
PAIR = f"{LAW}compare/v1997...l2015-11/"
FURTHER = [
    f"/ru/{LAW}", f"/kk/{LAW}", f"/ru/{LAW}p/d2mz-inciting-discord/", f"/ru/{PAIR}d2mz-inciting-discord/",
    f"/en/{LAW}compare/l2020-05...l2020-07/", "/kk/method/", "/ru/search/?q=174",
    f"/w/{LAW}", f"/w/{PAIR}d2mz-inciting-discord/", "/w/", "/w/sign-in/",
]  # fmt: skip


def places() -> dict[str, str]:
    """Address → where its answer is kept: every kind of public page, further languages, and some of the members'."""
    asked = [*public_pages.addresses(), *FURTHER]
    return {address: quote(address.replace("/?", "-"), safe="/@.~=&-") for address in asked}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The pages as the site answers them, kept as files and served from the root."""
    shutil.copytree(settings.BASE_DIR / "static", tmp_path / "static")
    member, public = Client(), Client()
    member.force_login(User.objects.get(handle="analyst"))
    for address, place in places().items():
        asks = public if not address.startswith("/w/") or "sign-in" in address else member
        target = tmp_path / place.strip("/").replace("%", "") / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        answer = asks.get(address)
        assert answer.status_code == 200, address
        target.write_bytes(answer.content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def browser(served: str) -> Iterator[Browser]:
    """Started after the pages were made: the browser's event loop and the database do not share a thread."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_no_page_of_the_case_has_a_violation_or_scrolls_sideways(
    served: str, browser: Browser, width: int, scheme: Any
) -> None:
    found = {}
    kept = aside(places)
    for address, place in kept.items():
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(f"{served}{place.replace('%', '').rstrip('/')}/")
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.add_script_tag(path=AXE)
        violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        if sideways or violations:
            found[address] = (sideways, [(v["id"], v["nodes"][0]["html"][:120]) for v in violations])
        page.close()
    assert found == {}


def test_the_penalty_table_names_the_years_and_both_editions(served: str, browser: Browser) -> None:
    """Scenario 2: from the comparison a reader sees part 2 go from 3–7 to 5–10 years."""
    page = browser.new_page()
    page.goto(f"{served}/en/{PAIR}")
    text = page.inner_text("#d2mz-inciting-discord")
    assert "3 to 7 years" in text
    assert "5 to 10 years" in text
    assert "In force, November 2015" in page.inner_text("main")
    assert "last edition" in page.inner_text("main")
