"""Recomputing the record from its rows. The first thing that does not fit is named in one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from tracker.publication import chain
from tracker.publication.models import Document, Entry, LawRoot, Release, Sealed, Tombstone
from tracker.publication.services.releases import buried_before, roots_at, shown_at
from tracker.publication.services.verify_signatures import signature_breaks

Progress = Callable[[int], None]  # is told now and then how many documents were read


def broken_link(progress: Progress | None = None) -> str:
    """One sentence on the first broken link of the whole record; empty when everything recomputes.

    What was cut off at the end is not seen from inside: who kept a later header sees it.
    """
    with one_view():
        return next(_breaks(progress or (lambda _read: None)), "")


def broken_release(number: int) -> str:
    """The same for one release and its place in the chain. Costs as much as the laws that it changes."""
    with one_view():
        return next(_breaks_of_one(number), "")


@contextmanager
def one_view(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """All queries of a role see the same state, whatever is published meanwhile (unless it is in a transaction)."""
    outermost = not connections[alias].in_atomic_block
    with transaction.atomic(using=alias):
        if outermost:
            with connections[alias].cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def _breaks(progress: Progress) -> Iterator[str]:
    tombstones = list(Tombstone.objects.order_by("after", "target"))
    yield from _tombstone_breaks(tombstones)
    erased = {row.target for row in tombstones}
    sealed: dict[str, str] = {}  # commitment → a document that holds it
    documents: set[str] = set()
    for document in Document.objects.order_by("hash").iterator(chunk_size=200):
        yield from _document_breaks(document, erased)
        documents.add(document.hash)
        sealed.update(dict.fromkeys(chain.commitments(document.text or ""), document.hash))
        progress(len(documents))
    yield from _sealed_breaks(Sealed.objects.order_by("commitment").iterator(chunk_size=500), sealed, erased)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.order_by("release_id", "path").iterator(chunk_size=5000):
        entries[entry.release_id].append(entry)
    yield from _place_breaks(entries, documents)
    yield from _chain_breaks(entries, tombstones)
    yield from signature_breaks()


def _tombstone_breaks(tombstones: Iterable[Tombstone]) -> Iterator[str]:
    for row in tombstones:
        if row.time.microsecond % 1000 or row.hash != chain.tombstone_hash(row.target, row.reason, row.time, row.after):
            yield f"The tombstone of {row.target[:16]} was changed."


def _document_breaks(document: Document, erased: set[str]) -> Iterator[str]:
    name = f"document {document.hash[:16]}"
    if document.text is None:
        if document.hash not in erased:
            yield f"The text of {name} is gone and no tombstone says so."
    elif document.hash in erased:
        yield f"The text of {name} should have been erased: its tombstone says so."
    elif chain.document_hash(document.text) != document.hash:
        yield f"The {name} does not have the content that its hash names."


def _sealed_breaks(rows: Iterable[Sealed], expected: dict[str, str], erased: set[str]) -> Iterator[str]:
    """`expected`: commitment → document that holds it. Parts may miss only where a tombstone says so."""
    missing = dict(expected)
    for row in rows:
        name = f"Sealed part {row.commitment[:16]}"
        if missing.pop(row.commitment, None) is None:
            yield f"{name} belongs to no document."
        if row.commitment in erased:
            yield f"{name} should have been erased: its tombstone says so."
        if not _is_hex(row.salt) or chain.commitment(row.part, row.salt) != row.commitment:
            yield f"{name} does not have the content that it was committed to."
    for commitment, document in missing.items():
        if commitment not in erased:
            yield f"Sealed part {commitment[:16]} of document {document[:16]} is gone and no tombstone says so."


def _is_hex(salt: str) -> bool:
    return len(salt) == 2 * chain.SEAL_BYTES and set(salt) <= set("0123456789abcdef")


def _place_breaks(entries: dict[int, list[Entry]], documents: set[str]) -> Iterator[str]:
    """Every document stands at a path, and every path's document is there."""
    used = set()
    for number, rows in entries.items():
        for entry in rows:
            if entry.document_id is not None and entry.document_id not in documents:
                yield f"Release {number}: the document at {entry.path} is missing."
            used.add(entry.document_id)
    for digest in sorted(documents - used):
        yield f"Document {digest[:16]} belongs to no release."


