"""The headline counts each recommendation once and says it in whole sentences (docs/method.md)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.pages import data
from tracker.publication.pages.headline import Counts, count, sentences


def rows(*values: str | None, ask: str = "repeal", **fields: Any) -> list[Any]:
    return [
        data.row(f"c{n}", f"SAMPLE {n}", ["libel"], [data.cell("d1", "1", value, **fields)], ask=ask)
        for n, value in enumerate(values)
    ]


def withdrawn(number: int = 1) -> list[Any]:
    cells = [data.cell("d0", "9", "new_restriction"), data.cell("d1", "", "fixed", lifecycle="withdrawn")]
    return [data.row(f"w{n}", "SAMPLE", ["libel"], cells, ask="do_not_add") for n in range(number)]


def headline(found: list[Any], base: Any = "recommendation") -> list[str]:
    """The sentences for the last text of each row, which may have one or two."""
    padded: Any = [
        row if len(row["cells"]) == 2 else {**row, "cells": [data.cell("d0"), *row["cells"]]} for row in found
    ]
    return sentences(count(padded, base, 1), base)


EVERY_VALUE = rows("fixed", "fixed", "partly_fixed", "unchanged", "unchanged", "unchanged", "stricter", None)
EXTRA = [*rows("new_restriction", ask="do_not_add"), *withdrawn()]


def test_case_25_nine_unchanged_five_stricter_and_three_that_should_not_be_added() -> None:
    found = [
        *rows(*["unchanged"] * 9, *["stricter"] * 5),
        *rows(*["new_restriction"] * 2, ask="do_not_add"),
        *withdrawn(),
    ]
    assert headline(found) == [
        "0 of 14 recommended changes were made.",
        "5 provisions were made stricter and 9 are unchanged.",
        "2 new restrictions were added; 1 was withdrawn.",
    ]


def test_case_25_fixed_partly_and_not_assessed() -> None:
    assert headline(rows("fixed", "partly_fixed", None)) == [
        "1 of 3 recommended changes were made.",
        "1 was partly made.",
        "1 not assessed yet.",
    ]


def test_case_25_nothing_assessed() -> None:
    assert headline(rows(None, None, None)) == ["Nothing has been assessed yet (3 recommendations)."]


def test_case_25_no_concerns_no_headline() -> None:
    assert headline([]) == []


def test_case_25_only_the_chosen_text_counts() -> None:
    undone = data.row("c", "SAMPLE", ["libel"], [data.cell("d0", "1", "fixed"), data.cell("d1", "1", "unchanged")])
    assert headline([undone])[0] == "0 of 1 recommended change was made."


def test_case_25_a_concern_that_was_split_over_two_articles_is_one_concern() -> None:
    """Its one verdict is by the worse part: see the facts of a cell. Both numbers stand in the cell."""
    split = data.row("c", "SAMPLE", ["libel"], [data.cell("d1", "404", "stricter", numbers=["404", "405"])])
    assert headline([split]) == ["0 of 1 recommended change was made.", "1 provision was made stricter."]


def test_case_48_every_part_is_said_and_the_parts_add_up() -> None:
    assert headline([*EVERY_VALUE, *EXTRA]) == [
        "2 of 8 recommended changes were made.",
        "1 was partly made.",
        "1 provision was made stricter and 3 are unchanged.",
        "1 not assessed yet.",
        "1 new restriction was added; 1 was withdrawn.",
    ]


def test_case_49_a_filter_that_leaves_only_additions_leaves_only_their_sentence() -> None:
    assert headline(EXTRA) == ["1 new restriction was added; 1 was withdrawn."]


def test_case_50_fixed_on_do_not_add_is_not_among_the_changes_made() -> None:
    counts = count(rows("fixed", ask="do_not_add"), "recommendation", 0)
    assert (counts.total, counts.fixed, counts.extra_total) == (0, 0, 1)


def test_case_51_a_concern_without_a_verdict_is_in_the_total_as_not_assessed() -> None:
    counts = count(rows("fixed", None), "recommendation", 0)
    assert (counts.total, counts.not_assessed) == (2, 1)


@pytest.mark.parametrize("status", ["draft", "in_review", "returned"])
def test_case_52_what_is_not_published_does_not_count(status: str) -> None:
    counts = count(rows("fixed", status=status), "recommendation", 0)
    assert (counts.fixed, counts.not_assessed) == (0, 1)


def test_case_41_partly_fixed_moved_to_another_code_is_said_apart_from_the_total() -> None:
    found = rows("partly_fixed", ask="do_not_add", lifecycle="moved_to_another_code")
    assert headline(found) == ["1 new restriction was partly taken back."]


def test_against_current_law_the_words_are_milder_and_stricter() -> None:
    stricter = [data.row(f"s{n}", "SAMPLE", [], [data.cell("d1", "1", None, current_law="stricter")]) for n in range(4)]
    assert headline(stricter, "current_law") == ["No provision is milder than current law; 4 are stricter."]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (["unchanged"], "No provision is milder or stricter than in the previous text."),
        (["fixed", "stricter"], "1 provision is milder than in the previous text; 1 is stricter."),
        (["fixed", "partly_fixed"], "2 provisions are milder than in the previous text; none is stricter."),
        (["stricter"], "No provision is milder than in the previous text; 1 is stricter."),
    ],
)
def test_against_the_previous_text(values: list[str], sentence: str) -> None:
    found = [data.row("c", "SAMPLE", [], [data.cell("d1", "1", None, previous=value)]) for value in values]
    assert headline(found, "previous")[0] == sentence


def test_one_and_one_use_the_singular() -> None:
    assert "1 provision was made stricter and 1 is unchanged." in headline(rows("stricter", "unchanged"))


VALUES = st.sampled_from(["fixed", "partly_fixed", "unchanged", "stricter", "new_restriction", "not_assessed", None])


@given(
    st.lists(st.tuples(VALUES, st.sampled_from(["repeal", "narrow", "reduce", "do_not_add"]))),
    st.sampled_from(["recommendation", "current_law", "previous"]),
    st.sampled_from(["en", "ru", "kk"]),
)
def test_whatever_was_judged_the_parts_add_up_and_every_number_is_said(
    judged: list[tuple[str | None, str]], base: Any, language: str
) -> None:
    found = []
    for value, ask in judged:
        cell = data.cell("d1", "1")
        cell["verdicts"] = {base: data.finding(value)} if value else {}
        found.append(data.row("c", "SAMPLE", [], [cell], ask=ask))
    counts = count(found, base, 0)
    parts = (
        counts.fixed,
        counts.partly_fixed,
        counts.unchanged,
        counts.stricter,
        counts.new_restriction,
        counts.not_assessed,
    )
    assert sum(parts) == counts.total
    assert counts.total + counts.extra_total == len(judged)
    with translation.override(language):
        said = " ".join(sentences(counts, base))
    assert "%" not in said
    assert bool(said) == bool(judged)
    if counts.not_assessed:
        assert str(counts.not_assessed) in said


def test_counts_survive_being_stored() -> None:
    counts = count([*EVERY_VALUE], "recommendation", 0)
    assert Counts(**counts.as_dict()) == counts
