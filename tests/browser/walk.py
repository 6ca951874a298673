"""Stored pages in a real browser, wide and narrow, light and dark: what axe says of them, and what scrolls sideways."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.answers import serving
from tests.conftest import CHROMIUM
from tests.pages.test_browser import AXE

SIZES = ((1280, "light"), (1280, "dark"), (390, "dark"), (390, "light"))


def wrong_on(pages: Mapping[str, bytes]) -> dict[Any, list[Any]]:
    """(address, width, scheme) → what is wrong there, of pages by their address, with every disclosure open."""
    found: dict[Any, list[Any]] = {}
    with serving(pages) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for address in pages:
            page.goto(server + address)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            page.add_script_tag(path=Path(AXE))
            for width, scheme in SIZES:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                if wrong := _violations(page):
                    found[address, width, scheme] = wrong
        browser.close()
    return found


def _violations(page: Page) -> list[Any]:
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [*([("sideways", sideways)] if sideways else []), *((v["id"], v["nodes"][0]["html"][:160]) for v in found)]
