"""What waits to be sent to readers and what failed: counts and sentences, never an address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from codes.permissions import may_somewhere
from tracker.follow.services import keeping
from tracker.publication.site import Site
from tracker.workspace.seam import MemberRequest, member_view, page


@member_view("GET")
def outgoing(request: MemberRequest, site: Site) -> HttpResponse:
    may_somewhere(request.user, "outgoing").require()
    return page(
        request,
        site,
        "workspace/setup/outgoing.html",
        nav="settings",
        figures=keeping.figures(),
        webhooks=settings.WEBHOOKS,
    )
