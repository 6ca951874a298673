"""An administrator builds the offline copy by a button: one build at a time, as a job, and the copy keeps up."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import LazySettings
from django.db import connections
from django.test import Client

from tests.conftest import ROLES
from tests.mirror import sample
from tests.publication.samples import publish
from tests.workspace.team import person
from tracker.accounts.models import User
from tracker.jobs import tasks
from tracker.jobs.models import Job, State
from tracker.publication import tasks as handlers  # noqa: F401  # registers what a job does
from tracker.publication.mirror import jobs
from tracker.publication.mirror.build import Build
from tracker.publication.mirror.standing import standing
from tracker.publication.services import signing

pytestmark = [pytest.mark.django_db(transaction=True, databases=ROLES), pytest.mark.usefixtures("emptied")]
HERE = "/w/settings/mirror/"


@pytest.fixture(autouse=True)
def copy_folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.SIGNING_KEY_FILE = tmp_path / "release.key"
    settings.MIRROR_FOLDER = str(tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def administrator() -> User:
    return person("the-administrator", administrator=True)


def member(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def work() -> Job:
    """Do the newest build as the worker does."""
    job = jobs.last()
    assert job is not None
    tasks.run(job.pk)
    job.refresh_from_db()
    return job


def test_a_build_shows_what_was_made_and_its_archive_is_the_one_with_that_checksum(administrator: User) -> None:
    client = member(administrator)
    assert "No copy was built yet." in client.get(HERE).content.decode()
    sample.released()
    assert client.post(f"{HERE}build/")["Location"] == HERE
    assert 'hx-trigger="every 2s"' in client.get(HERE).content.decode()
    assert work().state == State.DONE
    page, there = client.get(HERE).content.decode(), standing()
    assert there is not None
    assert there.keys == (signing.public_part(signing.private_key()),)
    for word in (there.keys[0], there.sha256, str(there.folder), f"{there.files} files", "Build the copy now"):
        assert word in page
    assert "does not sign our releases" not in page
    answer = client.get(f"{HERE}mirror.zip")
    archive = b"".join(answer)
    assert hashlib.sha256(archive).hexdigest() == there.sha256
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "draft-law-monitor/index.html" in zipfile.ZipFile(BytesIO(archive)).namelist()


def test_two_clicks_at_the_same_moment_are_one_build_and_a_third_while_it_waits_too(administrator: User) -> None:
    sample.released()
    asked: list[int] = []
    together = Barrier(4)

    def click() -> None:
        together.wait()
        try:
            asked.append(jobs.ask(by=administrator).pk)
        finally:
            connections.close_all()

    clicks = [Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert len(asked) == 4
    assert asked == [jobs.ask(by=administrator).pk] * 4
    work()
    assert jobs.ask(by=administrator).pk != asked[0]


def test_the_copy_keeps_up_with_releases_once_there_is_one_and_waits_for_the_signature(administrator: User) -> None:
    sample.released()
    assert jobs.keep_up() is None, "nobody asked for a copy yet"
    jobs.ask(by=administrator)
    work()
    assert jobs.keep_up() is None, "it is the newest"
    publish(**{sample.LAW: sample.law("fixed")})
    assert jobs.keep_up() is None, "the release waits for its signature"
    signing.sign_waiting()
    job = jobs.keep_up()
    assert job is not None
    assert job.requested_by == administrator
    assert work().state == State.DONE
    there = standing()
    assert there is not None
    assert there.release == 3


def test_while_another_process_builds_the_job_says_so_and_is_not_repeated_by_itself(
    administrator: User, copy_folder: Path
) -> None:
    sample.released()
    jobs.ask(by=administrator)
    copy_folder.mkdir()
    with Build(copy_folder)._alone():  # as `manage.py build_mirror` holds it
        job = work()
    assert (job.state, job.error) == (State.FAILED, "Another process builds the copy in this folder now.")
    page = member(administrator).get(HERE).content.decode()
    assert "The last build failed." in page
    Build(copy_folder).run()
    publish(**{sample.LAW: sample.law("fixed")})
    signing.sign_waiting()
    assert jobs.keep_up() is not None, "a newer release is tried again"


def test_without_a_folder_the_page_says_what_is_missing(administrator: User, settings: LazySettings) -> None:
    settings.MIRROR_FOLDER = ""
    client = member(administrator)
    page = client.get(HERE).content.decode()
    assert "MIRROR_FOLDER is not set" in page
    assert "<button" not in page.partition('id="watch"')[2].partition("</main>")[0]
    client.post(f"{HERE}build/")
    assert jobs.last() is None
