"""Across a split or a merge every paragraph stands beside its source: real articles of 1997 and of the new code."""

from __future__ import annotations

from functools import cache

import pytest

from codes.text.diff import compare
from codes.text.merge import merge
from codes.text.nodes import Article, Row
from tests.text.laws import law

OLD = ("criminal-code-1997_last-edition_ch1-5-14_ru.txt", "criminal-code-1997_last-edition_other-chapters_ru.txt")
NEW = ("criminal-code-2014_2015-11_ch1-5-16_ru.txt", "criminal-code-2014_2015-11_other-chapters_ru.txt")


@cache
def code(names: tuple[str, ...]) -> dict[str, Article]:
    return {article.number: article for article in merge([law(name) for name in names]).articles}


def rows(old: list[str], new: list[str]) -> tuple[Row, ...]:
    return compare([code(OLD)[number] for number in old], [code(NEW)[number] for number in new]).rows


def place(row: Row, side: str) -> str:
    """Article, part and level of one side: "179 p. 3 text" is the sanction of part 3. "-" when there is none."""
    paragraph, article = (row.old, row.old_article) if side == "old" else (row.new, row.new_article)
    return f"{article} p. {paragraph.part} {paragraph.level}" if paragraph else "-"


# Every row in the order of the new text: (source, paragraph of the new text).
CASES = {
    "170 → 179 + 180": (
        ["170"],
        ["179", "180"],
        [
            ("170 p. 1 part", "179 p. 1 part"),
            ("170 p. 1 text", "179 p. 1 text"),
            ("170 p. 2 part", "179 p. 2 part"),
            ("170 p. 2 text", "179 p. 2 text"),
            *(("-", f"179 p. {part} {level}") for part in "34" for level in ("part", "text")),
            *(("-", f"180 p. {part} {level}") for part in "123" for level in ("part", "text")),
        ],
    ),
    "168 + 170 → 179": (
        ["168", "170"],
        ["179"],
        [
            ("170 p. 1 part", "179 p. 1 part"),
            ("170 p. 1 text", "179 p. 1 text"),
            ("170 p. 2 part", "179 p. 2 part"),
            ("170 p. 2 text", "179 p. 2 text"),
            ("168 p. 1 part", "179 p. 3 part"),
            ("168 p. 1 text", "179 p. 3 text"),
            ("168 p. 2 part", "179 p. 4 part"),
            ("168 p. 2 text", "179 p. 4 text"),
        ],
    ),
    "362 → 430 + 431": (
        ["362"],
        ["430", "431"],
        [
            *((f"362 p. {part} {level}", f"430 p. {part} {level}") for part in "123" for level in ("part", "text")),
            ("-", "430 p.  text"),  # the note is new
            ("362 p. 4 part", "431 p.  text"),
            ("362 p. 4 text", "431 p.  text"),
        ],
    ),
    "143 → 148 + 399": (
        ["143"],
        ["148", "399"],
        [
            *((f"143 p. {part} {level}", f"148 p. {part} {level}") for part in "12" for level in ("part", "text")),
            ("143 p. 3 part", "399 p. 1 part"),
            ("143 p. 3 text", "399 p. 1 text"),
            *(("-", f"399 p. {part} {level}") for part in "23" for level in ("part", "text")),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_split_or_merge_keeps_each_paragraph_beside_its_source(case: str) -> None:
    old, new, expected = CASES[case]
    assert [(place(row, "old"), place(row, "new")) for row in rows(old, new)] == expected


def test_the_order_in_which_the_articles_of_a_merge_are_given_does_not_matter() -> None:
    pairs = {(place(row, "old"), place(row, "new")) for row in rows(["170", "168"], ["179"])}
    assert pairs == {(place(row, "old"), place(row, "new")) for row in rows(["168", "170"], ["179"])}


def test_a_short_item_alone_between_the_same_neighbours_is_the_same_item() -> None:
    """ "а) организованной группой" became "1) преступной группой"."""
    items = [
        (row.old.text, row.new.text) for row in rows(["176"], ["189"]) if row.old and row.new and row.new.part == "4"
    ]
    assert items[1] == ("а) организованной группой;", "1) преступной группой;")
