"""Erasing a sealed part or a document's text. The hash and the entry stay; the chain still verifies."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.db import transaction

from tracker.accounts.services import personal
from tracker.common import journal
from tracker.publication import chain
from tracker.publication.models import Document, FindableText, Sealed, Tombstone
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
    _erase(target, reason)
    journal.note(target, reason)


@transaction.atomic
def _erase(target: str, reason: str) -> None:
    last, now = turn()
    after = last.number if last else 0
    targets = _targets(target)
    Tombstone.objects.bulk_create(
        Tombstone(target=one, reason=reason, time=now, after=after, hash=chain.tombstone_hash(one, reason, now, after))
        for one in targets
    )
    Sealed.objects.filter(commitment__in=targets).delete()
    Document.objects.filter(hash=target).update(text=None)
    FindableText.objects.filter(document=target).delete()


@transaction.atomic
def replay(file: Path) -> tuple[int, int]:
    """Erase what the journal names and the record, restored from an older backup, still holds.

    Returns how many erasures were replayed, and how many stood already or name what this record never held. Raises
    `ValueError` that names the line of a journal that is no journal; then nothing is erased.
    """
    wanted = [_entry(number, line) for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)]
    done = 0
    for target, reason in wanted:
        if target.startswith(personal.JOURNAL_PREFIX):
            done += personal.erase_again(target)
            continue
        with suppress(LookupError):
            _erase(target, reason)
            done += 1
    return done, len(wanted) - done


def _entry(number: int, line: str) -> tuple[str, str]:
    try:
        entry = json.loads(line)
        target, reason = str(entry["target"]), str(entry["reason"])
        if target.startswith(personal.JOURNAL_PREFIX):
            UUID(target.removeprefix(personal.JOURNAL_PREFIX))
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"Line {number} of the journal of erasures is damaged. Repair it, then replay.") from None
    if reason not in REASONS:
        raise ValueError(f"Line {number} of the journal of erasures gives no known reason. Repair it, then replay.")
    return target, reason


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
