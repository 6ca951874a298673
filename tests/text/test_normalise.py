"""What is no difference of words is folded; offsets stay true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.text.normalise import fold, key, mixed_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("учёт", "учет"),
        ("«закон»", '"закон"'),
        ("2014 – 2015", "2014 - 2015"),
        ("Cтатья", "Статья"),
        ("дейiнгi", "дейінгі"),
        ("срок  до\u00a0года ", "срок до года"),
        ("за\u00adкон", "закон"),
        ("й", "й"),
    ],
)
def test_typography_and_look_alike_letters_are_no_difference(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_words_of_one_alphabet_are_left_alone() -> None:
    assert key("COP") == "cop"
    assert key("срок") != key("cpok")
    assert mixed_words("Cтатья of закон") == ["Cтатья"]


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert key(key(text)) == key(text)
