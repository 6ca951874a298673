"""What is said of a concern, as two persons have seen it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from amendments.models.concerns import Ask, Concern
from amendments.models.review import OPEN, Reviewable


class ConcernEdition(Reviewable):
    """The words of a concern and of what is asked, under review or published.

    The concern's own rows hold the newest words, for members; the public reads the published edition. `topics` and
    `standards` are slugs, in order; `provision_names` what the provision is called.
    """

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="editions")
    provision_names = models.JSONField()
    names = models.JSONField()
    ask = models.CharField(max_length=10, choices=Ask)
    asked = models.JSONField()
    quoted = models.JSONField(default=list)
    note = models.TextField(blank=True)
    topics = models.JSONField(default=list)
    standards = models.JSONField(default=list)

    class Meta(Reviewable.Meta):
        constraints: ClassVar = [
            *Reviewable.Meta.constraints,
            models.UniqueConstraint(
                fields=["concern"],
                condition=Q(status__in=[status.value for status in OPEN]),
                name="one_open_edition_per_concern",
            ),
            models.UniqueConstraint(
                fields=["concern"], condition=Q(status="published"), name="one_published_edition_per_concern"
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.pk} of {self.concern_id}"
