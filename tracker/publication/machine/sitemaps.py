"""What search engines ask for: robots.txt, and a sitemap of every page of the current state in every language."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.publication.record import Record
from tracker.publication.reports.published import published_slugs
from tracker.publication.views.public import finished

PAGES = 5000  # of one file, in each language; the limit of the format is 50,000 addresses
SITE_PAGES = ("", "laws/", "standards/", "method/", "corrections/", "mirrors/", "privacy/", "accessibility/", "api/",
              "reports/")  # fmt: skip
# The folders of a law whose documents have a page that a search should find.
_FOUND = ("v", "p", "notes", "compare")
KIND = "application/xml; charset=utf-8"


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /embed/", "Disallow: /api/", f"Sitemap: {home(request)}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def index(request: HttpRequest) -> HttpResponse:
    """The list of the files of the sitemap."""
    record = Record()
    count = -(-len(pages(record)) // PAGES)
    context = {"home": home(request), "numbers": range(1, count + 1), "time": _time(record)}
    return finished(request, render(request, "publication/sitemap_index.xml", context, content_type=KIND), record, "")


def part(request: HttpRequest, number: int) -> HttpResponse:
    record = Record()
    shown = pages(record)[(number - 1) * PAGES : number * PAGES] if number else []
    if not shown:
        raise Http404
    context = {
        "home": home(request),
        "languages": [code for code, _ in settings.LANGUAGES],
        "pages": [quote(page, safe="/~@.") for page in shown],
    }
    return finished(request, render(request, "publication/sitemap.xml", context, content_type=KIND), record, "")


def pages(record: Record) -> Sequence[str]:
    """The addresses of pages below the language, sorted after those of the site, in three queries."""
    found = list(SITE_PAGES)
    for path in record.paths("laws/"):
        steps = path.split("/")
        if steps[2:] == ["overview"]:
            found += [f"laws/{steps[1]}/", f"laws/{steps[1]}/changes/", f"laws/{steps[1]}/embeds/"]
        elif len(steps) > 3 and steps[2] in _FOUND and not (steps[2] == "compare" and len(steps) > 4):
            found.append(f"{path}/")
    return [*found, *(f"reports/{slug}/" for slug in published_slugs(record))]


def home(request: HttpRequest) -> str:
    """Sitemaps take whole addresses only."""
    return str(settings.HOME_ADDRESS).rstrip("/") or f"{request.scheme}://{request.get_host()}"


def _time(record: Record) -> str:
    return record.release.time.isoformat(timespec="seconds") if record.release else ""
