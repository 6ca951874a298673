"""The comparison: every view says the same changes, moves are moves, what is not held is not called dropped."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.pages import sites
from tests.pages.data import concern, finding, reading, version
from tracker.publication.pages import compare
from tracker.publication.pages.rows import UNSEEN, visible
from tracker.publication.site import Missing
from tracker.publication.views import reading as views

ADDRESS = "/en/laws/sample-code/compare/old...new/"
VIEWS = ["split", "inline", "list"]


def seen(query: str = "", documents: dict[str, Any] | None = None, *, prefix: str = "en", language: str = "en") -> Any:
    found = documents or reading.documents()
    answer = sites.page(
        views.compare,
        ADDRESS.replace("/en/", f"/{prefix}/") + query,
        found,
        language=language,
        law="sample-code",
        a="old",
        b="new",
    )
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def marks(page: Any) -> tuple[int, int]:
    """How many <ins> and <del> the articles hold."""
    return len(page.xpath("//article//ins")), len(page.xpath("//article//del"))


def changes(page: Any) -> list[Any]:
    return list(page.xpath("//*[contains(concat(' ', @class, ' '), ' change ')]"))


@pytest.mark.parametrize("documents", [reading.documents, reading.real_documents], ids=["sample", "real law"])
@pytest.mark.parametrize("show", ["followed", "changed", "all"])
def test_every_view_marks_the_same_words(documents: Any, show: str) -> None:
    found = [seen(f"?view={view}&show={show}", documents()) for view in VIEWS]
    assert marks(found[0]) == marks(found[1]) == marks(found[2])
    assert marks(found[0])[0] or show == "followed"
    wanted = [
        sorted(re.sub(r"\W+", " ", words(mark)).strip() for mark in page.xpath("//article//ins|//article//del"))
        for page in found
    ]
    assert wanted[0] == wanted[1] == wanted[2]


@pytest.mark.parametrize("number", sorted(reading.REAL))
def test_a_page_steps_through_as_many_changes_as_the_engine_counts(number: str) -> None:
    document = reading.real_pair(number)
    path = f"{reading.PATH}/{document['summary']['key']}"
    for view in VIEWS:
        answer = sites.page(
            views.pair,
            f"/en/{path}/?view={view}",
            {path: document},
            law="sample-code",
            a="old",
            b="new",
            key=document["summary"]["key"],
        )
        page: Any = html.fromstring(answer.content.decode())
        steps = {each.get("id").removesuffix("-end") for each in changes(page)}
        assert len(steps) == document["summary"]["changes"]
        assert [f"c{n}" for n in range(1, len(steps) + 1)] == sorted(steps, key=lambda name: int(name[1:]))


def test_article_164_is_shown_as_article_174_with_its_penalties() -> None:
    page = seen("?show=all", reading.real_documents())
    article = page.get_element_by_id("art-174")
    assert words(article.find(".//h2")) == "Article 164 → Article 174"
    table = {words(row[0]): [words(cell) for cell in row[1:]] for row in article.findall(".//tbody/tr")}
    assert table["Part 1, fine"] == ["up to 1,000 MCI", "none", "option removed"]
    assert table["Part 1, prison"] == ["up to 7 years", "2 to 7 years", "new minimum"]
    assert table["Part 2, prison"] == ["3 to 7 years", "5 to 10 years", "+3 years minimum rises"]
    assert table["Part 3, prison"] == ["7 to 12 years", "12 to 20 years", "+8 years minimum rises"]
    assert words(article.find(".//h3")) == "Penalties rise in parts 2 and 3. Penalties change both ways in part 1."


def test_337_becomes_404_with_a_higher_fine_and_prison_as_before() -> None:
    article = seen("?show=all", reading.real_documents()).get_element_by_id("art-404")
    table = {words(row[0]): [words(cell) for cell in row[1:]] for row in article.findall(".//tbody/tr")}
    assert (
        table["Part 1, fine"][:2] == ["200 to 500 MCI", "up to 6,000 MCI"]
        or table["Part 1, fine"][1] == "up to 6,000 MCI"
    )
    assert table["Part 1, prison"][2] == "as before"


def test_both_editions_are_named_with_law_date_and_note() -> None:
    editions = words(seen().find(".//dl[@class='editions']"))
    assert "SAMPLE code of 1997: Current law, last edition, 31 Dec 2014 (SAMPLE edition note)" in editions
    assert "SAMPLE code: In force, November 2015" in editions


def test_case_73_another_edition_than_the_one_in_force_is_said() -> None:
    stale = version("stale", "2004-06-15", "Edition of 2004", law="old-code", date_precision="day")
    document = reading.documents(old=stale, edition_note="stale")
    note = next(words(each) for each in seen("", document).iterfind(".//p[@class='notice']"))
    assert note.startswith("“Edition of 2004” is not the edition that was in force on 24 Nov 2015")
    assert "Current law, last edition" in note


def test_a_change_is_focusable_and_its_name_says_number_place_kind_and_words() -> None:
    names = [each.get("aria-label") for each in changes(seen())]
    assert names[:4] == [
        "Change 1 of 4, part 2, added: of a group",
        "Change 2 of 4, part 3, moved: by the leader of an association",
        "Change 3 of 4, part 2, replaced: two to six, by: five to ten",
        "Change 2 of 4, part 3, moved: by the leader of an association",
    ]
    assert {each.get("tabindex") for each in changes(seen())} == {"-1"}


@pytest.mark.parametrize("view", ["split", "inline"])
def test_moved_words_are_linked_both_ways_and_count_once(view: str) -> None:
    page = seen(f"?view={view}")
    links = page.xpath("//a[@class='move-link']")
    assert [(words(link), link.get("href")) for link in links] == [("from part 3 ↓", "#c2-end"), ("to part 2 ↑", "#c2")]
    for link in links:
        end = page.get_element_by_id(link.get("href")[1:])
        assert end.xpath(".//*[@class='moved']")
    assert words(page.xpath("//ins[@class='moved']")[0]) == words(page.xpath("//del[@class='moved']")[0])


def test_the_list_says_each_change_in_one_sentence() -> None:
    items = [words(item) for item in seen("?view=list").xpath("//ol[@class='change-list']/li")]
    assert items == [
        "Part 2: added of a group.",
        "Part 3: by the leader of an association moved to part 2: by the leader of an association.",
        "Part 2: two to six replaced by five to ten.",
        "Part 4: added 4. SAMPLE new part..",
    ]


def test_side_by_side_each_text_reads_as_it_is_printed() -> None:
    for number in reading.REAL:
        document = reading.real_pair(number)
        path = f"{reading.PATH}/{document['summary']['key']}"
        answer = sites.page(
            views.pair,
            f"/en/{path}/?view=split",
            {path: document},
            law="sample-code",
            a="old",
            b="new",
            key=document["summary"]["key"],
        )
        page: Any = html.fromstring(answer.content.decode())
        for noise in page.xpath(
            "//*[@class='steps-between' or @class='move-link' or @class='clipped' or @class='label']"
        ):
            noise.drop_tree()
        for column, article in ((0, reading.laws()[0][number]), (1, reading.laws()[1][reading.REAL[number]])):
            printed = {" ".join(each.text.split()) for each in article.body}
            shown = {
                words(row[column]) for row in page.xpath("//table[@class='split']/tbody/tr[not(@class='folded')]")
            } - {""}
            assert shown <= printed
            assert shown


def test_what_is_not_shown_is_counted_and_linked() -> None:
    page = seen("?show=followed")
    gap = page.xpath("//div[@class='card line' and not(@id)]")
    assert [words(each) for each in gap] == [
        "1 more changed article hereShow it",
        "1 more changed article hereShow it",
    ]
    assert gap[0].find(".//a").get("href") == "./?show=changed&view=inline&page=1#art-200"


def test_articles_that_are_not_shown_in_full_say_why_in_one_line() -> None:
    page = seen()
    assert "Article 318 → Article 375, Insulting the President: Renumbered, text identical." in words(
        page.get_element_by_id("k7f2-president")
    )
    assert "Not in the part we have of “Current law, last edition, 31 Dec 2014”." in words(
        page.get_element_by_id("k7f2-strike")
    )


def test_the_facts_line_says_what_is_hidden_and_bold_is_the_number() -> None:
    facts = {words(each): words(each.find("b")) for each in seen().xpath("//ul[@class='facts']/li")}
    assert facts["3 of 6 articles changed"] == "3"
    assert facts["1 only renumbered, hidden"] == "1"
    assert facts["1 article split"] == "1"
    everything = [words(each) for each in seen("?show=all").xpath("//ul[@class='facts']/li")]
    assert not any("hidden" in fact for fact in everything)


def test_case_69_what_a_partial_text_lacks_is_neither_added_nor_dropped() -> None:
    partial = {**reading.OLD, "coverage": {"whole_chapters": ["4", "5"], "excerpts": ["1"]}}
    page = seen("?show=all", reading.documents(old=partial))
    facts = [words(each) for each in page.xpath("//ul[@class='facts']/li")]
    assert any("not in the part we have of" in fact for fact in facts)
    assert not any("new article" in fact or "dropped" in fact for fact in facts)
    assert "we have chapters 4 and 5, and parts of chapters 1." in words(
        page.find(".//p[@class='small muted partial']")
    )


def test_case_70_texts_without_a_common_part_say_so_and_count_nothing() -> None:
    page = seen("?show=all", reading.documents(common=False))
    assert words(page.find(".//p[@class='notice same-texts']")) == "These two texts hold different parts of the law."
    assert page.find(".//ul[@class='facts']") is None


def test_identical_texts_say_so() -> None:
    documents = {reading.PATH: reading.comparison([reading.STUB])}
    said = words(seen("", documents).find(".//p[@class='notice same-texts']"))
    assert said == "These two texts are the same, apart from numbering."


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?from=new&to=new", "Choose two different texts."),
        ("?from=old&to=later", "These two texts are not compared here. Choose another pair."),
        ("?from=later&to=new", "These two texts are compared the other way round: choose the older one first."),
    ],
)
def test_a_pair_that_cannot_be_compared_is_refused_beside_the_field(query: str, sentence: str) -> None:
    page = seen(query)
    assert words(page.get_element_by_id("pair-error")) == sentence
    assert words(page.find(".//div[@class='notice error']/p")) == sentence
    assert page.get_element_by_id("from").get("aria-describedby") == "pair-error"
    assert page.xpath("//article"), "the comparison that was open stays"


def test_another_pair_is_one_step_away_and_keeps_the_view() -> None:
    answer = sites.page(
        views.compare,
        ADDRESS + "?from=new&to=later&view=list&show=all",
        reading.documents(),
        law="sample-code",
        a="old",
        b="new",
    )
    assert (answer.status_code, answer["Location"]) == (302, "../new...later/?show=all&view=list")


def test_the_same_text_twice_in_the_address_is_no_page() -> None:
    with pytest.raises(Missing, match="Choose two different texts"):
        sites.page(views.compare, ADDRESS, reading.documents(), law="sample-code", a="old", b="old")


def test_the_workspace_opens_side_by_side_and_the_public_in_one_text() -> None:
    assert seen(prefix="w").find(".//table[@class='split']") is not None
    assert seen().find(".//table[@class='split']") is None


def with_unsure_numbers() -> dict[str, Any]:
    cell = {
        "part": "1",
        "old_part": "1",
        "kind": "fine",
        "old": {"minimum": None, "maximum": 10, "unit": "mci"},
        "new": {"minimum": None, "maximum": 20, "unit": "mci"},
        "facts": [{"fact": "max_up", "direction": 1, "sure": False}],
    }
    documents = reading.documents()
    documents[f"{reading.PATH}/k7f2-discord"] = {**reading.MOVED, "penalties": [cell], "outcomes": {"1": "uncertain"}}
    return documents


def test_unsure_numbers_are_for_members_only() -> None:
    assert "Check the numbers" in words(seen(documents=with_unsure_numbers(), prefix="w"))
    public = words(seen(documents=with_unsure_numbers()))
    assert "Check the numbers" not in public
    assert "20 MCI" not in public


def test_a_split_names_the_article_of_each_part() -> None:
    article = seen("?show=all").get_element_by_id("art-404")
    assert words(article.find(".//h2")) == "Article 337 → Articles 404 and 405"
    labels = [words(each) for each in article.xpath(".//span[@class='label']")]
    assert labels == [
        "Article 404, part 1 · was part 1 of Article 337",
        "Article 405, part 1 · was part 2 of Article 337",
    ]


def test_contradicted_verdicts_stand_beside_the_fact() -> None:
    here = {
        "concern": concern("discord", "Inciting discord", []),
        "provision": reading.provision("discord", "Inciting discord"),
        "verdicts": {"current_law": finding("unchanged", contradicts=["heaviest_changed"], reason="SAMPLE reason")},
    }
    documents = {**reading.documents(), f"{reading.PATH}/k7f2-discord": {**reading.MOVED, "concerns": [here]}}
    said = words(seen("", documents).find(".//section[@class='concern']"))
    assert "SAMPLE reason" in said
    assert "Computed fact: The heaviest penalty changed." in said
    assert "Against our recommendationNot assessed" in said


class Counting(sites.Memory):
    asked = 0

    def get(self, path: str) -> Any:
        type(self).asked += 1
        return super().get(path)

    def get_many(self, paths: Iterable[str]) -> dict[str, Any]:
        type(self).asked += 1
        return super().get_many(paths)


@pytest.mark.parametrize("number", [3, 60])
def test_a_page_holds_25_changed_articles_and_asks_the_source_twice(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sites, "Memory", Counting)
    Counting.asked = 0
    page = seen("", reading.many(number))
    assert Counting.asked == 2
    assert len(page.findall(".//article")) == min(number, 25)
    if number > 25:
        last = seen("?page=3", reading.many(number))
        assert len(last.findall(".//article")) == 10
        assert words(last.find(".//nav[@class='pages no-print']")) == "Previous pagePage 3 of 3"


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "٣", "9" * 30])
def test_a_page_number_that_makes_no_sense_opens_the_nearest_page(page: str) -> None:
    assert seen(f"?page={page}", reading.many(60)).findall(".//article")


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), max_size=120),
    st.sampled_from(["followed", "changed", "all"]),
)
def test_every_article_is_on_exactly_one_page_or_counted_as_hidden(kinds: list[tuple[bool, bool]], show: Any) -> None:
    articles = [
        reading.compared(
            f"k-{n}", ["1"], ["2"], changed=changed, provision=reading.provision("x", "X") if followed else None
        )
        for n, (changed, followed) in enumerate(kinds)
    ]
    document = reading.comparison(articles)
    first = compare.layout(document, compare.Choice(show, "inline", 1, True))
    pages = [compare.layout(document, compare.Choice(show, "inline", n, True)) for n in range(1, first.pages + 1)]
    shown = [entry.article["key"] for page in pages for entry in page.shown]
    hidden = [
        each["key"] for page in pages for gap in page.entries if isinstance(gap, compare.Gap) for each in gap.articles
    ]
    listed = [
        each["key"]
        for each in articles
        if show == "all" or (show == "changed" and each["changed"]) or (show == "followed" and each["provision"])
    ]
    assert shown == listed
    assert set(shown) | set(hidden) >= {each["key"] for each in articles if each["changed"]}
    assert not set(shown) & set(hidden)
    assert all(len(page.keys) <= 25 for page in pages)


@given(st.text(st.one_of(st.characters(exclude_characters="⟦"), st.sampled_from("\u202e\x00\x1b\u200f"))))
def test_law_text_is_text_and_unseen_characters_are_seen(text: str) -> None:
    shown = visible(text)
    assert not UNSEEN.search(shown)
    assert re.sub(r"⟦U\+([0-9A-F]{4})⟧", lambda found: chr(int(found[1], 16)), shown) == text


HOSTILE = "<script>alert(1)</script>\"'{0}{{ x }}\u202ea"


def test_hostile_words_come_out_as_themselves_in_every_view() -> None:
    row = reading.line(
        reading.side("1"),
        reading.side("1"),
        *(reading.segment(op, HOSTILE) for op in ("equal", "delete", "insert")),
        reading.segment("move_from", HOSTILE, move=1, other="art_1__para_1"),
    )
    documents = {**reading.documents(), f"{reading.PATH}/k7f2-discord": reading.pair(reading.MOVED["summary"], [row])}
    for view in VIEWS:
        page = seen(f"?view={view}", documents)
        assert not page.xpath("//script[not(@src)]")
        assert HOSTILE.replace("\u202e", "⟦U+202E⟧") in page.text_content()


def test_switching_shortcuts_off_takes_the_script_away_and_stays_off() -> None:
    assert [script.get("src") for script in seen().findall(".//script")] == ["../../../../../static/js/compare.js"]
    off = seen("?keys=off")
    assert not off.findall(".//script")
    assert all("keys=off" in link.get("href") for link in off.xpath("//nav[contains(@class, 'views')]//a"))


def test_a_page_of_25_articles_stays_within_its_budget() -> None:
    documents = reading.real_documents()
    largest = max(documents, key=lambda path: len(str(documents[path].get("rows", ""))))
    articles = [reading.compared(f"art-{n}", [str(n)], [str(n)]) for n in range(25)]
    grown = {f"{reading.PATH}/art-{n}": {**documents[largest], "summary": articles[n]} for n in range(25)}
    answer = sites.page(
        views.compare,
        ADDRESS,
        {**grown, reading.PATH: reading.comparison(articles)},
        law="sample-code",
        a="old",
        b="new",
    )
    css = (settings.BASE_DIR / "static/css/site.css").read_bytes()
    assert len(gzip.compress(answer.content)) + len(gzip.compress(css)) <= 90_000
    assert len(gzip.compress((settings.BASE_DIR / "static/js/compare.js").read_bytes())) <= 8_000


def test_a_pair_that_is_not_there_is_no_page() -> None:
    with pytest.raises(Missing, match="not compared"):
        sites.page(
            views.pair, ADDRESS + "art-1/", reading.documents(), law="sample-code", a="old", b="new", key="art-1"
        )


def test_a_concern_that_stands_at_two_articles_gives_no_id_twice() -> None:
    here = {
        "concern": concern("discord", "Inciting discord", []),
        "provision": reading.provision("discord", "Inciting discord"),
        "verdicts": {},
    }
    documents = reading.documents()
    for key, document in (("k7f2-discord", reading.MOVED), ("art-404", reading.SPLIT)):
        documents[f"{reading.PATH}/{key}"] = {**document, "concerns": [here]}
    page = seen("?show=all", documents)
    assert len(page.findall(".//section[@class='concern']")) == 2
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
