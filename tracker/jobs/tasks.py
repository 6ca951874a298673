"""The two messages that travel: run this row, and look for rows that were forgotten."""

from __future__ import annotations

import logging

from celery import shared_task
from celery.signals import worker_ready

from tracker.jobs import services

log = logging.getLogger(__name__)


@shared_task
def run(job_id: int) -> None:
    """Do the work of one row. Safe to receive twice: only one attempt holds the lease."""
    lease = services.take(job_id)
    if lease is None:
        return
    from tracker.jobs.models import Job  # noqa: PLC0415  # models load after the task registry

    kind = Job.objects.values_list("kind", flat=True).get(pk=job_id)
    try:
        services.HANDLERS[kind](lease)
    except services.LeaseLost:
        log.warning("job %d went to another worker", job_id)
    except services.JobFailed as failure:
        services.fail(lease, str(failure))
    except Exception:
        # left running: the reconciler gives it out again when the lease is over, five times at most
        log.exception("job %d stopped", job_id)


@shared_task
def reconcile() -> None:
    """Do what was queued and lost, and say that a worker lives."""
    services.beat()
    for job_id in services.open_jobs():
        run(job_id)


@worker_ready.connect
def _look_around(**_signal: object) -> None:
    reconcile.apply_async(retry=False)
