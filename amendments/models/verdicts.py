"""Our finding for one concern in one version against one base."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from amendments.models.concerns import Concern
from amendments.models.review import OPEN, Reviewable
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


class Lifecycle(models.TextChoices):
    """A fact about where the provision went; never a verdict."""

    NONE = ""
    WITHDRAWN = "withdrawn"
    MOVED_TO_ANOTHER_CODE = "moved_to_another_code"
    SPLIT = "split"
    MERGED = "merged"
    RETURNED = "returned"


class Verdict(Reviewable):
    """One finding; a cell holds at most one that is published and one that is on its way.

    `contradicts` holds the codes of computed facts that speak against it; then a public reason is required.
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

    class Meta(Reviewable.Meta):
        constraints: ClassVar = [
            *Reviewable.Meta.constraints,
            models.UniqueConstraint(
                fields=["concern", "version", "base"], condition=Q(status="published"), name="one_verdict_per_cell"
            ),
            models.UniqueConstraint(
                fields=["concern", "version", "base"],
                condition=Q(status__in=[status.value for status in OPEN]),
                name="one_open_verdict_per_cell",
            ),
            models.CheckConstraint(condition=Q(contradicts=[]) | ~Q(reason=""), name="contradiction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(value__in=[value.value for value in VerdictValue]), name="verdict_value_known"
            ),
            models.CheckConstraint(condition=Q(base__in=[base.value for base in Base]), name="verdict_base_known"),
        ]

    def __str__(self) -> str:
        return f"{self.concern_id}@{self.version_id} {self.base}: {self.value}"


class Cause(models.TextChoices):
    """Why a cell of the matrix must be read again."""

    NEW_VERSION = "new_version"
    CORRESPONDENCE = "correspondence"
    SANCTION = "sanction"
    TEXT_OBTAINED = "text_obtained"
    RETURNED_PROVISION = "returned_provision"


class ReviewNeed(Traced):
    """A cell that needs review: a verdict is never copied to a new version, and facts below a verdict may change.

    `verdict` is the finding that gave rise to it: of the version before, or the one whose facts changed. `identical`:
    the words are the same, so that the old value may be confirmed in bulk.
    """

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="needs")
    version = models.ForeignKey(Version, models.PROTECT, related_name="needs")
    base = models.CharField(max_length=14, choices=Base)
    cause = models.CharField(max_length=20, choices=Cause)
    verdict = models.ForeignKey(Verdict, models.PROTECT, null=True, related_name="needs")
    identical = models.BooleanField(default=False)
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["concern", "version", "base"], condition=Q(done=False), name="one_open_need_per_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern_id}@{self.version_id} {self.base}: {self.cause}"
