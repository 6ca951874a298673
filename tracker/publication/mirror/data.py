"""The record as files of the copy: everything that a stranger needs to recompute it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tracker.publication import chain
from tracker.publication.mirror.shown import Shown
from tracker.publication.models import Document, Entry, KeyDocument, LawRoot, Release, Sealed, Signature, Tombstone
from tracker.publication.record import ALIAS

CHAIN = "record/chain.json"
LAW = "record/law.json"


def dumped(value: Any) -> bytes:
    """One way to write a value, so that a changed byte is always seen: the verifier writes it again and compares."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def chain_file() -> bytes:
    """Headers, tombstones, key documents and signatures."""
    headers = [
        {
            "number": row.number,
            "time": chain.stamp(row.time),
            "root": row.root,
            "previous": row.previous,
            "key_document": row.key_document,
            "tombstones": row.tombstones,
            "hash": row.hash,
        }
        for row in Release.objects.using(ALIAS).order_by("number")
    ]
    tombstones = [
        {"target": t.target, "reason": t.reason, "time": chain.stamp(t.time), "after": t.after, "hash": t.hash}
        for t in Tombstone.objects.using(ALIAS).order_by("after", "target")
    ]
    documents = [{"hash": k.hash, "text": k.text} for k in KeyDocument.objects.using(ALIAS).order_by("pk")]
    signatures = [
        {"release": s.release_id, "key": s.key, "kind": s.kind, "signature": bytes(s.signature).hex()}
        for s in Signature.objects.using(ALIAS).order_by("release_id", "kind", "key")
    ]
    return dumped(
        {
            "format": chain.FORMAT,
            "headers": headers,
            "tombstones": tombstones,
            "key_documents": documents,
            "signatures": signatures,
        }
    )


def release_name(number: int) -> str:
    return f"record/releases/{number:06d}.json"


def release_file(number: int) -> bytes:
    """What a release added: roots of laws, entries in order, documents that no earlier release had, and their parts."""
    rows = Entry.objects.using(ALIAS).filter(release_id=number).order_by("path")
    entries = list(rows.values_list("law", "path", "document_id"))
    written = {digest for _, _, digest in entries if digest}
    earlier = Entry.objects.using(ALIAS).filter(release_id__lt=number, document_id__in=written)
    documents, sealed = _documents(written - set(earlier.values_list("document_id", flat=True)))
    return dumped(
        {
            "release": number,
            "roots": dict(LawRoot.objects.using(ALIAS).filter(release_id=number).values_list("law", "root")),
            "entries": [list(entry) for entry in entries],
            "documents": documents,
            "sealed": sealed,
        }
    )


def law_file(shown: Shown, law: str) -> bytes:
    """What one law shows now, and the roots of the others: the short list with which it verifies alone."""
    newest = Entry.objects.using(ALIAS).filter(law=law).order_by("path", "-release_id").distinct("path")
    entries = {path: digest for path, digest in newest.values_list("path", "document_id") if digest}
    roots = LawRoot.objects.using(ALIAS).order_by("law", "-release_id").distinct("law").values_list("law", "root")
    documents, sealed = _documents(set(entries.values()))
    return dumped(
        {
            "law": law,
            "release": shown.newest_number,
            "roots": dict(roots),
            "entries": entries,
            "documents": documents,
            "sealed": sealed,
        }
    )


def _documents(wanted: Iterable[str]) -> tuple[Mapping[str, str | None], Mapping[str, Mapping[str, str]]]:
    """Hash → text (None where erased), and commitment → part and salt of the parts that they seal."""
    texts = dict(Document.objects.using(ALIAS).filter(hash__in=list(wanted)).values_list("hash", "text"))
    parts = {part for text in texts.values() for part in chain.commitments(text or "")}
    rows = Sealed.objects.using(ALIAS).filter(commitment__in=parts)
    return texts, {row.commitment: {"part": row.part, "salt": row.salt} for row in rows}
