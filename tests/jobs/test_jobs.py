"""Long work is a row: losing messages, workers or the broker loses nothing; nobody writes after their lease."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import Client

from amendments.services import staging, wizard
from codes.models import Code, Import, ImportState, Membership, Stage, StagedText, Version
from tests.conftest import ROLES
from tests.factories import saved, someone
from tests.tooling.conftest import folder_with_a_space
from tracker.accounts.services import members
from tracker.common.writing import record
from tracker.jobs import services
from tracker.jobs.models import Job, State
from tracker.local import Places, redis
from tracker.local.processes import stop

pytestmark = [pytest.mark.django_db(transaction=True, databases=ROLES), pytest.mark.usefixtures("emptied")]
TEXT = Path("demo/texts/kazakhstan/criminal-code-1997_ch14-excerpt-b_ru_after-2011-01.txt")


def request_import(request_id: UUID | None = None) -> int:
    """The job that reads a real text in the box and aligns it."""
    law = Code.objects.first() or saved(Code)
    stage = Stage.objects.first() or saved(Stage)
    if not Membership.objects.filter(user=someone(), law=law).exists():
        with transaction.atomic():
            record(Membership(user=someone(), law=law, role="analyst"), by=someone(), reason="test")
    run = wizard.start(
        law=law, data=(settings.BASE_DIR / TEXT).read_bytes(), name=TEXT.name, by=someone(),
        wanted=wizard.Wanted(
            stage=stage, day=date(2011, 1, 18), language="ru", official=True, held="whole", slug="v1", label="v1"
        ),
        request_id=request_id or uuid4(),
    )  # fmt: skip
    assert run.job_id is not None
    return run.job_id


def done(job: int) -> bool:
    return Job.objects.get(pk=job).state == State.DONE


def within(seconds: float, happens: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.2)
    return False


@contextmanager
def worker(broker: str | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker on the test's own database."""
    name = connections["default"].settings_dict["NAME"]
    program = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE']='tracker.settings';"
        "from django.conf import settings;"
        f"[d.update(NAME='{name}') for d in settings.DATABASES.values()];"
        f"settings.MEDIA_ROOT=r'{settings.MEDIA_ROOT}';"
        "import django; django.setup();"
        "from tracker.celery import app;"
        f"app.conf.beat_schedule['reconcile-jobs']['schedule']=2.0; app.conf.task_default_queue='{name}';"
        + (f"app.conf.broker_url='{broker}';" if broker else "")
        + f"app.worker_main(['worker','-B','-s','{settings.MEDIA_ROOT}-beat','-c','1','-l','ERROR'])"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, start_new_session=True, env=dict(os.environ)
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


@pytest.fixture(scope="module")
def own_redis() -> Iterator[Places]:
    """A broker that the test may stop and empty."""
    with folder_with_a_space() as folder:
        places = Places.of(folder / "var")
        places.prepare()
        yield places


def test_emptying_redis_in_the_middle_of_an_import_loses_nothing(own_redis: Places) -> None:
    server = redis.start(own_redis)
    try:
        job = request_import()
        with worker(f"redis+socket://{own_redis.redis_socket}?virtual_host=0"):
            subprocess.run([sys.executable, "-c", _flush(own_redis)], check=True)
            assert within(60, lambda: done(job))
    finally:
        stop(server)
    assert len(StagedText.objects.get().tree["articles"]) == 6


def _flush(places: Places) -> str:
    return f"import redis; redis.Redis(unix_socket_path='{places.redis_socket}').flushall()"


