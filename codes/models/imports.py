"""A run that brings a text in. Its files, answers and problems stay with it, so that it can be taken up again."""

from __future__ import annotations

from django.db import models

from codes.models.texts import Version
from tracker.common.history import Traced


class Import(Traced):
    """One run of reading a text into a version. The long part of the work is a job row that names this row.

    `parameters` is what was asked for (law, slug, stage, date …, file hashes); `findings` what was found: counts,
    problems
    worst first and what needs a person.
    """

    parameters = models.JSONField()
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="imports")
    findings = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"import {self.pk}"
