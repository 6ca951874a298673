"""The life of a provision: where it went as a picture and as words, and what was found on each base."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.pages import sites
from tests.pages.data import reading, version
from tracker.publication.pages.life import paths
from tracker.publication.pages.river import MOST_LINES, WIDTH, river
from tracker.publication.site import Missing
from tracker.publication.views import reading as views

ADDRESS = "/en/laws/sample-code/p/k7f2-discord/"


def seen(documents: dict[str, Any] | None = None, *, prefix: str = "en") -> Any:
    found = documents or reading.life_documents()
    answer = sites.page(
        views.life, ADDRESS.replace("/en/", f"/{prefix}/"), found, law="sample-code", key="k7f2-discord"
    )
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_the_page_gives_the_newest_verdict_on_each_of_three_bases() -> None:
    standing = [words(each) for each in seen().xpath("//dl[@class='verdicts wide']/div")]
    assert standing[0].startswith("Against our recommendationIn force, November 2015Made stricterSAMPLE leader added")
    assert "Unchanged" in standing[1]
    assert "Computed fact: A maximum penalty rose." in standing[1]
    assert standing[2] == "Against the previous textNot assessed"


def test_texts_stand_newest_first_with_number_state_and_permalink() -> None:
    steps = seen().xpath("//article[contains(@class, 'step')]")
    assert [step.get("id") for step in steps] == ["v-later", "v-new", "v-d1", "v-old"]
    assert "Not in the part we have." in words(steps[0])
    assert steps[1].find(".//header//a").get("href") == "../../v/new/art-174/"
    assert "Text not obtained." in words(steps[2])
    assert steps[3].find(".//header//a").get("href") == "../../../old-code/v/old/art-164/"


def test_penalties_are_said_in_one_line_for_each_part() -> None:
    lines = [words(each) for each in seen().xpath("//dl[@class='penalty-lines']/div")]
    assert lines == [
        "Part 1Restriction of liberty 2 to 7 years, or prison 2 to 7 years",
        "Part 2Prison 5 to 10 years with ban on posts up to 3 years (may be left out)",
    ]


def test_what_changed_opens_in_place_and_every_change_has_one_id() -> None:
    page = seen()
    summary = page.find(".//details[@class='diff']/summary")
    assert words(summary) == "4 changes against Current law, last edition, 31 Dec 2014"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert page.xpath("//details//ins")
    assert page.xpath("//details//a[contains(@href, 'compare/old...new/k7f2-discord/')]")


def test_the_picture_and_the_list_tell_the_same_numbers() -> None:
    page = seen()
    picture = page.find(".//svg[@role='img']")
    drawn = sorted(
        each.text for each in picture.iterfind(".//text") if (each.get("class") or "").startswith("box-number")
    )
    listed = sorted(
        number
        for each in page.xpath("//ul[@class='paths']/li")
        for number in re.findall(r"\d+", words(each).partition(":")[2])
    )
    assert drawn == listed
    assert [words(each) for each in page.xpath("//ul[@class='paths']/li")] == [
        "associations: 337 → 404 → 404 and 405 (split)",
        "merging: 400 and 401 → 401 (merged)",
        "religion: not in this text → 406 → not in this text",
    ]


def test_only_the_followed_line_has_the_colour_of_its_verdict() -> None:
    picture = river(reading.life())
    assert picture is not None
    own = {box.number for box in picture.boxes if "v-" in box.classes}
    assert own == {"337", "404", "405"}
    assert {ribbon.classes for ribbon in picture.ribbons if "own" in ribbon.classes} <= {"own v-stricter"}


def test_a_split_halves_the_ribbon_and_what_left_ends_with_a_word() -> None:
    picture = river(reading.life())
    assert picture is not None
    own = [ribbon for ribbon in picture.ribbons if ribbon.classes.startswith("own")]
    assert len(own) == 3, "one to the first text, two halves to the split"
    assert [end.words for end in picture.ends] == ["not in this text"]
    assert [box.number for box in picture.boxes if "new" in box.classes.split()] == ["406"]


NODES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["1", "2-1", "404", "405~2", "L. 121-3"]), max_size=3),
        st.sampled_from(["in_text", "absent", "repealed", "no_text", "checking", "not_held"]),
        st.sampled_from([None, "stricter", "fixed"]),
    ),
    min_size=2,
    max_size=7,
)


@given(st.lists(NODES, min_size=1, max_size=12))
def test_any_river_stays_inside_its_frame_and_never_draws_more_than_eight_lines(lines: list[Any]) -> None:
    columns = [version(f"t{n}", f"20{10 + n}-01-01", f"T{n}") for n in range(7)]
    drawn = [
        reading.river_line(f"line {n}", [reading.node(at, *each) for at, each in enumerate(nodes)], followed=n == 0)
        for n, nodes in enumerate(lines)
    ]
    document = reading.life(river=drawn, river_columns=columns)
    picture = river(document)
    assert len(paths(document)) == len(drawn)
    if picture is None:
        assert not any(node["numbers"] for line in drawn[:MOST_LINES] for node in line["nodes"])
        return
    assert len(picture.labels) <= MOST_LINES
    for box in picture.boxes:
        assert 0 <= box.x <= WIDTH - 64
        assert 0 <= box.y <= picture.height - 30
    assert not any("." in ribbon.path for ribbon in picture.ribbons), "whole numbers only"


def test_a_link_that_nobody_confirmed_is_for_members_only() -> None:
    steps = reading.life()["steps"]
    steps[2] = {**steps[2], "confirmed": False}
    public, members = seen(reading.life_documents(steps=steps)), seen(reading.life_documents(steps=steps), prefix="w")
    assert "v-new" not in [step.get("id") for step in public.xpath("//article")]
    assert "not confirmed" in words(members.get_element_by_id("v-new"))


def test_names_that_were_taken_back_are_gone_and_said_to_be() -> None:
    statement = words(seen().find(".//ul[@class='statements']/li"))
    assert "By: SAMPLE organisation, name removed (2 Jan 2015)" in statement
    assert "To: SAMPLE parliament" in statement


def test_the_same_conduct_in_another_law_is_linked() -> None:
    link = seen().xpath("//section[@aria-labelledby='other-codes']//a")[0]
    assert (words(link), link.get("href")) == ("Article 73-3", "../../../other/v/o1/art-73-3/")


def test_the_page_can_be_cited_by_an_address_that_will_not_change() -> None:
    link = seen().xpath("//p[contains(@class, 'cite')]/a")[0]
    assert link.get("href") == "../../@2014-05-21/p/k7f2-discord/"


def test_a_provision_that_is_not_followed_is_no_page() -> None:
    with pytest.raises(Missing, match="We do not follow a provision of that name"):
        sites.page(views.life, ADDRESS, {}, law="sample-code", key="x")
