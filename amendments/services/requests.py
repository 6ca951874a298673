"""Sending twice is sending once: a form that was accepted, sent again, gets its first answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import connection, models, transaction

from amendments.models import AnsweredRequest, Reviewable
from tracker.accounts.models import User

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def once(model: type[Row], *, request_id: UUID, by: User, kind: str, write: Callable[[], Row]) -> Row:
    """The row that `write` writes, or the one it wrote when this request came before. Both are in one transaction."""
    alone(f"request {request_id}")
    known = AnsweredRequest.objects.filter(request_id=request_id, member=by, kind=kind).first()
    if known is not None:
        return model._default_manager.get(pk=known.target)
    row = write()
    revision = row.revision if isinstance(row, Reviewable) else 1
    AnsweredRequest.objects.create(request_id=request_id, member=by, kind=kind, target=row.pk, revision=revision)
    return row


def alone(name: str) -> None:
    """Wait until no other transaction works under this name; the name is free again when this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
