"""What people do with reports: ask for one, cancel, try again, delete."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from amendments.services import requests
from codes.models import Code
from codes.permissions import may
from tracker.accounts.models import User
from tracker.common.answers import Answer
from tracker.common.writing import record, remove
from tracker.jobs import services as jobs
from tracker.jobs.models import Job, State
from tracker.publication.record import Record
from tracker.publication.reports.content import Options
from tracker.publication.reports.models import Report, ReportFile
from tracker.publication.reports.options import as_json
from tracker.publication.reports.render import RENDERERS

KIND = "report"
MOST_RUNNING = 3  # of one person


def may_have(user: User, report: Report) -> Answer:
    """Whether a person may download a report. One of the public record says what everybody can read."""
    return may(user, "export" if report.internal else "know", report.law)


@transaction.atomic
def request_report(
    *, law: Code, options: Options, formats: Sequence[str], internal: bool, by: User, request_id: UUID
) -> Report:
    """Save what was asked for and queue the making. The same request gets the same report. Raises `ValidationError`
    with the sentence for the person.
    """
    may(by, "export" if internal else "report", law).require()

    def write() -> Report:
        _refuse_more(by)
        return _save(law, options, formats, internal, by)

    return requests.once(Report, request_id=request_id, by=by, kind=KIND, write=write)


@transaction.atomic
def weekly_report(*, law: Code, options: Options, by: User, request_id: UUID) -> Report:
    """The same by the system, for those who read a law weekly."""
    return requests.once(
        Report, request_id=request_id, by=by, kind=KIND, write=lambda: _save(law, options, ["docx"], False, by)
    )


def _save(law: Code, options: Options, formats: Sequence[str], internal: bool, by: User) -> Report:
    _check(options, formats, internal)
    release, day = (0, now().date()) if internal else _newest()
    report = Report(
        law=law, preset=options.preset, options=as_json(options), language=options.language,
        formats=list(dict.fromkeys(formats)), release=release, day=day, export=export_number() if internal else "",
        created_by=by,
    )  # fmt: skip
    record(report, by=by, reason=f"internal report, export {report.export}" if internal else "report asked for")
    return _queue(report, by=by)


def _check(options: Options, formats: Sequence[str], internal: bool) -> None:
    if not formats or set(formats) - set(RENDERERS):
        raise ValidationError(gettext("Choose a format."))
    if options.language not in dict(settings.LANGUAGES):
        raise ValidationError(gettext("Choose a language of this site."))
    if options.preset == "since" and options.since is None:
        raise ValidationError(gettext("Say the day after which changes count."))
    if options.preset == "since" and internal:
        raise ValidationError(gettext("Changes are listed of the public record only."))


def _refuse_more(by: User) -> None:
    running = Job.objects.filter(kind=KIND, requested_by=by, state__in=[State.QUEUED, State.RUNNING])
    if running.count() >= MOST_RUNNING:
        raise ValidationError(
            gettext("%(n)s of your reports are being made. Wait until one has ended, or cancel it.")
            % {"n": MOST_RUNNING}
        )


def _newest() -> tuple[int, date]:
    found = Record().release
    if found is None:
        raise ValidationError(gettext("Nothing to report yet. Publish at least one verdict."))
    return found.number, found.time.date()


def export_number() -> str:
    """Random: it says nothing of who made the report or when; only the log knows."""
    digits = secrets.token_hex(4).upper()
    return f"{digits[:4]}-{digits[4:]}"


def _queue(report: Report, *, by: User) -> Report:
    """A new job each time: a key stands for one piece of work, and a second try is another one."""
    tries = Job.objects.filter(kind=KIND, target=report.pk).count()
    report.job = jobs.enqueue(kind=KIND, key=f"{KIND}:{report.pk}:{tries + 1}", target=report.pk, by=by)
    return record(report, by=by, reason="queued")


@transaction.atomic
def add_format(*, report: Report, format: str, by: User) -> Report:
    """Make one more format of a report, from the same state and with the same words."""
    fresh = locked(report, by=by)
    if format not in RENDERERS:
        raise ValidationError(gettext("Choose a format."))
    if fresh.state != State.DONE:
        raise ValidationError(gettext("This report is not made yet."))
    if format in fresh.formats:
        return fresh
    _refuse_more(by)
    fresh.formats = [*fresh.formats, format]
    return _queue(fresh, by=by)


@transaction.atomic
def cancel(*, report: Report, by: User) -> Report:
    """Stop the making. Formats that were made before stay."""
    fresh = locked(report, by=by)
    if fresh.job is None or not jobs.cancel(fresh.job):
        raise ValidationError(gettext("This report is not being made. Nothing was cancelled."))
    fresh.job.refresh_from_db()
    return record(fresh, by=by, reason="cancelled")


@transaction.atomic
def retry(*, report: Report, by: User) -> Report:
    """Do again what has failed or was cancelled."""
    fresh = locked(report, by=by)
    if fresh.state not in {State.FAILED, State.CANCELLED}:
        raise ValidationError(gettext("This report has not failed. Nothing was started again."))
    _refuse_more(by)
    fresh.failures = []
    return _queue(fresh, by=by)


@transaction.atomic
def delete(*, report: Report, by: User) -> None:
    """Delete a report that is not published: one's own, or another's as a reviewer. Its history stays."""
    fresh = locked(report, by=by)
    if fresh.created_by != by:
        may(by, "edit_other", fresh.law).require()
    if fresh.slug is not None:
        raise ValidationError(gettext("This report is published. Withdraw it first."))
    if fresh.job is not None:
        jobs.cancel(fresh.job)
    names = list(ReportFile.objects.filter(report=fresh).values_list("name", flat=True))
    remove(fresh, by=by, reason="deleted")
    transaction.on_commit(lambda: forget(names))


def forget(names: Sequence[str]) -> None:
    """Delete files of the storage."""
    for name in names:
        default_storage.delete(name)


def locked(report: Report, *, by: User) -> Report:
    """The report as it stands, locked, if the person may make such a one."""
    fresh = Report.objects.select_for_update(of=("self",)).select_related("law", "job", "created_by").get(pk=report.pk)
    may(by, "export" if fresh.internal else "report", fresh.law).require()
    return fresh
