"""The floors that the alignment holds on its evaluation sets (`make eval-text` prints every figure)."""

from __future__ import annotations

import pytest

from scripts.eval_align import Score, of_made_laws, of_people


def _mean(scores: list[Score], column: str) -> float:
    return sum(getattr(score, column) for score in scores) / len(scores)


@pytest.mark.slow
def test_correspondences_read_by_people_are_found_and_what_is_certain_is_right() -> None:
    scores = [score for score in of_people() if not score.held_out]
    assert _mean(scores, "f1") >= 0.98
    assert _mean(scores, "asked") <= 0.07
    assert sum(s.certain_right for s in scores) / sum(s.certain for s in scores) >= 0.998


@pytest.mark.slow
@pytest.mark.parametrize(("held_out", "f1", "right", "asked"), [(False, 0.97, 0.992, 0.09), (True, 0.98, 0.998, 0.06)])
def test_hundreds_of_merges_and_splits_are_found_in_any_language(
    held_out: bool, f1: float, right: float, asked: float
) -> None:
    scores = [score for score in of_made_laws() if score.held_out is held_out]
    assert _mean(scores, "f1") >= f1
    assert _mean(scores, "asked") <= asked
    assert sum(s.certain_right for s in scores) / sum(s.certain for s in scores) >= right
