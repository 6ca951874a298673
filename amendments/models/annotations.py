"""Notes on words of an article: what the public reads, and the team's thread beside it."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q

from amendments.models.concerns import Concern, Provision
from amendments.models.review import OPEN, Reviewable
from amendments.models.standards import Standard, Topic
from amendments.models.verdicts import Verdict
from codes.models import Article, Code
from tracker.common.history import Traced


class Placing(models.TextChoices):
    """Whether the note stands on its words: `reconfirm`: they changed, `lost`: they are gone or not unique."""

    PLACED = "placed"
    RECONFIRM = "reconfirm"
    LOST = "lost"


def new_public_id() -> str:
    """Ten letters and digits for a note's address. Random: they tell neither when nor how many notes were written."""
    return "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(10))


class Annotation(Reviewable):
    """A note on a quoted passage of an article in one version, as a text quote and a text position (W3C selectors).

    The passage runs from character `start` of the paragraph `first_eid` to character `end` of `last_eid`, in the
    article's text in `language`; `quote` is exactly what stands there when `placing` is "placed". `carried_from` is the
    note of the version before that this one continues. `public_text` is plain paragraphs. An edit of a published note
    keeps its `public_id`.
    """

    public_id = models.CharField(max_length=12, default=new_public_id, editable=False)

    law = models.ForeignKey(Code, models.PROTECT, related_name="annotations")
    article = models.ForeignKey(Article, models.PROTECT, related_name="annotations")
    language = models.CharField(max_length=5)
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, related_name="annotations")
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="annotations")
    quote = models.TextField()
    prefix = models.CharField(max_length=40, blank=True)
    suffix = models.CharField(max_length=40, blank=True)
    first_eid = models.CharField(max_length=200)
    last_eid = models.CharField(max_length=200)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    public_text = models.TextField(blank=True)
    placing = models.CharField(max_length=9, choices=Placing, default=Placing.PLACED)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="annotations_assigned"
    )
    resolved = models.BooleanField(default=False, help_text="the team's thread has nothing open")
    sample = models.BooleanField(default=False)

    class Meta(Reviewable.Meta):
        ordering = ("article", "start", "id")
        indexes: ClassVar = [GinIndex(SearchVector("public_text", "quote", config="russian"), name="note_words")]
        constraints: ClassVar = [
            *Reviewable.Meta.constraints,
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(status__in=[status.value for status in OPEN]),
                name="one_open_edit_per_annotation",
            ),
            models.UniqueConstraint(
                fields=["public_id"], condition=Q(status="published"), name="one_published_note_at_an_address"
            ),
            models.CheckConstraint(condition=~Q(quote=""), name="annotation_quotes_something"),
            models.CheckConstraint(
                condition=~Q(first_eid=F("last_eid")) | Q(start__lt=F("end")), name="annotation_passage_has_words"
            ),
            models.CheckConstraint(
                condition=Q(placing__in=[placing.value for placing in Placing]), name="annotation_placing_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | ~Q(public_text=""), name="published_annotation_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class AnnotationTopic(Traced):
    annotation = models.ForeignKey(Annotation, models.PROTECT, related_name="topic_links")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="annotation_links")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["annotation", "topic"], name="annotation_topic_once")]

    def __str__(self) -> str:
        return f"{self.annotation_id}/{self.topic_id}"


class AnnotationStandard(Traced):
    annotation = models.ForeignKey(Annotation, models.PROTECT, related_name="standard_links")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="annotation_links")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["annotation", "standard"], name="annotation_standard_once")
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id}/{self.standard_id}"


class Comment(Traced):
    """One entry of the team's thread beside a note or a verdict. Internal, never published."""

    annotation = models.ForeignKey(Annotation, models.PROTECT, null=True, related_name="comments")
    verdict = models.ForeignKey(Verdict, models.PROTECT, null=True, related_name="comments")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments_written")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(annotation__isnull=False, verdict__isnull=True)
                | Q(annotation__isnull=True, verdict__isnull=False),
                name="comment_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Mention(Traced):
    """A member whom a comment calls by handle, and whether they have seen it."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="mentions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentions")
    seen = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "member"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.comment_id} → {self.member_id}"
