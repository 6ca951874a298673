"""Words that are not part of anything yet: autosaved while a member writes, or refused because another was quicker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from amendments.models import AnsweredRequest, UnsentDraft
from amendments.permissions import may_write
from amendments.services.requests import alone
from codes.models import Code
from tracker.accounts.models import User
from tracker.common.typed import storable
from tracker.common.writing import delete, record

LONGEST = 100_000  # characters of all fields


@transaction.atomic
def keep(
    *, law: Code, by: User, key: str, fields: Mapping[str, Any], revision: int, request_id: UUID | None = None
) -> UnsentDraft | None:
    """Keep the fields of a form as typed. None when this form was accepted meanwhile: there is nothing left to keep."""
    may_write(by, law).require()
    alone(f"unsent {by.pk} {key}")
    if request_id is not None and AnsweredRequest.objects.filter(request_id=request_id, member=by).exists():
        return None
    draft = UnsentDraft.objects.filter(member=by, key=key).first() or UnsentDraft(member=by, key=key)
    draft.fields = _storable(dict(fields))
    draft.revision = revision
    return record(draft, by=by, reason="kept while writing")


@transaction.atomic
def drop(*, by: User, key: str) -> None:
    """The words are part of something now, or their author chose others."""
    alone(f"unsent {by.pk} {key}")
    draft = UnsentDraft.objects.filter(member=by, key=key).first()
    if draft is not None:
        delete(draft, by=by, reason="saved, or given up by its author")


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)[:LONGEST]
    if isinstance(value, dict):
        return {storable(key): _storable(item) for key, item in value.items()}
    return [_storable(item) for item in value] if isinstance(value, list) else value
