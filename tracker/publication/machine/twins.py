"""The `.json` beside a page: its document as published, with the release that shows it and its lasting address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from tracker.publication.links import relative, segment
from tracker.publication.pages import overview as overview_page
from tracker.publication.record import Record
from tracker.publication.site import Missing, Site
from tracker.publication.views.pages import overview_document

LONGEST_PATH = 300  # of a document, as the record holds it
RELEASES = 50  # of a change log in one answer


def twin(request: HttpRequest, site: Site, *, rest: str, law: str = "") -> HttpResponse:
    """The document of any page: of a law by the part of its path after the law, or one that belongs to no law."""
    path = f"laws/{law}/{rest}" if law else rest
    if len(path) > LONGEST_PATH:
        raise Missing(gettext("There is no such page."))
    body = site.document(path, gettext("There is no such document in this state of the record."))
    return answer(site, path, body)


def answer(site: Site, path: str, body: Any) -> JsonResponse:
    """`document` is the body alone; `hash` covers its canonical text, which the mirror holds with its salt."""
    record = site.source
    assert isinstance(record, Record)
    return _json(
        {
            "release": release_data(site),
            "path": path,
            "hash": record.hashes[path],
            "frozen": frozen_address(site, path),
            "document": body,
        }
    )


def release_data(site: Site) -> dict[str, Any] | None:
    release = site.source.release
    if release is None:
        return None
    return {"number": release.number, "time": release.time.isoformat(timespec="milliseconds"), "hash": release.hash}


def frozen_address(site: Site, path: str) -> str:
    """Where this state will always be found, relative to this address; "" for what belongs to no law."""
    steps = path.split("/")
    release = site.source.release
    if len(steps) < 3 or release is None:
        return ""
    day = site.at or release.time.date().isoformat()
    rest = "/".join(segment(step) for step in steps[2:])
    return relative(site.links.here, f"/{site.language}/laws/{segment(steps[1])}/@{day}/{rest}.json")


def changes(request: HttpRequest, site: Site, *, law: str) -> HttpResponse:
    """The newest part of a law's change log; `before`, a release number, asks for older parts."""
    overview_document(site, law)
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else None
    found = site.source.newest(f"laws/{law}/changes/", RELEASES + 1, before)
    shown = found[:RELEASES]
    older = f"?before={shown[-1]['release']}" if len(found) > RELEASES else None
    return _json({"release": release_data(site), "changes": shown, "older": older})


def matrix(request: HttpRequest, site: Site, law: str) -> HttpResponse:
    """The matrix with the filters of the page, from the same computation."""
    found = overview_page.overview(overview_document(site, law), request.GET)
    return _json({"release": release_data(site), **overview_page.as_json(found)})


def _json(body: dict[str, Any]) -> JsonResponse:
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
