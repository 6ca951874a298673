"""The chain of headers as programs read it: what a client needs to verify that no release was changed or left out."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.publication import chain
from tracker.publication.machine.shapes import ReleaseHead, ReleaseWhole
from tracker.publication.models import LawRoot, Release
from tracker.publication.record import ALIAS


def listed(newest: int, start: int, size: int) -> list[ReleaseHead]:
    """Headers oldest first, up to the release `newest`."""
    rows = Release.objects.using(ALIAS).filter(number__lte=newest).order_by("number").prefetch_related("signatures")
    return _heads(rows[start : start + size])


def whole(number: int) -> ReleaseWhole | None:
    """One header with the roots of its laws."""
    heads = _heads(Release.objects.using(ALIAS).filter(number=number).prefetch_related("signatures"))
    if not heads:
        return None
    roots = LawRoot.objects.using(ALIAS).filter(release_id__lte=number).order_by("law", "-release_id").distinct("law")
    return {**heads[0], "roots": {row.law: row.root for row in roots}}


def _heads(rows: Iterable[Release]) -> list[ReleaseHead]:
    return [
        {
            "number": row.number,
            "time": chain.stamp(row.time),
            "root": row.root,
            "previous": row.previous,
            "key_document": row.key_document,
            "tombstones": row.tombstones,
            "hash": row.hash,
            "signatures": [
                {"key": each.key, "kind": each.kind, "signature": bytes(each.signature).hex()}
                for each in sorted(row.signatures.all(), key=lambda each: (each.kind, each.key))
            ],
        }
        for row in rows
    ]
