"""Pages about the public record: what changed in it and when, other addresses of it, and what we hold of readers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tracker.publication.mirror import standing
from tracker.publication.pages import changes as logs
from tracker.publication.site import Site
from tracker.publication.views.public import beyond_the_record
from tracker.publication.views.show import show

RELEASES = 25  # of a law's change log on one page
MOST_LOGS = 200  # whose corrections are listed; older ones stand in each law's own log
LATEST = 5


def changes(request: HttpRequest, site: Site, *, law: str) -> HttpResponse:
    """`before`: a release number; only older ones are shown."""
    overview = site.document(f"laws/{law}/overview", gettext("We do not follow a law of that name."))
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else None
    found = site.source.newest(f"laws/{law}/changes/", RELEASES + 1, before)
    shown = found[:RELEASES]
    return show(
        request,
        site,
        "publication/changes.html",
        {"law": overview["law"]},
        releases=logs.by_release(shown),
        older=str(shown[-1]["release"]) if len(found) > RELEASES else "",
        later=before is not None,
    )


def corrections(request: HttpRequest, site: Site) -> HttpResponse:
    found = logs.corrections(site.source.newest("laws/", MOST_LOGS))
    return show(request, site, "publication/corrections.html", lines=found, nav="")


def latest_changes(site: Site) -> list[logs.Change]:
    return logs.changes(site.source.newest("laws/", LATEST))[:LATEST]


@beyond_the_record
def mirrors(request: HttpRequest, site: Site) -> HttpResponse:
    """Plain: this page is what is copied and passed on when nothing else loads."""
    context = {"site": site, "home": settings.HOME_ADDRESS, "mirrors": settings.MIRRORS}
    context["copy"] = None if site.offline else _offline_copy()
    return render(request, "publication/mirrors.html", context)


def _offline_copy() -> dict[str, object] | None:
    """Size and checksum of the whole record as a ZIP, in parts between which a line may break; None without one."""
    packed, sha256 = standing.archive(), standing.checksum()
    if packed is None or not sha256:
        return None
    return {"size": packed.stat().st_size, "sha256": [sha256[place : place + 8] for place in range(0, 64, 8)]}


def privacy(request: HttpRequest, site: Site) -> HttpResponse:
    return show(request, site, "publication/privacy.html", nav="")


def accessibility(request: HttpRequest, site: Site) -> HttpResponse:
    return show(request, site, "publication/accessibility.html", nav="")
