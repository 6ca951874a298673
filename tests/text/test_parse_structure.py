"""Parts, items, notes, footnotes, stubs and divisions stand where the law prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from codes.text import akn, akn_writer, plain_text
from codes.text.diff import compare
from codes.text.nodes import Role
from codes.text.parse import parse, parse_file
from codes.text.plain_text import without_places
from codes.text.steps import carried_over
from tests.text.laws import FRANCE, article, law, lines, parsed, unpacked

LAST_1997 = "criminal-code-1997_last-edition_ch1-5-14_ru.txt"
NEW_2015 = "criminal-code-2014_2015-11_ch1-5-16_ru.txt"
OTHER_2015 = "criminal-code-2014_2015-11_other-chapters_ru.txt"


def test_case_74_a_heading_over_several_lines_is_one_heading() -> None:
    tree = law(LAST_1997)
    assert article(tree, "334").heading == (
        "Нарушение порядка организации и проведения собраний, митингов, пикетов, уличных шествий и демонстраций"
    )
    assert article(tree, "334").body[0].text.startswith("1.")


def test_a_heading_goes_on_after_a_link_word_and_in_brackets() -> None:
    assert article(law(LAST_1997), "142").heading.startswith(
        "Нарушение неприкосновенности частной жизни и законодательства"
    )
    old = law("criminal-code-1997_last-edition_ch1_ru.txt")
    assert article(old, "116").heading == "Заражение вирусом иммунодефицита человека (ВИЧ/СПИД)"


def test_case_75_a_publishers_announcement_is_no_article_and_no_law() -> None:
    tree = law(NEW_2015)
    assert [a.number for a in tree.articles if a.number.startswith("147")] == ["147"]
    announced = article(tree, "147").paragraphs[:2]
    assert [p.role for p in announced] == [Role.FOOTNOTE, Role.FOOTNOTE]
    assert announced[1].text.startswith("Статья 147 предусмотрена в редакции")
    assert article(tree, "147").heading.startswith("Нарушение неприкосновенности")
    assert not any("РЦПИ" in p.text for a in tree.articles for p in a.body)


def test_an_announcement_belongs_to_the_article_it_names() -> None:
    tree = law(OTHER_2015)
    notes_244 = [p.text for p in article(tree, "244").paragraphs if p.role is Role.FOOTNOTE]
    assert any("Статью 244 предусмотрено дополнить" in text for text in notes_244)
    assert not any(p.role is Role.FOOTNOTE for p in article(tree, "245").paragraphs)


def test_a_latin_letter_in_the_word_for_article_does_not_hide_one() -> None:
    tree = parsed("Статья 1. Первая\nТекст статьи.\nCтатья 2. Вторая\nТекст.")
    assert [a.number for a in tree.articles] == ["1", "2"]


def test_parts_with_inserted_numbers_keep_them() -> None:
    body = article(law("criminal-code-1997_last-edition_other-chapters_ru.txt"), "348").body
    assert [p.part for p in body if p.level == "part"] == ["1", "1-1", "1-2", "2", "3"]
    assert "art_348__para_1-2" in {p.eid for p in body}


def test_a_sanction_line_belongs_to_the_part_above_it() -> None:
    body = article(law(NEW_2015), "174").body
    assert [(p.part, p.level) for p in body] == [
        ("1", "part"), ("1", "text"), ("2", "part"), ("2", "text"), ("3", "part"), ("3", "text")
    ]  # fmt: skip


def test_an_article_without_numbered_parts_has_one_unnamed_part() -> None:
    assert {p.part for p in article(law(NEW_2015), "400").body} == {""}


def test_element_ids_name_part_and_point_and_are_unique_in_the_text() -> None:
    for name in (LAST_1997, NEW_2015, OTHER_2015, "constitution_en.txt"):
        tree = law(name)
        eids = [p.eid for a in tree.articles for p in a.paragraphs]
        assert len(eids) == len(set(eids))
    items = [p.eid for p in article(law(OTHER_2015), "245").body if p.level == "item"]
    assert items[:2] == ["art_245__para_2__point_1", "art_245__para_2__point_2"]


def test_a_footnote_of_the_publisher_is_kept_apart_and_a_note_of_the_law_is_law() -> None:
    kazakh_2015 = law("criminal-code-2014_ch16-excerpt_kk_2015-11.txt")
    notes = [p for p in article(kazakh_2015, "375").paragraphs if p.text.startswith("Ескерту.")]
    assert [p.role for p in notes] == [Role.NOTE]
    kazakh_2022 = law("criminal-code-2014_ch4_kk_after-2022-01.txt")
    footnotes = [p for a in kazakh_2022.articles for p in a.paragraphs if p.text.startswith("Ескерту.")]
    assert {p.role for p in footnotes} == {Role.FOOTNOTE}
    torture = article(law(LAST_1997), "141-1")
    assert [p.role for p in torture.paragraphs][-3:] == [Role.NOTE, Role.NOTE, Role.FOOTNOTE]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("criminal-code-2014_ch1-excerpt_ru_after-2024-06.txt", "130"),
        ("criminal-code-2014_ch16-excerpt_ru_after-2025-09.txt", "373"),
        ("criminal-code-2014_ch16-excerpt_ru_after-2025-09.txt", "374"),
    ],
)
def test_case_15_an_excluded_article_is_a_stub(name: str, number: str) -> None:
    stub = article(law(name), number)
    assert stub.status == "repealed"


def test_marks_of_french_stages_are_statuses() -> None:
    (path,) = (FRANCE / "transparence-2013").glob("08_*.txt")
    assert {a.number for a in parse_file(path).articles if a.status == "suppressed"}
    tree = parsed(
        "Article 1er\nLe texte.\nArticle 2 (nouveau)\nLe texte.\nArticle 3\n(Non modifié)\nArticle 4\n(abrogé)"
    )
    assert [(a.number, a.status) for a in tree.articles] == [
        ("1er", ""), ("2", ""), ("3", "unchanged"), ("4", "repealed")
    ]  # fmt: skip
    mark = tree.articles[1].paragraphs[0]
    assert (mark.text, mark.role) == ("(nouveau)", Role.FOOTNOTE)


def test_case_09_an_article_that_is_not_modified_has_the_words_of_the_step_before() -> None:
    before = parsed(
        "Projet de loi\n\nArticle 1er\nLe texte est lu.\nArticle 2 bis\nI. – La loi vaut.\nII. – Et la règle."
    )
    step = parsed(
        "Projet de loi\n\nArticle 1er\nLe texte est changé.\nArticle 2 bis\n(Non modifié)\nArticle 3\nConforme"
    )
    assert [a.status for a in step.articles] == ["", "unchanged", "unchanged"]
    tree = carried_over(step, before)
    assert [a.status for a in tree.articles] == ["", "", "unchanged"]
    assert compare([article(before, "2 bis")], [article(tree, "2 bis")]).identical
    marks = [p.text for p in article(tree, "2 bis").paragraphs if p.role is Role.FOOTNOTE]
    assert marks == ["(Non modifié)"]
    assert without_places(akn.parse(akn_writer.write(tree).encode())) == without_places(tree)
    assert without_places(parse(lines(plain_text.write(tree)))) == without_places(tree)


def test_case_75_the_announcement_stands_before_the_article_as_a_note() -> None:
    tree = parsed(
        "Статья 146. Первая\nТекст первой статьи.\nПримечание РЦПИ!\n"
        "Статья 147 предусмотрена в редакции Закона РК от 24.11.2015 № 419-V.\nСтатья 147. Вторая\nТекст второй статьи."
    )
    assert [a.number for a in tree.articles] == ["146", "147"]
    assert [p.text for p in article(tree, "147").body] == ["Текст второй статьи."]
    assert [p.role for p in article(tree, "147").paragraphs] == [Role.FOOTNOTE, Role.FOOTNOTE, Role.BODY]


def test_case_74_a_heading_ends_where_the_body_begins() -> None:
    heading = "Статья 334. Нарушение порядка организации и проведения\nсобраний, митингов, пикетов"
    for first in (
        "1. Нарушение порядка наказывается штрафом.",
        "Нарушение порядка, то есть деяние, наказывается штрафом.",
    ):
        tree = parsed(f"{heading}\n{first}\nСтатья 335. Другая\n1. Текст.")
        assert tree.articles[0].heading == "Нарушение порядка организации и проведения собраний, митингов, пикетов"
        assert [p.text for p in tree.articles[0].body] == [first]


def test_case_06_a_third_appearance_counts_on() -> None:
    tree = parsed("Статья 5. Раз\nТекст.\nСтатья 5. Два\nТекст.\nСтатья 5. Три\nТекст.")
    assert [a.number for a in tree.articles] == ["5", "5~2", "5~3"]
    assert len({p.eid for a in tree.articles for p in a.paragraphs}) == 3


def test_french_paragraphs_without_numbers_count_as_parts() -> None:
    tree = parse_file(FRANCE / "code-penal" / "code-penal_1997-01-01.txt")
    body = article(tree, "111-2").body
    assert [(p.part, p.level, p.marker) for p in body] == [("1", "part", ""), ("2", "part", "")]
    assert body[1].eid == "art_111-2__para_2"


def test_case_06_a_number_printed_twice_gets_a_mark() -> None:
    tree = parse_file(FRANCE / "code-penal" / "code-penal_1997-01-01.txt")
    assert {"131-30", "131-30~2"} <= {a.number for a in tree.articles}


def test_divisions_carry_bare_numbers_and_headings() -> None:
    tree = law("criminal-code-1997_last-edition_other-chapters_ru.txt")
    assert [d.kind for d in tree.divisions] == ["part", *["chapter"] * 6]
    assert [d.number for d in tree.divisions] == ["ОСОБЕННАЯ", "6", "7-1", "8", "10", "11", "15"]
    inserted = tree.divisions[2]
    assert inserted.heading == "Преступления против безопасности информационных технологий"
    assert inserted.lines[0].startswith("Сноска.")
    assert article(tree, "227-10").path == inserted.path == "part_ОСОБЕННАЯ/chp_7-1"


def test_chapters_hold_parts_where_the_law_has_it_so(tmp_path: Path) -> None:
    tree = parse_file(unpacked("south-africa-consumer-protection-act_bluebell.txt", tmp_path))
    assert article(tree, "11").path == "chp_2/part_B"


def test_english_subsections_are_parts_and_letters_are_their_items(tmp_path: Path) -> None:
    tree = parse_file(unpacked("south-africa-consumer-protection-act_bluebell.txt", tmp_path))
    assert [(p.part, p.level, p.marker) for p in article(tree, "111").body[:3]] == [
        ("1", "part", "1"), ("1", "item", "a"), ("1", "item", "b")
    ]  # fmt: skip


def test_i_is_a_letter_after_h_and_a_numeral_after_a() -> None:
    letters = "\n".join(f"({letter}) words;" for letter in "abcdefghij")
    tree = parsed(f"Section 1. Heading\n(1) The words are\n{letters}\n(2) More\n(a) words\n(i) first;\n(ii) second;")
    body = tree.articles[0].body
    assert [p.level for p in body if p.marker == "i"] == ["item", "subitem"]
    assert body[-1].eid == "art_1__para_2__point_a__subpoint_ii"


def test_words_quoted_into_another_law_are_not_sections_of_the_bill(tmp_path: Path) -> None:
    tree = parse_file(unpacked("hr1500-eh.xml", tmp_path))
    quoted = [p for p in article(tree, "5").body if p.text.startswith("“")]
    assert quoted
    assert {p.level for p in quoted} == {"text"}


def test_a_list_of_contents_gives_no_articles() -> None:
    titles = ["Первая", "Вторая", "Третья", "Четвертая"]
    contents = "\n".join(f"Статья {n}. {title}" for n, title in enumerate(titles, 1))
    body = "\n".join(f"Статья {n}. {title}\n1. Текст.\n2. Другой текст." for n, title in enumerate(titles, 1))
    tree = parsed(f"ЗАКОН О ПРИМЕРЕ В НАШЕЙ СТРАНЕ\nСодержание\n{contents}\n{body}")
    assert [a.number for a in tree.articles] == ["1", "2", "3", "4"]
    assert all(a.body for a in tree.articles)
    assert [p.code for p in tree.problems] == ["contents"]


def test_a_heading_below_its_number_is_found_and_a_sentence_is_not_a_heading() -> None:
    tree = parsed(
        "Статья 1.\nЦель закона\n1. Настоящий Закон регулирует.\nСтатья 2. Настоящий Закон вводится в действие."
    )
    assert [(a.heading, len(a.body)) for a in tree.articles] == [("Цель закона", 1), ("", 1)]


def test_signature_and_date_are_not_words_of_the_last_article() -> None:
    tree = parsed(
        "Статья 1. Цель\nТекст закона.\nПрезидент Республики Казахстан Н. НАЗАРБАЕВ\nАстана, Акорда, 3 июля 2014 года"
    )
    assert len(tree.articles[0].paragraphs) == 1
    assert len(tree.closing) == 2


@pytest.mark.parametrize(
    ("text", "divisions"),
    [
        (
            "ВОДНЫЙ КОДЕКС РЕСПУБЛИКИ\nРаздел первый Общие положения\nГлава I Основы\nСтатья 1. Цель\nТекст.\n"
            "Глава ХI. Надзор\nСтатья 2. Надзор\nГлава вторая этого закона не применяется.\nРаздел третий\nКонец\n"
            "Статья 3. Срок\nТекст.",
            [("section", "первый", "Общие положения"), ("chapter", "I", "Основы"), ("chapter", "ХI", "Надзор"),
             ("section", "третий", "Конец")],
        ),
        (
            "РЕСПУБЛИКАНЫҢ СУ КОДЕКСІ\nБірінші бөлім Жалпы ережелер\nI тарау Негізгі ережелер\n1-бап. Мақсаты\n"
            "Мәтін осы заңда бар.\nII тарау Бақылау\n2-бап. Бақылау\nМәтін осы заңда бар.\n3-тарау. Соңы\n3-бап. Үш\n"
            "Мәтін осы заңда бар.",
            [("section", "Бірінші", "Жалпы ережелер"), ("chapter", "I", "Негізгі ережелер"),
             ("chapter", "II", "Бақылау"), ("chapter", "3", "Соңы")],
        ),
    ],
)  # fmt: skip
def test_older_laws_count_divisions_in_numerals_and_words(text: str, divisions: list[tuple[str, str, str]]) -> None:
    tree = parsed(text)
    assert [(d.kind, d.number, d.heading) for d in tree.divisions] == divisions
    assert without_places(parse(lines(plain_text.write(tree)))) == without_places(tree)


def test_a_kazakh_footnote_that_says_excluded_makes_a_stub() -> None:
    tree = parsed(
        "1-бап. Мақсаты\nМәтін осы заңда.\n2-бап. \nЕСКЕРТУ. 2-бап алынып тасталған - 1996.12.24. N 58-I Заңымен."
    )
    assert article(tree, "2").status == "repealed"
