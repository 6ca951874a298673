"""The workspace's side of the same pages: documents collected now, drafts included, for a member."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tracker.publication.collectors.live import LiveSource
from tracker.publication.links import Links
from tracker.publication.site import Missing, Site
from tracker.publication.views.show import laws_of, missing_page, show

Page = Callable[..., HttpResponse]


def member(page: Page) -> Page:
    """A page view for the signed-in member (the middleware lets nobody else through)."""

    @wraps(page)
    @require_safe
    def view(request: HttpRequest, **values: Any) -> HttpResponse:
        assert request.user.is_authenticated  # MemberRequiredMiddleware
        language = (translation.get_language() or "en")[:2]
        site = Site(LiveSource(request.user), language, workspace=True, at="", links=Links("w", request.path_info))
        try:
            return page(request, site, **values)
        except Missing as missing:
            return missing_page(request, site, str(missing))

    return view


def inbox(request: HttpRequest, site: Site) -> HttpResponse:
    """The laws the member follows, and how many findings of each are not published yet."""
    laws = laws_of(site)
    overviews = site.source.get_many([f"laws/{card['law']['slug']}/overview" for card in laws])
    cards = [{**card, "drafts": unpublished(overviews.get(f"laws/{card['law']['slug']}/overview"))} for card in laws]
    return show(request, site, "publication/inbox.html", nav="inbox", cards=cards)


def unpublished(overview: Any) -> dict[str, int]:
    """How many findings stand in each state before publication, and how many texts only members see."""
    counted = {"draft": 0, "in_review": 0, "returned": 0, "texts": 0}
    if overview is None:
        return counted
    for row in overview["rows"]:
        for cell in row["cells"]:
            for finding in cell["verdicts"].values():
                if finding["status"] in counted:
                    counted[finding["status"]] += 1
    counted["texts"] = sum(version["draft"] for version in overview["texts"])
    return counted


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return missing_page(request, None, gettext("There is no such page."))
