"""The floors that the alignment holds on its evaluation sets (`make eval-text` prints every figure)."""

from __future__ import annotations

from functools import cache

import pytest

from scripts.eval_align import Score, of_made_laws, of_people


@cache
def _all(made: bool) -> tuple[Score, ...]:
    return tuple(of_made_laws() if made else of_people())


def _scores(made: bool, held_out: bool) -> tuple[Score, ...]:
    return tuple(score for score in _all(made) if score.held_out is held_out)


def _mean(scores: tuple[Score, ...], column: str) -> float:
    return float(sum(getattr(score, column) for score in scores) / len(scores))


def _found(scores: tuple[Score, ...], kind: str) -> float:
    found, true = ([getattr(score, kind)[place] for score in scores] for place in (0, 1))
    return float(sum(found) / sum(true))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("held_out", "f1", "right", "asked"), [(False, 0.98, 0.998, 0.045), (True, 0.98, 0.9999, 0.115)]
)
def test_correspondences_read_by_people_are_found_and_what_is_certain_is_right(
    held_out: bool, f1: float, right: float, asked: float
) -> None:
    scores = _scores(False, held_out)
    assert _mean(scores, "f1") >= f1
    assert _mean(scores, "asked") <= asked
    assert sum(s.certain_right for s in scores) / sum(s.certain for s in scores) >= right


@pytest.mark.slow
@pytest.mark.parametrize(
    ("held_out", "f1", "right", "asked"), [(False, 0.984, 0.997, 0.055), (True, 0.99, 0.999, 0.03)]
)
def test_what_became_of_every_article_is_found_in_any_language(
    held_out: bool, f1: float, right: float, asked: float
) -> None:
    scores = _scores(True, held_out)
    assert _mean(scores, "f1") >= f1
    assert _mean(scores, "asked") <= asked
    assert sum(s.certain_right for s in scores) / sum(s.certain for s in scores) >= right


@pytest.mark.slow
@pytest.mark.parametrize(("held_out", "merged", "split"), [(False, 0.985, 0.91), (True, 0.995, 0.97)])
def test_hundreds_of_merges_and_splits_are_found(held_out: bool, merged: float, split: float) -> None:
    scores = _scores(True, held_out)
    assert _found(scores, "merged") >= merged
    assert _found(scores, "split") >= split
