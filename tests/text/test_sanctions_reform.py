"""What the reform of 2014 did to each penalty: pairs worked by hand, on the texts of both codes and their editions.

Facts named here were read from the laws by people. Where a pair lists fewer facts than the engine gives, the rest is
not in question (amounts in other units).
"""

from __future__ import annotations

from functools import cache

import pytest

from codes.text.nodes import Sanction, SanctionComparison
from codes.text.sanctions import compare, extract
from tests.text.laws import law

OLD = "criminal-code-1997_last-edition_ch1-5-14_ru"
OF_2004 = "criminal-code-1997_ch4-5_ru"
NEW = "criminal-code-2014_2015-11_ch1-5-16_ru"
JULY_2020 = "criminal-code-2014_ch4-5_ru_2020-07"
MAY_2020 = "criminal-code-2014_ch16-excerpt_ru_2020-05"
AFTER_2022 = "criminal-code-2014_ch4-5_ru_after-2022-01"
KAZAKH = "criminal-code-2014_ch4_kk_after-2022-01"
Fact = tuple[str, str, int | None, int | None]


@cache
def penalties(name: str, number: str) -> tuple[Sanction, ...]:
    return tuple(extract(next(a for a in law(f"{name}.txt").articles if a.number == number)))


def part_of(name: str, number: str, part: str) -> list[Sanction]:
    return [s for s in penalties(name, number) if s.part == part]


def ranges(rows: list[Sanction]) -> list[tuple[int, str, int | None, int | None, str]]:
    return [(s.alternative, s.kind, s.minimum, s.maximum, s.unit) for s in rows]


def compared(old: tuple[str, str, str], new: tuple[str, str, str]) -> SanctionComparison:
    """One part against one part: (text, article, part)."""
    return compare(penalties(*old[:2]), penalties(*new[:2]), parts=[(old[2], new[2])])


def facts(comparison: SanctionComparison) -> set[Fact]:
    return {(f.kind, f.fact, f.old, f.new) for f in comparison.facts}


