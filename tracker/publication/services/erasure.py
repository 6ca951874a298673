"""Erasing a sealed part or a document's text. The hash and the entry stay; the chain still verifies."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from tracker.publication.models import Document, Sealed, Tombstone


@transaction.atomic
def erase(*, target: str, reason: str) -> None:
    """Set the tombstone and remove the content it names. Raises `LookupError` when there is no such part or
    document.
    """
    known = Sealed.objects.filter(commitment=target).exists() or Document.objects.filter(hash=target).exists()
    if not known:
        raise LookupError(f"There is no sealed part and no document {target[:16]}.")
    Tombstone.objects.create(target=target, reason=reason, time=Now())
    Sealed.objects.filter(commitment=target).delete()
    Document.objects.filter(hash=target).update(text=None)
