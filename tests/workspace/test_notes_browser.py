"""The annotation workspace in a real browser, on real law over real HTTP: the scenarios of its acceptance, and axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from amendments.services import threads
from tests.conftest import CHROMIUM, ROLES
from tests.pages.test_reading_browser import AXE
from tests.workspace import notes_site
from tests.workspace.notes_site import ARTICLE, served, session_of, signed_in
from tests.workspace.steps import Steps

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=ROLES),
    pytest.mark.usefixtures("emptied"),
    pytest.mark.browser,
]
MARK = ".on-note"


@dataclass(frozen=True)
class Desk:
    """The site with one law, a browser, and the analyst's and the reviewer's sessions."""

    site: str
    browser: Browser
    sessions: dict[str, str]
    note: int

    def open(self, path: str = ARTICLE, who: str = "analyst", **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        page = signed_in(self.browser, self.site, self.sessions[who], **options).new_page()
        page.goto(self.site + path)
        return page


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Rows are made before the browser starts: its event loop and the database do not share a thread."""
    law = notes_site.law()
    note = law.note("лишением свободы на срок от пяти до десяти лет", "Five to ten years.", standards=law.standards[:1])
    threads.say(note, text="Please look, @notes-reviewer.", by=law.people["analyst"])
    law.note("на срок от пяти до десяти лет с лишением права занимать", "Overlaps.", topics=2, concern=law.concern)
    sessions = {handle: session_of(law.people[handle]) for handle in ("analyst", "reviewer", "reader")}
    with served() as site, sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield Desk(site, running, sessions, note.pk)
        running.close()


def box_of(page: Page, words: str) -> dict[str, float]:
    """Where words of the law stand on the screen."""
    found: dict[str, float] = page.evaluate(
        """(words) => {
          const all = document.createTreeWalker(document.getElementById("noted"), NodeFilter.SHOW_TEXT);
          while (all.nextNode()) {
            const at = all.currentNode.textContent.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(all.currentNode, at);
            range.setEnd(all.currentNode, at + words.length);
            range.startContainer.parentElement.scrollIntoView({ block: "center" });
            const boxes = range.getClientRects();
            const first = boxes[0], last = boxes[boxes.length - 1];
            return { x1: first.left, y1: first.top + first.height / 2, x2: last.right, y2: last.top + last.height / 2 };
          }
        }""",
        words,
    )
    return found


def marked(page: Page, note: str) -> str:
    """The words marked for a note."""
    return "".join(page.locator(f'mark[data-note="{note}"]').all_text_contents())


def verdict(base: str, value: str) -> str:
    return f'input[name="verdict_{base}"][value="{value}"]'


# ---- scenario 6 ----


def test_scenario_06_select_words_and_save_a_note_with_topic_standard_and_three_verdicts(desk: Desk) -> None:
    page = desk.open()
    steps = Steps(page)
    where = box_of(page, "разжигание социальной, национальной")
    steps.drag((where["x1"] + 3, where["y1"]), (where["x2"] - 3, where["y2"]))
    page.wait_for_selector("#add-note:visible")
    button, selection = page.locator("#add-note a").bounding_box(), where
    assert button is not None
    assert button["y"] > selection["y2"], "the button stands below the selection"
    steps.click("#add-note a")
    steps.click('#f-topics label:has-text("Discord") input')
    steps.click('#f-standards label:has-text("ICCPR article 19") input')
    steps.click(verdict("recommendation", "stricter"))
    steps.click(verdict("current_law", "stricter"))
    steps.click(verdict("previous", "unchanged"))
    steps.click("#note-form button.main")
    page.wait_for_url("**/art-174/#t*")
    steps.at_most(9)
    assert page.inner_text("#status") == "Note saved as draft."
    page.reload()
    note = page.url.rpartition("#t")[2]
    assert marked(page, note) == "разжигание социальной, национальной"
    assert "ICCPR article 19" in page.inner_text(f"#t{note}")
    page.click(f"#t{note} >> text=Edit")
    page.wait_for_selector("#note-form")
    form = page.inner_text("#note-form")
    assert form.count("On its way, by notes-analyst: Made stricter.") == 2
    assert form.count("On its way, by notes-analyst: Unchanged.") == 1


