"""The offline copy of the public record: what stands there, a button that builds it, and its archive."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from codes.permissions import may_somewhere
from tracker.jobs.models import State
from tracker.jobs.services import worker_answers
from tracker.publication.machine.serving import DATA_POLICY
from tracker.publication.mirror import jobs
from tracker.publication.mirror.standing import archive, folder, standing
from tracker.publication.models import Release
from tracker.publication.services import signing
from tracker.publication.site import Site
from tracker.workspace.seam import MemberRequest, member_view, page

HERE = "/w/settings/mirror/"


@member_view("GET")
def mirror(request: MemberRequest, site: Site) -> HttpResponse:
    """For htmx only the part that says how far the build is."""
    may_somewhere(request.user, "mirror").require()
    job, there = jobs.last(), standing()
    newest = Release.objects.order_by("-number").first()
    context: dict[str, Any] = {
        "folder": folder(),
        "there": there,
        "newest": newest,
        "old": bool(there and newest and there.release < newest.number),
        "ours": {key.key for key in signing.in_force()},
        "job": job,
        "running": jobs.is_open(job),
        "packing": job is not None and job.message == jobs.PACKING,
        "share": 100 * job.done // job.total if job and job.total else 0,
        "failed": job is not None and job.state == State.FAILED,
        "waiting": job is not None and job.state == State.QUEUED and not worker_answers(),
    }
    template = "workspace/setup/mirror_watch.html" if request.htmx else "workspace/setup/mirror.html"
    return page(request, site, template, nav="settings", **context)


@member_view("POST")
def build(request: MemberRequest, _site: Site) -> HttpResponse:
    may_somewhere(request.user, "mirror").require()
    if folder() is None:
        messages.error(request, _("MIRROR_FOLDER is not set, so there is no place to build in."))
    else:
        jobs.ask(by=request.user)
    return HttpResponseRedirect(HERE)


@member_view("GET")
def download(request: MemberRequest, _site: Site) -> HttpResponseBase:
    may_somewhere(request.user, "mirror").require()
    found = archive()
    if found is None:
        messages.error(request, _("There is no copy to download yet. Build it first."))
        return HttpResponseRedirect(HERE)
    answer = FileResponse(found.open("rb"), as_attachment=True, filename="mirror.zip")
    answer["Content-Security-Policy"] = DATA_POLICY
    return answer
