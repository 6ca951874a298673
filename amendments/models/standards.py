"""The catalogue: topics that concerns belong to, and the standards they cite."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from codes.models import Source
from tracker.common.history import Traced


class Topic(Traced):
    slug = models.SlugField(max_length=40, unique=True)
    names = models.JSONField()
    gist = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.slug


class Standard(Traced):
    """A rule of international or constitutional law. `verified` True: the instrument was read for this row."""

    slug = models.SlugField(max_length=40, unique=True)
    cite = models.CharField(max_length=200)
    gist = models.CharField(max_length=400)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="standards")
    verified = models.BooleanField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.slug


class StandardTopic(Traced):
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="topic_links")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="standard_links")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["standard", "topic"], name="standard_topic_once")]

    def __str__(self) -> str:
        return f"{self.standard_id}/{self.topic_id}"
