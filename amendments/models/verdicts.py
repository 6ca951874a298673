"""Our finding for one concern in one version against one base."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from amendments.models.concerns import Concern
from codes.models import Source, Version
from tracker.common.history import Traced


class Base(models.TextChoices):
    RECOMMENDATION = "recommendation"
    CURRENT_LAW = "current_law"
    PREVIOUS = "previous"


class VerdictValue(models.TextChoices):
    FIXED = "fixed"
    PARTLY_FIXED = "partly_fixed"
    UNCHANGED = "unchanged"
    STRICTER = "stricter"
    NEW_RESTRICTION = "new_restriction"
    NOT_ASSESSED = "not_assessed"


class VerdictStatus(models.TextChoices):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Lifecycle(models.TextChoices):
    """A fact about where the provision went; never a verdict."""

    NONE = ""
    WITHDRAWN = "withdrawn"
    MOVED_TO_ANOTHER_CODE = "moved_to_another_code"
    SPLIT = "split"
    MERGED = "merged"
    RETURNED = "returned"


class Verdict(Traced):
    """One finding. `contradicts` holds the codes of computed facts that speak against it; then a public reason is
    required.

    `text_held` False: rests on an article text that was read elsewhere and is not held here.
    """

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="verdicts")
    version = models.ForeignKey(Version, models.PROTECT, related_name="verdicts")
    base = models.CharField(max_length=14, choices=Base)
    value = models.CharField(max_length=15, choices=VerdictValue)
    reason = models.TextField(blank=True)
    basis = models.CharField(max_length=6, choices=[("text", "text"), ("source", "source")])
    source = models.ForeignKey(Source, models.PROTECT, related_name="verdicts")
    verified = models.BooleanField()
    sample = models.BooleanField(default=False)
    caution = models.TextField(blank=True)
    text_held = models.BooleanField(default=True)
    lifecycle = models.CharField(max_length=22, blank=True, default="", choices=Lifecycle)
    contradicts = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=VerdictStatus, default=VerdictStatus.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="verdicts_written")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="verdicts_published"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["concern", "version", "base"], name="one_verdict_per_cell"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="publisher_is_not_the_author",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_by__isnull=False), name="published_by_somebody"
            ),
            models.CheckConstraint(condition=Q(contradicts=[]) | ~Q(reason=""), name="contradiction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(value__in=[value.value for value in VerdictValue]), name="verdict_value_known"
            ),
            models.CheckConstraint(condition=Q(base__in=[base.value for base in Base]), name="verdict_base_known"),
        ]

    def __str__(self) -> str:
        return f"{self.concern_id}@{self.version_id} {self.base}: {self.value}"
