"""The long work of this app, by kind of job, and its housekeeping."""

from __future__ import annotations

from celery import shared_task

from amendments.services import staging
from tracker.jobs.services import Lease, handles


@handles(staging.READ)
def read_import(lease: Lease) -> None:
    staging.read(lease)


@handles(staging.MATCH)
def match_import(lease: Lease) -> None:
    staging.match(lease)


@handles(staging.ADD)
def add_import(lease: Lease) -> None:
    staging.add(lease)


@shared_task
def clear_staged() -> int:
    """Remove what is staged of imports that have ended without being added; how many."""
    return staging.clear()
