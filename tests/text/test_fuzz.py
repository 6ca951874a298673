"""A small share of `python -m scripts.fuzz_readers`, with the same files each time."""

from __future__ import annotations

import pytest

from scripts.fuzz_readers import FORMATS, run


@pytest.mark.slow
def test_spoilt_files_of_every_format_end_in_a_text_or_one_plain_error() -> None:
    result = run(count=40, seed=3)
    assert result.failures == []
    assert {kind for kind, _ in result.counts} == set(FORMATS)
    assert result.peak < 500
