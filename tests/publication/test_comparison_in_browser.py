"""The comparison of the real case by keyboard and by ear: the next change, and every change as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.answers import serving
from tests.conftest import CHROMIUM, ROLES
from tests.workspace.steps import Steps
from tracker.accounts.models import User

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo"), pytest.mark.browser]
PAIR = "laws/kz-criminal-code-2014/compare/v1997...l2015-11/"
SITES = {"public": f"/en/{PAIR}", "workspace": f"/w/{PAIR}"}


@pytest.fixture
def answers() -> dict[str, bytes]:
    """Address with query → page, as each site answers it. Made before the browser: its event loop and the database
    do not share a thread.
    """
    member = Client()
    member.force_login(User.objects.get(handle="analyst"))
    clients, found = {"public": Client(), "workspace": member}, dict[str, bytes]()
    for site, address in SITES.items():
        inline = clients[site].get(f"{address}?view=inline").content
        listed = re.search(r'href="([^"]+)"[^>]*>List of changes', inline.decode())
        assert listed is not None
        there = urljoin(address, unescape(listed[1]))
        found |= {f"{address}?view=inline": inline, there: clients[site].get(there).content}
        found[address] = clients[site].get(address).content
    return found


@pytest.fixture
def served(answers: dict[str, bytes]) -> Iterator[str]:
    with serving(answers) as address:
        yield address


@pytest.fixture
def browser(served: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def name_of_focus(page: Page) -> str:
    """The accessible name of the focused element, as the browser tells it to a screen reader."""
    session = page.context.new_cdp_session(page)
    focused = session.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    nodes = session.send("Accessibility.getPartialAXTree", {"objectId": focused, "fetchRelatives": False})["nodes"]
    return str(nodes[0]["name"]["value"])


COVERED = """() => [...document.activeElement.getClientRects()].filter((box) => {
  const points = [[box.left + 2, box.top + 2], [box.right - 2, box.bottom - 2], [box.left + 2, box.bottom - 2]];
  return !points.every(([x, y]) => document.activeElement.contains(document.elementFromPoint(x, y)));
}).length"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("site", list(SITES))
def test_scenario_04_n_three_times_is_on_change_3_which_says_its_part_kind_and_words(
    served: str, browser: Browser, site: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(served + SITES[site])
    steps = Steps(page)
    for _ in range(3):
        steps.press("n")
    steps.at_most(3)
    assert page.evaluate("document.activeElement.id") == "c3"
    name = name_of_focus(page)
    number, place, kind = name.split(",")[0], name.split(",")[1].strip(), name.split(",", 2)[2]
    assert number.startswith("Change 3 of ")
    assert place.startswith(("part ", "article ", "heading"))
    assert any(word in kind for word in ("added", "deleted", "replaced", "moved"))
    marked = page.evaluate("[...document.activeElement.querySelectorAll('ins, del')].map((each) => each.innerText)")
    assert marked
    assert all(words[:20] in name for words in marked)
    assert page.evaluate(COVERED) == 0


@pytest.mark.parametrize("site", list(SITES))
def test_scenario_05_the_list_of_changes_is_one_sentence_each_and_marks_as_much_as_one_text(
    served: str, browser: Browser, site: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served}{SITES[site]}?view=inline")
    inline = marks(page)
    assert min(inline) > 0
    steps = Steps(page)
    steps.click("text=List of changes")
    steps.at_most(1)
    assert "view=list" in page.url
    assert marks(page) == inline
    changes = page.locator("ol.change-list > li")
    assert changes.count() > 0
    for sentence in changes.evaluate_all(SENTENCES):
        assert sentence[0].isupper(), sentence
        assert sentence.count(".") == 1, sentence
        assert sentence.endswith("."), sentence
        assert any(word in sentence for word in ("added", "deleted", "replaced by", "moved to")), sentence


# What each item says besides the words of the two texts, which hold points of their own.
SENTENCES = """(items) => items.map((item) => {
  const copy = item.cloneNode(true);
  copy.querySelectorAll("ins, del").forEach((each) => each.remove());
  return copy.innerText.replace(/\\s+/g, " ").trim();
})"""


def marks(page: Page) -> tuple[int, int]:
    return page.locator("article ins").count(), page.locator("article del").count()
