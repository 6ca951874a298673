"""Provisions we follow through every renumbering, what is wrong with them, and what we ask."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amendments.models.standards import Standard, Topic
from codes.models import Code, Source, Version
from tracker.common.history import Traced


class Provision(Traced):
    """What we follow through every renumbering. `public_id` never changes; the slug is for people.

    Its life is a walk over confirmed correspondences from its anchor: the article `anchor_number` of `anchor_version`.
    """

    law = models.ForeignKey(Code, models.PROTECT, related_name="provisions")
    public_id = models.CharField(max_length=8, unique=True)
    slug = models.SlugField(max_length=60)
    names = models.JSONField()
    anchor_version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="anchored_provisions")
    anchor_number = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("law", "order", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["law", "slug"], name="provision_slug_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The id and slug that stand in addresses: `k7f2-inciting-discord`."""
        return f"{self.public_id}-{self.slug}"


class StatedPlace(Traced):
    """The printed number of a provision in a text, as a source or a reader states it. Empty number: not in that
    text.
    """

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="stated_places")
    version = models.ForeignKey(Version, models.PROTECT, related_name="stated_places")
    number = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["provision", "version"], name="stated_place_once")]

    def __str__(self) -> str:
        return f"{self.provision_id}@{self.version_id}: {self.number or 'absent'}"


class Counterpart(Traced):
    """Where the conduct of a provision stands in another tracked law."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="counterparts")
    version = models.ForeignKey(Version, models.PROTECT, related_name="counterparts")
    number = models.CharField(max_length=60)
    parts = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["provision", "version"], name="counterpart_once")]

    def __str__(self) -> str:
        return f"{self.provision_id} → {self.version_id}/{self.number}"


class Concern(Traced):
    """What is wrong with a provision. `quoted` lists the words we object to, as printed."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="concerns")
    slug = models.SlugField(max_length=60)
    names = models.JSONField()
    quoted = models.JSONField(default=list)
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="concerns")
    verified = models.BooleanField()
    sample = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["slug"], name="concern_slug_once")]

    def __str__(self) -> str:
        return self.slug


class ConcernTopic(Traced):
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="topic_links")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="concern_links")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["concern", "topic"], name="concern_topic_once")]

    def __str__(self) -> str:
        return f"{self.concern_id}/{self.topic_id}"


class ConcernStandard(Traced):
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="standard_links")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="concern_links")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["concern", "standard"], name="concern_standard_once")]

    def __str__(self) -> str:
        return f"{self.concern_id}/{self.standard_id}"


class Ask(models.TextChoices):
    REPEAL = "repeal"
    NARROW = "narrow"
    REDUCE = "reduce"
    DO_NOT_ADD = "do_not_add"


class Recommendation(Traced):
    """What we ask to be done about a concern."""

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="recommendation")
    ask = models.CharField(max_length=10, choices=Ask)
    asked = models.JSONField()

    def __str__(self) -> str:
        return f"{self.ask}: {self.concern_id}"
