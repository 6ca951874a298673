"""Counts what a person does in the browser: one click, key chord or filled field is one step (ux.md §9)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from django.db import connections
from playwright.sync_api import Page

Answer = TypeVar("Answer")


@dataclass
class Steps:
    page: Page
    taken: int = 0

    def click(self, selector: str) -> None:
        self.taken += 1
        self.page.click(selector)
        self.page.wait_for_load_state()

    def press(self, keys: str) -> None:
        self.taken += 1
        self.page.keyboard.press(keys)
        self.page.wait_for_load_state()

    def fill(self, selector: str, value: str) -> None:
        self.taken += 1
        self.page.fill(selector, value)

    def choose(self, selector: str, value: str) -> None:
        self.taken += 1
        self.page.select_option(selector, value)


def aside(act: Callable[[], Answer]) -> Answer:
    """Do something with the database beside the browser, whose event loop does not share a thread with it."""

    def alone() -> Answer:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()
