from __future__ import annotations

import pytest

from tests.follow.record import Law
from tracker.follow import public
from tracker.publication.intake import Limit


@pytest.fixture
def law(emptied: None, monkeypatch: pytest.MonkeyPatch) -> Law:
    """A record of one law; nobody has asked for anything yet."""
    monkeypatch.setattr(public, "ASKING", Limit(10, 3600))
    monkeypatch.setattr(public, "ACTING", Limit(60, 3600))
    return Law()
