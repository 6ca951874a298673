"""One word for every text field of every model, found in no other place: where it turns up, that field has leaked."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from django.db import models

from tracker.guards import is_history, project_models

MARK = "zq"
WORD = re.compile(rb"zq[a-p]{7,10}")  # the beginning suffices: a stemmer may have cut the end
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)

RECORD = "the public record itself"
CATALOGUE = "the catalogue of topics, standards, stages and places is public: it is about no draft"
LOADED = "copied from a published source when its law is loaded; has no draft"
ADDRESS = "made of law, kind, language and day when a second person publishes the report"
CODED = "a value from a short list of the code's own, not words of a person"
# Fields whose words may be public, with the reason. A new text field that is not here must hold its canary.
PUBLIC: dict[str, str] = {
    **dict.fromkeys(
        [
            "publication.Document.hash", "publication.Document.text", "publication.Release.root",
            "publication.Release.previous", "publication.Release.key_document", "publication.Release.tombstones",
            "publication.Release.hash", "publication.LawRoot.law", "publication.LawRoot.root", "publication.Entry.law",
            "publication.Entry.path", "publication.Signature.key", "publication.Signature.signature",
            "publication.Sealed.commitment", "publication.Sealed.salt", "publication.Sealed.part",
            "publication.Tombstone.target", "publication.Tombstone.hash", "publication.KeyDocument.hash",
            "publication.KeyDocument.text", "publication.FindableText.document", "publication.FindableText.path",
            "publication.FindableText.law", "publication.FindableText.number", "publication.FindableText.language",
            "publication.FindableText.printed_heading", "publication.FindableText.printed",
            "publication.FindableText.heading", "publication.FindableText.body", "publication.FindableText.place",
        ],
        RECORD,
    ),
    **dict.fromkeys(
        [
            "amendments.Topic.slug", "amendments.Topic.names", "amendments.Topic.gist", "amendments.Standard.slug",
            "amendments.Standard.cite", "amendments.Standard.gist", "codes.Jurisdiction.slug",
            "codes.Jurisdiction.names", "codes.Jurisdiction.languages", "codes.Jurisdiction.drafting",
        ],
        CATALOGUE,
    ),
    **dict.fromkeys(
        [
            "amendments.Event.what", "amendments.Statement.slug", "amendments.Statement.kind",
            "amendments.Statement.title",
        ],
        LOADED,
    ),
    **dict.fromkeys(
        [
            "accounts.Announcement.role", "accounts.User.language", "codes.Version.language",
            "codes.VersionFile.language", "codes.ArticleText.language", "codes.SearchEntry.language",
            "amendments.Annotation.language", "amendments.Change.kind", "amendments.Change.outcome", "jobs.Job.kind",
            "follow.Subscription.language", "amendments.Provision.public_id", "publication.Report.language",
            "publication.ReportFile.format",
        ],
        CODED,
    ),
    "publication.Report.slug": ADDRESS,
}  # fmt: skip


def text_fields(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Fields that hold words, but for those that choose from a list in the code."""
    for field in model._meta.concrete_fields:
        if isinstance(field, TEXTS) and not field.choices and not field.generated:
            yield field


def words_of() -> Iterator[tuple[str, type[models.Model], models.Field[Any, Any]]]:
    """Every text field of every model that is no history (whose fields are those of its model)."""
    for model in project_models():
        if not is_history(model):
            for field in text_fields(model):
                yield f"{model._meta.label}.{field.name}", model, field


def canary(label: str, number: int = 0) -> str:
    """Twelve letters for a field; `number` tells several rows of one model apart."""
    digest = hashlib.sha256(f"{label} {number}".encode()).hexdigest()
    return MARK + "".join("abcdefghijklmnop"[int(digit, 16)] for digit in digest[:10])


class Canaries:
    """Canaries by their words, and how each looks inside base64, whose letters depend on what stands before."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self.encoded: dict[bytes, str] = {}
        self.clean: set[bytes] = set()

    def new(self, label: str, number: int = 0) -> str:
        word = canary(label, number)
        self.labels[word] = label
        self.add_bytes(word.encode(), label)
        self.add_bytes(word.upper().encode(), label)
        return word

    def add_bytes(self, plain: bytes, label: str) -> None:
        for shift in range(3):
            found = base64.b64encode(b"\0" * shift + plain)
            self.encoded[found[(0, 2, 3)[shift] : len(found) - 4]] = label

    def add_exact(self, value: str, label: str) -> None:
        """A value that cannot hold a word, such as a digest."""
        self.encoded[value.encode()] = label

    def found_in(self, data: bytes) -> set[str]:
        """Labels of the fields whose words stand in these bytes, whatever wraps them."""
        digest = hashlib.sha256(data).digest()
        if digest in self.clean:
            return set()
        labels = set()
        for part in opened(data):
            for word in WORD.findall(part.lower()):
                labels.add(next((label for known, label in self.labels.items() if known.startswith(word.decode())), ""))
            labels |= {label for form, label in self.encoded.items() if form in part}
        labels.discard("")
        if not labels:
            self.clean.add(digest)
        return labels


def opened(data: bytes) -> Iterator[bytes]:
    """The bytes, and what is packed inside them: members and names of archives, streams of PDFs, compressed bytes."""
    yield data
    if data[:2] == b"\x1f\x8b":
        yield from opened(gzip.decompress(data))
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for member in archive.infolist():
                yield member.filename.encode() + member.comment + member.extra
                yield from opened(archive.read(member))
    elif data[:5] == b"%PDF-":
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            yield zlib.decompressobj().decompress(stream)