# ---- scenario 7 ----


def test_scenario_07_the_same_note_by_keyboard_only_through_note_on_this_part(desk: Desk) -> None:
    page = desk.open()
    steps = Steps(page)
    steps.reach(".note-on a")
    steps.press("Enter")
    page.wait_for_selector("#note-form")
    expect(page.locator("#f-quote")).to_be_focused()
    steps.fill("#f-quote", "Разжигание  социальной, национальной")
    for box in ('#f-topics input[type="checkbox"]', '#f-standards input[type="checkbox"]'):
        steps.reach(box)
        steps.press("Space")
    for base, keys in {
        "recommendation": ["ArrowDown"] * 3,
        "current_law": ["ArrowDown"] * 3,
        "previous": ["ArrowUp"],
    }.items():
        steps.reach(verdict(base, "fixed"))
        for key in keys:
            steps.press(key)
    assert page.is_checked(verdict("current_law", "stricter"))
    assert page.is_checked(verdict("previous", "not_assessed"))
    steps.press("Control+Enter")
    page.wait_for_url("**/art-174/#t*")
    steps.at_most(12)
    note = page.url.rpartition("#t")[2]
    assert marked(page, note) == "разжигание социальной, национальной"
    assert page.evaluate("document.activeElement.id") == f"t{note}"


def test_scenario_07_a_quote_that_is_not_in_the_part_gives_the_error_and_keeps_the_input(desk: Desk) -> None:
    page = desk.open()
    steps = Steps(page)
    page.locator(".note-on a").nth(1).focus()
    steps.press("Enter")
    page.wait_for_selector("#note-form")
    steps.fill("#f-quote", "разжигание социальной")
    steps.fill("#f-public_text", "A long note that must not be lost.")
    steps.press("Control+Enter")
    page.wait_for_selector("#problems")
    said = "These words are not in part 2 of Article 174. Check spelling or choose another part."
    assert said in page.inner_text("#problems")
    assert page.input_value("#f-public_text") == "A long note that must not be lost."
    assert page.input_value("#f-quote") == "разжигание социальной"
    assert violations(page) == []


# ---- keeping what is typed, leaving, coming back ----


def test_typed_words_are_kept_and_a_lost_connection_says_so_until_they_are(desk: Desk) -> None:
    page = desk.open()
    page.locator(".note-on a").first.click()
    page.fill("#f-public_text", "Kept while I write.")
    expect(page.locator("#kept")).to_have_text(re.compile("^Saved "))
    assert page.evaluate("document.activeElement.id") == "f-public_text"
    page.context.set_offline(True)
    page.fill("#f-public_text", "Kept while I write, and more.")
    expect(page.locator("#alert")).to_have_text(re.compile("^Not saved: no connection"))
    page.press("#f-public_text", "Control+Enter")
    assert page.url.endswith("/art-174/"), "without a connection the form stays on the screen"
    page.context.set_offline(False)
    expect(page.locator("#alert")).to_have_text("", timeout=20000)
    page.reload()
    assert "You began a note on" in page.inner_text(".unsaved")
    page.locator(".note-on a").first.click()
    page.wait_for_selector("#note-form")
    assert page.input_value("#f-public_text") == "Kept while I write, and more."


def test_escape_closes_the_form_asks_only_when_something_was_typed_and_gives_the_focus_back(desk: Desk) -> None:
    page = desk.open()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.locator(".note-on a").first.focus()
    for typed in ("", "Something."):
        page.keyboard.press("c")
        page.wait_for_selector("#note-form")
        expect(page.locator("#f-quote")).to_be_focused()
        if typed:
            page.fill("#f-public_text", typed)
        page.keyboard.press("Escape")
        page.wait_for_selector("#note-popover", state="hidden")
        assert page.evaluate("document.activeElement.textContent").startswith("Note on this part")
    assert len(asked) == 1


