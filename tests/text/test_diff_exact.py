"""Applying the operations to the old text gives the new text: moves, splits, merges, typography shown or not."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.text.diff import compare, diff_text
from codes.text.nodes import Article, Op, OpKind, PairDiff, Paragraph, Row
from codes.text.normalise import IGNORED, Ignored
from codes.text.parse import parse_file
from codes.text.tokens import tokenize
from scripts.eval_diff import Pair, texts

TEXTS = Path(__file__).parents[2] / "demo" / "texts"
LAWS = (
    "kazakhstan/criminal-code-1997_last-edition_ch1-5-14_ru",
    "kazakhstan/criminal-code-2014_2015-11_ch1-5-16_ru",
    "kazakhstan/criminal-code-2014_ch4_kk_after-2022-01",
    "kazakhstan/constitution_en",
    "france/transparence-2013/05_1erelecture_senat_hemicycle",
)
ALL_SHOWN = frozenset(IGNORED)

shown_kinds: st.SearchStrategy[frozenset[Ignored]] = st.frozensets(st.sampled_from(IGNORED))


@cache
def real_articles(name: str) -> tuple[Article, ...]:
    return parse_file(TEXTS / f"{name}.txt").articles


@cache
def real_pairs() -> tuple[Pair, ...]:
    return tuple(pair for _, pairs in texts() for pair in pairs)


def applied(row: Row) -> str:
    """The new text but for ignored typography, made from the old text and from the words that were put in alone."""
    old, new = row.old.text if row.old else "", row.new.text if row.new else ""
    made = []
    place = 0
    for op in row.ops:
        if op.kind in {OpKind.INSERT, OpKind.MOVE_TO}:
            made.append(new[slice(*op.new)])
            continue
        assert op.old[0] == place
        place = op.old[1]
        if op.kind is OpKind.EQUAL:
            made.append(old[slice(*op.old)])
    assert place == len(old)
    return "".join(made)


def assert_moves_have_two_ends(difference: PairDiff) -> None:
    ends: dict[int, list[str]] = {}
    for row in difference.rows:
        for op in row.ops:
            if op.move:
                source = op.kind is OpKind.MOVE_FROM
                assert source or op.kind is OpKind.MOVE_TO
                ends.setdefault(op.move, []).append(_words(row, op))
    for texts_of_move in ends.values():
        assert len(texts_of_move) % 2 == 0
        assert all(count % 2 == 0 for count in Counter(texts_of_move).values())  # what left is what arrived


def _words(row: Row, op: Op) -> str:
    paragraph, place = (row.old, op.old) if op.kind is OpKind.MOVE_FROM else (row.new, op.new)
    assert paragraph is not None
    return " ".join(key for key in tokenize(paragraph.text[slice(*place)]).keys if key[0].isalnum())


def assert_exact(old: tuple[Article, ...], new: tuple[Article, ...], difference: PairDiff) -> None:
    for row in difference.rows:
        assert tokenize(applied(row)).keys == tokenize(row.new.text if row.new else "").keys
    assert [(row.new_article, row.new) for row in difference.rows if row.new] == [
        (b.number, p) for b in new for p in b.body
    ]
    olds = Counter((a.number, p.eid) for a in old for p in a.body)
    assert Counter((row.old_article, row.old.eid) for row in difference.rows if row.old) == olds
    assert_moves_have_two_ends(difference)


_LETTERS = st.text(alphabet="аеёбвАБcehСЕ-–—«»\"'’`125 ,.;:()°\u00a0\u00ad\u200b\u0306и\t\n", max_size=60)


@settings(max_examples=400, deadline=None)
@given(_LETTERS, _LETTERS, shown_kinds)
def test_operations_tile_both_texts_whatever_is_shown(old: str, new: str, shown: frozenset[Ignored]) -> None:
    ops = diff_text(old, new, shown)
    assert "".join(old[slice(*op.old)] for op in ops) == old
    assert "".join(new[slice(*op.new)] for op in ops) == new


@settings(max_examples=400, deadline=None)
@given(_LETTERS, _LETTERS)
def test_with_all_typography_shown_words_called_equal_are_equal_letter_for_letter(old: str, new: str) -> None:
    for op in diff_text(old, new, ALL_SHOWN):
        if op.kind is OpKind.EQUAL:
            assert old[slice(*op.old)].strip() == new[slice(*op.new)].strip()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_real_articles_compared_in_any_number_are_exact(data: st.DataObject) -> None:
    law = real_articles(data.draw(st.sampled_from(LAWS)))
    sides = [
        data.draw(st.lists(st.sampled_from(law), min_size=1, max_size=3, unique_by=lambda a: a.number)) for _ in "12"
    ]
    old, new = map(tuple, sides)
    assert_exact(old, new, compare(old, new, shown=data.draw(shown_kinds)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_real_sentences_in_another_order_are_exact_and_their_moves_have_two_ends(data: st.DataObject) -> None:
    law = real_articles(data.draw(st.sampled_from(LAWS)))
    start = data.draw(st.integers(0, len(law) - 2))
    clauses = [part for a in law[start : start + 2] for p in a.body for part in p.text.split(", ")][:24]
    new_order = data.draw(st.permutations(clauses))
    cut = data.draw(st.integers(0, len(clauses)))
    old, new = (
        (Article(number, "", "", tuple(Paragraph("", f"p{i}", ", ".join(part)) for i, part in enumerate(parts))),)
        for number, parts in (("1", (clauses[:cut], clauses[cut:])), ("2", (new_order[:cut], new_order[cut:])))
    )
    assert_exact(old, new, compare(old, new))


@pytest.mark.parametrize("shown", [frozenset[Ignored](), ALL_SHOWN], ids=["usual", "all typography shown"])
def test_every_judged_pair_of_real_articles_is_exact(shown: frozenset[Ignored]) -> None:
    for old, new in real_pairs():
        assert_exact(old, new, compare(old, new, shown=shown))
