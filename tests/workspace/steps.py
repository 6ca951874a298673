"""Counting what a person does: one click, one key chord, one filled field is one step (docs: acceptance scenarios)."""

from __future__ import annotations

from playwright.sync_api import Page


class Steps:
    """Acts on a page and counts. `at_most` asserts the limit of a scenario."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taken: list[str] = []

    def click(self, selector: str) -> None:
        self.taken.append(f"click {selector}")
        self.page.locator(selector).first.click()

    def press(self, keys: str) -> None:
        self.taken.append(f"press {keys}")
        self.page.keyboard.press(keys)

    def fill(self, selector: str, value: str) -> None:
        self.taken.append(f"fill {selector}")
        self.page.locator(selector).first.fill(value)

    def choose(self, selector: str, value: str) -> None:
        self.taken.append(f"choose {selector}")
        self.page.locator(selector).first.select_option(value)

    def at_most(self, limit: int) -> None:
        assert len(self.taken) <= limit, self.taken