def test_without_redis_pages_and_forms_answer_and_work_is_done_after_its_return(own_redis: Places) -> None:
    with transaction.atomic():
        members.create(handle="anna", password="correct horse battery", by=someone(), reason="test")
    client = Client()
    started = time.monotonic()
    answer = client.post("/w/sign-in/", {"handle": "Anna", "password": "correct horse battery"})
    assert answer.status_code == 302
    assert client.get("/w/").status_code == 200
    before = settings.CELERY_BROKER_URL
    services_app = _celery()
    services_app.conf.broker_url = f"redis+socket://{own_redis.runtime / 'nobody-listens.sock'}?virtual_host=0"
    services_app.pool.force_close_all()
    try:
        job = request_import()
    finally:
        services_app.conf.broker_url = before
        services_app.pool.force_close_all()
    assert time.monotonic() - started < 20
    server = redis.start(own_redis)
    try:
        with worker(f"redis+socket://{own_redis.redis_socket}?virtual_host=0"):
            assert within(60, lambda: done(job))
    finally:
        stop(server)


def _celery() -> Any:
    from tracker.celery import app

    return app


def test_a_killed_worker_leaves_a_job_that_the_next_one_takes() -> None:
    job = request_import()
    lease = services.take(job)
    assert lease is not None
    assert services.take(job) is None
    with connection.cursor() as cursor:  # the worker is dead; its lease runs out
        cursor.execute("update jobs_job set lease_until = now() - interval '1 second' where id = %s", [job])
    assert services.open_jobs() == [job]
    second = services.take(job)
    assert second is not None
    assert second.attempt == 2


def test_a_worker_that_wakes_after_its_lease_writes_nothing() -> None:
    job = request_import()
    frozen = services.take(job)
    assert frozen is not None
    with connection.cursor() as cursor:
        cursor.execute("update jobs_job set lease_until = now() - interval '1 second' where id = %s", [job])
    assert services.take(job) is not None
    with pytest.raises(services.LeaseLost):
        staging.read(frozen)
    assert not StagedText.objects.exists()
    assert Import.objects.get().state == ImportState.READING


def test_asking_twice_is_one_job() -> None:
    request_id = uuid4()
    assert request_import(request_id) == request_import(request_id)


def test_after_five_tries_a_job_fails_aloud() -> None:
    job = request_import()
    for _ in range(services.MOST_ATTEMPTS):
        assert services.take(job) is not None
        with connection.cursor() as cursor:
            cursor.execute("update jobs_job set lease_until = now() - interval '1 second' where id = %s", [job])
    assert services.take(job) is None
    row = Job.objects.get(pk=job)
    assert (row.state, row.error != "") == (State.FAILED, True)


def test_hints_are_sent_from_one_place() -> None:
    folders = ("tracker", "codes", "amendments")
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for folder in folders
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if ".delay(" in (text := path.read_text(encoding="utf-8")) or ".apply_async(" in text
    ]
    assert sorted(found) == ["tracker/jobs/services.py", "tracker/jobs/tasks.py"]


def import_text(law: Code, slug: str, path: Path) -> None:
    """The command as a person types it."""
    stage = Stage.objects.filter(slug="tabled").first() or _stage_of(law)
    call_command(
        "import_text", str(path), "--law", law.slug, "--version", slug, "--stage", stage.slug,
        "--date", "2011-01-01", "--language", "ru",
    )  # fmt: skip


def _stage_of(law: Code) -> Stage:
    stage = Stage(jurisdiction=law.jurisdiction, slug="tabled", order=1, names={"en": "Tabled"})
    with transaction.atomic():
        return record(stage, by=someone(), reason="test")


def test_an_import_that_cannot_be_read_leaves_no_trace(tmp_path: Path) -> None:
    law = saved(Code)
    bad = tmp_path / "scan.pdf"
    bad.write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(CommandError, match=r"scan\.pdf is damaged"):
        import_text(law, "v1", bad)
    assert not Version.objects.exists()


def test_the_same_bytes_twice_add_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    law = saved(Code)
    for slug in ("v1", "v2"):
        import_text(law, slug, settings.BASE_DIR / TEXT)
    assert "is held already: it is the text of v1. Nothing was added." in capsys.readouterr().out
    assert list(Version.objects.values_list("slug", flat=True)) == ["v1"]
