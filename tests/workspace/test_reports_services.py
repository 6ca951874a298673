"""Saved reports: who may make and publish them, and that each is made once and never changes."""

from __future__ import annotations

import hashlib
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from codes.models import Code
from codes.services import membership
from tests.conftest import ROLES
from tests.factories import someone
from tests.workspace.team import person
from tests.workspace.test_review_rules import draft, published
from tracker.accounts.models import User
from tracker.common.writing import record
from tracker.jobs import services as jobs
from tracker.jobs.models import Job
from tracker.publication.record import Record
from tracker.publication.reports import checks
from tracker.publication.reports.content import Options
from tracker.publication.reports.models import Report, ReportFile, ReportNotice
from tracker.publication.reports.services import files, publishing, saving, weekly

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
LAW = "kz-criminal-code-2014"


def law() -> Code:
    return Code.objects.select_related("jurisdiction", "replaces").get(slug=LAW)


def member(handle: str) -> User:
    return User.objects.get(handle=handle)


def asked(by: str = "advocate", *formats: str, internal: bool = False, **more: Any) -> Report:
    options = more.pop("options", Options("brief", "en"))
    request_id = more.pop("request_id", None) or uuid4()
    return saving.request_report(
        law=law(), options=options, formats=formats or ("csv",), internal=internal, by=member(by), request_id=request_id
    )


def work(report: Report) -> Report:
    """Do what is queued, as a worker would."""
    report.refresh_from_db()
    assert report.job_id is not None
    lease = jobs.take(report.job_id)
    assert lease is not None
    try:
        files.make(lease)
    except jobs.JobFailed as failure:
        jobs.fail(lease, str(failure))
    return Report.objects.select_related("job", "law").get(pk=report.pk)


def bytes_of(report: Report, form: str) -> bytes:
    with default_storage.open(report.files.get(format=form).name) as file:
        found: bytes = file.read()
    return found


# ---- making ----


@pytest.mark.parametrize("form", ["csv", "json", "html", "docx", "xlsx"])
def test_a_report_has_the_bytes_that_the_command_makes_of_the_same_release(form: str, tmp_path: Path) -> None:
    report = work(asked("advocate", form, options=Options("table", "ru", base="current_law")))
    out = tmp_path / "out"
    call_command(
        "make_report", LAW, preset="table", language="ru", format=form, base="law", out=out, stdout=io.StringIO()
    )
    assert report.state == "done"
    assert bytes_of(report, form) == out.read_bytes()
    made = report.files.get(format=form)
    assert (made.size, made.sha256) == (len(out.read_bytes()), hashlib.sha256(out.read_bytes()).hexdigest())


def test_the_same_request_is_the_same_report_and_one_job() -> None:
    request_id = uuid4()
    first, again = asked(request_id=request_id), asked(request_id=request_id)
    assert first.pk == again.pk
    assert Job.objects.filter(kind="report", target=first.pk).count() == 1


def test_a_job_that_runs_twice_makes_one_file() -> None:
    report = work(asked())
    assert report.job_id is not None
    Job.objects.filter(pk=report.job_id).update(state="queued")
    again = work(report)
    assert again.state == "done"
    assert ReportFile.objects.filter(report=report).count() == 1


def test_files_have_random_names_and_go_with_the_report(django_capture_on_commit_callbacks: Any) -> None:
    report = work(asked())
    name = report.files.get().name
    assert LAW not in name
    assert "csv" not in name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        saving.delete(report=report, by=member("advocate"))
    assert not default_storage.exists(name)
    assert Report.history.filter(id=report.pk, history_type="-").exists()


def test_a_cancelled_report_is_not_made_and_can_be_tried_again() -> None:
    report = asked()
    lease = jobs.take(report.job_id or 0)
    assert lease is not None
    saving.cancel(report=report, by=member("advocate"))
    with pytest.raises(jobs.LeaseLost):
        files.make(lease)
    assert not report.files.exists()
    assert work(saving.retry(report=report, by=member("advocate"))).state == "done"


def test_what_ended_is_neither_cancelled_nor_tried_again() -> None:
    report = work(asked())
    with pytest.raises(ValidationError):
        saving.cancel(report=report, by=member("advocate"))
    with pytest.raises(ValidationError):
        saving.retry(report=report, by=member("advocate"))


def test_one_more_format_says_the_same_as_the_first() -> None:
    report = work(asked())
    report = work(saving.add_format(report=report, format="json", by=member("advocate")))
    assert report.state == "done"
    assert hashlib.sha256(bytes_of(report, "json")).hexdigest() == report.content_hash


def test_an_internal_report_gets_no_further_format_once_the_workspace_says_something_else() -> None:
    report = work(asked("analyst", internal=True))
    published(draft("libel", value="stricter"))
    report = work(saving.add_format(report=report, format="json", by=member("analyst")))
    assert report.state == "failed"
    assert report.job is not None
    assert "Make a new edition" in report.job.error


