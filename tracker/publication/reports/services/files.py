"""The work behind a report's job: content once, checked, then each format that is not made yet. Safe to run twice."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext, override

from tracker.common.writing import record
from tracker.jobs import services as jobs
from tracker.jobs.services import JobFailed, Lease
from tracker.publication.record import Record
from tracker.publication.reports.content import ReportContent, Unreportable
from tracker.publication.reports.making import Unfit, internal_report, report_of
from tracker.publication.reports.models import Report, ReportFile, ReportNotice
from tracker.publication.reports.options import from_json
from tracker.publication.reports.render import RENDERERS, json
from tracker.publication.reports.services.saving import forget

LONG = timedelta(seconds=10)  # after which nobody is expected to wait at the screen


def make(lease: Lease) -> None:
    """Raises `JobFailed` with a sentence in the report's language."""
    report = Report.objects.select_related("law", "created_by").filter(pk=lease.target).first()
    if report is None:
        raise JobFailed("This report was deleted.")
    lease.progress(0, len(report.formats) + 1)
    content = _content(report, lease)
    kept: dict[str, tuple[str, bytes]] = {}
    try:
        _render(report, content, lease, kept)
        with transaction.atomic():
            lease.hold()
            _finish(report, content, kept, lease)
    except BaseException:
        forget([name for name, _ in kept.values()])
        raise


def content_of(report: Report) -> ReportContent:
    """What the report says: of its release, or of what its maker sees now. Raises Unreportable, Unfit."""
    options = from_json(report.options)
    if report.internal:
        return internal_report(report.created_by, report.law.slug, options, export=report.export, day=report.day)
    return report_of(Record(number=report.release), report.law.slug, options)


def digest_of(content: ReportContent) -> str:
    return hashlib.sha256(json.render(content)).hexdigest()


def _content(report: Report, lease: Lease) -> ReportContent:
    try:
        content = content_of(report)
    except Unfit as unfit:
        with transaction.atomic():
            lease.hold()
            fresh = Report.objects.select_for_update().get(pk=report.pk)
            fresh.failures = [{"sentence": each.sentence, "path": each.path} for each in unfit.failures]
            record(fresh, by=lease.requested_by, reason="the checks before export failed")
        with override(report.language):
            raise JobFailed(gettext("The checks before export found mistakes. No file was made.")) from None
    except Unreportable as reason:
        raise JobFailed(str(reason)) from None
    if report.content_hash and report.content_hash != digest_of(content):
        with override(report.language):
            raise JobFailed(gettext("What this report says has changed since it was made. Make a new edition."))
    return content


def _render(report: Report, content: ReportContent, lease: Lease, kept: dict[str, tuple[str, bytes]]) -> None:
    """Into `kept`: format → name in the storage, bytes."""
    made = set(ReportFile.objects.filter(report=report).values_list("format", flat=True))
    for number, form in enumerate(report.formats, 1):
        lease.progress(number, len(report.formats) + 1, form)
        with transaction.atomic():
            lease.hold()  # cancelled meanwhile: stop here
        if form in made:
            continue
        try:
            data = RENDERERS[form](content)
        except Unreportable as reason:
            raise JobFailed(str(reason)) from None
        kept[form] = default_storage.save(f"reports/{uuid4().hex}", ContentFile(data)), data


def _finish(report: Report, content: ReportContent, kept: dict[str, tuple[str, bytes]], lease: Lease) -> None:
    fresh = Report.objects.select_for_update(of=("self",)).select_related("job").get(pk=report.pk)
    for form, (name, data) in kept.items():
        digest = hashlib.sha256(data).hexdigest()
        ReportFile.objects.create(report=fresh, format=form, name=name, size=len(data), sha256=digest)
    if not fresh.content_hash:
        fresh.content_hash, fresh.headline = digest_of(content), list(content.headline)
        fresh.findings = {each.concern: each.value for each in content.findings}
    record(fresh, by=lease.requested_by, reason=f"made: {', '.join(kept) or 'nothing new'}")
    if fresh.job is not None and now() - fresh.job.created_at > LONG:
        ReportNotice.objects.get_or_create(report=fresh, member=lease.requested_by, kind=ReportNotice.Kind.READY)
    jobs.finish(lease)
