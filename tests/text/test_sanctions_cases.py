"""Penalties and what became of them, case by case, on the real texts."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from codes.text.nodes import Article, Paragraph, Sanction, SanctionComparison
from codes.text.parse import parse_file
from codes.text.penalties.languages import LANGUAGES
from codes.text.sanctions import compare, extract
from tests.text.laws import FRANCE, KAZAKHSTAN, unpacked

OLD = "criminal-code-1997_last-edition_ch1-5-14_ru"
NEW = "criminal-code-2014_2015-11_ch1-5-16_ru"
CODE = FRANCE / "code-penal" / "code-penal_2026-04-02.txt"
Fact = tuple[str, str, str, int | None, int | None]


def one(path: Path, number: str, language: str) -> list[Sanction]:
    return extract(next(a for a in parse_file(path).articles if a.number == number), language)


def kz(name: str, number: str) -> list[Sanction]:
    return one(KAZAKHSTAN / f"{name}.txt", number, "ru")


def short(rows: list[Sanction]) -> list[tuple[int, str, int | None, int | None, str]]:
    return [(s.alternative, s.kind, s.minimum, s.maximum, s.unit) for s in rows]


def facts(comparison: SanctionComparison, part: str) -> set[Fact]:
    return {(f.kind, f.fact, f.unit, f.old, f.new) for f in comparison.facts if f.part == part}


def test_case_56_or_to_both_is_one_more_alternative(tmp_path: Path) -> None:
    rows = one(unpacked("south-africa-consumer-protection-act_bluebell.txt", tmp_path), "111", "en")
    first = [s for s in rows if s.part == "1(a)"]
    assert short(first) == [
        (1, "fine", None, None, ""),
        (2, "imprisonment", None, 10, "years"),
        (3, "fine", None, None, ""),
        (3, "imprisonment", None, 10, "years"),
    ]
    assert [s.quote for s in first] == [
        "to a fine",
        "imprisonment for a period not exceeding 10 years",
        "to both a fine and imprisonment",
        "to both a fine and imprisonment",
    ]


def test_case_57_french_amounts_are_maxima_of_one_alternative() -> None:
    assert short(one(CODE, "441-7", "fr"))[:2] == [
        (1, "imprisonment", None, 1, "years"),
        (1, "fine", None, 15000, "eur"),
    ]


def test_the_same_penalties_are_those_of_the_part_before() -> None:
    rows = one(CODE, "433-1", "fr")
    assert short([s for s in rows if s.part == "2"]) == short([s for s in rows if s.part == "1"])
    assert {s.quote for s in rows if s.part == "2"} == {"puni des mêmes peines"}


def test_another_offences_penalty_is_not_the_articles_own() -> None:
    part = [s for s in one(CODE, "222-54", "fr") if s.part == "2"]  # "… condamné à une peine supérieure à un an"
    assert short(part) == [(1, "imprisonment", None, 10, "years"), (1, "fine", None, 500000, "eur")]


def test_kazakh_bans_stand_before_the_main_penalty_and_belong_to_it() -> None:
    rows = one(KAZAKHSTAN / "criminal-code-2014_ch16-excerpt_kk_2015-11.txt", "405", "kk")
    assert short([s for s in rows if s.part == "1"])[:3] == [
        (1, "deportation", 5, 5, "years"),
        (1, "deprivation_of_post", None, 5, "years"),
        (1, "fine", None, 6000, "mci"),
    ]


def test_a_lifelong_ban_has_no_amount_and_no_doubt() -> None:
    bans = [
        s
        for a in parse_file(KAZAKHSTAN / "criminal-code-2014_2015-11_other-chapters_ru.txt").articles
        for s in extract(a, "ru")
        if s.quote.startswith("пожизненным лишением права")
    ]
    assert bans
    assert all(s.kind == "deprivation_of_post" and s.maximum is None and s.sure for s in bans)


def test_a_milder_edition_says_so_in_every_part() -> None:
    comparison = compare(kz(NEW, "378"), kz("criminal-code-2014_ch16-excerpt_ru_2020-05", "378"))
    assert ("arrest", "max_down", "days", 75, 40) in facts(comparison, "2")
    assert {outcome.value for _, outcome in comparison.outcomes} == {"milder"}


def test_case_60_the_end_of_the_death_penalty_is_the_only_fact() -> None:
    texts = [
        {a.number: extract(a, "ru") for a in parse_file(KAZAKHSTAN / f"criminal-code-2014_ch4-5_ru_{e}.txt").articles}
        for e in ("2020-07", "after-2022-01")
    ]
    changed = {
        number: compare(before, texts[1][number])
        for number, before in texts[0].items()
        if any(s.kind == "death" for s in before)
    }
    assert len(changed) == 9
    for comparison in changed.values():
        assert {(f.kind, f.fact) for f in comparison.facts} == {("death", "alternative_removed")}
        assert comparison.outcome.value == "milder"


def test_case_61_an_optional_confiscation_that_is_added_is_stricter() -> None:
    before, after = (kz(f"criminal-code-2014_ch4-5_ru_after-{e}", "170") for e in ("2022-01", "2025-09"))
    assert facts(compare(before, after), "3") == {("confiscation", "supplementary_added", "", None, None)}
    assert [s.optional for s in after if s.part == "3" and s.kind == "confiscation"] == [True]


def row(kind: str, maximum: int | None, unit: str, *, optional: bool = False) -> Sanction:
    return Sanction("1", 1, kind, None, maximum, unit, kind, optional=optional)


def test_case_36_an_optional_ban_that_becomes_mandatory_is_stricter() -> None:
    main = row("imprisonment", 5, "years")
    old, new = (row("deprivation_of_post", 3, "years", optional=optional) for optional in (True, False))
    comparison = compare([main, old], [main, new])
    assert [f.fact for f in comparison.facts] == ["supplementary_mandatory"]
    assert comparison.outcome.value == "stricter"
    assert [f.fact for f in compare([main, new], [main, old]).facts] == ["supplementary_optional"]


def test_case_37_a_fine_measured_by_income_instead_is_uncertain() -> None:
    comparison = compare([row("fine", 200, "mci")], [row("fine", 3, "income_months")])
    assert [(f.fact, f.direction, f.sure) for f in comparison.facts] == [("unit_changed", 0, False)]
    assert comparison.outcome.value == "uncertain"


WORDS = """наказывается штрафом в размере от до двух лет полутора либо лишением свободы на срок тысяч
    est puni de cinq ans d'emprisonnement et 75 000 euros d'amende : shall be liable to imprisonment for life or fine
    both not exceeding 1,000 айыппұл жазаланады үш жылға дейінгі бас бостандығынан айыруға отырып немесе онсыз ; . ,"""


@given(st.lists(st.sampled_from([*WORDS.split(), "9" * 5000, "İ", "\u00a0"]), max_size=40).map(" ".join))
def test_any_words_give_rows_with_exact_quotes(text: str) -> None:
    for language in LANGUAGES:
        for s in extract(Article("1", "", "", (Paragraph("", "art_1__text", text),)), language):
            assert s.quote in text
            assert s.minimum is None or s.maximum is None or s.minimum <= s.maximum or not s.sure


def test_case_14_public_insult_of_an_official_is_compared_by_its_texts_alone() -> None:
    """Part 1 of 378 against part 1 of 320; what "publicly" did to the conduct stays a person's question."""
    found = compare(kz(OLD, "320"), kz(NEW, "378"), parts=[("1", "1")])
    old, new = (
        {(s.kind, s.maximum, s.unit) for s in kz(name, n) if s.part == "1"} for name, n in ((OLD, "320"), (NEW, "378"))
    )
    assert old != new
    assert {fact.kind for fact in found.facts if fact.part == "1"} <= {kind for kind, _, _ in old ^ new}


def test_case_55_a_range_of_income_is_counted_in_months() -> None:
    rows = [s for number in ("162", "164", "165") for s in _kz_1997(number) if s.unit == "income_months"]
    assert ("fine", 5, 12) in {(s.kind, s.minimum, s.maximum) for s in rows}


def _kz_1997(number: str) -> list[Sanction]:
    return kz("criminal-code-1997_ch4-5_ru", number)


def test_case_63_a_stub_removes_the_offence_and_keeps_the_article_in_the_list() -> None:
    before, after = "criminal-code-2014_ch16-excerpt_ru_2020-05", "criminal-code-2014_ch16-excerpt_ru_after-2025-09"
    stub = next(a for a in parse_file(KAZAKHSTAN / f"{after}.txt").articles if a.number == "373")
    found = compare(kz(before, "373"), extract(stub, "ru"), repealed=stub.status == "repealed")
    assert {fact.fact for fact in found.facts} == {"offence_removed"}
