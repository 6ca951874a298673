"""The workspace's side of the same pages: documents collected now, drafts included, for a member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from amendments.models import Verdict
from codes.models import Code, Version
from tracker.publication.collectors.live import LiveSource
from tracker.publication.links import Links
from tracker.publication.site import Missing, Site
from tracker.publication.views.show import missing_page, show

Page = Callable[..., HttpResponse]
WAITING = ("draft", "in_review", "returned")


def site_of(request: HttpRequest) -> Site:
    """The workspace as the signed-in member sees it."""
    assert request.user.is_authenticated  # MemberRequiredMiddleware
    language = (translation.get_language() or "en")[:2]
    links = Links("w", request.path_info)
    laws = tuple(Code.objects.visible_to(request.user).values("slug", "names"))
    return Site(LiveSource(request.user), language, workspace=True, at="", links=links, switcher=laws)


def member(page: Page) -> Page:
    """A page view for the signed-in member (the middleware lets nobody else through)."""

    @wraps(page)
    @require_safe
    def view(request: HttpRequest, **values: Any) -> HttpResponse:
        site = site_of(request)
        try:
            return page(request, site, **values)
        except Missing as missing:
            return missing_page(request, site, missing)

    return view


def inbox(request: HttpRequest, site: Site) -> HttpResponse:
    """The laws the member follows, and how many findings and texts of each are not published yet."""
    slugs = [law["slug"] for law in site.switcher]
    waiting = Counter[tuple[str, str]]()
    findings = Verdict.objects.filter(concern__provision__law__slug__in=slugs, status__in=WAITING)
    for slug, status in findings.values_list("concern__provision__law__slug", "status"):
        waiting[slug, status] += 1
    hidden = Counter(Version.objects.filter(code__slug__in=slugs, public=False).values_list("code__slug", flat=True))
    cards = [
        {"law": law, "texts": hidden[law["slug"]], **{status: waiting[law["slug"], status] for status in WAITING}}
        for law in site.switcher
    ]
    return show(request, site, "publication/inbox.html", nav="inbox", cards=cards)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return missing_page(request, None, Missing(gettext("There is no such page.")))
