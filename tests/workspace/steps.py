"""Counting what a person does: one step is one click, one key chord, one filled field or one drag of the mouse."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections
from playwright.sync_api import Page

Answer = TypeVar("Answer")


class Steps:
    """Acts on a page and counts. Moving the focus by Tab belongs to the step it leads to."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taken: list[str] = []

    @property
    def count(self) -> int:
        return len(self.taken)

    def click(self, selector: str) -> None:
        self.taken.append(f"click {selector}")
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def press(self, keys: str) -> None:
        self.taken.append(f"press {keys}")
        self.page.keyboard.press(keys)
        self.page.wait_for_load_state()

    def fill(self, selector: str, text: str) -> None:
        self.taken.append(f"fill {selector}")
        self.page.locator(selector).first.fill(text)

    def choose(self, selector: str, value: str) -> None:
        self.taken.append(f"choose {selector}")
        self.page.locator(selector).first.select_option(value)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.taken.append("drag")
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=8)
        self.page.mouse.up()

    def reach(self, selector: str, *, most: int = 200) -> None:
        """Move the focus forward by Tab until it stands on the element. No step of its own."""
        wanted = self.page.locator(selector).first
        for _ in range(most):
            if wanted.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by keyboard")

    def at_most(self, limit: int) -> None:
        assert self.count <= limit, self.taken


def aside(act: Callable[[], Answer]) -> Answer:
    """Do something with the database beside the browser, whose event loop does not share a thread with it."""

    def alone() -> Answer:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()
