"""Who said what to whom, what came back, and what happened when. Bare rows: a later issue adds the work on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amendments.models.concerns import Concern
from codes.models import Code, Source
from codes.models.laws import DatePrecision
from tracker.common.history import Traced


class Organisation(Traced):
    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField()
    kind = models.CharField(max_length=20)
    source = models.ForeignKey(Source, models.PROTECT, related_name="organisations")
    verified = models.BooleanField()

    def __str__(self) -> str:
        return self.slug


class Statement(Traced):
    """A dated text by one or more signatories to addressees, raising concerns."""

    slug = models.SlugField(max_length=60, unique=True)
    law = models.ForeignKey(Code, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    date = models.DateField(null=True)
    date_precision = models.CharField(max_length=6, choices=DatePrecision, default=DatePrecision.DAY)
    notes = models.JSONField(default=dict)
    source = models.ForeignKey(Source, models.PROTECT, related_name="statements")
    verified = models.BooleanField()

    def __str__(self) -> str:
        return self.slug


class Signatory(Traced):
    """An organisation that signed. Nothing is public without consent given or a name already published by the
    source.
    """

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="signatories")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="signed")
    consent = models.CharField(
        max_length=10, choices=[(c, c) for c in ("asked", "given", "declined", "withdrawn", "published")]
    )
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["statement", "organisation"], name="signatory_once")]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.organisation_id}"


class Addressee(Traced):
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="addressees")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="addressed")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["statement", "organisation"], name="addressee_once")]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.organisation_id}"


class StatementConcern(Traced):
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="raised")
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="raised_in")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "concern"], name="statement_concern_once")
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.concern_id}"


class Engagement(Traced):
    """A request to an addressee and what came back. `outcome` is what happened without being a reply."""

    slug = models.SlugField(max_length=60, unique=True)
    law = models.ForeignKey(Code, models.PROTECT, related_name="engagements")
    addressee = models.ForeignKey(Organisation, models.PROTECT, related_name="asked")
    asked_by = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="asks")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="engagements")
    asked_on = models.DateField(null=True)
    via = models.CharField(max_length=60)
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    public_note = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="engagements")
    verified = models.BooleanField()

    def __str__(self) -> str:
        return self.slug


class Event(Traced):
    """What happened when in the life of a law."""

    law = models.ForeignKey(Code, models.PROTECT, related_name="events")
    date = models.DateField()
    date_precision = models.CharField(max_length=6, choices=DatePrecision, default=DatePrecision.DAY)
    end = models.DateField(null=True)
    order = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    source = models.ForeignKey(Source, models.PROTECT, related_name="events")
    verified = models.BooleanField()

    class Meta:
        ordering = ("date", "order")

    def __str__(self) -> str:
        return f"{self.date} {self.what}"
