"""Long work is a row. The message that goes through the broker only says which row wants work."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.common.tables import Operational


class State(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Operational):
    """One piece of long work. `attempt` fences: a worker whose attempt is no longer the row's may not write."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, help_text="two jobs of one key are one job")
    target = models.BigIntegerField(help_text="id of the row that the work is about")
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key"], name="job_key_once")]
        indexes: ClassVar = [
            models.Index(fields=["lease_until"], condition=Q(state__in=["queued", "running"]), name="jobs_open")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}: {self.state}"


class WorkerBeat(Operational):
    """The last sign of life of the workers: one row, written by the scheduler's task every few seconds."""

    name = models.CharField(max_length=20, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.seen_at}"
