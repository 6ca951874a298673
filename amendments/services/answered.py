"""Sending a form twice is sending it once."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from amendments.models import AnsweredRequest
from tracker.accounts.models import User


def first_time(request_id: UUID, *, by: User, kind: str, row: models.Model) -> bool:
    """Inside the transaction that does the work: False when this form was accepted already.

    A second request waits here for the first to end; when that one failed, its claim is gone and this one goes on.
    """
    revision = getattr(row, "revision", 0)
    claim = {"member": by, "kind": kind, "target": row.pk, "revision": revision}
    return AnsweredRequest.objects.get_or_create(request_id=request_id, defaults=claim)[1]
