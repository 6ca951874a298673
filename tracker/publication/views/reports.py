"""Reports that were published: a list, a page for each, and its files, made again from the release that it reports."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from tracker.publication.record import Record
from tracker.publication.reports.content import Unreportable
from tracker.publication.reports.making import report_of
from tracker.publication.reports.options import from_json
from tracker.publication.reports.published import Found, all_reports, one
from tracker.publication.reports.render import RENDERERS
from tracker.publication.reports.serving import as_download
from tracker.publication.reports.words import FORMATS, PRESETS
from tracker.publication.site import Missing, Site
from tracker.publication.views.show import show


def reports(request: HttpRequest, site: Site) -> HttpResponse:
    lines = [(law, report, PRESETS[report["preset"]][0]) for law, report in all_reports(site.source)]
    return show(request, site, "publication/reports.html", lines=lines, nav="reports")


def report(request: HttpRequest, site: Site, *, slug: str) -> HttpResponse:
    law, found = _found(site, slug)
    return show(
        request, site, "publication/report.html", {"law": law}, report=found, kind=PRESETS[found["preset"]][0],
        formats=[(form, FORMATS[form]) for form in found["formats"]], day=date.fromisoformat(found["day"]),
        nav="reports", summary=" ".join(found["headline"]),
    )  # fmt: skip


def report_file(request: HttpRequest, site: Site, *, slug: str, form: str) -> HttpResponse:
    """A copy without the site has no such files: each takes a whole state of the record to make."""
    law, found = _found(site, slug)
    if form not in found["formats"] or form not in RENDERERS or site.offline:
        raise Missing(gettext("This report was not published in that format."))
    record = Record(number=found["release"])
    try:
        content = report_of(record, law["slug"], from_json(found["options"]))
        made = RENDERERS[form](content)
    except Unreportable as reason:
        raise Missing(str(reason)) from None
    if isinstance(site.source, Record):  # what may name a person is always asked for again
        site.source.names_persons = site.source.names_persons or record.names_persons
    return as_download(made, form, slug)


def _found(site: Site, slug: str) -> Found:
    found = one(site.source, slug)
    if found is None:
        raise Missing(gettext("There is no such report."))
    return found
