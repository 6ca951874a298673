"""Publishing: what changed against the record becomes a new release, in one transaction, or nothing happens."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from tracker.publication import chain, changelog
from tracker.publication.models import Document, Entry, KeyDocument, LawRoot, Release, Sealed, Tombstone
from tracker.publication.services import findable
from tracker.publication.services.sealing import Sealer

LOCK = 7_208_114  # the advisory lock under which release numbers and times are given out
Bodies = Mapping[str, Mapping[str, Any] | None]  # path → body


class RecordBroken(Exception):
    """What was committed does not recompute. Never signed; an administrator must look."""


@dataclass
class _Work:
    """What one law's documents add to the record, and what the law shows then (path → document hash)."""

    shown: dict[str, str] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    entries: dict[str, str | None] = field(default_factory=dict)
    sealed: list[Sealed] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)  # bodies of what is replaced or taken away
    after: dict[str, Any] = field(default_factory=dict)  # bodies of what comes in its place


@transaction.atomic
def publish(*, documents: Mapping[str, Bodies], by: Any, whole: bool = True) -> Release | None:
    """Publish the documents of one or more laws (law → path → body). None: nothing differs from the record.

    What is not among the documents is gone, unless they are only parts (not `whole`): then it stays as it is shown,
    and a path without a body (None) is gone.
    A part of a body written as {"seal": text} is published as {"sealed": commitment}, its text beside the document.
    A path whose document was erased stays so until a release without the path: nothing erased comes back unnoticed.
    Raises `ValueError` for a path of another law, `ErasedHere` (see `Sealer`) and `NotCanonical`, and `RecordBroken`
    after the commit when what was written does not recompute.
    """
    del by  # who published stands in the history of what was published, never in the public record
    last, now = turn()
    work = {law: _compare(law, bodies, whole=whole) for law, bodies in documents.items()}
    changed = {law: found for law, found in work.items() if found.entries}
    buried = last is not None and Tombstone.objects.filter(after=last.number).exists()
    if not changed and not buried:
        return None
    _refuse_shared_paths(changed)
    for law, found in changed.items():
        _log(law, found, last.number + 1 if last else 1, now)
    release = _release(last, now, {law: chain.law_root(found.shown) for law, found in changed.items()})
    for law, found in changed.items():
        Document.objects.bulk_create(found.documents, batch_size=500)
        Sealed.objects.bulk_create(found.sealed, batch_size=2000)
        Entry.objects.bulk_create(
            [Entry(release=release, law=law, path=path, document_id=digest) for path, digest in found.entries.items()],
            batch_size=2000,
        )
        findable.update(documents[law], found.entries)
    number = release.number
    transaction.on_commit(lambda: readback(number))
    return release


def turn() -> tuple[Release | None, datetime]:
    """Wait for the turn to write to the record, held until the transaction ends.

    The newest release, and the time that the next row gets: the database's clock, in whole milliseconds, and always
    later than that release.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("select date_trunc('milliseconds', clock_timestamp())")
        (now,) = cursor.fetchone()
    last = Release.objects.order_by("-number").first()
    return last, max(now, last.time + timedelta(milliseconds=1)) if last else now


def _compare(law: str, bodies: Bodies, *, whole: bool) -> _Work:
    """New documents only where a body differs from what the record shows."""
    work = _Work(shown=shown_now(law))
    known = [path for path in work.shown if path in bodies or (whole and not changelog.is_log(law, path))]
    texts = _texts(work.shown[path] for path in known)
    sealer = Sealer(text for text in texts.values() if text is not None)
    for path in known:
        if bodies.get(path) is None:
            _take_away(work, path, texts[work.shown[path]])
    for path, body in bodies.items():
        text = texts.get(work.shown.get(path, ""), "")
        if body is not None and text is not None:
            _add(work, path, body, text, sealer)
    return work


def _texts(digests: Iterable[str]) -> dict[str, str | None]:
    """Documents by their hash; None for one that was erased."""
    return dict(Document.objects.filter(hash__in=list(digests)).values_list("hash", "text"))


def _take_away(work: _Work, path: str, text: str | None) -> None:
    work.entries[path] = None
    work.before |= {path: json.loads(text)["body"]} if text else {}
    del work.shown[path]


def _plainly(body: Any) -> str:
    """Equal exactly where the canonical texts are, and far faster to make."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def _log(law: str, work: _Work, number: int, now: datetime) -> None:
    """The release says itself what it changes in a law; what earlier ones said is carried on."""
    body = changelog.changes_document(law, number, chain.stamp(now), work.before, work.after)
    if body is not None:
        _add(work, changelog.log_path(law, number), body, "", Sealer([]))