def test_failed_checks_make_no_file_and_name_what_they_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quote is changed under way, as a fault in the program would."""
    monkeypatch.setattr(checks, "stands", lambda words, article: False)
    report = work(asked(options=Options("annex", "en")))
    assert report.state == "failed"
    assert not report.files.exists()
    assert report.failures
    assert all(each["path"].startswith(f"laws/{LAW}/v/") for each in report.failures)


def test_nobody_has_more_than_three_reports_made_at_once() -> None:
    for _ in range(saving.MOST_RUNNING):
        asked()
    with pytest.raises(ValidationError):
        asked()
    asked("reviewer")


def test_what_cannot_be_asked_for_is_refused_with_a_sentence() -> None:
    for formats, options, internal in (
        (("exe",), Options("brief", "en"), False),
        (("csv",), Options("brief", "xx"), False),
        (("csv",), Options("since", "en"), False),
        (("csv",), Options("since", "en", since=date(2015, 1, 1)), True),
    ):
        with pytest.raises(ValidationError):
            asked("analyst", *formats, options=options, internal=internal)


# ---- who may ----


@pytest.mark.parametrize("internal", [False, True])
def test_readers_make_no_report_and_outsiders_do_not_know_of_the_law(internal: bool) -> None:
    with pytest.raises(PermissionDenied):
        asked("reader", internal=internal)
    for by in (member("administrator"), person("outsider")):
        with pytest.raises(Http404):
            saving.request_report(law=law(), options=Options("brief", "en"), formats=["csv"], internal=internal, by=by,
                                  request_id=uuid4())  # fmt: skip


def test_readers_download_what_is_public_and_no_drafts() -> None:
    reader = Client()
    reader.force_login(member("reader"))
    public, internal = work(asked()), work(asked("analyst", internal=True))
    assert reader.get(f"/w/reports/{public.pk}/files/csv/").status_code == 200
    assert reader.get(f"/w/reports/{internal.pk}/files/csv/").status_code == 403


def test_only_another_reviewer_publishes_a_report() -> None:
    report = work(asked("reviewer"))
    for handle in ("reviewer", "advocate", "analyst", "reader"):
        with pytest.raises(PermissionDenied):
            publishing.publish_report(report=report, by=member(handle))
    report = work(asked("advocate"))
    assert publishing.publish_report(report=report, by=member("reviewer")).slug


def test_an_internal_report_is_never_published() -> None:
    report = work(asked("analyst", internal=True))
    with pytest.raises(ValidationError):
        publishing.publish_report(report=report, by=member("reviewer"))
    report.refresh_from_db()
    report.slug = "smuggled"
    with pytest.raises(IntegrityError), transaction.atomic():
        record(report, by=someone(), reason="past the service")


def test_others_reports_are_deleted_by_reviewers_only_and_published_ones_by_nobody() -> None:
    report = work(asked("advocate"))
    with pytest.raises(PermissionDenied):
        saving.delete(report=report, by=member("analyst"))
    publishing.publish_report(report=report, by=member("reviewer"))
    with pytest.raises(ValidationError):
        saving.delete(report=report, by=member("reviewer"))
    publishing.withdraw_report(report=report, by=member("reviewer"))
    saving.delete(report=report, by=member("reviewer"))


def test_the_export_number_is_random_and_only_the_log_says_whose_it_is() -> None:
    report = work(asked("analyst", "html", internal=True))
    assert report.export in bytes_of(report, "html").decode()
    assert "analyst" not in bytes_of(report, "html").decode()
    assert Report.history.filter(export=report.export).earliest().history_user == member("analyst")
    assert saving.export_number() != saving.export_number()


# ---- weekly ----


def test_named_members_find_last_weeks_report_once() -> None:
    weekly.read_weekly(law=law(), on=True, by=member("reader"))
    weekly.read_weekly(law=law(), on=True, by=member("reader"))
    newest = Record().newest(f"laws/{LAW}/changes/", 1)[0]["time"][:10]
    monday = date.fromisoformat(newest) + timedelta(days=7)
    assert weekly.send(monday) == 1
    assert weekly.send(monday) == 0
    notice = ReportNotice.objects.get(kind="weekly")
    assert (notice.member.handle, notice.report.preset) == ("reader", "since")
    assert work(notice.report).state == "done"
    assert weekly.send(monday + timedelta(days=60)) == 0, "nothing was published"
    weekly.read_weekly(law=law(), on=False, by=member("reader"))
    assert not weekly.reads_weekly(member("reader"), law())


def test_who_left_the_law_is_not_told() -> None:
    weekly.read_weekly(law=law(), on=True, by=member("reader"))
    membership.remove(user=member("reader"), law=law(), by=member("administrator"), reason="left")
    assert weekly.send(date.today()) == 0
