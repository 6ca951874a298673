"""Taking, fencing and ending jobs. All times are the database's, so that a wrong clock leases nothing twice."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, connections, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from tracker.accounts.models import User
from tracker.jobs.models import Job, State, WorkerBeat

LEASE = timedelta(seconds=60)
TELL_EVERY = 1.0  # seconds between two looks at whether there is news
PROLONG_EVERY = 15  # looks after which the lease is prolonged without news
MOST_ATTEMPTS = 5
HANDLERS: dict[str, Callable[[Lease], None]] = {}
log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has taken the job; nothing more may be written for this attempt."""


class JobFailed(Exception):
    """The work cannot be done; the message is the sentence that the person reads. It is not tried again."""


def handles(kind: str) -> Callable[[Callable[[Lease], None]], Callable[[Lease], None]]:
    """Register the function that does the work of one kind of job. It must be safe to run twice."""

    def register(function: Callable[[Lease], None]) -> Callable[[Lease], None]:
        HANDLERS[kind] = function
        return function

    return register


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a job, as long as nobody else has taken it."""

    job_id: int
    attempt: int
    target: int
    requested_by: User

    def hold(self) -> None:
        """Inside the transaction that writes: lock the job and make sure that it is still ours. Raises `LeaseLost`."""
        held = Job.objects.select_for_update().filter(pk=self.job_id, attempt=self.attempt, state=State.RUNNING)
        if not held.exists():
            raise LeaseLost(f"job {self.job_id} was taken by another worker")

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Tell how far the work is and prolong the lease, outside the transaction that does the work."""
        _progress(self, done, total, message)


Tell = Callable[[int, int, str], None]


@contextmanager
def telling(lease: Lease) -> Iterator[Tell]:
    """While the work is done in one transaction, another connection tells how far it is and prolongs the lease.

    What is given to the caller only notes the news; a thread writes them, at most once a second.
    """
    news: list[tuple[int, int, str]] = [(0, 0, "")]
    over = threading.Event()

    def write() -> None:
        told, looks = news[0], 0
        try:
            while not over.wait(TELL_EVERY):
                looks += 1
                if news[0] is not told or looks % PROLONG_EVERY == 0:
                    told = news[0]
                    _progress(lease, *told)
        except Exception as error:  # the lease may run out then; fencing keeps that harmless
            log.warning("progress of job %d is not told: %s", lease.job_id, type(error).__name__)
        finally:
            connection.close()

    teller = threading.Thread(target=write, daemon=True)
    teller.start()
    try:
        yield lambda done, total, message: news.__setitem__(0, (done, total, message))
    finally:
        over.set()
        teller.join()


def enqueue(*, kind: str, key: str, target: int, by: User) -> Job:
    """Write the job in the caller's transaction, then hint. A second request of the same key is the same job."""
    job, created = Job.objects.get_or_create(key=key, defaults={"kind": kind, "target": target, "requested_by": by})
    if created:
        hint(job.pk)
    return job


def hint(job_id: int) -> None:
    """Tell a worker after the commit. May fail without harm: the reconciler looks at the rows."""

    def send() -> None:
        from tracker.jobs.tasks import run  # noqa: PLC0415  # tasks import this module

        try:
            run.apply_async(args=(job_id,), retry=False)
        except Exception as error:  # whatever the broker's client raises, the row is what counts
            log.warning("a hint was lost: %s", type(error).__name__)

    transaction.on_commit(send, robust=True)


def take(job_id: int) -> Lease | None:
    """Take a job that is queued or whose lease is over; None when somebody else has it or it has ended."""
    with transaction.atomic():
        free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=Now())
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(free, pk=job_id)
            .select_related("requested_by")
            .first()
        )
        if job is None:
            return None
        if job.attempt >= MOST_ATTEMPTS:
            _end(
                job,
                State.FAILED,
                error=f"The work was given up after {MOST_ATTEMPTS} tries. Ask an administrator to look at it.",
            )
            return None
        Job.objects.filter(pk=job.pk).update(
            state=State.RUNNING, attempt=F("attempt") + 1, lease_until=Now() + LEASE, error=""
        )
        return Lease(job.pk, job.attempt + 1, job.target, job.requested_by)


def _progress(lease: Lease, done: int, total: int, message: str) -> None:
    Job.objects.filter(pk=lease.job_id, attempt=lease.attempt, state=State.RUNNING).update(
        done=done, total=total, message=message[:300], lease_until=Now() + LEASE
    )


def finish(lease: Lease) -> None:
    """Inside the transaction that did the work: mark the job done, if it is still ours."""
    lease.hold()
    _end(Job.objects.get(pk=lease.job_id), State.DONE)


def fail(lease: Lease, sentence: str) -> None:
    with transaction.atomic():
        lease.hold()
        _end(Job.objects.get(pk=lease.job_id), State.FAILED, error=sentence)


def cancel(job: Job) -> bool:
    """Inside the transaction that cancels the work: True when it had not ended. A worker on it writes nothing more."""
    fresh = Job.objects.select_for_update().get(pk=job.pk)
    if fresh.state not in {State.QUEUED, State.RUNNING}:
        return False
    _end(fresh, State.CANCELLED)
    return True


def _end(job: Job, state: State, error: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error, ended_at=Now(), lease_until=None)


def open_jobs() -> list[int]:
    """Jobs that want a worker: queued, or running with a lease that is over."""
    waiting = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=Now())
    return list(Job.objects.filter(waiting).order_by("id").values_list("pk", flat=True)[:200])


def beat() -> None:
    """Write the workers' sign of life."""
    WorkerBeat.objects.update_or_create(name="worker", defaults={"seen_at": Now()})


def worker_answers(within: timedelta = timedelta(seconds=75)) -> bool:
    return WorkerBeat.objects.filter(name="worker", seen_at__gt=Now() - within).exists()


def database_answers() -> bool:
    """Asked as whatever role this process has: the public one has no other."""
    alias = "public" if "dummy" in connections["default"].vendor + connections["default"].__module__ else "default"
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("select 1")
    except Exception:  # any failure means the same to who asks
        return False
    return True


def describe(job: Job) -> dict[str, Any]:
    """The job as pages show it."""
    return {"state": job.state, "done": job.done, "total": job.total, "message": job.message, "error": job.error}
