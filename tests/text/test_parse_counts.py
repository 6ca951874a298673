"""Every article that the sources count is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from codes.text.parse import parse_file
from tests.text.laws import DATA, FRANCE, KAZAKHSTAN, unpacked

KAZAKH_LAWS = {
    "administrative-code-2014_ch10-excerpt_ru_2020-07.txt": 3,
    "administrative-code-2014_ch27-excerpt_ru_2024-06.txt": 3,
    "constitution_en.txt": 102,
    "criminal-code-1997_ch1-excerpt_ru.txt": 2,
    "criminal-code-1997_ch14-excerpt-b_ru_after-2011-01.txt": 6,
    "criminal-code-1997_ch14-excerpt_ru_after-2012-07.txt": 8,
    "criminal-code-1997_ch4-5_ru.txt": 19,
    "criminal-code-1997_last-edition_ch1-5-14_ru.txt": 83,
    "criminal-code-1997_last-edition_ch1_ru.txt": 36,
    "criminal-code-1997_last-edition_other-chapters_ru.txt": 99,
    "criminal-code-2014_2015-11_ch1-5-16_ru.txt": 93,
    "criminal-code-2014_2015-11_other-chapters_ru.txt": 139,
    "criminal-code-2014_ch1-excerpt_ru_after-2024-06.txt": 3,
    "criminal-code-2014_ch1-excerpt_ru_before-2020-06.txt": 4,
    "criminal-code-2014_ch16-excerpt-b_ru_2020-05.txt": 7,
    "criminal-code-2014_ch16-excerpt-b_ru_after-2025-09.txt": 7,
    "criminal-code-2014_ch16-excerpt_kk_2015-11.txt": 15,
    "criminal-code-2014_ch16-excerpt_ru_2020-05.txt": 9,
    "criminal-code-2014_ch16-excerpt_ru_after-2025-09.txt": 10,
    "criminal-code-2014_ch4-5_ru_2020-07.txt": 27,
    "criminal-code-2014_ch4-5_ru_after-2022-01.txt": 27,
    "criminal-code-2014_ch4-5_ru_after-2025-09.txt": 27,
    "criminal-code-2014_ch4_kk_after-2022-01.txt": 15,
}
BILL_STEPS = dict(
    zip(
        ["00", "01", "02", "03", "04", "05", "07", "08", "09", "10", "12", "13", "14", "15"],
        [24, 29, 31, 30, 33, 37, 36, 38, 36, 35, 36, 35, 35, 35],
        strict=True,
    )
)
OTHER_LAWS = {
    "hr1500-eh.xml": 18,
    "hr1500-ih.txt": 8,
    "tanzania-constitution-1977_swahili_akn.xml": 155,
    "tanzania-evidence-act-cap6_bluebell.txt": 186,
    "south-africa-consumer-protection-act_bluebell.txt": 122,
    "before_2016-10-01.txt": 329,
}


@pytest.mark.parametrize(("name", "articles"), KAZAKH_LAWS.items())
def test_every_article_of_a_law_of_kazakhstan_is_found(name: str, articles: int) -> None:
    assert len(parse_file(KAZAKHSTAN / name).articles) == articles


@pytest.mark.parametrize(("step", "articles"), BILL_STEPS.items())
def test_every_article_of_each_step_of_a_french_bill_is_found(step: str, articles: int) -> None:
    (path,) = (FRANCE / "transparence-2013").glob(f"{step}_*.txt")
    assert len(parse_file(path).articles) == articles


@pytest.mark.parametrize(
    ("year", "headings", "numbers"), [("1997-01-01", 929, 915), ("2004-09-27", 1084, 1063), ("2009-12-10", 1155, 1134)]
)
def test_every_heading_of_the_french_penal_code_is_found(year: str, headings: int, numbers: int) -> None:
    tree = parse_file(FRANCE / "code-penal" / f"code-penal_{year}.txt")
    assert len(tree.articles) == headings
    assert len({article.number.split("~")[0] for article in tree.articles}) == numbers


def test_articles_with_a_letter_after_the_number_are_found_too() -> None:
    tree = parse_file(FRANCE / "code-penal" / "code-penal_2026-04-02.txt")
    numbers = {article.number for article in tree.articles}
    lettered = {"224-1 A", "224-1 B", "224-1 C", "712-1 A"}
    assert lettered <= numbers
    assert len(tree.articles) - len(lettered) == 1321


@pytest.mark.parametrize(("name", "articles"), OTHER_LAWS.items())
def test_every_article_of_other_traditions_and_formats_is_found(name: str, articles: int, tmp_path: Path) -> None:
    assert len(parse_file(unpacked(name, tmp_path)).articles) == articles


def test_a_page_of_the_official_portal_gives_its_articles_and_their_raised_numbers() -> None:
    tree = parse_file(DATA / "criminal-code-rf_excerpt.html")
    assert [article.number for article in tree.articles] == [
        "104", "104.1", "104.2", "104.3", "104.4", "104.5", "105", "106", "107"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "grammar", "language"),
    [
        ("criminal-code-1997_ch1-excerpt_ru.txt", "kz-ru", "ru"),
        ("criminal-code-2014_ch4_kk_after-2022-01.txt", "kz-kk", "kk"),
        ("criminal-code-2014_ch16-excerpt_kk_2015-11.txt", "kz-kk", "kk"),
        ("constitution_en.txt", "en", "en"),
    ],
)
def test_tradition_and_language_are_found_in_the_text(name: str, grammar: str, language: str) -> None:
    tree = parse_file(KAZAKHSTAN / name)
    assert (tree.grammar, tree.language) == (grammar, language)
