"""The long work of this app, by kind of job."""

from __future__ import annotations

import logging

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from tracker.jobs import services as jobs
from tracker.jobs.services import JobFailed, Lease, handles
from tracker.publication.mirror import jobs as copies
from tracker.publication.reports.services import files, saving, weekly
from tracker.publication.services import publishing, signing
from tracker.publication.services.releases import RecordBroken

log = logging.getLogger(__name__)


@handles("release")
def run_release(lease: Lease) -> None:
    publishing.carry_out(lease)


@handles(saving.KIND)
def make_report(lease: Lease) -> None:
    files.make(lease)


@handles("sign")
def run_sign(lease: Lease) -> None:
    """Sign what waits. Without the key the releases wait on: `sign_waiting` takes them up when it is there."""
    try:
        signing.sign_waiting()
    except signing.KeyAway as away:
        log.warning("a release waits for its signature: %s", away)
    except RecordBroken as broken:
        raise JobFailed(f"Nothing was signed: the record does not recompute. {broken}") from None
    with transaction.atomic():
        jobs.finish(lease)


@shared_task
def sign_waiting() -> None:
    """Every few minutes: releases that were published while the key was away."""
    if signing.waiting():
        try:
            signing.sign_waiting()
        except signing.KeyAway as away:
            log.warning("releases wait for their signature: %s", away)


@handles(copies.KIND)
def run_mirror(lease: Lease) -> None:
    copies.carry_out(lease)


@shared_task
def keep_copy() -> None:
    """Every few minutes: a copy that is older than the record is built again."""
    copies.keep_up()


@shared_task
def weekly_reports() -> int:
    """On Mondays: what was published last week, to those who asked to be told. How many were told."""
    return weekly.send(now().date())
