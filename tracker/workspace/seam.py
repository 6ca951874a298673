"""What every workspace view goes through: the member's site, refusals with their sentence, and conflicts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from codes.models import Code
from tracker.accounts.models import User
from tracker.publication.site import Missing, Site
from tracker.publication.views.show import missing_page, show
from tracker.publication.views.workspace import site_of


class MemberRequest(HttpRequest):
    """A request that the middleware let through: there is a member, and htmx says how it came."""

    user: User
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


def member_view(*methods: str) -> Callable[[View], View]:
    """A workspace view for these methods. It is called with the request, the member's site and the path's values.

    What the member may not know of answers 404; what they may not do answers 403 with the sentence that says who can.
    """

    def wrap(page: View) -> View:
        @wraps(page)
        @require_http_methods([*methods, "HEAD"] if "GET" in methods else list(methods))
        def view(request: MemberRequest, **values: Any) -> HttpResponseBase:
            site = site_of(request)
            try:
                return page(request, site, **values)
            except Missing as missing:
                return missing_page(request, site, missing)
            except Http404:
                return missing_page(request, site, Missing(gettext("There is no such page.")))
            except PermissionDenied as refusal:
                return refused(request, site, str(refusal))

        return view

    return wrap


def law_of_member(user: User, slug: str) -> Code:
    """The law, if the member has a role in it; else 404."""
    laws = Code.objects.visible_to(user).select_related("jurisdiction", "replaces")
    return get_object_or_404(laws, slug=slug)


def page(
    request: HttpRequest, site: Site, template: str, *, law: Code | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """A workspace page in the shell; `law` marks the law in the header."""
    document = {"law": {"slug": law.slug, "names": law.names}} if law is not None else None
    return show(request, site, template, document, status=status, **context)


def refused(request: HttpRequest, site: Site, sentence: str) -> HttpResponse:
    """403 with the sentence that says who can."""
    return show(request, site, "workspace/refused.html", status=HTTPStatus.FORBIDDEN, sentence=gettext(sentence))
