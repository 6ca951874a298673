"""Erasing a sealed part or a document's text. The hash and the entry stay; the chain still verifies."""

from __future__ import annotations

from django.db import transaction

from tracker.publication import chain
from tracker.publication.models import Document, Sealed, Tombstone
from tracker.publication.services.releases import turn

REASONS = frozenset(reason for reason, _ in Tombstone._meta.get_field("reason").choices or ())


@transaction.atomic
def erase(*, target: str, reason: str) -> None:
    """Set the tombstone and remove the content it names: a commitment or the hash of a document.

    With a document's text go the sealed parts that no other document holds, each under a tombstone of its own.
    The next release lists the tombstones, and `publish` makes one even when nothing else has changed.
    Raises `LookupError` when there is no such part or document any more, `ValueError` for an unknown reason.
    """
    if reason not in REASONS:
        raise ValueError(f"{reason!r} is no reason for an erasure. Reasons are: {', '.join(sorted(REASONS))}.")
    last, now = turn()
    after = last.number if last else 0
    targets = _targets(target)
    Tombstone.objects.bulk_create(
        Tombstone(target=one, reason=reason, time=now, after=after, hash=chain.tombstone_hash(one, reason, now, after))
        for one in targets
    )
    Sealed.objects.filter(commitment__in=targets).delete()
    Document.objects.filter(hash=target).update(text=None)


def _targets(target: str) -> list[str]:
    """What goes with the target, itself first."""
    if Sealed.objects.filter(commitment=target).exists():
        return [target]
    document = Document.objects.filter(hash=target, text__isnull=False).first()
    if document is None:
        raise LookupError(f"There is no sealed part and no text of a document under {target[:16]}.")
    present = Sealed.objects.filter(commitment__in=chain.commitments(document.text or ""))
    others = Document.objects.exclude(hash=target)
    own = [row.commitment for row in present if not others.filter(text__contains=row.commitment).exists()]
    return [target, *own]
