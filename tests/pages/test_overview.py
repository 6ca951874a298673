"""The overview: matrix, headline and chart come from one computation; filters, bases and states keep their promises."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory
from lxml import html

from tests.pages import data, sites
from tracker.publication.pages.overview import overview
from tracker.publication.site import Missing
from tracker.publication.views import pages

PATH = "/en/laws/sample-code/"


def seen(query: str = "", document: dict[str, Any] | None = None, language: str = "en") -> Any:
    """The parsed page."""
    documents = {"laws/sample-code/overview": document or data.overview()}
    path = PATH.replace("/en/", f"/{language}/")
    answer = sites.page(pages.overview, path + query, documents, language=language, law="sample-code")
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def cells(page: Any, name: str) -> list[Any]:
    """The cells of the row of a provision."""
    rows = page.findall(".//table[@role]/tbody/tr")
    return next(row.findall("td") for row in rows if words(row[0]).startswith(name) and row.find("td") is not None)


QUERIES = ["", "?base=law", "?base=prev", "?topic=libel", "?changed=1", "?base=rec&text=d2", "?topic=discord&changed=1"]


@pytest.mark.parametrize("query", QUERIES)
def test_headline_chart_matrix_and_json_say_the_same_numbers(query: str) -> None:
    page = seen(query)
    answer = sites.page(pages.matrix_json, PATH + query, data.documents(), law="sample-code")
    machine = json.loads(answer.content)
    counts = machine["counts"]
    column = [text["slug"] for text in machine["texts"]].index(machine["text"])
    in_total = [row for row in machine["rows"] if row["in_total"]]
    values = [
        row["cells"][column]["verdicts"].get(machine["base"], {"value": "not_assessed"})["value"] for row in in_total
    ]
    tiles = [tile.get("class").split("v-")[1] for tile in page.iterfind(".//ul[@class='tiles']/li")]
    assert sorted(tiles) == sorted(values)
    assert counts["total"] == len(values) == sum(counts[value] for value in data.VALUES)
    assert len(page.findall(".//table[@role]/tbody/tr/th[@scope='row']")) == len(machine["rows"])
    claim = words(page.find(".//h2[@class='claim']"))
    assert claim == (machine["headline"] or ["No provision matches."])[0]


def test_the_headline_is_the_one_the_rules_give() -> None:
    page = seen()
    assert words(page.find(".//h2[@class='claim']")) == "0 of 6 recommended changes were made."
    assert words(page.find(".//p[@class='claim-more']")) == (
        "3 provisions were made stricter and 1 is unchanged. 2 not assessed yet. "
        "1 new restriction was added; 1 was withdrawn."
    )
    assert "1 of these is not in the part of this text that we have." in words(page)


def test_a_cell_says_verdict_number_reason_provision_and_text_and_opens_the_article() -> None:
    link = cells(seen(), "Inciting social")[3].find("a")
    expected = (
        "Made stricter, Art. 174, prison 5 → 7 years: "
        "Inciting social, national or religious discord, Second reading, 21 May 2014"
    )
    assert words(link) == expected
    assert link.get("href") == "v/d4/art-174/"


def test_a_cell_over_a_text_that_is_not_held_opens_the_life_page_at_that_stage_and_names_its_source() -> None:
    texts = [
        data.version("d1", "2013-08-01", "Draft", obtained=False),
        data.version("d2", "2014-01-01", "Bill", previous="d1"),
    ]
    rows = [
        data.row(
            "a",
            "SAMPLE a",
            ["libel"],
            [data.cell("d1", "5", "unchanged", basis="source", state="no_text"), data.cell("d2", "5")],
        )
    ]
    page = seen("", data.overview(texts=texts, rows=rows, penalties=[]))
    found = cells(page, "SAMPLE a")[0].find("a")
    assert found.get("href") == "p/k7f2-a/#v-d1"
    assert "source" in words(found)
    assert "text not obtained" in words(page.find(".//table[@role]/thead"))
    assert "the verdict rests on a named source" in words(page)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("absent", "Not in this text"),
        ("not_held", "Not in the part we have"),
        ("no_text", "Text not obtained"),
        ("checking", "We are checking where this article went"),
    ],
)
def test_a_cell_without_a_verdict_says_why(state: str, sentence: str) -> None:
    row = data.row("a", "SAMPLE a", ["libel"], [*data.same("1", *["unchanged"] * 3), data.cell("d4", "", state=state)])
    assert words(cells(seen("", data.overview(rows=[row])), "SAMPLE a")[3]) == sentence


def test_what_was_excluded_from_the_law_still_waits_for_a_verdict() -> None:
    row = data.row(
        "a", "SAMPLE a", ["libel"], [*data.same("1", *["unchanged"] * 3), data.cell("d4", "1", state="repealed")]
    )
    found = words(cells(seen("", data.overview(rows=[row])), "SAMPLE a")[3])
    assert found.startswith("Not assessed, Art. 1, excluded from the law")


def test_marks_for_sample_reported_and_unpublished_findings_stand_in_the_cell() -> None:
    found = [
        data.cell("d1", "1", "unchanged", sample=True),
        data.cell("d2", "1", "unchanged", verified=False),
        data.cell("d3", "1", "unchanged", text_held=False),
        data.cell("d4", "1", "fixed", status="draft"),
    ]
    row = data.row("a", "SAMPLE a", ["libel"], found)
    page = seen("", data.overview(rows=[row]))
    marked = [words(cell) for cell in cells(page, "SAMPLE a")]
    for mark, text in zip(["sample", "reported", "text not held", "Draft"], marked, strict=False):
        assert mark in text
    assert "unpublished" in cells(page, "SAMPLE a")[3].find("a").get("class")
    assert words(page.find(".//h2[@class='claim']")) == "Nothing has been assessed yet (1 recommendation)."


def test_a_verdict_that_a_fact_contradicts_stands_beside_the_fact_and_its_reason() -> None:
    section = seen().get_element_by_id("contradicted").getparent()
    assert "Neither the words nor the penalties changed." in words(section)
    assert "SAMPLE reason" in words(section)


def test_what_we_asked_not_to_add_has_its_own_group_and_is_not_in_the_total() -> None:
    last = seen().findall(".//table[@role]/tbody")[-1]
    assert words(last.find("tr")) == "New in the drafts, not in current law · 2 provisions, not counted in the 6"
    assert len(last.findall("tr")) == 3


def test_equal_neighbours_join_and_a_phone_reads_one_line_per_run() -> None:
    libel = cells(seen(), "Libel")
    assert ["joined" in cell.get("class") for cell in libel[:4]] == [False, True, False, False]
    shown_on_a_phone = [cell for cell in libel if "end" in cell.get("class").split()]
    assert [cell.get("data-run") for cell in shown_on_a_phone] == ["Aug to Nov 2013", "Jan 2014", "May 2014"]
    assert [cell.get("data-run") for cell in cells(seen(), "Insult")][3] == "All 4 texts"
    for cell in libel[:4]:
        assert cell.find(".//span[@class='word']/span").text, "the word stays in the markup of every cell"


def test_texts_that_are_not_shown_never_make_unequal_neighbours_one_bar() -> None:
    texts = [data.version(f"d{n}", f"20{10 + n}-01-01", f"T{n}", previous=f"d{n - 1}" if n else None) for n in range(9)]
    values = ["unchanged", "fixed", *["unchanged"] * 7]
    row = data.row("a", "SAMPLE a", ["libel"], [data.cell(f"d{n}", "1", value) for n, value in enumerate(values)])
    shown = cells(seen("", data.overview(texts=texts, rows=[row], penalties=[])), "SAMPLE a")
    assert "joined" not in shown[1].get("class")


def test_more_than_seven_texts_show_the_first_the_last_five_and_a_link_to_the_rest() -> None:
    page = seen("", data.many(3, 10))
    assert len(page.findall(".//table[@role]/thead/tr/th")) == 1 + 6 + 1
    assert "4 earlier texts are not shown." in words(page)
    everything = seen("?texts=all", data.many(3, 10))
    assert len(everything.findall(".//table[@role]/thead/tr/th")) == 1 + 10 + 1
    chosen = seen("?text=t2", data.many(3, 10))
    assert "SAMPLE text 2" in words(chosen.find(".//table[@role]/thead"))


def test_since_the_previous_text_says_the_worst_first_and_at_most_five_lines() -> None:
    lines = [words(line) for line in seen().iterfind(".//section[@aria-labelledby='since']/ul/li")]
    assert lines[0].startswith("Libel went from partly fixed to made stricter.")
    assert lines[1] == "Unlawful public associations was split into Articles 404 and 405."
    assert lines[2] == "Breaking the law on religious activity, a new restriction, was withdrawn."
    assert len(overview(data.many(60, 7), {}).lines) == 5
    assert overview(data.many(60, 7), {}).more_lines > 0


def test_a_text_without_the_provision_is_passed_over_when_looking_back() -> None:
    found = [
        data.cell("d1"),
        data.cell("d2", "5", "unchanged"),
        data.cell("d3", "", state="not_held"),
        data.cell("d4", "5", "stricter"),
    ]
    document = data.overview(rows=[data.row("a", "SAMPLE a", ["libel"], found)])
    assert "Compared with: Government bill, Nov 2013." in words(
        seen("", document).find(".//section[@aria-labelledby='since']")
    )


def test_the_first_text_offers_no_previous_one() -> None:
    page = seen("?text=d1&base=prev")
    disabled = page.find(".//input[@value='prev']")
    assert disabled.get("disabled") is not None
    assert "nothing to compare with" in words(page)
    assert page.find(".//input[@value='rec']").get("checked") is not None


def test_without_a_text_before_a_cell_of_the_previous_base_says_so() -> None:
    assert words(cells(seen("?base=prev"), "Insult")[0]) == "Nothing to compare with"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/en/laws/sample-code/", "No provision of this law is followed yet."),
        ("/w/laws/sample-code/", "You do not follow any provisions yet. Choose articles to follow."),
    ],
)
def test_nothing_followed_says_so_and_what_to_do_next(path: str, sentence: str) -> None:
    documents = {"laws/sample-code/overview": data.overview(rows=[])}
    page = html.fromstring(sites.page(pages.overview, path, documents, law="sample-code").content.decode())
    assert sentence in words(page)
    assert page.find(".//h2[@class='claim']") is None
    assert page.find(".//main//a[@href='v/d4/']") is not None


def test_one_text_only() -> None:
    rows = [data.row("a", "SAMPLE a", ["libel"], [data.cell("d1", "1")])]
    page = seen("", data.overview(texts=data.TEXTS[:1], rows=rows, penalties=[]))
    assert "Verdicts appear when there is a second text." in words(page)


def test_a_filter_without_match_offers_to_clear_it() -> None:
    rows = [data.row("a", "SAMPLE a", ["libel"], data.same("1", *["unchanged"] * 4))]
    page = seen("?changed=1", data.overview(rows=rows))
    assert "No provision matches." in words(page)
    assert [link.get("href") for link in page.iterfind(".//a") if words(link) == "Clear filters"]


def test_filters_are_said_and_kept_in_the_form() -> None:
    page = seen("?base=law&topic=libel")
    assert "3 of 8 provisions shown." in words(page)
    assert page.find(".//option[@value='libel']").get("selected") is not None
    assert page.find(".//input[@value='law']").get("checked") is not None


@pytest.mark.parametrize("query", ["?base=x&topic=none&text=no&texts=some&changed=yes", "?base=&text="])
def test_what_is_not_offered_falls_back_to_the_defaults(query: str) -> None:
    asked, plain = overview(data.overview(), RequestFactory().get("/" + query).GET), overview(data.overview(), {})
    assert (asked.options, asked.counts) == (plain.options, plain.counts)


def test_an_unknown_law_is_missing() -> None:
    with pytest.raises(Missing, match="We do not follow a law of that name"):
        sites.page(pages.overview, "/en/laws/none/", {}, law="none")


def test_penalties_that_rise_name_both_texts_and_both_amounts() -> None:
    rows = [
        [words(cell) for cell in row if words(cell)]
        for row in seen().iterfind(".//table[@class='rows rises']/tbody/tr")
    ]
    assert rows[0] == ["Inciting discord Art. 174, Part 1", "Prison", "up to 5 years", "up to 7 years", "+2 years"]
    assert rows[1] == ["Libel Art. 130, Part 3", "Fine", "up to 1,000 MCI", "up to 3,000 MCI", "×3"]
    assert "Second reading, 21 May 2014, compared with: Current law, Jan 2013." in words(seen())


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_sixty_provisions_and_seven_texts_stay_in_the_budget(language: str) -> None:
    documents = {"laws/many/overview": data.many(60, 7)}
    answer = sites.page(pages.overview, f"/{language}/laws/many/", documents, language=language, law="many")
    style = (settings.BASE_DIR / "static/css/site.css").read_bytes()
    assert len(gzip.compress(answer.content)) + len(gzip.compress(style)) <= 45_000
    assert not re.search(rb"<script", answer.content), "the public page needs no JavaScript"


def test_landing_and_laws_show_the_same_headline_as_the_overview() -> None:
    for view, path in ((pages.landing, "/en/"), (pages.laws, "/en/laws/")):
        found = html.fromstring(sites.page(view, path, data.documents()).content.decode())
        assert "0 of 6 recommended changes were made." in words(found)


def test_a_standard_names_the_provisions_measured_against_it() -> None:
    answer = sites.page(pages.standard, "/en/standards/iccpr-19-3/", data.documents(), s="iccpr-19-3")
    link = html.fromstring(answer.content.decode()).find(".//main//a[@href='../../laws/sample-code/p/k7f2-libel/']")
    assert words(link) == "Libel"
