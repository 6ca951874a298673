"""The members of one law: who is in it as what, open invitations, and the log of what changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from codes.models import Code, Membership
from codes.permissions import may
from codes.services import invitations, membership
from tracker.accounts.forms import PlainForm
from tracker.accounts.models import Announcement, Invitation
from tracker.accounts.roles import Role
from tracker.publication.site import Site
from tracker.workspace.seam import MemberRequest, law_of_member, member_view, page
from tracker.workspace.setup.forms import ROLE_NAMES, RoleForm

LOG_LINES = 50


@member_view("GET")
def members(request: MemberRequest, site: Site, law: str) -> HttpResponse:
    return _show(request, site, _law(request, law))


@member_view("POST")
def invite(request: MemberRequest, site: Site, law: str) -> HttpResponse:
    """Make an invitation and show its link, once."""
    found = _law(request, law)
    may(request.user, "members", found).require()
    form = RoleForm(request.POST, auto_id="id_invite_%s")
    if not form.is_valid():
        return _show(request, site, found, {"invite": form})
    invitation, token = invitations.invite(law=found, by=request.user, **form.cleaned_data)
    link = request.build_absolute_uri(f"/w/join/{token}/")
    context: dict[str, Any] = {
        "link": link,
        "invitation": invitation,
        "word": ROLE_NAMES[Role(invitation.role)],
        "of": found,
    }
    return page(request, site, "workspace/setup/link.html", nav="settings", **context)


@member_view("POST")
def take_back(request: MemberRequest, site: Site, law: str, invitation: int) -> HttpResponse:
    found = _law(request, law)
    may(request.user, "members", found).require()
    row = get_object_or_404(Invitation, pk=invitation, law=found)
    invitations.take_back(invitation=row, by=request.user, reason="taken back")
    messages.success(request, _("The invitation is taken back. Its link does not work any more."))
    return HttpResponseRedirect(f"/w/settings/laws/{law}/members/")


@member_view("POST")
def join(request: MemberRequest, site: Site, law: str) -> HttpResponse:
    """An administrator takes a role in the law. Their other sessions end, as with every change of rights."""
    found = _law(request, law)
    may(request.user, "join", found).require()
    form = RoleForm(request.POST, auto_id="id_join_%s")
    if form.is_valid():
        try:
            membership.join(law=found, by=request.user, keep=request.session.session_key, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return HttpResponseRedirect(f"/w/settings/laws/{law}/members/")
    return _show(request, site, found, {"join": form})


def _law(request: MemberRequest, slug: str) -> Code:
    """The law for its members and, since they care for its members, for administrators."""
    if request.user.is_administrator:
        return get_object_or_404(Code.objects.select_related("jurisdiction"), slug=slug)
    return law_of_member(request.user, slug)


def _show(request: MemberRequest, site: Site, law: Code, sent: dict[str, PlainForm] | None = None) -> HttpResponse:
    sent = sent or {}
    may(request.user, "see_members", law).require()
    manages = bool(may(request.user, "members", law))
    rows = Membership.objects.filter(law=law).select_related("user").order_by("user__handle")
    mine = [row for row in rows if row.user_id == request.user.pk]
    context: dict[str, Any] = {
        "of": law,
        "rows": [{"person": row.user, "word": ROLE_NAMES[Role(row.role)]} for row in rows],
        "log": _log(law),
        "manages": manages,
        "open": _open(law) if manages else [],
        "invite": sent.get("invite") or RoleForm(auto_id="id_invite_%s"),
        "may_join": not mine and bool(may(request.user, "join", law)),
        "join": sent.get("join") or RoleForm(auto_id="id_join_%s"),
    }
    status = 422 if sent else 200
    return page(request, site, "workspace/setup/law_members.html", status=status, nav="settings", **context)


def _open(law: Code) -> list[dict[str, Any]]:
    """Invitations that still work. Their links are known only to those who made them."""
    found = Invitation.objects.filter(law=law, closed=False, expires_at__gt=timezone.now()).select_related("made_by")
    return [{"row": row, "word": ROLE_NAMES[Role(row.role)]} for row in found]


def _log(law: Code) -> list[dict[str, Any]]:
    """The newest lines of what was announced to the law's members."""
    found = Announcement.objects.filter(law=law).select_related("about", "by")[:LOG_LINES]
    return [{"row": row, "word": ROLE_NAMES[Role(row.role)] if row.role else ""} for row in found]