def _add(work: _Work, path: str, body: Mapping[str, Any], before: str, sealer: Sealer) -> None:
    plain, sealed = sealer.seal(path, body, before)
    shown = json.loads(before)["body"] if before else None
    if before and _plainly(plain) == _plainly(shown):
        return
    try:
        text = chain.canonical(plain, secrets.token_hex(chain.SALT_BYTES))
    except chain.NotCanonical as error:
        raise chain.NotCanonical(f"{path}: {error}") from None
    if before:
        work.before[path] = shown
    work.after[path] = plain
    document = Document(hash=chain.document_hash(text), text=text)
    work.documents.append(document)
    work.entries[path] = work.shown[path] = document.hash
    work.sealed += sealed


def _refuse_shared_paths(changed: Mapping[str, _Work]) -> None:
    """A path belongs to one law for ever; otherwise one law's removal would take away what another shows."""
    owner: dict[str, str] = {}
    for law, work in changed.items():
        for path in work.entries:
            if owner.setdefault(path, law) != law:
                raise ValueError(f"{path} is published by {owner[path]} and by {law}; a path belongs to one law.")
        other = Entry.objects.filter(path__in=list(work.entries)).exclude(law=law).first()
        if other is not None:
            raise ValueError(f"{other.path} belongs to {other.law}; {law} cannot publish it.")


def _release(last: Release | None, time: datetime, changed: Mapping[str, str]) -> Release:
    """Write the release and the roots of the laws that it changes."""
    number = last.number + 1 if last else 1
    header = chain.Header(
        number=number,
        time=chain.stamp(time),
        root=chain.release_root({**roots_at(number - 1), **changed}),
        previous=last.hash if last else chain.NO_RELEASE,
        key_document=KeyDocument.objects.order_by("-pk").values_list("hash", flat=True).first() or chain.NO_RELEASE,
        tombstones=chain.tombstones_hash(buried_before(number)),
    )
    release = Release.objects.create(
        number=number, time=time, root=header.root, previous=header.previous, key_document=header.key_document,
        tombstones=header.tombstones, hash=header.hash,
    )  # fmt: skip
    LawRoot.objects.bulk_create([LawRoot(release=release, law=law, root=root) for law, root in changed.items()])
    return release


def shown_now(law: str, prefix: str = "") -> dict[str, str]:
    """Path → document hash: what a law shows now, below a prefix."""
    newest = Entry.objects.filter(law=law, path__startswith=prefix).order_by("path", "-release_id").distinct("path")
    return {path: digest for path, digest in newest.values_list("path", "document_id") if digest is not None}


def bodies_now(laws: Iterable[str], paths: Iterable[str]) -> dict[str, Any]:
    """Path → body as it is stored, with its commitments: what these laws show now of the paths."""
    newest = (
        Entry.objects.filter(law__in=list(laws), path__in=list(paths)).order_by("path", "-release_id").distinct("path")
    )
    rows = newest.values_list("path", "document__text")
    return {path: json.loads(text)["body"] for path, text in rows if text is not None}


def shown_at(law: str, number: int) -> dict[str, str]:
    """Path → document hash: what a law shows at a release."""
    newest = Entry.objects.filter(law=law, release_id__lte=number).order_by("path", "-release_id").distinct("path")
    return {path: digest for path, digest in newest.values_list("path", "document_id") if digest is not None}


def roots_at(number: int) -> dict[str, str]:
    """The root of every law in force at a release."""
    newest = LawRoot.objects.filter(release_id__lte=number).order_by("law", "-release_id").distinct("law")
    return {row.law: row.root for row in newest}


def buried_before(number: int) -> Iterable[str]:
    """The hashes of the tombstones that the header of a release covers."""
    return Tombstone.objects.filter(after__lt=number).values_list("hash", flat=True)


def readback(number: int) -> None:
    """Read a committed release again and recompute it; only what recomputes may be signed. Raises `RecordBroken`."""
    from tracker.publication.services.verify import broken_release  # noqa: PLC0415  # it reads with this module's queries

    found = broken_release(number)
    if found:
        raise RecordBroken(found)
