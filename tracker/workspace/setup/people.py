"""One person, and everybody there is: roles in laws, freezing, new beginnings, the office of administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from codes.models import Code, Membership
from codes.permissions import may, may_about, may_somewhere
from codes.services import membership, people
from tracker.accounts.forms import PlainForm
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.accounts.services import contacts
from tracker.accounts.services.members import SYSTEM
from tracker.common.conflicts import Conflict
from tracker.publication.pages.words import say
from tracker.publication.site import Site
from tracker.workspace.seam import MemberRequest, law_of_member, member_view, page
from tracker.workspace.setup.forms import ROLE_NAMES, AddRoleForm, ChangeRoleForm, ReasonForm

PEOPLE = "/w/settings/members/"


@member_view("GET")
def everybody(request: MemberRequest, site: Site) -> HttpResponse:
    """All people with their laws, for administrators."""
    may_somewhere(request.user, "members").require()
    found = User.objects.exclude(handle=SYSTEM).order_by("handle").prefetch_related("memberships__law")
    rows = [{"person": user, "roles": [_role(each) for each in user.memberships.all()]} for user in found]
    return page(request, site, "workspace/setup/everybody.html", nav="settings", rows=rows, laws=Code.objects.all())


@member_view("GET")
def person(request: MemberRequest, site: Site, handle: str) -> HttpResponse:
    return show_person(request, site, known_person(request, handle))


def _deed(action: str, do: Callable[..., object], said: Promise, name: str) -> Callable[..., HttpResponseBase]:
    """A view that does one thing to a person, with a reason. `name` is the form's place on the page."""

    @member_view("POST")
    def view(request: MemberRequest, site: Site, handle: str) -> HttpResponse:
        about = known_person(request, handle)
        may_about(request.user, action, about).require()
        form = ReasonForm(request.POST, auto_id=f"id_{name}_%s")
        if not form.is_valid():
            return show_person(request, site, about, {name: form})
        do(user=about, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, str(said))
        return HttpResponseRedirect(f"{PEOPLE}{about.handle}/")

    return view


freeze = _deed("freeze", people.freeze, gettext_lazy("The account is frozen. All its sessions have ended."), "freeze")
lift = _deed("lift", people.lift, gettext_lazy("The freeze is lifted. The person can sign in again."), "lift")
appoint = _deed(
    "members",
    lambda **named: people.set_administrator(administrator=True, **named),
    gettext_lazy("This person is an administrator now."),
    "office",
)
dismiss = _deed(
    "members",
    lambda **named: people.set_administrator(administrator=False, **named),
    gettext_lazy("This person is no administrator any more."),
    "office",
)


@member_view("POST")
def reset(request: MemberRequest, site: Site, handle: str) -> HttpResponse:
    """Make a reset link and show it, once."""
    about = known_person(request, handle)
    may_about(request.user, "members", about).require()
    form = ReasonForm(request.POST, auto_id="id_reset_%s")
    if not form.is_valid():
        return show_person(request, site, about, {"reset": form})
    token = people.make_reset(user=about, by=request.user, reason=form.cleaned_data["reason"])
    link = request.build_absolute_uri(f"/w/reset/{token}/")
    return page(request, site, "workspace/setup/link.html", nav="settings", link=link, person=about)


