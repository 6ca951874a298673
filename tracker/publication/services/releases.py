"""Publishing: what changed against the record becomes a new release, in one transaction, or nothing happens."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from tracker.publication import chain
from tracker.publication.models import Document, Entry, LawRoot, Release, Sealed, Tombstone

LOCK = 7_208_114  # the advisory lock under which release numbers are given out
Bodies = Mapping[str, Mapping[str, Any]]  # path → body


class RecordBroken(Exception):
    """What was committed does not recompute. Never signed; an administrator must look."""


@dataclass
class _Work:
    """What one law's documents add to the record."""

    documents: list[Document] = field(default_factory=list)
    entries: dict[str, str | None] = field(default_factory=dict)
    sealed: list[Sealed] = field(default_factory=list)


@transaction.atomic
def publish(*, documents: Mapping[str, Bodies], by: Any) -> Release | None:
    """Publish the full documents of one or more laws (law → path → body). None: nothing differs from the record.

    A part of a body written as {"seal": text} is published as {"sealed": commitment}, its text beside the document.
    """
    del by  # who published stands in the history of what was published, never in the public record
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    last = Release.objects.order_by("-number").first()
    work = {law: _compare(law, bodies) for law, bodies in documents.items()}
    changed = {law: found for law, found in work.items() if found.entries}
    if not changed:
        return None
    current = {law: _current_hashes(law) for law in changed}
    release = _header(last, changed, current)
    for law, found in changed.items():
        Document.objects.bulk_create(found.documents, batch_size=500)
        Sealed.objects.bulk_create(found.sealed, ignore_conflicts=True)
        Entry.objects.bulk_create(
            [Entry(release=release, law=law, path=path, document_id=digest) for path, digest in found.entries.items()],
            batch_size=2000,
        )
    number = release.number
    transaction.on_commit(lambda: readback(number))
    return release


def _compare(law: str, bodies: Bodies) -> _Work:
    """New documents only where a body differs from what the record shows: the stored salt tells."""
    work = _Work()
    shown = {entry.path: entry.document for entry in current_entries(law) if entry.document is not None}
    for path, body in bodies.items():
        before = shown.pop(path, None)
        known = json.loads(before.text) if before is not None and before.text is not None else None
        plain, sealed = _seal(body, _commitments(known["body"]) if known else set())
        if (
            before is not None
            and known is not None
            and chain.document_hash(chain.canonical(plain, known["salt"])) == before.hash
        ):
            continue
        text = chain.canonical(plain, secrets.token_hex(chain.SALT_BYTES))
        document = Document(hash=chain.document_hash(text), text=text)
        work.documents.append(document)
        work.entries[path] = document.hash
        work.sealed += sealed
    for path in shown:
        work.entries[path] = None
    return work


def current_entries(law: str, at: int | None = None) -> list[Entry]:
    """The newest entry of each path of a law, with its document, up to release `at`."""
    entries = Entry.objects.filter(law=law)
    if at is not None:
        entries = entries.filter(release_id__lte=at)
    return list(entries.order_by("path", "-release_id").distinct("path").select_related("document"))


def _current_hashes(law: str) -> dict[str, str]:
    return {entry.path: str(entry.document_id) for entry in current_entries(law) if entry.document_id is not None}


def _seal(body: Any, known: set[str]) -> tuple[Any, list[Sealed]]:
    """The body with commitments for its sealed parts. A part that the current document seals keeps its commitment."""
    old = {row.part: row for row in Sealed.objects.filter(commitment__in=known)} if known else {}
    made: list[Sealed] = []

    def walk(value: Any) -> Any:
        if isinstance(value, Mapping):
            if set(value) == {"seal"}:
                row = old.get(value["seal"])
                if row is None:
                    salt = secrets.token_hex(32)
                    row = Sealed(commitment=chain.commitment(value["seal"], salt), salt=salt, part=value["seal"])
                    made.append(row)
                return {"sealed": row.commitment}
            return {key: walk(item) for key, item in value.items()}
        return [walk(item) for item in value] if isinstance(value, list | tuple) else value

    return walk(body), made


def _commitments(body: Any) -> set[str]:
    if isinstance(body, dict):
        if set(body) == {"sealed"}:
            return {body["sealed"]}
        return set().union(*(_commitments(item) for item in body.values())) if body else set()
    return set().union(*(_commitments(item) for item in body)) if isinstance(body, list) and body else set()


def _header(last: Release | None, changed: Mapping[str, _Work], current: Mapping[str, dict[str, str]]) -> Release:
    number = last.number + 1 if last else 1
    roots = roots_at(number - 1)
    for law, work in changed.items():
        shown = {**current[law], **{path: digest for path, digest in work.entries.items() if digest is not None}}
        for path, digest in work.entries.items():
            if digest is None:
                del shown[path]
        roots[law] = chain.law_root(shown)
    now = _database_time()
    time = max(now, last.time + timedelta(milliseconds=1)) if last else now
    header = chain.Header(
        number=number,
        time=stamp(time),
        root=chain.release_root(roots),
        previous=last.hash if last else chain.NO_RELEASE,
        key_document=chain.NO_RELEASE,
        tombstones=chain.tombstones_hash(Tombstone.objects.values_list("target", "reason")),
    )
    release = Release.objects.create(
        number=number, time=time, root=header.root, previous=header.previous, key_document=header.key_document,
        tombstones=header.tombstones, hash=header.hash,
    )  # fmt: skip
    LawRoot.objects.bulk_create([LawRoot(release=release, law=law, root=roots[law]) for law in changed])
    return release


def roots_at(number: int) -> dict[str, str]:
    """The root of every law in force at a release."""
    newest = LawRoot.objects.filter(release_id__lte=number).order_by("law", "-release_id").distinct("law")
    return {row.law: row.root for row in newest}


def _database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select date_trunc('milliseconds', clock_timestamp())")
        (now,) = cursor.fetchone()
    return now if isinstance(now, datetime) else datetime.now(tz=UTC)


def stamp(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds")


def readback(number: int) -> None:
    """Read a committed release again and recompute it; only what recomputes may be signed. Raises `RecordBroken`."""
    from tracker.publication.services.verify import broken_link  # noqa: PLC0415  # it reads with this module's queries

    found = broken_link(only=number)
    if found:
        raise RecordBroken(found)
