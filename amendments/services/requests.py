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


def first_time(request_id: UUID, *, by: User, kind: str, row: models.Model) -> bool:
    """Inside the transaction that does the work: False when this form was accepted already.

    A second request waits here for the first to end; when that one failed, its claim is gone and this one goes on.
    """
    revision = row.revision if isinstance(row, Reviewable) else 0
    claim = {"member": by, "kind": kind, "target": row.pk, "revision": revision}
    return AnsweredRequest.objects.get_or_create(request_id=request_id, defaults=claim)[1]


def alone(name: str) -> None:
    """Wait until no other transaction works under this name; the name is free again when this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
