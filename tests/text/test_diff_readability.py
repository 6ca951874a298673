"""The word comparison is easier to read than difflib's on the same real articles."""

from __future__ import annotations

from functools import cache

import pytest

from codes.text.diff import compare
from scripts.eval_diff import Pair, Readability, by_difflib, engine, measured, texts
from tests.text.test_diff import article as one_article
from tests.text.test_diff import changed

# Short equal runs between changes per 100 marked words, and marked words for each that must be: a little over ours.
FLOORS = {
    "Kazakhstan 1997 → 2015": (0.55, 1.21),
    "Kazakhstan 2004 → 2020": (1.05, 1.18),
    "Code pénal 1997 → 2004": (0.45, 1.2),
    "French bill in steps": (0.2, 1.19),
}


@cache
def judged() -> dict[str, list[Pair]]:
    return dict(texts())


@pytest.mark.parametrize("name", FLOORS)
def test_changes_hold_together_without_marking_much_more_than_must_be(name: str) -> None:
    most_confetti, most_marked = FLOORS[name]
    ours = measured(judged()[name], engine)
    assert ours.confetti_per_100 <= most_confetti
    assert ours.over_least <= most_marked
    assert ours.halves == 0
    theirs = measured(judged()[name], by_difflib)
    assert ours.confetti < theirs.confetti / 2
    assert ours.runs_per_100 < theirs.runs_per_100
    assert ours.at_edges > theirs.at_edges


def test_the_measure_sees_confetti_numbers_in_halves_and_clause_edges() -> None:
    found = Readability()
    found.add(
        [[("=", "штраф до "), ("-", "ста "), ("=", "двадцати "), ("+", "пяти "), ("=", "суток, "), ("-", "b")]], 2
    )
    assert (found.runs, found.inner, found.short) == (3, 2, 2)
    assert (found.marked, found.least) == (3, 2)
    assert (found.numbers, found.halves) == (2, 2)
    assert (found.edges, found.clause_edges) == (6, 2)


def test_a_sentence_put_in_is_the_change_and_not_the_two_halves_around_a_full_stop() -> None:
    old = "Les déclarations sont adressées au président de la Haute Autorité."
    more = "La déclaration comporte une récapitulation des revenus perçus par le membre du Gouvernement."
    assert changed(old, f"{old} {more}") == f"{old}{{+ {more}+}}"
    assert changed(f"{more} {old}", old) == f"[-{more} -]{old}"


def test_a_range_of_amounts_changes_whole() -> None:
    assert changed("на срок от шести до десяти лет", "на срок от трех до шести лет") == (
        "на срок от [-шести до десяти -]{+трех до шести +}лет"
    )
    assert changed("штраф от пятисот до двух тысяч показателей", "штраф до пятисот показателей") == (
        "штраф [-от пятисот до двух тысяч -]{+до пятисот +}показателей"
    )


def test_a_small_word_is_never_left_alone_between_changes() -> None:
    old = "Деяние лица, повлекшее вред и не наказуемое по закону, рассматривается судом в общем порядке"
    new = "Деяние лица, причинившее ущерб, если не предусмотренное законом, рассматривается судом в общем порядке"
    assert changed(old, new) == (
        "Деяние лица, [-повлекшее вред и не наказуемое по закону-]"
        "{+причинившее ущерб, если не предусмотренное законом+}, рассматривается судом в общем порядке"
    )
    assert changed("первой и (или) второй части", "первой или второй части") == (
        "первой [-и (или) -]{+или +}второй части"
    )


def test_a_new_marker_stands_apart_from_the_words_after_it() -> None:
    assert changed("в) в отношении двух лиц", "3) в отношении двух лиц") == "[-в) -]{+3) +}в отношении двух лиц"


def test_a_rewritten_sentence_keeps_its_beginning_and_what_anyone_recognises() -> None:
    old = "2) наказываются лишением свободы на срок до четырех лет."
    new = "2) наказываются штрафом в размере до четырех тысяч показателей либо арестом, либо работами в том же размере."
    assert changed(old, new) == (
        "2) наказываются [-лишением свободы на срок до четырех лет.-]"
        "{+штрафом в размере до четырех тысяч показателей либо арестом, либо работами в том же размере.+}"
    )


def test_words_around_a_change_are_never_glued() -> None:
    assert changed("деятельностью на срок до трех лет.", "деятельностью.") == "деятельностью[- на срок до трех лет-]."
    assert changed("двух лет либо арестом", "двух лет, либо арестом") == "двух лет{+,+} либо арестом"


def test_a_turn_of_phrase_that_two_clauses_share_is_no_move() -> None:
    first = (
        "Кража карается по усмотрению суда, наказываются лишением свободы на срок от двух до пяти лет с конфискацией"
    )
    second = "наказываются лишением свободы на срок от трех до семи лет"
    old = one_article(first, "Грабеж описан в особой части кодекса, как указано выше")
    new = one_article("Кража карается по усмотрению суда", f"Грабеж описан в особой части кодекса, {second}")
    moved = [op for row in compare([old], [new]).rows for op in row.ops if op.move]
    assert moved == []
