"""Quotes are carried over as the words themselves say, in four languages (`make eval-text` prints every figure)."""

from __future__ import annotations

import pytest

from codes.text.parse import parse_file
from scripts.eval_anchors import LAWS, OUTCOMES, confusion


@pytest.mark.parametrize("name", LAWS)
def test_no_quote_is_carried_to_other_words_and_nearly_every_outcome_is_right(name: str) -> None:
    found = confusion(parse_file(LAWS[name]))
    assert not [pair for pair in found if pair[1] == "identical" != pair[0]]
    for expected in OUTCOMES:
        of_this = {pair: count for pair, count in found.items() if pair[0] == expected}
        assert of_this[expected, expected] / sum(of_this.values()) >= 0.98
