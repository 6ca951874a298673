"""A text that only members see: what it holds, and publishing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from amendments.models import Comparison
from amendments.services.publishing_texts import may_publish_text, publish_text
from codes.models import Import, Version
from codes.permissions import may
from tracker.publication.services.publishing import release_soon
from tracker.publication.site import Site
from tracker.workspace import seam
from tracker.workspace.review import words


@seam.member_view("GET", "POST")
def publish(request: seam.MemberRequest, site: Site, *, law: str, v: str) -> HttpResponse:
    code = seam.law_of_member(request.user, law)
    may(request.user, "publish", code).require()
    version = get_object_or_404(code.versions.select_related("code", "stage", "source"), slug=v, obtained=True)
    wrong = ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                for changed in publish_text(version, by=request.user):
                    release_soon(changed, by=request.user)
        except ValidationError as error:
            wrong = words.refusal(error)
        else:
            messages.success(request, gettext("Published. The public site shows the text with the next release."))
            return HttpResponseRedirect(site.links.version(law, v))
    return seam.page(
        request,
        site,
        "workspace/review/text.html",
        law=code,
        status=422 if wrong else 200,
        nav="inbox",
        version=version,
        run=Import.objects.filter(version=version).select_related("started_by").first(),
        articles=version.articles.count(),
        open_matches=_open_matches(version),
        matched=Comparison.objects.filter(new=version).exists(),
        refusal=gettext(may_publish_text(request.user, version).reason),
        wrong=wrong,
    )


def _open_matches(version: Version) -> list[Comparison]:
    """Comparisons with matches that nobody has confirmed, each with their number in `waiting`: the public sees those
    articles, and nothing of where they came from.
    """
    waiting = Count("changes", filter=Q(changes__confirmed=False))
    rows = Comparison.objects.filter(new=version).annotate(waiting=waiting).filter(waiting__gt=0)
    return list(rows.select_related("old").order_by("old__date", "pk"))
