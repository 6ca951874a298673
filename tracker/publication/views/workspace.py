"""The workspace's side of the same pages: documents collected now, drafts included, for a member."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from amendments.services import inbox
from codes.models import Code
from tracker.publication.collectors.live import LiveSource
from tracker.publication.links import Links
from tracker.publication.reports.services import weekly
from tracker.publication.site import Missing, Site
from tracker.publication.views.show import missing_page

Page = Callable[..., HttpResponse]


def site_of(request: HttpRequest) -> Site:
    """The workspace as the signed-in member sees it."""
    assert request.user.is_authenticated  # MemberRequiredMiddleware
    language = (translation.get_language() or "en")[:2]
    links = Links("w", request.path_info)
    laws = tuple(Code.objects.visible_to(request.user).values("slug", "names"))
    waiting = inbox.waiting(request.user, weekly.unread(request.user))
    source = LiveSource(request.user)
    return Site(source, language, workspace=True, at="", links=links, switcher=laws, waiting=waiting)


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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return missing_page(request, None, Missing(gettext("There is no such page.")))
