"""One saved report: how far its making is, its files, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from codes.permissions import may
from tracker.jobs.models import State
from tracker.jobs.services import worker_answers
from tracker.publication.record import Record
from tracker.publication.reports.models import Report
from tracker.publication.reports.render import RENDERERS
from tracker.publication.reports.services import publishing, saving, weekly
from tracker.publication.reports.serving import as_download
from tracker.publication.reports.words import FORMATS, PRESETS
from tracker.publication.site import Site
from tracker.workspace.reports import editions
from tracker.workspace.reports.views import address
from tracker.workspace.seam import MemberRequest, View, law_of_member, member_view, page


def report_of(request: MemberRequest, number: int) -> Report:
    """A report of a law in which the member has a role, else 404."""
    report = get_object_or_404(Report.objects.select_related("law", "job", "created_by"), pk=number)
    law_of_member(request.user, report.law.slug)
    return report


@member_view("GET")
def saved(request: MemberRequest, site: Site, number: int) -> HttpResponse:
    report = report_of(request, number)
    context = _context(request, site, report)
    template = "watch" if request.htmx else "report"
    return page(request, site, f"workspace/reports/{template}.html", law=report.law, **context)


def _context(request: MemberRequest, site: Site, report: Report) -> dict[str, Any]:
    job, law, user = report.job, report.law, request.user
    files = [(file, FORMATS[file.format]) for file in report.files.all()]
    have = {file.format for file, _ in files}
    path = f"laws/{law.slug}/overview"
    now = site.source.get(path) if report.internal else Record().get(path)
    own = report.created_by == user
    return {
        "report": report,
        "kind": PRESETS[report.preset][0],
        "files": files,
        "running": report.state in {State.QUEUED, State.RUNNING},
        "waiting": report.state == State.QUEUED and not worker_answers(),
        "share": 100 * job.done // job.total if job is not None and job.total else 0,
        "doing": FORMATS.get(job.message) if job is not None else None,
        "failures": [(each["sentence"], site.links.document(each["path"]) if each["path"] else "")
                     for each in report.failures],
        "changed": editions.sentence(editions.changed(report, now)),
        "more": [(key, name) for key, name in FORMATS.items() if key in RENDERERS and key not in have],
        "may_have": saving.may_have(user, report),
        "may_make": may(user, "export" if report.internal else "report", law),
        "may_publish": may(user, "publish_report", law, own=own),
        "may_withdraw": may(user, "publish_report", law),
        "may_delete": report.slug is None and (own or may(user, "edit_other", law)),
    }  # fmt: skip


@member_view("GET")
def file(request: MemberRequest, site: Site, number: int, form: str) -> HttpResponse:
    report = report_of(request, number)
    saving.may_have(request.user, report).require()
    found = report.files.filter(format=form).first()
    if found is None or not default_storage.exists(found.name):
        raise Http404
    name = f"{report.law.slug}-{report.preset}-{report.language}-{report.day.isoformat()}"
    with default_storage.open(found.name) as stored:
        answer = as_download(stored.read(), form, f"DRAFT-{name}" if report.internal else name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def acting(act: Callable[..., object], done: Callable[[], str]) -> View:
    """A button that does one thing to a report."""

    @member_view("POST")
    def view(request: MemberRequest, site: Site, number: int) -> HttpResponse:
        report = report_of(request, number)
        try:
            act(report=report, by=request.user)
            messages.success(request, done())
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return HttpResponseRedirect(address(report))

    return view


cancel = acting(saving.cancel, lambda: gettext("The report was cancelled."))
retry = acting(saving.retry, lambda: gettext("Trying again."))
publish = acting(
    publishing.publish_report, lambda: gettext("Published. It is on the public site with the next release.")
)
withdraw = acting(
    publishing.withdraw_report, lambda: gettext("Withdrawn. The next release takes it off the public site.")
)


@member_view("POST")
def delete(request: MemberRequest, site: Site, number: int) -> HttpResponse:
    report = report_of(request, number)
    try:
        saving.delete(report=report, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return HttpResponseRedirect(address(report))
    messages.success(request, gettext("The report was deleted."))
    return HttpResponseRedirect(f"/w/laws/{report.law.slug}/reports/")


@member_view("POST")
def add_format(request: MemberRequest, site: Site, number: int) -> HttpResponse:
    report = report_of(request, number)
    try:
        saving.add_format(report=report, format=request.POST.get("format", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return HttpResponseRedirect(address(report))


@member_view("POST")
def seen(request: MemberRequest, site: Site) -> HttpResponse:
    """Lines of the inbox about reports were read."""
    named = [int(pk) for pk in request.POST.getlist("notice") if pk.isdecimal()]
    weekly.mark_seen(notices=named, by=request.user)
    messages.success(request, gettext("Marked as read."))
    return HttpResponseRedirect("/w/?tab=reports&at=")
