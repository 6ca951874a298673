"""What every judged or written thing has in common: one way from draft to published, and who wrote its words."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.common.history import Traced


class ReviewStatus(models.TextChoices):
    """Where a thing stands on its way to the public. `asked`: a reviewer edited it and its author must agree."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ASKED = "asked"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


OPEN = (ReviewStatus.DRAFT, ReviewStatus.IN_REVIEW, ReviewStatus.ASKED, ReviewStatus.RETURNED)


class Reviewable(Traced):
    """A thing that two persons must have seen before the public does.

    `last_edited_by` set the words of this revision; `replaces` is the published row that this one edits. `revision`
    counts accepted writes: a form carries it, and a write of another one is a conflict.
    """

    status = models.CharField(max_length=10, choices=ReviewStatus, default=ReviewStatus.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss_written")
    last_edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss_edited")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="%(class)ss_published"
    )
    returned_reason = models.TextField(blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="%(class)s_publisher_is_not_author",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("last_edited_by")),
                name="%(class)s_publisher_is_not_editor",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "superseded"]) | Q(published_by__isnull=False),
                name="%(class)s_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(returned_reason=""), name="%(class)s_returned_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in ReviewStatus]), name="%(class)s_status_known"
            ),
        ]
