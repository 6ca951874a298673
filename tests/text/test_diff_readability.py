"""The word comparison is easier to read than other tools' on the same real articles (`make eval-text` prints all)."""

from __future__ import annotations

from functools import cache

import pytest

from scripts.eval_diff import Pair, Readability, by_difflib, by_git, engine, measured, texts

# Short equal runs between changes per 100 marked words, and marked words for each that must be: a little over ours.
FLOORS = {
    "Kazakhstan 1997 → 2015": (0.6, 1.22),
    "Kazakhstan 2004 → 2020": (1.05, 1.22),
    "Code pénal 1997 → 2004": (0.5, 1.2),
    "French bill in steps": (0.25, 1.23),
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
    for peer in (by_difflib, by_git):
        theirs = measured(judged()[name], peer)
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
