"""The one way a service writes: checked, in a transaction, with a person and a reason on the history row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import models
from simple_history.utils import bulk_create_with_history

Row = TypeVar("Row", bound=models.Model)


def record(row: Row, *, by: Any, reason: str) -> Row:
    """Validate and save one traced row. The caller is inside `transaction.atomic`."""
    traced: Any = row
    traced._history_user = by
    traced._change_reason = reason
    row.full_clean(exclude=_may_be_empty(row), validate_constraints=False)  # the database checks its constraints itself
    row.save()
    return row


def delete(row: models.Model, *, by: Any, reason: str) -> None:
    """Delete one traced row; its history stays, with who deleted it and why. The caller is inside a transaction."""
    traced: Any = row
    traced._history_user = by
    traced._change_reason = reason
    row.delete()


def _may_be_empty(row: models.Model) -> set[str]:
    """Fields without a value that may have none: "blank" speaks of forms, and no form is involved."""
    empty = {field.name for field in row._meta.fields if field.null and getattr(row, field.attname) is None}
    return empty | {field.name for field in row._meta.fields if isinstance(field, models.JSONField)}


def record_all(rows: Sequence[Row], *, by: Any, reason: str) -> list[Row]:
    """Save many new traced rows of one model at once, each with its history row."""
    if not rows:
        return []
    created: list[Row] = bulk_create_with_history(
        list(rows), type(rows[0]), batch_size=1000, default_user=by, default_change_reason=reason
    )
    return created


def remove(row: models.Model, *, by: Any, reason: str) -> None:
    """Delete one traced row; its history stays and says who did it and why. The caller is inside
    `transaction.atomic`.
    """
    traced: Any = row
    traced._history_user = by
    traced._change_reason = reason
    row.delete()
