"""Comparative tables in Word give the compared text and the amendments, and say what is unsure.

The wording is real law; the tables around it, their authors and decisions are samples of the form, not of any document.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.table import Table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codes.text.nodes import Article, TextError
from codes.text.tables import Amendment, ComparativeTable, read_table
from tests.text.laws import article, law, words, words_of

FOUR = ("№", "Действующая редакция", "Предлагаемая редакция", "Обоснование")
FIVE = (
    "№ п/п",
    "Структурный элемент",
    "Редакция законопроекта (первое чтение)",
    "Предложение с указанием автора",
    "Решение комитета",
)
LAW = law("criminal-code-2014_ch16-excerpt_ru_2020-05.txt")


def printed(found: Article) -> str:
    return "\n".join([f"Статья {found.number}. {found.heading}", *(p.text for p in found.body)])


def filled(table: Table, rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def saved(folder: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    document = docx.Document()
    table = document.add_table(rows=1, cols=len(header))
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.text = text
    filled(table, rows)
    path = folder / "table.docx"
    document.save(str(path))
    return path


def facts(table: ComparativeTable) -> list[tuple[str, str, str, str]]:
    return [(a.article, a.kind, a.outcome, a.author) for a in table.amendments]


def test_case_38_exclude_in_the_proposed_wording_is_an_amendment_that_deletes(tmp_path: Path) -> None:
    one, two = article(LAW, "373"), article(LAW, "375")
    rows = [
        ("1", printed(one), "Исключить.", "Клевета и оскорбление не должны быть преступлением."),
        ("2", printed(two), "", ""),
    ]
    table = read_table(saved(tmp_path, FOUR, rows))
    assert facts(table) == [("373", "delete", "", "")]
    assert [a.number for a in table.base.articles] == ["373", "375"]
    assert table.base.articles[0].body[0].text == one.body[0].text
    assert (table.final, table.problems) == (None, ())


def test_columns_are_known_by_their_header_and_not_by_their_place(tmp_path: Path) -> None:
    one = article(LAW, "375")
    header = ("Обоснование", "Предлагаемая редакция", "№", "Действующая редакция")
    rows = [("1", "2", "3", "4"), ("причина", "исключить", "7", printed(one)), header]
    (found,) = read_table(saved(tmp_path, header, rows)).amendments
    assert (found.number, found.article, found.kind, found.justification) == ("7", "375", "delete", "причина")


def test_five_columns_give_author_decision_and_the_words_before(tmp_path: Path) -> None:
    one = article(LAW, "376")
    text = printed(one)
    rows = [
        ("1", "статья 376, часть 1", text, "Автор А\nСлово «публичное» заменить словом «прямое».", "Отклонено"),
        (
            "2",
            "статья 376, часть 2",
            "отсутствует",
            "Дополнить частью 2-1 следующего содержания.\nАвтор Б",
            "Принято частично",
        ),
        ("3", "статья 376", "отсутствует", "Исключить.", "См. протокол"),
    ]
    table = read_table(saved(tmp_path, FIVE, rows))
    assert facts(table) == [
        ("376", "change", "rejected", "Автор А"),
        ("376", "add", "partly", "Автор Б"),
        ("376", "delete", "unsure", ""),
    ]
    assert [a.part for a in table.amendments] == ["1", "2", ""]
    assert table.amendments[0].before == text
    assert [p.message for p in table.problems] == [
        "Row 4 has a decision that could not be read: См. протокол.",
        "Row 4 names no author.",
    ]


def test_several_proposals_in_one_cell_are_several_amendments(tmp_path: Path) -> None:
    said = "Автор А\nисключить\nАвтор Б\nслова «лишением свободы» исключить"
    rows = [("1", "статья 375", printed(article(LAW, "375")), said, "Снято автором")]
    table = read_table(saved(tmp_path, FIVE, rows))
    assert facts(table) == [
        ("375", "delete", "withdrawn", "Автор А"),
        ("375", "change", "withdrawn", "Автор Б"),
    ]


def test_an_article_over_many_rows_and_a_heading_across_the_table_are_one_text(tmp_path: Path) -> None:
    one = article(LAW, "376")
    document = docx.Document()
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, FOUR, strict=True):
        cell.text = text
    across = table.add_row().cells
    across[0].merge(across[3]).text = "Глава 16. Уголовные правонарушения против порядка управления"
    filled(table, [("1", f"Статья 376. {one.heading}", "", "")])
    filled(table, [("", paragraph.text, "", "") for paragraph in one.body])
    merged = table.add_row().cells
    merged[0].merge(table.rows[-2].cells[0])
    path = tmp_path / "table.docx"
    document.save(str(path))
    base = read_table(path).base
    assert [d.number for d in base.divisions] == ["16"]
    assert [p.text for p in base.articles[0].body] == [p.text for p in one.body]


def test_a_final_wording_is_a_text_of_its_own(tmp_path: Path) -> None:
    one = article(LAW, "375")
    header = (*FIVE, "Окончательная редакция")
    rows = [("1", "статья 375", printed(one), "Автор А\nисключить", "Принято", "отсутствует")]
    rows += [("2", "статья 376", printed(article(LAW, "376")), "", "", printed(article(LAW, "376")))]
    table = read_table(saved(tmp_path, header, rows))
    assert [a.number for a in table.base.articles] == ["375", "376"]
    assert table.final is not None
    assert [a.number for a in table.final.articles] == ["376"]
    assert table.amendments[0].outcome == "accepted"


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        (
            ("№", "Қолданыстағы редакция", "Ұсынылатын редакция", "Негіздеме"),
            ("1", "174-бап. Мәтін", "алып тасталсын", ""),
            "delete",
        ),
        (
            ("No.", "Wording in force", "Proposed wording", "Justification"),
            ("1", "absent", "Article 5. New text.", ""),
            "add",
        ),
    ],
)
def test_tables_in_kazakh_and_english_are_read(
    tmp_path: Path, header: Sequence[str], row: Sequence[str], kind: str
) -> None:
    (found,) = read_table(saved(tmp_path, header, [row])).amendments
    assert (found.kind, found.article) == (kind, "174" if kind == "delete" else "5")


def test_a_file_without_such_a_table_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = saved(tmp_path, ("a", "b"), [("c", "d")])
    with pytest.raises(TextError, match=r"holds no comparative table.*Name the columns"):
        read_table(path)
    plain = tmp_path / "law.txt"
    plain.write_text("Статья 1. Цель", encoding="utf-8")
    with pytest.raises(TextError, match="is no Word file"):
        read_table(plain)


CELLS = st.sampled_from(["", "исключить", "Автор А\nслова заменить словами", "дополнить частью 3", "отсутствует"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(LAW.articles), CELLS), min_size=1, max_size=5, unique_by=lambda row: row[0].number
    )
)
def test_no_word_of_the_base_is_lost_and_no_proposal_is_passed_over(
    tmp_path: Path, chosen: list[tuple[Article, str]]
) -> None:
    rows = [(str(n), printed(found), said, "") for n, (found, said) in enumerate(chosen, 1)]
    table = read_table(saved(tmp_path, FOUR, rows))
    # A tree holds the number of an article, and not the word "Статья" before it.
    assert words_of(table.base) == words(text.removeprefix("Статья") for _, text, _, _ in rows)
    proposed = [said for _, said in chosen if said not in {"", "отсутствует"}]
    assert [_words(found) for found in table.amendments] == proposed


def _words(found: Amendment) -> str:
    return f"{found.author}\n{found.proposed}".strip()
