"""Penalties are read as the law prints them, and two sets are compared by facts. Truth: rows read by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from codes.text.nodes import Article, Paragraph
from codes.text.parse import parse_file
from codes.text.sanctions import compare, extract
from scripts.eval_sanctions import ROOT, TRUTH, Score, scores, table

LAWS = Path(__file__).parents[2] / "demo" / "texts"
KAZAKHSTAN = LAWS / "kazakhstan"
FLOOR = 0.98


def article(file: str, number: str) -> Article:
    return next(a for a in parse_file(LAWS / file).articles if a.number == number)


@pytest.mark.parametrize("score", list(scores()), ids=lambda s: f"{s.name}-{'held' if s.held_out else 'dev'}")
def test_rows_read_by_people_are_found_and_nothing_else(score: Score) -> None:
    assert score.truth
    assert score.f1 >= FLOOR, (sorted(score.found - score.truth), sorted(score.truth - score.found))


def test_every_quote_stands_in_its_paragraph() -> None:
    for _, text, language, _ in table(TRUTH / "texts.tsv"):
        for a in parse_file(ROOT / text).articles:
            texts = {p.eid: p.text for p in a.paragraphs}
            assert all(s.quote and s.quote in texts[s.eid] for s in extract(a, language))


WORKED = [
    ("kazakhstan/criminal-code-1997_ch4-5_ru.txt", "ru", "164", "1", [
        (1, "fine", None, 1000, "mci"), (2, "fine", None, 10, "income_months"), (3, "arrest", None, 6, "months"),
        (4, "correctional_labour", None, 2, "years"), (5, "imprisonment", None, 5, "years")]),
    ("kazakhstan/criminal-code-1997_ch4-5_ru.txt", "ru", "156", "2", [
        (1, "imprisonment", 10, 20, "years"), (2, "death", None, None, ""), (3, "life_imprisonment", None, None, "")]),
    ("kazakhstan/criminal-code-2014_ch4-5_ru_2020-07.txt", "ru", "174", "2", [
        (1, "imprisonment", 5, 10, "years"), (1, "deprivation_of_post", None, 3, "years")]),
    ("kazakhstan/criminal-code-2014_ch4_kk_after-2022-01.txt", "kk", "174", "1", [
        (1, "fine", 2000, 7000, "mci"), (2, "restriction_of_liberty", 2, 7, "years"),
        (3, "imprisonment", 2, 7, "years")]),
    ("kazakhstan/criminal-code-2014_ch4_kk_after-2022-01.txt", "kk", "174", "2", [
        (1, "deprivation_of_post", None, 3, "years"), (1, "imprisonment", 5, 10, "years")]),
    ("france/code-penal/code-penal_2009-12-10.txt", "fr", "434-24", "2", [
        (1, "imprisonment", None, 2, "years"), (1, "fine", None, 30000, "eur")]),
    ("france/code-penal/code-penal_2009-12-10.txt", "fr", "221-2", "1", [(1, "life_imprisonment", None, None, "")]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "language", "number", "part", "rows"), WORKED)
def test_worked_examples(file: str, language: str, number: str, part: str, rows: list[object]) -> None:
    found = [s for s in extract(article(file, number), language) if s.part == part]
    assert [(s.alternative, s.kind, s.minimum, s.maximum, s.unit) for s in found] == rows


@pytest.mark.parametrize(
    ("kazakh", "russian"),
    [
        ("criminal-code-2014_ch4_kk_after-2022-01", "criminal-code-2014_ch4-5_ru_after-2022-01"),
        ("criminal-code-2014_ch16-excerpt_kk_2015-11", "criminal-code-2014_2015-11_ch1-5-16_ru"),
    ],
)
def test_two_languages_of_one_text_have_the_same_penalties(kazakh: str, russian: str) -> None:
    both = {a.number: a for a in parse_file(KAZAKHSTAN / f"{russian}.txt").articles}
    for a in parse_file(KAZAKHSTAN / f"{kazakh}.txt").articles:
        one, two = (
            {(s.part, s.kind, s.minimum, s.maximum, s.unit, s.optional) for s in extract(text, language)}
            for text, language in ((both[a.number], "ru"), (a, "kk"))
        )
        assert one == two, a.number


def test_a_stub_gives_no_row_and_is_an_offence_removed() -> None:
    stub = article("kazakhstan/criminal-code-2014_ch1-excerpt_ru_after-2024-06.txt", "130")
    assert extract(stub, "ru") == []
    assert [f.fact for f in compare([], [], repealed=True).facts] == ["offence_removed"]


def test_case_35_order_of_alternatives_alone_changes_nothing() -> None:
    def one(text: str) -> Article:
        return Article("1", "", "", (Paragraph("", "art_1__text", text),))

    old = one("наказывается арестом на срок до трех месяцев либо лишением свободы на срок до двух лет.")
    new = one("наказывается лишением свободы на срок до двух лет либо арестом на срок до трех месяцев.")
    assert compare(extract(old, "ru"), extract(new, "ru")).outcome.value == "same"