@member_view("POST")
def add_role(request: MemberRequest, site: Site, handle: str) -> HttpResponse:
    about = known_person(request, handle)
    may_about(request.user, "members", about).require()
    form = _add_form(about, request.POST)
    if form.is_valid():
        law = get_object_or_404(Code, slug=form.cleaned_data.pop("law"))
        try:
            membership.add(user=about, law=law, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("law", error)
        else:
            return _to(about, request, _("The role is given. The person signs in again to use it."))
    return show_person(request, site, about, {"add": form})


@member_view("POST")
def change_role(request: MemberRequest, site: Site, handle: str, law: str) -> HttpResponse:
    about, row = _with_role(request, handle, law)
    form = ChangeRoleForm(request.POST, auto_id=f"id_{law}_%s")
    if not form.is_valid():
        return show_person(request, site, about, {f"change {law}": form})
    try:
        membership.change_role(user=about, law=row.law, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        now = conflict.theirs.role
        fresh = ChangeRoleForm({**form.data.dict(), "was": now}, auto_id=f"id_{law}_%s")  # type: ignore[attr-defined]
        words = _(
            "Somebody made this person %(role)s meanwhile. Your choice stands below; save it again if you mean it."
        )
        fresh.add_error(None, words % {"role": ROLE_NAMES[Role(now)]})
        return show_person(request, site, about, {f"change {law}": fresh}, status=409)
    return _to(about, request, _("The role is changed. The person signs in again to use it."))


@member_view("POST")
def remove_role(request: MemberRequest, site: Site, handle: str, law: str) -> HttpResponse:
    about, row = _with_role(request, handle, law)
    form = ReasonForm(request.POST, auto_id=f"id_remove_{law}_%s")
    if not form.is_valid():
        return show_person(request, site, about, {f"remove {law}": form})
    membership.remove(user=about, law=row.law, by=request.user, reason=form.cleaned_data["reason"])
    return _to(about, request, _("This person has no role in the law any more. What they wrote stays theirs."))


def known_person(request: MemberRequest, handle: str) -> User:
    """The person, if one may know of them: oneself, somebody in a shared law, or anybody for an administrator."""
    about = get_object_or_404(User.objects.exclude(handle=SYSTEM), handle=handle)
    if about.pk != request.user.pk:
        may_about(request.user, "see_members", about).require()
    return about


def _with_role(request: MemberRequest, handle: str, law: str) -> tuple[User, Membership]:
    """The person and their role in the law, for somebody who may change it."""
    about = known_person(request, handle)
    row = get_object_or_404(Membership.objects.select_related("law"), user=about, law__slug=law)
    if not request.user.is_administrator:
        law_of_member(request.user, law)
    may(request.user, "members", row.law, own=about.pk == request.user.pk).require()
    return about, row


def _to(about: User, request: MemberRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(f"{PEOPLE}{about.handle}/")


def _add_form(about: User, data: Any = None) -> AddRoleForm:
    held = Membership.objects.filter(user=about).values_list("law__slug", flat=True)
    laws = [(law.slug, say(law.names)) for law in Code.objects.exclude(slug__in=list(held))]
    return AddRoleForm(data, laws=laws, auto_id="id_add_%s")


def show_person(
    request: MemberRequest, site: Site, about: User, sent: dict[str, PlainForm] | None = None, *, status: int = 0
) -> HttpResponse:
    """The person's page; `sent` holds the form that came back with errors, under its place on the page."""
    user, sent = request.user, sent or {}
    rows = Membership.objects.filter(user=about).select_related("law")
    if not user.is_administrator:
        rows = rows.filter(law__in=Code.objects.visible_to(user))
    manages = _can(user, "members", about)
    context: dict[str, Any] = {
        "person": about,
        "own": user.pk == about.pk,
        "roles": [_role(row) | _role_forms(row, sent) for row in rows],
        "can": {"members": manages, **{action: _can(user, action, about) for action in ("freeze", "lift")}},
        **{
            name: sent.get(name) or ReasonForm(auto_id=f"id_{name}_%s")
            for name in ("freeze", "lift", "reset", "office", "contact")
        },
        "has_contact": manages and contacts.of(about) is not None,
        "add": sent.get("add") or (_add_form(about) if manages else None),
    }
    shown = status or (422 if sent else 200)
    return page(request, site, "workspace/setup/person.html", status=shown, nav="settings", **context)


def _role_forms(row: Membership, sent: dict[str, PlainForm]) -> dict[str, PlainForm]:
    law, now = row.law.slug, {"role": row.role, "was": row.role}
    return {
        "change": sent.get(f"change {law}") or ChangeRoleForm(initial=now, auto_id=f"id_{law}_%s"),
        "remove": sent.get(f"remove {law}") or ReasonForm(auto_id=f"id_remove_{law}_%s"),
    }


def _can(user: User, action: str, about: User) -> bool:
    """Whether to show a form; what one may not know of is left out like what one may not do."""
    try:
        return bool(may_about(user, action, about))
    except Http404:
        return False


def _role(row: Membership) -> dict[str, Any]:
    return {"law": row.law, "role": row.role, "word": ROLE_NAMES[Role(row.role)]}
