"""The public search: words, phrases and article numbers in the texts of the newest release."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from codes.text.queries import LONGEST, understand
from tracker.publication import finding
from tracker.publication.pages import search as results
from tracker.publication.site import Site
from tracker.publication.views.show import laws_of, show

GROUPS = 20  # provisions or articles on a page


def search(request: HttpRequest, site: Site) -> HttpResponse:
    asked = request.GET.get("q", "").strip().replace("\0", "")[:LONGEST]
    page = request.GET.get("page", "")
    query = understand(asked)
    hits = finding.find(query)
    groups = results.groups(hits[: finding.MOST])
    first = (int(page) - 1) * GROUPS if page.isascii() and page.isdigit() and int(page[:4]) > 0 else 0
    shown = groups[first : first + GROUPS]
    found = finding.excerpts(query, [hit for group in shown for hit in group.hits[: results.HITS]])
    for group in shown:
        group.excerpts = found
    return show(
        request,
        site,
        "publication/search.html",
        nav="search",
        asked=asked,
        groups=shown,
        laws={card["law"]["slug"]: card["law"]["names"] for card in laws_of(site)},
        said=results.counted(hits, groups) if asked else "",
        next_page=str(first // GROUPS + 2) if first + GROUPS < len(groups) else "",
        previous_page=str(first // GROUPS) if first else "",
    )
