"""The public record: documents, entries, releases. Written once; see `tracker.publication.chain` for the hashes."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, When
from django.db.models.expressions import Combinable

from codes.text.queries import STEMMED
from tracker.common.history import CurrentTransactionId, TransactionId
from tracker.common.tables import Erasable, Intake, Operational, PublicDerived, Published
from tracker.publication.reports.models import Report, ReportFile, ReportNotice, WeeklyReader

__all__ = [
    "Document", "Entry", "FindableText", "KeyDocument", "LawRoot", "PublicRequest", "Release", "Report", "ReportFile",
    "ReportNotice", "Sealed", "Signature", "Tombstone", "Unreleased", "WeeklyReader",
]  # fmt: skip


class Document(Erasable):
    """One document under its hash. `text` is its canonical JSON; empty only after an erasure that a tombstone names."""

    hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField(null=True)

    def __str__(self) -> str:
        return self.hash[:12]


class Release(Published):
    """One state of the public record."""

    number = models.PositiveIntegerField(primary_key=True)
    time = models.DateTimeField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    key_document = models.CharField(max_length=64)
    tombstones = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    # Which transaction wrote the release, set by trigger: no other one may add roots or entries to it.
    txid = TransactionId(db_default=CurrentTransactionId(), editable=False)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"release {self.number}"


class LawRoot(Published):
    """The root of one law in the release that changed it; later releases carry it on until it changes again."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="roots")
    law = models.CharField(max_length=80)
    root = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["law", "release"], name="law_root_once")]

    def __str__(self) -> str:
        return f"{self.law}@{self.release_id}"


class Entry(Published):
    """From this release on, the path shows this document; no document: the path is gone.

    In force at release N is the newest entry of a path with a release up to N, so nothing is ever updated.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="entries")
    law = models.CharField(max_length=80)
    path = models.CharField(max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="entries")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["path", "release"], name="entry_once")]
        indexes: ClassVar = [models.Index(fields=["law", "release"])]

    def __str__(self) -> str:
        return f"{self.path}@{self.release_id}"


class KeyDocument(Published):
    """Which keys may sign which releases, from the next release on. The newest row is the one in force."""

    hash = models.CharField(max_length=64, unique=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.hash[:12]


class Signature(Published):
    """A signature over a release's header, as a row beside it: keys rotate and witnesses join."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="signatures")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in ("publisher", "recovery", "witness")])
    signature = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["release", "key", "kind"], name="signature_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.release_id}"


class Sealed(Erasable):
    """A part that names somebody who may ask for erasure. The document holds only its commitment."""

    commitment = models.CharField(max_length=64, primary_key=True)
    salt = models.CharField(max_length=64)
    part = models.TextField()

    def __str__(self) -> str:
        return self.commitment[:12]


class Tombstone(Published):
    """Says that a sealed part or a document's text was erased, why, and when.

    `after` is the newest release at that moment: every later header covers this row, by its hash.
    """

    target = models.CharField(max_length=64, unique=True)
    reason = models.CharField(
        max_length=20,
        choices=[(r, r) for r in ("consent withdrawn", "erasure asked", "court order", "risk to a person")],
    )
    time = models.DateTimeField()
    after = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.target[:12]


class PublicRequest(Intake):
    """What a public form sent. The public process may insert and not read; a task of the workspace empties the
    table.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    content = models.JSONField()
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


def _words(config: str) -> Combinable:
    return SearchVector("heading", weight="A", config=config) + SearchVector("body", config=config)


class FindableText(PublicDerived):
    """One article in one language as the public search sees it: of the newest release only.

    `heading` and `body` are folded, character for character as long as the printed ones. `place` holds what a result
    says besides the words (`tracker.publication.finding.Place`).
    """

    document = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=300)
    law = models.CharField(max_length=80)
    number = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    printed_heading = models.TextField(blank=True)
    printed = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    body = models.TextField(blank=True)
    place = models.JSONField()
    vector = models.GeneratedField(
        expression=Case(
            *(When(language=language, then=_words(config)) for language, config in STEMMED.items()),
            default=_words("simple"),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["path", "language"], name="findable_once")]
        indexes: ClassVar = [
            GinIndex(fields=["vector"], name="findable_words"),
            models.Index(fields=["number"], name="findable_number"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.path}/{self.language}"


class Unreleased(Operational):
    """A law that must be collected whole for its next release, since something that it is made of was written.

    The database adds the rows (`tracker.publication.watched`), one for each law and transaction; who collects the law
    whole deletes those that it sees.
    """

    law = models.CharField(max_length=80, db_index=True)
    txid = TransactionId(db_default=CurrentTransactionId(), editable=False)

    def __str__(self) -> str:
        return self.law
