"""Kill the worker at random moments of imports, and look: nothing half, and every import comes to its end.

`python -m scripts.kill_imports --times 50`. It has servers and a database of its own (var/kills), emptied each time.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from codes.models import Import
    from tests.workspace.imports_law import Followed
    from tracker.accounts.models import User

ROOT = Path(__file__).resolve().parent.parent
LONGEST_WAIT = 120.0  # seconds in which a worker that is left alone must have done its job
MOST_KILLS = 3  # of one job: after five attempts it is given up, which is another promise
LATEST_KILL = 1.2  # seconds after the worker began to look for work
# The body of a worker without its broker: the messages are only hints, the rows are what counts.
_WORKER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
from django.conf import settings
[database.update(NAME=sys.argv[1]) for database in settings.DATABASES.values()]
settings.MEDIA_ROOT = sys.argv[2]
import django; django.setup()
from tracker.jobs import services, tasks
from amendments import tasks as _
print("ready", flush=True)
while True:
    for job in services.open_jobs():
        tasks.run(job)
    time.sleep(0.05)
"""


class Broken(Exception):
    """A promise that did not hold, in one sentence."""


@dataclass
class Count:
    imports: int = 0
    kills: int = 0
    during: dict[str, int] = field(default_factory=dict)  # state of the job when its worker was killed


def worker(database: str, media: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", _WORKER, database, media], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env=dict(os.environ),
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.readline()
    return child


def kill_imports(case: Followed, times: int, *, database: str, media: str, seed: int) -> Count:
    """Import as many texts as told, each under a worker that is killed again and again. Raises `Broken`."""
    from amendments.services import wizard  # noqa: PLC0415  # needs settings

    chance, count = random.Random(seed), Count()
    for number in range(times):
        run = _start(case, number)
        _until_done(run, chance, count, database, media)
        _no_half(run)
        if number % 2:
            _until_done(_corrected(run, by=case.analyst), chance, count, database, media)
            _no_half(run)
        _until_done(wizard.add(run=run, by=case.analyst), chance, count, database, media)
        _whole(run)
        count.imports += 1
    return count


def _start(case: Followed, number: int) -> Import:
    """Each text is another file of another day."""
    from amendments.services import wizard  # noqa: PLC0415
    from tests.workspace.imports_law import NEW, wanted  # noqa: PLC0415

    data = NEW.read_bytes() + b"\n" * (number + 1)
    day = date(2014, 5, 21) + timedelta(days=number)
    said = wanted(case, slug=f"text-{number}", day=day, label="")
    return wizard.start(law=case.law, data=data, name="law.txt", wanted=said, by=case.analyst, request_id=uuid4())


def _corrected(run: Import, *, by: User) -> Import:
    """Every second text has its last article called by another number, and is matched again."""
    from amendments.services import fixes, staging  # noqa: PLC0415
    from codes.models import Import  # noqa: PLC0415
    from codes.text.fixing import Fix, FixKind  # noqa: PLC0415

    read = Import.objects.get(pk=run.pk)
    last = staging.staged_tree(read).articles[-1]
    fix = Fix(FixKind.RENAME, last.number, last.line, number=f"{last.number}9", heading=last.heading)
    fixes.say(run=read, fix=fix, by=by, seen=fixes.mark(read))
    return fixes.match_again(run=Import.objects.get(pk=run.pk), by=by)


def _until_done(run: Import, chance: random.Random, count: Count, database: str, media: str) -> None:
    from tracker.jobs.models import Job, State  # noqa: PLC0415

    job_id = run.job_id or 0
    for _ in range(chance.randint(1, MOST_KILLS)):
        child = worker(database, media)
        time.sleep(chance.uniform(0, LATEST_KILL))
        child.send_signal(signal.SIGKILL)
        child.wait()
        state = Job.objects.get(pk=job_id).state
        count.kills += 1
        count.during[state] = count.during.get(state, 0) + 1
        _no_half(run)
        _lease_over(job_id)
        if state == State.DONE:
            return
    child = worker(database, media)
    try:
        deadline = time.monotonic() + LONGEST_WAIT
        while (job := Job.objects.get(pk=job_id)).state not in {State.DONE, State.FAILED}:
            if time.monotonic() > deadline:
                raise Broken(f"import {run.pk} did not end: {job.state}, attempt {job.attempt}")
            time.sleep(0.1)
        if job.state == State.FAILED:
            raise Broken(f"import {run.pk} failed: {job.error}")
    finally:
        child.kill()
        child.wait()


def _lease_over(job_id: int) -> None:
    """What a minute of waiting does."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "update jobs_job set lease_until = now() - interval '1 second' where id = %s and state = 'running'",
            [job_id],
        )


def _no_half(run: Import) -> None:
    """Either the import says that it was added, with everything; or nothing of it is there."""
    from codes.models import Import, Version  # noqa: PLC0415

    fresh = Import.objects.get(pk=run.pk)
    if fresh.state == "added":
        _whole(fresh)
    elif Version.objects.filter(slug=run.parameters["slug"]).exists():
        raise Broken(f"import {run.pk} is {fresh.state}, and its text is there")


def _whole(run: Import) -> None:
    from amendments.models import Comparison, Correspondence  # noqa: PLC0415
    from amendments.services.importing import texts_to_compare  # noqa: PLC0415
    from codes.models import Import  # noqa: PLC0415

    fresh = Import.objects.select_related("version").get(pk=run.pk)
    version = fresh.version
    if fresh.state != "added" or version is None or not version.obtained:
        raise Broken(f"import {run.pk} is {fresh.state}")
    if version.articles.count() != fresh.findings["articles"]:
        raise Broken(f"{version.slug} has {version.articles.count()} articles")
    for old in texts_to_compare(version):
        links = Correspondence.objects.filter(old_version=old, new_version=version)
        if not links.exists() or Comparison.objects.filter(old=old, new=version).count() != 1:
            raise Broken(f"{version.slug} is not compared with {old.slug} once")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    os.environ["DATA_DIR"] = str(ROOT / "var" / "kills")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    from tracker.local.shared import ensure_servers  # noqa: PLC0415

    ensure_servers()
    os.environ["SERVERS_RUNNING"] = "1"
    import django  # noqa: PLC0415

    django.setup()
    from django.test.runner import DiscoverRunner  # noqa: PLC0415

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        return _measure(options.times, options.seed)
    finally:
        runner.teardown_databases(databases)


def _measure(times: int, seed: int) -> int:
    import tempfile  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415
    from django.db import connection, connections  # noqa: PLC0415

    from tests.workspace.imports_law import OLD, followed  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as media:
        settings.MEDIA_ROOT = media
        try:
            count = kill_imports(
                followed(OLD), times, database=connection.settings_dict["NAME"], media=media, seed=seed
            )
        except Broken as broken:
            print(f"seed {seed}: {broken}", file=sys.stderr)
            return 1
        finally:
            connections.close_all()
    print(
        f"seed {seed}: {count.imports} imports, {count.kills} kills ({count.during}), nothing half, all came to an end"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