def _chain_breaks(entries: dict[int, list[Entry]], tombstones: list[Tombstone]) -> Iterator[str]:
    """Walk the chain once, carrying on what each law shows."""
    stored: dict[int, dict[str, str]] = defaultdict(dict)
    for row in LawRoot.objects.all():
        stored[row.release_id][row.law] = row.root
    shown: dict[str, dict[str, str]] = defaultdict(dict)
    roots: dict[str, str] = {}
    previous: Release | None = None
    for release in Release.objects.order_by("number"):
        if release.number != (previous.number + 1 if previous else 1):
            yield f"Release {previous.number + 1 if previous else 1} is missing."
        rows = entries.pop(release.number, [])
        yield from _carry_on(release.number, rows, shown)
        yield from _root_breaks(release.number, rows, stored.pop(release.number, {}), shown)
        roots |= {law: chain.law_root(shown[law]) for law in {entry.law for entry in rows}}
        covered = [row.hash for row in tombstones if row.after < release.number]
        yield from _header_breaks(release, previous, roots, covered)
        previous = release
    for number in sorted({*entries, *stored}):
        yield f"There are entries or roots of release {number}, which does not exist."


def _carry_on(number: int, rows: Iterable[Entry], shown: dict[str, dict[str, str]]) -> Iterator[str]:
    """Bring what the laws show up to a release. An entry that changes nothing was not written by publishing."""
    for entry in rows:
        law = shown[entry.law]
        if law.get(entry.path) == entry.document_id:
            yield f"Release {number}: the entry of {entry.path} repeats what was shown before."
        if entry.document_id is None:
            law.pop(entry.path, None)
        else:
            law[entry.path] = entry.document_id


def _root_breaks(
    number: int, rows: Iterable[Entry], stored: dict[str, str], shown: dict[str, dict[str, str]]
) -> Iterator[str]:
    changed = {entry.law for entry in rows}
    if changed != set(stored):
        odd = ", ".join(sorted(changed ^ set(stored)))
        yield f"Release {number}: the roots are not those of the laws that its entries change ({odd})."
    for law in sorted(changed):
        if stored.get(law) != chain.law_root(shown[law]):
            yield f"Release {number}: the entries of {law} do not give the root that was published."


def _header_breaks(
    release: Release, previous: Release | None, roots: dict[str, str], tombstones: Iterable[str]
) -> Iterator[str]:
    name = f"release {release.number}"
    if previous is not None and release.time <= previous.time:
        yield f"The time of {name} is not later than that of release {previous.number}."
    if release.root != chain.release_root(roots):
        yield f"The roots of the laws do not give the root of {name}."
    if release.previous != (previous.hash if previous else chain.NO_RELEASE):
        yield f"The header of {name} does not follow the one before it."
    if release.tombstones != chain.tombstones_hash(tombstones):
        yield f"The tombstones set before {name} are not those that its header covers."
    if release.time.microsecond % 1000:
        yield f"The time of {name} was changed: it is finer than a millisecond."
        return
    header = chain.Header(
        release.number,
        chain.stamp(release.time),
        release.root,
        release.previous,
        release.key_document,
        release.tombstones,
    )
    if release.hash != header.hash:
        yield f"The header of {name} was changed."


def _breaks_of_one(number: int) -> Iterator[str]:
    release = Release.objects.filter(number=number).first()
    previous = Release.objects.filter(number=number - 1).first()
    if release is None or (previous is None and number > 1):
        yield f"Release {number if release is None else number - 1} is missing."
        return
    rows = list(Entry.objects.filter(release=release).select_related("document"))
    written = [entry.document for entry in rows if entry.document is not None]
    erased = set(Tombstone.objects.values_list("target", flat=True))
    expected = {}
    for document in written:
        yield from _document_breaks(document, erased)
        expected.update(dict.fromkeys(chain.commitments(document.text or ""), document.hash))
    yield from _sealed_breaks(Sealed.objects.filter(commitment__in=expected), expected, erased)
    stored = dict(release.roots.values_list("law", "root"))
    yield from _root_breaks(number, rows, stored, {law: shown_at(law, number) for law in stored})
    yield from _header_breaks(release, previous, roots_at(number), buried_before(number))
