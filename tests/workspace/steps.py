"""Counting what a person does: a step is one click, key chord or filled field."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass
class Steps:
    page: Page
    taken: int = 0

    def click(self, selector: str) -> None:
        self.taken += 1
        self.page.click(selector)

    def press(self, keys: str) -> None:
        self.taken += 1
        self.page.keyboard.press(keys)

    def fill(self, selector: str, text: str) -> None:
        self.taken += 1
        self.page.fill(selector, text)
