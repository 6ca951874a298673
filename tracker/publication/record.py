"""Reading the public record: what a release shows, for pages, and nothing else. Runs as the public role."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tracker.publication import chain
from tracker.publication.models import Entry, Release, Sealed, Tombstone

ALIAS = "public"


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    number: int
    time: datetime
    hash: str


class Record:
    """The record at its newest release, at the last one of a day, or at the release of a number. Documents that were
    read make up the page's tag.
    """

    def __init__(self, on: date | None = None, number: int | None = None) -> None:
        releases = Release.objects.using(ALIAS).order_by("-number")
        if number is not None:
            releases = releases.filter(number__lte=number)
        if on is not None:
            end_of_day = datetime.combine(on + timedelta(days=1), time.min, UTC)
            releases = releases.filter(time__lt=end_of_day)
        row = releases.first()
        self.release = ReleaseInfo(row.number, row.time, row.hash) if row else None
        self.read: list[str] = []
        self.hashes: dict[str, str] = {}  # of the documents that were read, by path
        self.removed: dict[str, str] = {}
        self.names_persons = False

    def get(self, path: str) -> Any:
        """The document's body, or None."""
        return self.get_many([path]).get(path)

    def get_many(self, paths: Iterable[str]) -> dict[str, Any]:
        """Bodies by path, in one query, and one more when sealed parts must be put in."""
        if self.release is None:
            return {}
        newest = (
            Entry.objects.using(ALIAS)
            .filter(path__in=[path for path in paths if "\0" not in path], release_id__lte=self.release.number)
            .order_by("path", "-release_id")
            .distinct("path")
            .select_related("document")
        )
        found = {entry.path: entry.document for entry in newest if entry.document is not None}
        self.read += sorted(document.hash for document in found.values())
        self.hashes |= {path: document.hash for path, document in found.items()}
        texts = {path: document.text for path, document in found.items() if document.text is not None}
        self._note_removed({path: document.hash for path, document in found.items() if document.text is None})
        bodies = {path: json.loads(text)["body"] for path, text in texts.items()}
        wanted = {commitment for text in texts.values() for commitment in chain.commitments(text)}
        return self._opened(bodies, wanted)

    def newest(self, prefix: str, limit: int, before: int | None = None) -> list[Any]:
        """Change logs below a prefix ("laws/", "laws/{law}/changes/"), newest first; `before` leaves out that release
        and later ones.
        """
        if self.release is None:
            return []
        entries = Entry.objects.using(ALIAS).filter(path__startswith=prefix, path__contains="/changes/")
        entries = entries.filter(document__text__isnull=False, release_id__lte=self.release.number)
        if before is not None:
            entries = entries.filter(release_id__lt=before)
        rows = list(entries.order_by("-release_id", "path").select_related("document")[:limit])
        self.read += [row.document_id or "" for row in rows]
        return [json.loads(row.document.text or "")["body"] for row in rows if row.document is not None]

    def paths(self, prefix: str) -> list[str]:
        """The paths below a prefix that are shown, sorted, in one query."""
        if self.release is None or "\0" in prefix:
            return []
        entries = Entry.objects.using(ALIAS).filter(path__startswith=prefix, release_id__lte=self.release.number)
        newest = entries.order_by("path", "-release_id").distinct("path")
        return [path for path, document in newest.values_list("path", "document_id") if document is not None]

    def left(self, path: str) -> str:
        """The ISO date of the release that took the path away; "" when it is shown, or never was."""
        if self.release is None:
            return ""
        entries = Entry.objects.using(ALIAS).filter(path=path, release_id__lte=self.release.number)
        newest = entries.order_by("-release_id").select_related("release").first()
        return newest.release.time.date().isoformat() if newest is not None and newest.document_id is None else ""

    def _note_removed(self, erased: dict[str, str]) -> None:
        """`erased`: path → hash of the document whose text is gone."""
        if erased:
            days = self._days_of(erased.values())
            self.removed |= {path: days.get(digest, "") for path, digest in erased.items()}

    def _days_of(self, targets: Iterable[str]) -> dict[str, str]:
        rows = Tombstone.objects.using(ALIAS).filter(target__in=list(targets))
        return {row.target: row.time.date().isoformat() for row in rows}

    def _opened(self, bodies: dict[str, Any], wanted: set[str]) -> dict[str, Any]:
        if not wanted:
            return bodies
        self.names_persons = True
        parts = {row.commitment: row.part for row in Sealed.objects.using(ALIAS).filter(commitment__in=wanted)}
        gone = self._days_of(wanted)
        self.read += sorted(gone)
        return {path: opened(body, parts, gone) for path, body in bodies.items()}

    @property
    def tag(self) -> str:
        """A strong validator of what was read, from the hashes of the documents alone."""
        return hashlib.sha256("".join(self.read).encode()).hexdigest()[:32]


def opened(value: Any, parts: dict[str, str], gone: dict[str, str]) -> Any:
    """A body with the sealed parts put in, or the day on which one was erased."""
    if isinstance(value, dict):
        if set(value) == {"sealed"}:
            commitment = value["sealed"]
            return {"name": parts[commitment]} if commitment in parts else {"removed": gone.get(commitment, "")}
        return {key: opened(item, parts, gone) for key, item in value.items()}
    return [opened(item, parts, gone) for item in value] if isinstance(value, list) else value
