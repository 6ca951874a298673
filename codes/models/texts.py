"""Versions of a law and their words. Words are written once: a correction is a new import that supersedes the
version.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from codes.models.laws import Code, DatePrecision, Source, Stage
from tracker.common.history import Traced
from tracker.common.tables import AppendOnly


class VersionQuerySet(models.QuerySet["Version"]):
    def with_text(self) -> VersionQuerySet:
        """Versions whose words are held, whole or in part."""
        return self.filter(obtained=True)

    def in_order(self) -> VersionQuerySet:
        return self.order_by("date", "sequence", "id")


class VersionManager(models.Manager["Version"]):
    """Leaves out what was withdrawn: rows of words cannot be deleted, but nothing shows or compares them again."""

    def get_queryset(self) -> VersionQuerySet:
        return VersionQuerySet(self.model, using=self._db).filter(withdrawn=False)


class Version(Traced):
    """The text of a law at a stage on a date. `current law` is a version too.

    `coverage` is None for a whole text, else {"whole_chapters": [...], "excerpts": [...]}: absence from what is not
    held
    says nothing. `sequence` orders several texts of one day.
    """

    code = models.ForeignKey(Code, models.PROTECT, related_name="versions")
    slug = models.SlugField(max_length=60)
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="versions")
    label = models.JSONField()
    date = models.DateField()
    date_precision = models.CharField(max_length=6, choices=DatePrecision, default=DatePrecision.DAY)
    date_note = models.TextField(blank=True)
    not_before = models.DateField(null=True)  # for an edition dated by its last day in force: it is no older than this
    sequence = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=5)
    obtained = models.BooleanField(default=False)
    coverage = models.JSONField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="versions")
    verified = models.BooleanField(default=True)
    public = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False, help_text="added by mistake and taken back while nothing used it")

    objects = VersionManager.from_queryset(VersionQuerySet)()

    class Meta:
        ordering = ("date", "sequence", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "slug"], condition=Q(withdrawn=False), name="version_slug_once"),
            models.UniqueConstraint(
                fields=["code", "date", "sequence"], condition=Q(withdrawn=False), name="version_order_once"
            ),
            models.CheckConstraint(condition=~Q(withdrawn=True, public=True), name="withdrawn_version_is_not_public"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def partial(self) -> bool:
        return self.coverage is not None


class SourceDocument(AppendOnly):
    """The bytes of a text as obtained, kept under their hash in the media folder."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    original_name = models.CharField(max_length=255)
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class VersionFile(AppendOnly):
    """Which files hold a version, in which language. Several files of one language are one text, in the order of
    their chapters.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="files")
    document = models.ForeignKey(SourceDocument, models.PROTECT, related_name="versions")
    language = models.CharField(max_length=5)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "language", "order"], name="version_file_order_once"),
            models.UniqueConstraint(fields=["version", "document"], name="version_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.language}/{self.order}"


class Division(AppendOnly):
    """A part, section or chapter of a version. `path` is the chain of element ids from the top, ending in its own."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="divisions")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=40, blank=True)
    heading = models.TextField(blank=True)
    path = models.TextField()

    class Meta:
        ordering = ("version", "order")
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "order"], name="division_order_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class ArticleStatus(models.TextChoices):
    LIVE = ""
    REPEALED = "repealed"
    SUPPRESSED = "suppressed"
    UNCHANGED = "unchanged"


class Article(AppendOnly):
    """An article of a version. A number printed twice gets `~2` for its second appearance."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="articles")
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="articles")
    number = models.CharField(max_length=60)
    order = models.PositiveIntegerField()
    status = models.CharField(max_length=12, blank=True, default="", choices=ArticleStatus)

    class Meta:
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="article_number_once"),
            models.UniqueConstraint(fields=["version", "order"], name="article_order_once"),
        ]

    def __str__(self) -> str:
        return self.number


class ArticleText(AppendOnly):
    """An article's words in one language.

    `paragraphs` is a list of {marker, eid, text, level, part, role} (codes.text.nodes.Paragraph); `words` counts
    the law's
    words without the publisher's footnotes; `sha256` is over the folded words, so that texts equal but for
    typography match.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="texts")
    language = models.CharField(max_length=5)
    heading = models.TextField(blank=True)
    paragraphs = models.JSONField()
    words = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "language"], name="article_text_language_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="article_text_hash_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.language}"
