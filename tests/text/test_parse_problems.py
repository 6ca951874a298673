"""What is unsure is listed, worst first."""

from __future__ import annotations

import pytest

from codes.text.nodes import TextError
from tests.text.laws import law, parsed


def codes(text: str) -> list[str]:
    return [problem.code for problem in parsed(text).problems]


def test_a_clean_law_has_no_problem() -> None:
    assert law("criminal-code-2014_ch4-5_ru_2020-07.txt").problems == ()


def test_a_missing_number_is_named_with_its_line() -> None:
    (problem,) = law("criminal-code-2014_ch1-excerpt_ru_before-2020-06.txt").problems
    assert (problem.code, problem.article) == ("gap", "129")
    assert "127 → 129" in problem.message
    assert problem.line > 0


def test_a_number_printed_twice_is_named() -> None:
    tree = parsed("Статья 1. Раз\nТекст.\nСтатья 1. Раз снова\nТекст.\nСтатья 2. Два\nТекст.")
    assert [(p.code, p.article) for p in tree.problems] == [("repeat", "1~2")]


def test_an_article_without_text_is_named_and_a_stub_is_not() -> None:
    assert codes("Статья 1. Раз\nСтатья 2. Два\nТекст.\nСтатья 3. Три\nИсключена Законом РК.") == ["empty"]


def test_an_article_many_times_longer_than_usual_is_named() -> None:
    usual = "".join(f"Статья {n}. Заголовок\nКороткий текст.\n" for n in range(1, 6))
    assert codes(f"{usual}Статья 6. Длинная\n{'Слово за словом. ' * 400}") == ["long"]


def test_mixed_letters_inside_a_word_are_named() -> None:
    (problem,) = parsed("Статья 1. Раз\nКража имущеcтва.").problems
    assert problem.code == "mixed_script"
    assert "имущеcтва" in problem.message


def test_a_line_that_looks_like_an_article_and_was_not_read_as_one_is_named() -> None:
    tree = parsed("СТАТЬЯ 7 Вводная\nСтатья 1. Раз\nТекст.\nСтатья 2. Два\nТекст.\nСтатья 90 Чужая\nТекст.")
    assert [p.line for p in tree.problems if p.code == "stray_article"] == [1, 6]


def test_page_numbers_and_repeated_headers_are_named() -> None:
    pages = "".join(f"Статья {n}. Раз\nТекст статьи.\nПРОЕКТ УГОЛОВНОГО КОДЕКСА\n- {n} -\n" for n in range(1, 9))
    assert set(codes(pages)) == {"furniture"}


def test_every_announcement_of_the_publisher_is_named() -> None:
    tree = law("criminal-code-2014_2015-11_other-chapters_ru.txt")
    assert [p.code for p in tree.problems] == ["publisher_note"] * 8


def test_a_text_without_articles_is_an_error_and_errors_come_first() -> None:
    tree = parsed("Просто письмо.\n- 1 -")
    assert [(p.code, p.severity) for p in tree.problems] == [("no_article", "error"), ("furniture", "warning")]


def test_an_unknown_grammar_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TextError, match="kz-ru"):
        parsed("Статья 1. Раз", grammar="latin")


def test_a_running_footer_that_counts_its_pages_is_named() -> None:
    pages = "".join(f"Статья {n}. Раз\nТекст статьи.\nОфициальный текст, страница {n} из 9\n" for n in range(1, 9))
    (problem,) = parsed(pages).problems
    assert (problem.code, problem.line) == ("furniture", 3)
    assert "8 times" in problem.message


def test_what_looks_like_an_article_before_the_first_one_is_named() -> None:
    tree = parsed("УГОЛОВНЫЙ КОДЕКС РЕСПУБЛИКИ\nСтатья 1: Цель\nСтатья 2. Предмет\nТекст статьи.")
    assert [a.number for a in tree.articles] == ["1", "2"]
    stray = parsed("УГОЛОВНЫЙ КОДЕКС РЕСПУБЛИКИ\nСтатья 5: Цель\nСтатья 9. Предмет\nТекст статьи.").problems
    assert [(p.code, p.line) for p in stray] == [("stray_article", 2)]


def test_all_kinds_are_listed_worst_first() -> None:
    long = "Слова закона и ещё слова закона. " * 400
    tree = parsed(
        "КОДЕКС РЕСПУБЛИКИ О ПРИМЕРЕ\nСтатья 90: Так не названная\nСтатья 1. Первая\nТекст.\nСтатья 1. Повтор\nТекст.\n"
        f"Статья 4. После пропуска\nСлово с латинской буквой: cрок.\nСтатья 5. Пустая\nСтатья 6. Длинная\n{long}\n"
        "Статья 7. Обычная\nТекст.\n- 12 -\n"
    )
    assert [p.code for p in tree.problems] == [
        "repeat", "gap", "empty", "long", "mixed_script", "stray_article", "furniture"
    ]  # fmt: skip
