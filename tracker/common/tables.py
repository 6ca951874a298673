"""What kind of table a model is. Every model is exactly one of these, and the database is guarded accordingly.

`Traced` (`tracker.common.history`): each change leaves a history row, compared at commit. The others stand here.
`tracker.guards` turns the kind into grants and triggers after every migration.
"""

from __future__ import annotations

from django.db import models


class AppendOnly(models.Model):
    """Rows are written once: UPDATE, DELETE and TRUNCATE are refused by trigger and by grant."""

    class Meta:
        abstract = True


class Derived(models.Model):
    """Computed from other rows; may be deleted and built again, needs no history."""

    class Meta:
        abstract = True


class Operational(models.Model):
    """Work in progress (jobs, heartbeats): changes all the time, holds no content."""

    class Meta:
        abstract = True


class Published(AppendOnly):
    """A table of the public record: append-only, and readable by the public role."""

    class Meta:
        abstract = True


class Erasable(models.Model):
    """A table of the public record whose content may go when a tombstone says so; its own trigger decides."""

    class Meta:
        abstract = True


class PublicDerived(Derived):
    """Computed from the public record alone, and readable by the public role; may be deleted and built again."""

    class Meta:
        abstract = True


class Intake(models.Model):
    """Requests from public forms: the intake role may only insert."""

    class Meta:
        abstract = True
