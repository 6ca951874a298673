"""Reports that members made. The only tables of this app that hold what is not public (docs/adr/0013)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from codes.models import Code
from tracker.common.history import Traced
from tracker.common.tables import Derived, Operational
from tracker.jobs.models import Job, State
from tracker.publication.reports.content import PRESETS


class Report(Traced):
    """A saved report: what was asked for, and of which state of the record. It never changes: a newer one is another.

    `release` 0: an internal report over the workspace, with its export number. `options` as
    `reports.options.as_json`; `formats` are those asked for, whose files are `ReportFile`. `content_hash`, `headline`,
    `findings` (concern → verdict, as counted) and `failures` ({sentence, path}) are written when it is made.
    `slug`: its address on the public site, once it is published.
    """

    law = models.ForeignKey(Code, models.PROTECT, related_name="reports")
    preset = models.CharField(max_length=10, choices=[(preset, preset) for preset in PRESETS])
    options = models.JSONField()
    language = models.CharField(max_length=5)
    formats = models.JSONField()
    release = models.PositiveIntegerField(default=0)
    export = models.CharField(max_length=20, blank=True)
    day = models.DateField(help_text="of the state that it reports")
    content_hash = models.CharField(max_length=64, blank=True)
    headline = models.JSONField(default=list)
    findings = models.JSONField(default=dict)
    failures = models.JSONField(default=list)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="reports", help_text="the last one")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports")
    created_at = models.DateTimeField(auto_now_add=True)
    slug = models.SlugField(max_length=120, null=True, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(release=0, slug__isnull=True) & ~Q(export="") | Q(release__gt=0, export=""),
                name="report_public_or_numbered",
            ),
            models.UniqueConstraint(fields=["export"], condition=~Q(export=""), name="report_export_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["law", "-created_at"], name="reports_of_law")]

    def __str__(self) -> str:
        return f"report {self.pk}: {self.preset}"

    @property
    def internal(self) -> bool:
        return self.release == 0

    @property
    def state(self) -> str:
        """That of its last job: queued, running, done, failed or cancelled."""
        return self.job.state if self.job is not None else State.QUEUED.value


class ReportFile(Derived):
    """One format of a report. `name` is random, in the storage; what a person downloads is called otherwise."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    format = models.CharField(max_length=8)
    name = models.CharField(max_length=100, unique=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("report", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "format"], name="report_file_once")]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.format}"


class WeeklyReader(Traced):
    """A member who is told every week what was published about a law."""

    law = models.ForeignKey(Code, models.PROTECT, related_name="weekly_readers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="weekly_reports")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["law", "member"], name="weekly_reader_once")]

    def __str__(self) -> str:
        return f"{self.member_id} reads {self.law_id} weekly"


class ReportNotice(Operational):
    """A line in a member's inbox about a report, until it is marked as read."""

    class Kind(models.TextChoices):
        READY = "ready"  # it took long
        WEEKLY = "weekly"

    report = models.ForeignKey(Report, models.CASCADE, related_name="notices")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_notices")
    kind = models.CharField(max_length=6, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    seen = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "member", "kind"], name="report_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.report_id}"