PRISON_APPEARS: set[Fact] = {
    ("fine", "max_up", 200, 1000), ("fine", "min_gone", 100, None),
    ("community_service", "alternative_removed", 180, None),
    ("restriction_of_liberty", "alternative_added", None, 1), ("imprisonment", "alternative_added", None, 1),
}  # fmt: skip
OFFICIAL: set[Fact] = {
    ("fine", "max_up", 700, 2000), ("fine", "min_gone", 200, None),
    ("community_service", "alternative_removed", 240, None),
    ("restriction_of_liberty", "max_up", 1, 2), ("imprisonment", "max_up", 1, 2),
}  # fmt: skip
FINE_BESIDE: set[Fact] = {
    ("fine", "alternative_added", None, 5000), ("correctional_labour", "alternative_added", None, 5000)
}  # fmt: skip
PAIRS: list[tuple[str, str, str, set[Fact], str]] = [
    ("129/1", NEW, "130/1", PRISON_APPEARS, "mixed"),
    ("129/2", NEW, "130/2", {("fine", "max_up", 500, 2000), ("fine", "min_gone", 200, None),
                             ("community_service", "alternative_removed", 240, None),
                             ("imprisonment", "alternative_added", None, 2)}, "mixed"),
    ("129/3", NEW, "130/3", {("fine", "alternative_added", None, 3000),
                             ("correctional_labour", "alternative_added", None, 3000)}, "milder"),
    ("130/2", NEW, "131/2", {("fine", "max_down", 400, 200), ("fine", "min_gone", 100, None),
                             ("restriction_of_liberty", "alternative_removed", 1, None)}, "milder"),
    ("164/1", NEW, "174/1", {("restriction_of_liberty", "alternative_added", None, 7),
                             ("imprisonment", "min_appeared", None, 2)}, "mixed"),
    ("164/2", NEW, "174/2", {("imprisonment", "max_up", 7, 10), ("imprisonment", "min_up", 3, 5)}, "stricter"),
    ("164/3", NEW, "174/3", {("imprisonment", "max_up", 12, 20), ("imprisonment", "min_up", 7, 12)}, "stricter"),
    ("170/1", NEW, "179/1", {("fine", "max_up", 1000, 5000), ("fine", "min_up", 300, 1000),
                             ("imprisonment", "max_up", 5, 7)}, "stricter"),
    ("170/2", NEW, "179/2", {("imprisonment", "max_up", 7, 10), ("imprisonment", "min_up", 3, 5),
                             ("fine", "alternative_removed", 5000, None)}, "stricter"),
    ("317-1/1", NEW, "373/1", OFFICIAL, "mixed"),
    ("318/1", NEW, "375/1", OFFICIAL, "mixed"),
    ("317-1/3", NEW, "373/3", FINE_BESIDE, "milder"),
    ("319/1", NEW, "376/1", {("fine", "max_down", 500, 300), ("fine", "min_gone", 100, None),
                             ("community_service", "max_up", 180, 240), ("arrest", "alternative_added", None, 75),
                             ("restriction_of_liberty", "alternative_removed", 1, None)}, "mixed"),
    ("320/1", NEW, "378/1", {("fine", "max_down", 400, 100), ("community_service", "max_down", 180, 120),
                             ("restriction_of_liberty", "alternative_removed", 1, None),
                             ("arrest", "alternative_added", None, 45)}, "mixed"),
    ("320/2", NEW, "378/2", {("fine", "max_down", 700, 300),
                             ("restriction_of_liberty", "alternative_removed", 1, None),
                             ("imprisonment", "alternative_removed", 1, None),
                             ("arrest", "alternative_added", None, 75),
                             ("community_service", "alternative_added", None, 240)}, "mixed"),
    ("334/2", NEW, "400/", {("fine", "max_down", 1000, 300), ("restriction_of_liberty", "alternative_removed", 1, None),
                            ("imprisonment", "alternative_removed", 1, None),
                            ("arrest", "alternative_added", None, 75)}, "mixed"),
    # the lower end of the fine, 200, went as well: the facts point both ways
    ("337/1", NEW, "404/1", {("fine", "max_up", 500, 6000), ("deprivation_of_post", "max_up", 3, 6)}, "mixed"),
    ("337/2", NEW, "404/2", {("restriction_of_liberty", "alternative_removed", 3, None),
                             ("correctional_labour", "alternative_removed", 2, None)}, "stricter"),
    ("337-1/2", NEW, "405/2", {("imprisonment", "max_down", 6, 2), ("fine", "max_up", 200, 2000),
                               ("deportation", "supplementary_added", None, 5)}, "mixed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "text", "new", "expected", "outcome"), PAIRS, ids=[f"{old}-{new}" for old, _, new, _, _ in PAIRS]
)
def test_pairs_worked_by_hand(old: str, text: str, new: str, expected: set[Fact], outcome: str) -> None:
    before, after = old.split("/"), new.split("/")
    comparison = compared((OLD, before[0], before[1]), (text, after[0], after[1]))
    assert expected <= facts(comparison), expected - facts(comparison)
    assert comparison.outcome.value == outcome


def test_what_stayed_equal_is_no_fact() -> None:
    equal = [
        ("130/2", "131/2", "community_service"), ("129/3", "130/3", "imprisonment"),
        ("129/3", "130/3", "restriction_of_liberty"), ("337/1", "404/1", "imprisonment"),
        ("337/2", "404/2", "imprisonment"), ("318/3", "375/3", "imprisonment"),
    ]  # fmt: skip
    for old, new, kind in equal:
        before, after = old.split("/"), new.split("/")
        comparison = compared((OLD, before[0], before[1]), (NEW, after[0], after[1]))
        assert kind not in {f.kind for f in comparison.facts}, (old, new)
        assert kind in {s.kind for s in part_of(NEW, *after)}


def test_the_fine_of_july_2020_is_the_only_fact() -> None:
    comparison = compare(penalties(NEW, "174"), penalties(JULY_2020, "174"))
    assert facts(comparison) == {("fine", "alternative_added", None, 7000)}
    assert comparison.outcome.value == "milder"
    assert ranges([s for s in part_of(JULY_2020, "174", "1") if s.kind == "fine"])[0][2:4] == (2000, 7000)


def test_public_insult_became_milder_in_may_2020() -> None:
    comparison = compared((NEW, "378", "2"), (MAY_2020, "378", "2"))
    wanted: set[Fact] = {("fine", "max_down", 300, 160), ("community_service", "max_down", 240, 160)}
    assert wanted | {("arrest", "max_down", 75, 40)} <= facts(comparison)
    assert comparison.outcome.value == "milder"


def test_case_10_the_edition_of_2004_is_read_as_printed() -> None:
    assert ranges(part_of(OF_2004, "164", "1")) == [
        (1, "fine", None, 1000, "mci"),
        (2, "fine", None, 10, "income_months"),
        (3, "arrest", None, 6, "months"),
        (4, "correctional_labour", None, 2, "years"),
        (5, "imprisonment", None, 5, "years"),
    ]


def test_case_11_the_same_term_is_that_of_the_restriction_before_it() -> None:
    rows = {s.kind: s for s in part_of(NEW, "375", "1")}
    assert "тот же срок" in rows["imprisonment"].quote
    assert (rows["imprisonment"].maximum, rows["imprisonment"].unit) == (2, "years")
    assert rows["restriction_of_liberty"].maximum == 2


def test_case_12_the_same_amount_is_that_of_the_fine() -> None:
    fine, labour = part_of(NEW, "131", "1")[:2]
    assert "в том же размере" in labour.quote
    assert (labour.kind, labour.maximum, labour.unit) == ("correctional_labour", fine.maximum, "mci")


def test_case_13_an_edition_is_part_of_a_fact() -> None:
    last, stale = (compared((name, "164", "2"), (NEW, "174", "2")) for name in (OLD, OF_2004))
    assert {("imprisonment", "max_up", 7, 10), ("imprisonment", "min_up", 3, 5)} <= facts(last)
    assert {("imprisonment", "max_up", 6, 10), ("imprisonment", "min_up", 2, 5)} <= facts(stale)
    gone = {f.kind for f in last.facts if f.fact == "alternative_removed"}
    assert gone >= {"fine", "restriction_of_liberty"}
    assert last.outcome.value == "stricter"


def test_case_34_twelve_to_twenty_against_seven_to_twelve() -> None:
    assert facts(compared((OLD, "164", "3"), (NEW, "174", "3"))) == {
        ("imprisonment", "max_up", 12, 20),
        ("imprisonment", "min_up", 7, 12),
    }


def test_case_53_the_kazakh_ban_stands_before_its_main_penalty() -> None:
    assert ranges(part_of(KAZAKH, "174", "2")) == [
        (1, "deprivation_of_post", None, 3, "years"),
        (1, "imprisonment", 5, 10, "years"),
    ]


def test_case_54_two_languages_of_one_edition_say_the_same_in_their_own_order() -> None:
    kazakh, russian = (ranges(part_of(name, "170", "4")) for name in (KAZAKH, AFTER_2022))
    assert {row[1:] for row in kazakh} == {row[1:] for row in russian}
    assert {row[:2] for row in kazakh} != {row[:2] for row in russian}


def test_case_58_a_fine_beside_equal_maxima_is_milder() -> None:
    comparison = compared((OLD, "318", "3"), (NEW, "375", "3"))
    assert facts(comparison) == FINE_BESIDE
    assert comparison.outcome.value == "milder"


def test_case_59_labour_in_years_against_mci_has_no_direction() -> None:
    comparison = compared((OLD, "320", "2"), (MAY_2020, "378", "2"))
    labour = [f for f in comparison.facts if f.kind == "correctional_labour"]
    assert [(f.fact, f.old, f.new, f.direction) for f in labour] == [("unit_changed", 2, 160, 0)]
    assert ("fine", "max_down", 700, 160) in facts(comparison)  # the other kinds still say what they say
