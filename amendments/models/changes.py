"""Which article became which (a person's or a certain match) and what is computed from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from codes.models import Article, Version
from tracker.common.history import Traced
from tracker.common.tables import Derived


class LinkKind(models.TextChoices):
    SAME = "same"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    DROPPED = "dropped"


class LinkStatus(models.TextChoices):
    """`suggested`: the program is not certain and a person is asked. Only confirmed links count in public."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Correspondence(Traced):
    """One link between an article of one version and an article of another; several rows make a split or a merge.

    `score` is the likeness in thousandths; `reason` is what a person reads: "title equal, 82 % of words equal,
    number +10".
    """

    old_version = models.ForeignKey(Version, models.PROTECT, related_name="correspondences_onward")
    new_version = models.ForeignKey(Version, models.PROTECT, related_name="correspondences_back")
    old_article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="links_onward")
    new_article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="links_back")
    kind = models.CharField(max_length=12, choices=LinkKind)
    score = models.PositiveSmallIntegerField()
    certain = models.BooleanField()
    reason = models.CharField(max_length=300)
    status = models.CharField(max_length=10, choices=LinkStatus, default=LinkStatus.SUGGESTED)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["old_version", "new_version", "old_article", "new_article"],
                name="correspondence_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(old_article__isnull=False) | Q(new_article__isnull=False), name="correspondence_has_a_side"
            ),
            models.CheckConstraint(condition=~Q(old_version=F("new_version")), name="correspondence_of_two_texts"),
        ]
        indexes: ClassVar = [models.Index(fields=["old_version", "new_version", "status"])]

    def __str__(self) -> str:
        return f"{self.old_article_id} → {self.new_article_id}"


class Comparison(Derived):
    """Two texts that are compared. `counts` holds the facts line (documents.ComparisonCounts)."""

    old = models.ForeignKey(Version, models.PROTECT, related_name="comparisons_onward")
    new = models.ForeignKey(Version, models.PROTECT, related_name="comparisons_back")
    common = models.BooleanField(help_text="False: the two texts hold different parts of the law")
    counts = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="comparison_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="comparison_of_two_texts"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id}...{self.new_id}"


class Change(Derived):
    """The computed facts for one pair: article(s) of the old text beside article(s) of the new. Rebuilt, never edited.

    `rows`, `heading` and `penalties` have the shapes of `documents.PairDocument`.
    """

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="changes")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    confirmed = models.BooleanField()
    old_articles = models.JSONField()
    new_articles = models.JSONField()
    old_heading = models.TextField(blank=True)
    new_heading = models.TextField(blank=True)
    changed = models.BooleanField()
    identical = models.BooleanField()
    changes = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, blank=True)
    rises = models.PositiveSmallIntegerField()
    falls = models.PositiveSmallIntegerField()
    heading = models.JSONField()
    rows = models.JSONField()
    penalties = models.JSONField()
    outcomes = models.JSONField()

    class Meta:
        ordering = ("comparison", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comparison", "order"], name="change_order_once"),
            models.UniqueConstraint(fields=["comparison", "key"], name="change_key_once"),
        ]

    def __str__(self) -> str:
        return self.key
