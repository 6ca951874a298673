"""The history of one thing: its revisions, two of them side by side, and going back to one."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from amendments.models import Provision
from amendments.permissions import may_write
from amendments.services import history as histories
from amendments.services import naming, restoring, things
from amendments.services.history import Revision
from amendments.services.things import Thing
from codes.models import Version
from codes.services import words as wording
from tracker.common.conflicts import Conflict
from tracker.publication.pages import words
from tracker.publication.site import Site
from tracker.workspace import seam
from tracker.workspace.records import field_words, telling

# What two revisions are compared by; other things by the fields their own table tells.
_COMPARED: dict[str, tuple[str, ...]] = {
    "verdict": ("value", "reason", "lifecycle", "caution", "status"),
    "note": ("public_text", "quote", "article_id", "topics", "standards", "concern_id", "status"),
    "concern": ("names", "quoted", "note", "ask", "asked", "topics", "standards"),
    "standard": ("cite", "gist", "topics"),
}


@seam.member_view("GET")
def history(request: seam.MemberRequest, site: Site, *, kind: str, pk: int) -> HttpResponse:
    thing = things.find(kind, pk, user=request.user)
    return _shown(request, site, thing, older=request.GET.get("older", ""))


def _shown(
    request: seam.MemberRequest, site: Site, thing: Thing, *, older: str = "", alert: str = "", status: int = 200
) -> HttpResponse:
    try:
        found = histories.of_thing(thing.place, after=older)
    except ValueError:
        raise Http404 from None
    revisions = found[: histories.PAGE]
    told = telling.lines(revisions, naming.known(revisions))
    lines = telling.together(told)
    own = [line for line in lines if line.revision.table.kind == thing.kind and line.revision.type != "-"]
    newest = revisions[0].key if revisions and not older else ""
    restorable = (
        bool(newest) and thing.kind in restoring.RESTORABLE and bool(restoring.may_restore(request.user, thing))
    )
    return seam.page(
        request,
        site,
        "workspace/records/history.html",
        law=thing.law,
        status=status,
        thing=thing,
        name=_name(thing, told),
        kind=field_words.KINDS[thing.kind],
        lines=lines,
        own={line.ref for line in own},
        first_choice=own[1].ref if len(own) > 1 else "",
        last_choice=own[0].ref if own else "",
        restorable=restorable and len(own) > 1,
        edits=thing.kind == "concern" and thing.law is not None and bool(may_write(request.user, thing.law)),
        newest=newest,
        request_id=uuid4(),
        older=revisions[-1].key if len(found) > histories.PAGE else "",
        alert=alert,
    )


def _name(thing: Thing, told: list[telling.Line]) -> str:
    """The thing's name as it is now; a verdict or a note is called by what it is about."""
    row = thing.row
    names = getattr(row, "names", None) or getattr(row, "label", None)
    if names:
        return words.say(names)
    own = next((line.title for line in told if line.revision.table.model is type(row)), "")
    return own or str(row)


@seam.member_view("GET")
def compare(request: seam.MemberRequest, site: Site, *, kind: str, pk: int) -> HttpResponse:
    """Two revisions of one thing: fields side by side, their words marked."""
    thing = things.find(kind, pk, user=request.user)
    chosen = [_revision(thing, request.GET.get(name, "")) for name in ("a", "b")]
    before, after = sorted(chosen, key=lambda each: (each.when, each.number))
    states = [things.state(thing, revision) for revision in (before, after)]
    known = naming.known([before, after], *states)
    fields = _COMPARED.get(thing.kind, before.table.shown)
    rows = [_side_by_side(name, states[0], states[1], known) for name in fields]
    heads = telling.lines([before, after], known)
    return seam.page(
        request,
        site,
        "workspace/records/compare.html",
        law=thing.law,
        thing=thing,
        kind=field_words.KINDS[thing.kind],
        name=heads[1].title,
        before=heads[0],
        after=heads[1],
        rows=[row for row in rows if row["before"] or row["after"]],
        changed=sum(row["differs"] for row in rows),
    )


def _side_by_side(name: str, old: Mapping[str, Any], new: Mapping[str, Any], known: naming.Known) -> dict[str, Any]:
    before, after = telling.said(name, old.get(name), known), telling.said(name, new.get(name), known)
    runs = wording.compared(before, after)
    return {
        "label": field_words.FIELDS[name],
        "differs": before != after,
        "before": [run for run in runs if run.kind != "insert"] if before else [],
        "after": [run for run in runs if run.kind != "delete"] if after else [],
    }


def _revision(thing: Thing, key: str) -> Revision:
    """The revision of the thing that a form names, as `model-number`. Anything else does not exist."""
    model, _, number = key.partition("-")
    table = histories.table_of(model)
    if table is None or table.kind != thing.kind or not number.isdigit():
        raise Http404
    found = histories.row(table, int(number))
    if found is None or found.owner not in thing.rows:
        raise Http404
    return found


@seam.member_view("POST")
def restore(request: seam.MemberRequest, site: Site, *, kind: str, pk: int) -> HttpResponse:
    """Make an earlier revision the newest one, as a draft where a draft is what people write."""
    thing = things.find(kind, pk, user=request.user)
    revision = _revision(thing, request.POST.get("revision", ""))
    try:
        row = restoring.restore(
            thing,
            revision,
            by=request.user,
            newest=request.POST.get("newest", ""),
            request_id=_request_id(request),
        )
    except Conflict:
        alert = gettext(
            "Somebody saved another revision while you were here. Nothing was restored. See the list again."
        )
        return _shown(request, site, thing, alert=alert, status=HTTPStatus.CONFLICT)
    except ValidationError as error:
        alert = " ".join(gettext(message) for message in error.messages)
        return _shown(request, site, thing, alert=alert, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = gettext("%(reason)s. Both revisions stay in the history.") % {"reason": restoring.reason_of(revision)}
    messages.success(request, said)
    return HttpResponseRedirect(address(kind, row.pk))


def _request_id(request: seam.MemberRequest) -> UUID:
    """The form's own id, so that sending it twice does it once. A form without one counts as sent once."""
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return uuid4()


def address(kind: str, pk: int) -> str:
    return f"/w/history/{kind}/{pk}/"


@seam.member_view("GET")
def of_law(request: seam.MemberRequest, site: Site, *, law: str) -> HttpResponse:
    return HttpResponseRedirect(address("law", seam.law_of_member(request.user, law).pk))


@seam.member_view("GET")
def of_text(request: seam.MemberRequest, site: Site, *, law: str, v: str) -> HttpResponse:
    found = get_object_or_404(Version, code=seam.law_of_member(request.user, law), slug=v)
    return HttpResponseRedirect(address("version", found.pk))


@seam.member_view("GET")
def of_provision(request: seam.MemberRequest, site: Site, *, law: str, key: str) -> HttpResponse:
    provisions = Provision.objects.filter(law=seam.law_of_member(request.user, law))
    found = get_object_or_404(provisions, public_id=key.partition("-")[0])
    return HttpResponseRedirect(address("provision", found.pk))
