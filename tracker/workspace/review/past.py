"""The history of one cell: who changed which verdict, when, from what to what, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amendments.models import Concern, ReviewStatus, Verdict
from codes.models import Version
from tracker.workspace.review import words

MOST = 60  # newest entries shown


@dataclass(frozen=True, slots=True)
class Step:
    """`before` and `after` are values; equal when only the state changed."""

    base: str
    when: datetime
    who: str
    before: str
    after: str
    status: str
    what: str
    reason: str


def steps_of(concern: Concern, version: Version) -> list[Step]:
    """Newest first. "Before" is what stood in the same cell: of the same row, or the one published before it."""
    rows: Any = Verdict.history.filter(concern=concern, version=version)
    own: dict[int, str] = {}
    published: dict[str, str] = {}
    found = []
    for row in rows.select_related("history_user").order_by("history_id"):
        before = own.get(row.id, published.get(row.base, "not_assessed"))
        own[row.id] = row.value
        if row.status == ReviewStatus.PUBLISHED:
            published[row.base] = row.value
        found.append(
            Step(
                base=str(words.BASES[row.base]),
                when=row.history_date,
                who=row.history_user.handle if row.history_user else "",
                before=before,
                after=row.value,
                status=row.status,
                what=row.history_change_reason or "",
                reason=row.reason,
            )
        )
    return found[::-1][:MOST]
