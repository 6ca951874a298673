"""A member has read what called them."""

from __future__ import annotations

from django.db import transaction

from amendments.models import Mention
from tracker.accounts.models import User
from tracker.common.writing import record


@transaction.atomic
def mark_seen(mention: Mention, *, by: User) -> Mention:
    """Only the member who was called can say so. Saying it again changes nothing."""
    row = Mention.objects.select_for_update().get(pk=mention.pk, member=by)
    if row.seen:
        return row
    row.seen = True
    return record(row, by=by, reason="read")
