"""The change log says what a release changed, and nothing else, on the documents of the real case."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from codes.models import Code
from tests.conftest import ROLES
from tracker.publication.changelog import changes_document
from tracker.publication.collectors.whole import collect_law
from tracker.publication.record import Record

LAW = "kz-criminal-code-2014"
OVERVIEW = f"laws/{LAW}/overview"
NOTE = f"laws/{LAW}/notes/x7k2m"

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]


@pytest.fixture(scope="module")
def bodies(django_db_blocker: Any, demo: None) -> dict[str, Any]:
    with django_db_blocker.unblock():
        return collect_law(Code.objects.select_related("jurisdiction", "replaces").get(slug=LAW))


def log(before: dict[str, Any], after: dict[str, Any]) -> Any:
    """The log of release 7, from whole states: the release gives it only what differs."""
    differs = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    old, new = ({path: body for path, body in each.items() if path in differs} for each in (before, after))
    return changes_document(LAW, 7, "2014-05-21T12:00:00.000+00:00", old, new)


def items(before: dict[str, Any], after: dict[str, Any]) -> list[Any]:
    found = log(before, after)
    return found["items"] if found else []


def cell(state: dict[str, Any], concern: str, version: str) -> Any:
    row = next(row for row in state[OVERVIEW]["rows"] if row["concern"]["slug"] == concern)
    return next(cell for cell in row["cells"] if cell["version"] == version)


def test_the_same_state_has_no_log(bodies: dict[str, Any]) -> None:
    assert log(bodies, copy.deepcopy(bodies)) is None


def test_a_first_release_tells_its_texts_and_what_is_asked_and_not_every_verdict(bodies: dict[str, Any]) -> None:
    found = items({}, bodies)
    assert {item["what"] for item in found} == {"text", "concern", "statement", "note"}
    assert len([i for i in found if i["what"] == "concern"]) == len(bodies[OVERVIEW]["rows"])
    assert not any(item["correction"] for item in found)


def test_another_verdict_on_the_same_text_is_a_correction_with_before_and_after(bodies: dict[str, Any]) -> None:
    after = copy.deepcopy(bodies)
    verdict = cell(after, "inciting-discord", "l2015-11")["verdicts"]["current_law"]
    verdict |= {"value": "unchanged", "reason": "read again"}
    (item,) = items(bodies, after)
    assert (item["what"], item["how"], item["correction"]) == ("verdict", "changed", True)
    assert (item["before"], item["after"], item["reason"]) == ("stricter", "unchanged", "read again")
    assert (item["version"], item["base"]) == ("l2015-11", "current_law")
    assert after[item["path"]]["kind"] == "life"


def test_a_first_verdict_is_news_and_no_correction(bodies: dict[str, Any]) -> None:
    before = copy.deepcopy(bodies)
    del cell(before, "inciting-discord", "l2015-11")["verdicts"]["current_law"]
    (item,) = items(before, bodies)
    assert (item["how"], item["before"], item["after"], item["correction"]) == ("added", None, "stricter", False)


def test_a_verdict_that_is_taken_back_is_listed_as_a_correction(bodies: dict[str, Any]) -> None:
    after = copy.deepcopy(bodies)
    del cell(after, "inciting-discord", "l2015-11")["verdicts"]["current_law"]
    (item,) = items(bodies, after)
    assert (item["how"], item["before"], item["after"], item["correction"]) == ("removed", "stricter", None, True)


def test_a_computed_mark_of_a_verdict_is_no_change_of_it(bodies: dict[str, Any]) -> None:
    after = copy.deepcopy(bodies)
    cell(after, "inciting-discord", "l2015-11")["verdicts"]["current_law"]["rechecked"] = True
    assert items(bodies, after) == []


def test_a_new_text_with_its_verdicts_is_news(bodies: dict[str, Any]) -> None:
    before = copy.deepcopy(bodies)
    overview = before[OVERVIEW]
    overview["texts"] = [text for text in overview["texts"] if text["slug"] != "l2025-09"]
    for row in overview["rows"]:
        row["cells"] = [each for each in row["cells"] if each["version"] != "l2025-09"]
    found = items(before, bodies)
    assert (found[0]["what"], found[0]["how"], found[0]["version"]) == ("text", "added", "l2025-09")
    assert {item["what"] for item in found[1:]} == {"verdict"}
    assert not any(item["correction"] for item in found)


def test_printed_words_put_right_are_a_correction_of_the_text(bodies: dict[str, Any]) -> None:
    after = copy.deepcopy(bodies)
    after[f"laws/{LAW}/v/l2015-11/art-174"]["texts"][0]["paragraphs"][0]["text"] += " (исправлено)"
    (item,) = items(bodies, after)
    assert (item["what"], item["how"], item["version"], item["correction"]) == ("text", "changed", "l2015-11", True)


def note_document(bodies: dict[str, Any]) -> Any:
    article = bodies[f"laws/{LAW}/v/l2015-11/art-174"]
    note = {"number": "174", "text": "Our note.", "quote": "рознь", "topics": ["inciting-discord"], "standards": []}
    return {"kind": "note", "law": article["law"], "version": article["version"], "heading": article["heading"],
            "note": note, "provision": None, "concerns": []}  # fmt: skip


def test_notes_are_news_when_they_come_and_corrections_when_they_change_or_go(bodies: dict[str, Any]) -> None:
    first, second = note_document(bodies), note_document(bodies)
    second["note"]["text"] = "Our note, put right."
    (added,) = items(bodies, {**bodies, NOTE: first})
    (changed,) = items({**bodies, NOTE: first}, {**bodies, NOTE: second})
    (removed,) = items({**bodies, NOTE: first}, bodies)
    assert [(i["how"], i["correction"]) for i in (added, changed, removed)] == [
        ("added", False), ("changed", True), ("removed", True)
    ]  # fmt: skip
    assert (added["path"], removed["path"]) == (NOTE, f"laws/{LAW}/v/l2015-11/art-174")


def test_the_demo_has_the_log_of_its_release_and_readers_get_the_newest_first() -> None:
    (found,) = Record().newest(f"laws/{LAW}/changes/", 5)
    assert (found["release"], found["law"]["slug"]) == (1, LAW)
    assert Record().newest(f"laws/{LAW}/changes/", 5, before=1) == []
