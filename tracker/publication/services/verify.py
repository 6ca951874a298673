"""Recomputing the record from its rows. The first thing that does not fit is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tracker.publication import chain
from tracker.publication.models import Document, Entry, LawRoot, Release, Sealed, Tombstone
from tracker.publication.services.releases import stamp


def broken_link(only: int | None = None) -> str:
    """One sentence on the first broken link of the chain; empty when everything recomputes.

    `only` checks the documents of one release and its place in the chain instead of every document.
    """
    return next(_breaks(only), "")


def _breaks(only: int | None) -> Iterator[str]:
    erased = {row.target for row in Tombstone.objects.all()}
    yield from _documents(only, erased)
    if only is None:
        yield from _sealed(erased)
        yield from _orphans()
    yield from _releases()


def _documents(only: int | None, erased: set[str]) -> Iterator[str]:
    documents = Document.objects.order_by("hash")
    if only is not None:
        documents = documents.filter(entries__release_id=only)
    for document in documents.iterator(chunk_size=500):
        if document.text is None:
            if document.hash not in erased:
                yield f"The text of document {document.hash[:16]} is gone and no tombstone says so."
        elif chain.document_hash(document.text) != document.hash:
            yield f"Document {document.hash[:16]} does not have the content that its hash names."


def _sealed(erased: set[str]) -> Iterator[str]:
    for row in Sealed.objects.iterator(chunk_size=500):
        if chain.commitment(row.part, row.salt) != row.commitment:
            yield f"Sealed part {row.commitment[:16]} does not have the content that it was committed to."
        if row.commitment in erased:
            yield f"Sealed part {row.commitment[:16]} should have been erased: its tombstone says so."


def _orphans() -> Iterator[str]:
    orphan = Document.objects.filter(entries__isnull=True).first()
    if orphan is not None:
        yield f"Document {orphan.hash[:16]} belongs to no release."


def _releases() -> Iterator[str]:
    """Walk the chain once, carrying each law's entries on, so that the cost is the number of entries."""
    entries: dict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.order_by("release_id", "path").iterator(chunk_size=5000):
        entries[entry.release_id].append(entry)
    stored: dict[int, dict[str, str]] = defaultdict(dict)
    for row in LawRoot.objects.all():
        stored[row.release_id][row.law] = row.root
    shown: dict[str, dict[str, str]] = defaultdict(dict)
    roots: dict[str, str] = {}
    previous: Release | None = None
    for release in Release.objects.order_by("number"):
        expected = previous.number + 1 if previous else 1
        if release.number != expected:
            yield f"Release {expected} is missing."
        if previous is not None and release.time <= previous.time:
            yield f"Release {release.number} is not later than release {previous.number}."
        changed = _carry_on(entries.pop(release.number, []), shown)
        if changed != set(stored[release.number]):
            yield f"Release {release.number} names other laws than its entries change."
        for law in sorted(changed):
            roots[law] = chain.law_root(shown[law])
            if stored[release.number].get(law) != roots[law]:
                yield f"Release {release.number}: the entries of {law} do not give the root that was published."
        yield from _header_breaks(release, previous, roots)
        previous = release
    for number in entries:
        yield f"There are entries of release {number}, which does not exist."


def _carry_on(entries: list[Entry], shown: dict[str, dict[str, str]]) -> set[str]:
    for entry in entries:
        if entry.document_id is None:
            shown[entry.law].pop(entry.path, None)
        else:
            shown[entry.law][entry.path] = str(entry.document_id)
    return {entry.law for entry in entries}


def _header_breaks(release: Release, previous: Release | None, roots: dict[str, str]) -> Iterator[str]:
    if release.root != chain.release_root(roots):
        yield f"Release {release.number}: the laws do not give the root that was published."
    if release.previous != (previous.hash if previous else chain.NO_RELEASE):
        yield f"Release {release.number} does not follow release {release.number - 1}."
    tombstones = Tombstone.objects.filter(time__lte=release.time).values_list("target", "reason")
    if release.tombstones != chain.tombstones_hash(tombstones):
        yield f"Release {release.number} lists other tombstones than were set before it."
    header = chain.Header(
        release.number, stamp(release.time), release.root, release.previous, release.key_document, release.tombstones
    )
    if release.hash != header.hash:
        yield f"The header of release {release.number} was changed."
