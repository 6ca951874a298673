"""The list of a law's reports, and the builder: options on the left, the first pages beside them."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext

from codes.models import Code
from codes.permissions import may
from tracker.jobs.models import Job, State
from tracker.jobs.services import worker_answers
from tracker.publication.documents import OverviewDocument
from tracker.publication.record import Record
from tracker.publication.reports.content import Unreportable
from tracker.publication.reports.making import Unfit, internal_report, public_report
from tracker.publication.reports.models import Report
from tracker.publication.reports.preview import Preview, preview_of
from tracker.publication.reports.render import RENDERERS
from tracker.publication.reports.services import saving, weekly
from tracker.publication.reports.words import FORMATS, PRESETS
from tracker.publication.site import Site
from tracker.workspace.reports import editions
from tracker.workspace.reports.forms import BuilderForm
from tracker.workspace.seam import MemberRequest, law_of_member, member_view, page

LISTED = 200
PATIENCE, LOOK_EVERY = 2.0, 0.1  # seconds that a person waits without seeing a page of progress
NEW = "workspace/reports/new.html"


def address(report: Report) -> str:
    return f"/w/reports/{report.pk}/"


def overview_now(site: Site, law: Code) -> OverviewDocument:
    return cast(
        "OverviewDocument", site.document(f"laws/{law.slug}/overview", gettext("We do not follow a law of that name."))
    )


@member_view("GET")
def listed(request: MemberRequest, site: Site, law: str) -> HttpResponse:
    followed = law_of_member(request.user, law)
    path = f"laws/{followed.slug}/overview"
    found = Report.objects.filter(law=followed).select_related("law", "job", "created_by").prefetch_related("files")
    rows = list(found.order_by("-created_at", "-pk")[:LISTED])
    public = Record().get(path)
    live = site.source.get(path) if any(row.internal for row in rows) else None
    exports = bool(may(request.user, "export", followed))
    lines = [
        {
            "report": row,
            "kind": PRESETS[row.preset][0],
            "changed": editions.sentence(editions.changed(row, live if row.internal else public)),
            "files": [(file, FORMATS[file.format]) for file in row.files.all()],
            "may_have": not row.internal or exports,
        }
        for row in rows
    ]
    return page(
        request, site, "workspace/reports/list.html", law=followed, lines=lines,
        nothing=public is None or not any(cell["verdicts"] for row in public["rows"] for cell in row["cells"]),
        may_make=may(request.user, "report", followed), weekly=weekly.reads_weekly(request.user, followed),
    )  # fmt: skip


@member_view("POST")
def read_weekly(request: MemberRequest, site: Site, law: str) -> HttpResponse:
    followed = law_of_member(request.user, law)
    on = request.POST.get("on") == "1"
    weekly.read_weekly(law=followed, on=on, by=request.user)
    said = (
        gettext("You will find a report of each week with changes in your inbox.") if on else gettext("Switched off.")
    )
    messages.success(request, said)
    return HttpResponseRedirect(f"/w/laws/{followed.slug}/reports/")


# ---- the builder ----


@member_view("GET", "POST")
def new(request: MemberRequest, site: Site, law: str) -> HttpResponse:
    followed = law_of_member(request.user, law)
    may(request.user, "report", followed).require()
    overview = overview_now(site, followed)
    if request.method == "POST":
        form = _form(request, followed, overview)
        report = _asked(request, followed, form) if form.is_valid() else None
        if report is not None:
            _wait(report)
            return HttpResponseRedirect(address(report))
        return _builder(request, site, followed, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    initial = _edition(request, followed, request.GET.get("again", ""))
    form = BuilderForm(overview, drafts=_drafts(request, followed), initial=initial)
    shown = BuilderForm(overview, _as_sent(form), drafts=_drafts(request, followed))
    shown.full_clean()
    return _builder(request, site, followed, shown)


@member_view("POST")
def preview(request: MemberRequest, site: Site, law: str) -> HttpResponse:
    """Writes nothing; by POST so that a cover text stays out of addresses and logs."""
    followed = law_of_member(request.user, law)
    may(request.user, "report", followed).require()
    form = _form(request, followed, overview_now(site, followed))
    form.full_clean()
    if not request.htmx:
        return _builder(request, site, followed, form)
    return page(
        request, site, "workspace/reports/preview.html", law=followed, **_previewed(request, site, followed, form)
    )


def _form(request: MemberRequest, law: Code, overview: OverviewDocument) -> BuilderForm:
    return BuilderForm(overview, request.POST, drafts=_drafts(request, law))


def _drafts(request: MemberRequest, law: Code) -> bool:
    return bool(may(request.user, "export", law))


def _edition(request: MemberRequest, law: Code, number: str) -> dict[str, Any]:
    """The options of a report that is made anew."""
    report = Report.objects.filter(law=law, pk=int(number)).first() if number.isdecimal() else None
    if report is None:
        return {}
    found = {name: value for name, value in report.options.items() if value not in (None, "", [])}
    return {**found, "quotes": report.options["quotes"], "source": "workspace" if report.internal else "record"}


def _as_sent(form: BuilderForm) -> dict[str, Any]:
    """The form's first values as a browser would send them, so that the first preview is made as all others are."""
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}


def _builder(request: MemberRequest, site: Site, law: Code, form: BuilderForm, *, status: int = 200) -> HttpResponse:
    kinds = [(key, name, said) for key, (name, said) in PRESETS.items()]
    formats = [(key, name) for key, name in FORMATS.items() if key in RENDERERS]
    return page(
        request, site, NEW, law=law, form=form, kinds=kinds, formats=formats, status=status,
        **_previewed(request, site, law, form),
    )  # fmt: skip


def _previewed(request: MemberRequest, site: Site, law: Code, form: BuilderForm) -> dict[str, Any]:
    """`preview`, or why there is none: `why`, and `failures` of the checks with the address of what each is about."""
    if form.errors:
        wrong = [(str(error), f"#f-{name}") for name, errors in form.errors.items() for error in errors]
        return {"why": gettext("Correct this, then the preview is shown:"), "failures": wrong}
    try:
        made = _content(request, law, form)
    except Unfit as unfit:
        found = [(each.sentence, site.links.document(each.path) if each.path else "") for each in unfit.failures]
        return {"why": gettext("The checks before export found mistakes. No file can be made."), "failures": found}
    except Unreportable as reason:
        return {"why": str(reason)}
    return {"preview": made, "pages_said": pages_said(made)}


def _content(request: MemberRequest, law: Code, form: BuilderForm) -> Preview:
    options = form.options()
    if form.internal:
        return preview_of(internal_report(request.user, law.slug, options, export=""))
    return preview_of(public_report(law.slug, options))


def pages_said(preview: Preview) -> str:
    return ngettext("%(n)s page", "%(n)s pages", preview.total) % {"n": preview.total}


def _asked(request: MemberRequest, law: Code, form: BuilderForm) -> Report | None:
    try:
        return saving.request_report(
            law=law, options=form.options(), formats=request.POST.getlist("format"), internal=form.internal,
            by=request.user, request_id=form.cleaned_data["request_id"],
        )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
    except PermissionDenied as refusal:
        form.add_error("source", str(refusal))
    return None


def _wait(report: Report) -> None:
    """A small report is there with the next page: wait for it a moment, where a worker lives at all."""
    until = time.monotonic() + (PATIENCE if worker_answers() else 0)
    going = Job.objects.filter(reports=report, state__in=[State.QUEUED, State.RUNNING])
    while time.monotonic() < until and going.exists():
        time.sleep(LOOK_EVERY)
