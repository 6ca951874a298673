"""Building the copy as a job: asked for by an administrator, or by the scheduler after a release."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.db import connections, transaction

from tracker.accounts.models import User
from tracker.jobs import services as jobs
from tracker.jobs.models import Job, State
from tracker.jobs.services import JobFailed, Lease
from tracker.publication.mirror.build import Build, Busy, Nothing
from tracker.publication.mirror.standing import folder, standing
from tracker.publication.models import Release
from tracker.publication.record import ALIAS
from tracker.publication.services import signing

KIND = "mirror"
LEAST_FREE = 2 * 1024**3
PACKING = "packing"  # what the job says while no page is made any more


def last() -> Job | None:
    return Job.objects.filter(kind=KIND).order_by("-pk").first()


def is_open(job: Job | None) -> bool:
    return job is not None and job.state in {State.QUEUED, State.RUNNING}


@transaction.atomic
def ask(*, by: User) -> Job:
    """One build at a time: while one is open it is the answer. The key names the job before, so that two clicks that
    come together make one.
    """
    before = last()
    if before is not None and is_open(before):
        return before
    newest = Release.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return jobs.enqueue(kind=KIND, key=f"{KIND}:after:{before.pk if before else 0}", target=newest, by=by)


def keep_up() -> Job | None:
    """Ask for a build when a copy stands there and the record went on; on behalf of who published last.

    A build that failed at this release is not tried again by itself, and a release that waits for its signature is
    copied when it has it.
    """
    there, newest = standing(), Release.objects.order_by("-number").first()
    if there is None or newest is None or there.release >= newest.number or newest.number in signing.waiting():
        return None
    before = last()
    if before is not None and before.state == State.FAILED and before.target >= newest.number:
        return None
    asked = Job.objects.filter(kind__in=["release", KIND]).select_related("requested_by").order_by("-pk").first()
    return ask(by=asked.requested_by) if asked is not None else None


def carry_out(lease: Lease) -> None:
    """The work behind a job. Done twice it is done once more; two at a time are refused by the folder's lock."""
    place = _place()
    try:
        with jobs.telling(lease) as tell:

            def told(made: int, known: int, _address: str) -> None:
                tell(made, known, PACKING if made == known else "")

            Build(place, told).run()
    except (Nothing, Busy) as refused:
        raise JobFailed(str(refused)) from None
    except OSError as error:
        raise JobFailed(f"The copy could not be written: {error.strerror or type(error).__name__}.") from error
    with transaction.atomic():
        jobs.finish(lease)


def _place() -> Path:
    place = folder()
    if place is None:
        raise JobFailed("MIRROR_FOLDER is not set for the worker. Set it to the folder of the copy.")
    if ALIAS not in connections.settings:
        raise JobFailed("PUBLIC_DATABASE_URL is not set for the worker. A copy is read as the public reads.")
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JobFailed(f"The copy could not be written: {error.strerror or type(error).__name__}.") from error
    if shutil.disk_usage(place).free < LEAST_FREE:
        raise JobFailed("Less than 2 GB are free on the disk of the copy. Make room, then build it again.")
    return place