def test_without_javascript_the_same_note_is_written_by_links_and_forms(desk: Desk) -> None:
    page = desk.open(java_script_enabled=False)
    page.locator(".note-on a").first.click()
    page.fill("#f-quote", "разжигание социальной, национальной")
    page.locator("#f-topics input").first.check()
    page.fill("#f-public_text", "Without a script.")
    page.click("#note-form button.main")
    assert "Without a script." in page.inner_text(".thread:target")


# ---- the page ----


def test_overlapping_notes_are_marked_each_with_its_own_number_and_link(desk: Desk) -> None:
    page = desk.open()
    assert page.locator("mark.stacked").inner_text() == "на срок от пяти до десяти лет"
    assert page.locator(".ref").all_inner_texts() == ["1", "2"]
    page.click(f"#r{desk.note}")
    assert page.evaluate("document.activeElement.id") == f"t{desk.note}"
    page.click(f"#n{desk.note} a")
    assert page.evaluate("document.activeElement.id") == f"r{desk.note}"


def test_lines_are_at_most_72_characters_and_threads_stand_beside_or_after_their_part(desk: Desk) -> None:
    for width in (1280, 800, 390):
        page = desk.open(viewport={"width": width, "height": 900})
        words = page.locator("[data-part] .words").nth(1).bounding_box()
        thread = page.locator(f"#t{desk.note}").bounding_box()
        following = page.locator("[data-part] .words").nth(2).bounding_box()
        assert words is not None
        assert thread is not None
        assert following is not None
        if width >= 1000:
            assert thread["x"] >= words["x"] + words["width"]
            assert abs(thread["y"] - words["y"]) < 60
        else:
            assert words["y"] + words["height"] <= thread["y"] < following["y"]
        assert page.evaluate("getComputedStyle(document.querySelector('.words')).maxWidth") != "none"
        page.context.close()


def violations(page: Page) -> list[Any]:
    page.evaluate(AXE.read_text(encoding="utf-8"))  # not as a script of the page: its policy forbids that
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [(each["id"], each["nodes"][0]["html"][:160]) for each in found]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_the_pages_of_notes_have_no_violation_and_do_not_scroll_sideways(desk: Desk, width: int, scheme: Any) -> None:
    found: dict[str, Any] = {}
    for name, path, who in (
        ("article", ARTICLE, "analyst"), ("of a reader", ARTICLE, "reader"),
        ("changes", f"{ARTICLE}?against=current", "reviewer"),
        ("form page", f"{ARTICLE}note/", "analyst"), ("edit", f"/w/notes/{desk.note}/edit/", "reviewer"),
        ("withdraw", f"/w/notes/{desk.note}/withdraw/", "analyst"), ("form beside", ARTICLE, "analyst"),
        ("conflict", f"/w/notes/{desk.note}/edit/", "analyst"),
    ):  # fmt: skip
        page = desk.open(path, who, viewport={"width": width, "height": 900}, color_scheme=scheme)
        if name == "form beside":
            page.locator(".note-on a").first.click()
            page.wait_for_selector("#note-form")
        if name == "conflict":
            clash(desk, page)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong = violations(page)
        if wrong or sideways:
            found[name] = (wrong, sideways)
        page.context.close()
    assert found == {}


def clash(desk: Desk, page: Page) -> None:
    """The reviewer saves while the analyst's form is open; then the analyst saves."""
    other = desk.open(f"/w/notes/{desk.note}/edit/", "reviewer")
    other.fill("#f-public_text", "From five up to ten years, said shorter.")
    other.click("#note-form button.main")
    other.wait_for_url("**/art-174/#t*")
    other.context.close()
    page.fill("#f-public_text", "From five to ten years, said longer.")
    page.click("#note-form button.main")
    page.wait_for_selector("#keep-mine")


def test_a_conflict_shows_both_texts_and_keeping_mine_saves_it(desk: Desk) -> None:
    page = desk.open(f"/w/notes/{desk.note}/edit/")
    clash(desk, page)
    assert page.locator(".both ins").count() >= 1
    assert page.locator(".both del").count() >= 1
    page.click("#keep-mine")
    page.wait_for_url("**/art-174/#t*")
    assert "From five to ten years, said longer." in page.inner_text(f"#t{desk.note}")
