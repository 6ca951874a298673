"""Laws that are followed, the stages they pass, who works on them, and the sources that facts are taken from."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.accounts.models import User
from tracker.accounts.roles import ROLES
from tracker.common.history import Traced


class DatePrecision(models.TextChoices):
    """How exact a date is. A date of precision `month` is written as the first day of that month."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class Source(Traced):
    """A publication that a fact is taken from."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    date = models.DateField(null=True)
    date_precision = models.CharField(max_length=6, choices=DatePrecision, default=DatePrecision.DAY)
    url = models.URLField(max_length=600, blank=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"


class Jurisdiction(Traced):
    """A country or union whose laws are followed: its languages and drafting tradition (a grammar of `codes.text`)."""

    slug = models.SlugField(max_length=20, unique=True)
    names = models.JSONField()
    languages = models.JSONField()
    drafting = models.CharField(max_length=20)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug


class Stage(Traced):
    """A step a draft passes. Data, not code: each jurisdiction has its own, in order."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="stages")
    slug = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    names = models.JSONField()

    class Meta:
        ordering = ("jurisdiction", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "slug"], name="stage_slug_once"),
            models.UniqueConstraint(fields=["jurisdiction", "order"], name="stage_order_once"),
        ]

    def __str__(self) -> str:
        return self.slug


class CodeQuerySet(models.QuerySet["Code"]):
    def visible_to(self, user: User) -> CodeQuerySet:
        """Laws of which the member knows: those in which they hold a role."""
        return self.filter(members__user=user)


class Code(Traced):
    """A law or a draft law followed as one work. A draft knows which law in force it would replace."""

    slug = models.SlugField(max_length=80, unique=True)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="codes")
    names = models.JSONField()
    number = models.CharField(max_length=40, blank=True)
    date = models.DateField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    order = models.PositiveSmallIntegerField(default=100)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ("order", "slug")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(replaces=models.F("id")), name="code_does_not_replace_itself")
        ]

    def __str__(self) -> str:
        return self.slug


class Membership(Traced):
    """A person's role in one law. Without it the law does not exist for that person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    law = models.ForeignKey(Code, models.PROTECT, related_name="members")
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "law"], name="one_role_per_law"),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} in {self.law_id}"
