"""What the record shows, read once for the whole copy; and what one page asked of it, to know when to make it anew."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from tracker.publication import chain
from tracker.publication.models import Document, Entry, Release, Sealed, Tombstone
from tracker.publication.record import ALIAS, ReleaseInfo, opened

Question = tuple[str | int, ...]  # ("get", path) · ("newest", prefix, limit, before) · ("left", path) · …
KEPT = 400  # parsed documents held in memory: the languages of a page are made one after the other


class Shown:
    """The record at its newest release, without the texts of the documents, which are read as pages ask for them."""

    def __init__(self) -> None:
        self.releases = {
            row.number: ReleaseInfo(row.number, row.time, row.hash)
            for row in Release.objects.using(ALIAS).order_by("number")
        }
        self.newest_number = max(self.releases, default=0)
        self.entries: dict[str, tuple[str, int]] = {}  # path → document, release of the entry
        self.left: dict[str, int] = {}  # path → the release that took it away
        newest = Entry.objects.using(ALIAS).order_by("path", "-release_id").distinct("path")
        rows: Any = newest.values_list("path", "document_id", "release_id")
        for path, digest, number in rows:
            if digest is None:
                self.left[path] = number
            else:
                self.entries[path] = (digest, number)
        self.tombstones = {
            row.target: (row.time.date().isoformat(), row.after) for row in Tombstone.objects.using(ALIAS).all()
        }
        logs = [(-number, path, digest) for path, (digest, number) in self.entries.items() if "/changes/" in path]
        self.logs = sorted(logs)
        self.bodies: OrderedDict[str, Any] = OrderedDict()

    def texts(self, hashes: Iterable[str]) -> dict[str, tuple[Any, list[str]]]:
        """Document → its body and the sealed parts that it holds; without those whose text was erased."""
        wanted = list(dict.fromkeys(hashes))
        missing = [digest for digest in wanted if digest not in self.bodies]
        rows = Document.objects.using(ALIAS).filter(hash__in=missing, text__isnull=False) if missing else []
        for row in rows:
            text = row.text or ""
            self.bodies[row.hash] = (json.loads(text)["body"], chain.commitments(text))
        found = {digest: self.bodies[digest] for digest in wanted if digest in self.bodies}
        for digest in found:
            self.bodies.move_to_end(digest)
        while len(self.bodies) > max(KEPT, len(wanted)):
            self.bodies.popitem(last=False)
        return found

    def logs_below(self, prefix: str, limit: int, before: int) -> list[tuple[str, str]]:
        """(path, document) of change logs, newest first; `before` 0: no limit."""
        found = [
            (path, digest)
            for release, path, digest in self.logs
            if path.startswith(prefix) and digest not in self.tombstones and (not before or -release < before)
        ]
        return found[:limit]

    def answer(self, question: Question) -> str:
        """What a page would be told today, in short: when no answer differs, the page is the same."""
        kind, *rest = question
        if kind == "get":
            digest, number = self.entries.get(str(rest[0]), ("", 0))
            return f"{digest} {number} {self.tombstones.get(digest, '')}"
        if kind == "newest":
            return json.dumps(self.logs_below(str(rest[0]), int(rest[1]), int(rest[2])))
        if kind == "left":
            return str(self.left.get(str(rest[0]), ""))
        if kind == "sealed":
            return str(self.tombstones.get(str(rest[0]), ""))
        return str(self.newest_number)  # "release"

    def answers(self, questions: Sequence[Question]) -> str:
        told = "\n".join(self.answer(question) for question in questions)
        return hashlib.sha256(told.encode()).hexdigest()


class Reading:
    """The record as one page reads it (a `DocumentSource`). `only`: as if there were no other law, for its own copy."""

    def __init__(self, shown: Shown, only: str = "") -> None:
        self.shown = shown
        self.only = only
        self.questions: dict[Question, None] = {}
        self.removed: dict[str, str] = {}
        self._number = 0

    @property
    def asked(self) -> list[Question]:
        return list(self.questions)

    @property
    def release(self) -> ReleaseInfo | None:
        """The release that published the newest of what was read so far; where nothing was, the newest of all."""
        if not self._number:
            self.questions["release",] = None
        return self.shown.releases.get(self._number or self.shown.newest_number)

    def get(self, path: str) -> Any:
        return self.get_many([path]).get(path)

    def get_many(self, paths: Iterable[str]) -> dict[str, Any]:
        asked = list(paths)
        self.questions.update(dict.fromkeys(("get", path) for path in asked))
        entries = {path: self.shown.entries[path] for path in asked if path in self.shown.entries}
        found = self.shown.texts(digest for digest, _ in entries.values())
        for path, (digest, number) in entries.items():
            self._seen(number)
            if digest not in found:
                self.removed[path] = self._gone(digest)
        bodies = {path: found[digest][0] for path, (digest, _) in entries.items() if digest in found}
        wanted = {part for digest, _ in entries.values() if digest in found for part in found[digest][1]}
        return self._narrowed(self._opened(bodies, wanted))

    def _narrowed(self, bodies: dict[str, Any]) -> dict[str, Any]:
        if self.only and "laws" in bodies:
            cards = [card for card in bodies["laws"]["laws"] if card["law"]["slug"] == self.only]
            bodies["laws"] = {**bodies["laws"], "laws": cards}
        return bodies

    def newest(self, prefix: str, limit: int, before: int | None = None) -> list[Any]:
        prefix = f"laws/{self.only}/" if self.only and prefix == "laws/" else prefix
        self.questions["newest", prefix, limit, before or 0] = None
        logs = self.shown.logs_below(prefix, limit, before or 0)
        for path, _ in logs:
            self._seen(self.shown.entries[path][1])
        found = self.shown.texts(digest for _, digest in logs)
        return [found[digest][0] for _, digest in logs]

    def left(self, path: str) -> str:
        self.questions["left", path] = None
        number = self.shown.left.get(path)
        return self.shown.releases[number].time.date().isoformat() if number else ""

    def _seen(self, number: int) -> None:
        self._number = max(self._number, number)

    def _gone(self, target: str) -> str:
        """The day on which something was erased; the release after it is the one that says so."""
        day, after = self.shown.tombstones[target]
        self._seen(min(after + 1, self.shown.newest_number))
        return day

    def _opened(self, bodies: dict[str, Any], wanted: set[str]) -> dict[str, Any]:
        if not wanted:
            return bodies
        self.questions.update(dict.fromkeys(("sealed", part) for part in sorted(wanted)))
        parts = {row.commitment: row.part for row in Sealed.objects.using(ALIAS).filter(commitment__in=wanted)}
        gone = {part: self._gone(part) for part in sorted(wanted) if part in self.shown.tombstones}
        return {path: opened(body, parts, gone) for path, body in bodies.items()}
