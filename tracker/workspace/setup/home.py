"""The first page of the settings: what this member may open."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from codes.models import Code
from codes.permissions import may_somewhere
from tracker.accounts.models import User
from tracker.publication.site import Site
from tracker.workspace.seam import MemberRequest, member_view, page


@member_view("GET")
def settings(request: MemberRequest, site: Site) -> HttpResponse:
    user = request.user
    laws = Code.objects.all() if user.is_administrator else Code.objects.visible_to(user)
    context: dict[str, Any] = {"people": _can(user, "members"), "lists": _can(user, "catalogue"), "laws": laws}
    context |= {"outgoing": _can(user, "outgoing"), "mirror": _can(user, "mirror")}
    return page(request, site, "workspace/setup/settings.html", nav="settings", **context)


def _can(user: User, action: str) -> bool:
    """Whether to show the way there; who is in no law may not know of it."""
    try:
        return bool(may_somewhere(user, action))
    except Http404:
        return False
