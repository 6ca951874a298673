"""PDF files give the paragraphs of the print: no furniture, whole words, columns one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from codes.text import readers
from codes.text.nodes import TextError
from codes.text.parse import parse_file
from codes.text.readers.pdf_layout import BROKEN, Printed, paragraphs
from tests.text.files import pdf_file

FULL = "The court shall hear {} who is charged with an offence or saw it, and shall inclu-"


def lines_of(path: Path) -> list[str]:
    return [line.text for line in readers.read(path).lines]


def refusal(path: Path) -> str:
    with pytest.raises(TextError) as refused:
        readers.read(path)
    return str(refused.value)


def even(*texts: str) -> list[Printed]:
    """Lines of one width below one another; a shorter text ends earlier."""
    full = max(map(len, texts))
    return [
        Printed(text, 60.0, 60.0 + 400.0 * len(text) / full, 800.0 - 14 * n, 800.0 - 14 * n, 14.0 if n else 0.0)
        for n, text in enumerate(texts)
    ]


def test_running_headers_and_page_numbers_of_a_pdf_are_dropped(tmp_path: Path) -> None:
    pages = [
        [
            (60, 800, "DRAFT CRIMINAL CODE"),
            (60, 700, f"Section {n}. Heading of {n}"),
            (60, 680, f"(1) Words of {n}."),
            (290, 30, str(n)),
        ]
        for n in range(1, 5)
    ]
    lines = lines_of(pdf_file(tmp_path / "law.pdf", pages))
    assert lines[:2] == ["Section 1. Heading of 1", "(1) Words of 1."]
    assert not any("DRAFT" in line or line.isdigit() for line in lines)


def test_broken_lines_and_words_of_a_pdf_are_joined_into_paragraphs(tmp_path: Path) -> None:
    full = "Every person has the right to freedom of expression and this right shall inclu-"
    printed = [
        (60, 800, "Article 1. Freedom of expression"),
        (60, 786, full),
        (60, 772, "de freedom to seek, receive and impart information and ideas of all kinds, and"),
        (60, 758, "regardless of frontiers."),
        (60, 744, "Another paragraph begins here, although no number says so, since the one before"),
        (60, 730, "was short."),
    ]
    assert lines_of(pdf_file(tmp_path / "law.pdf", [printed])) == [
        "Article 1. Freedom of expression",
        "Every person has the right to freedom of expression and this right shall include freedom to seek, receive and "
        "impart information and ideas of all kinds, and regardless of frontiers.",
        "Another paragraph begins here, although no number says so, since the one before was short.",
    ]


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]".format("41" * 32)
    message = refusal(pdf_file(tmp_path / "law.pdf", [[(60, 800, "Section 1. Words")]], locked))
    assert "password" in message or "encrypted" in message


def test_a_word_broken_over_two_pages_is_one_word_and_the_footer_between_is_dropped(tmp_path: Path) -> None:
    footer = "Official text, page {} of 3"
    pages = [
        [(60, 800, "Section 1. Hearing"), (60, 700, FULL.format("every person")), (60, 30, footer.format(1))],
        [(60, 800, "de what was said."), (60, 700, FULL.format("any witness")), (60, 30, footer.format(2))],
        [(60, 800, "de what was written."), (60, 30, footer.format(3))],
    ]
    text = " ".join(lines_of(pdf_file(tmp_path / "law.pdf", pages)))
    assert text.count("include") == 2
    assert "Official" not in text


def test_a_hyphen_that_belongs_to_the_word_is_kept() -> None:
    known = "The single-mandate district elects one deputy and every other deputy sits for an elected list."
    assert paragraphs(even(known, f"A member of a single{BROKEN}", "mandate district."))[-1].endswith(
        "single-mandate district."
    )
    alone = "What is above was mentioned before and what was mentioned before is above every other word here."
    assert "above-mentioned" in paragraphs(even(alone, f"As the above{BROKEN}", "mentioned word says."))[-1]


def test_a_number_broken_at_its_hyphen_stays_whole() -> None:
    lines = even("The Law of 18 January 2011 No. 393-", "IV entered into force, and Article 130-", "1 was added by it.")
    assert paragraphs(lines) == [
        "The Law of 18 January 2011 No. 393-IV entered into force, and Article 130-1 was added by it."
    ]


def test_in_an_even_text_a_line_that_ends_early_ends_its_paragraph() -> None:
    full = "x" * 100 + "."
    assert len(paragraphs(even(full, full, "X" + "x" * 95 + ".", "X" + full[1:], full))) == 2


def columns(page: int) -> tuple[list[tuple[float, float, str]], list[tuple[float, float, str]]]:
    left = [(60.0, 780.0 - 14 * n, f"Section {page}{n}. Left of {n}") for n in range(8)]
    right = [(330.0, 780.0 - 14 * n, f"Section {page}{n + 10}. Right of {n}") for n in range(8)]
    return left, right


def test_columns_that_stand_in_order_are_read_one_after_the_other(tmp_path: Path) -> None:
    pages = [left + right for left, right in (columns(1), columns(2))]
    path = pdf_file(tmp_path / "law.pdf", pages)
    assert [a.heading for a in parse_file(path).articles][:9] == [*(f"Left of {n}" for n in range(8)), "Right of 0"]
    assert readers.read(path).notices == ()


def test_columns_whose_order_cannot_be_told_are_refused(tmp_path: Path) -> None:
    pages = [[line for both in zip(*columns(page), strict=True) for line in both] for page in (1, 2)]
    assert "columns whose order cannot be told" in refusal(pdf_file(tmp_path / "law.pdf", pages))


def test_one_page_of_columns_among_others_is_said(tmp_path: Path) -> None:
    one = [[(60.0, 780.0 - 14 * n, f"Section {page}{n}. Words of one line") for n in range(12)] for page in (1, 2)]
    mixed = [line for both in zip(*columns(3), strict=True) for line in both]
    notices = readers.read(pdf_file(tmp_path / "law.pdf", [*one, mixed])).notices
    assert notices == ("Columns stand side by side on pages: 3. Check the order of their lines.",)
