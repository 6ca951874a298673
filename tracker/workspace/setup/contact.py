"""A member's own contact: written, read and erased by its owner; opened by an administrator, which leaves a line."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from codes.permissions import may_about
from codes.services import people
from tracker.accounts.models import Contact, User
from tracker.accounts.services import contacts, personal
from tracker.common.conflicts import Conflict
from tracker.common.fieldkeys import Unreadable
from tracker.common.typed import plain
from tracker.publication.site import Site
from tracker.workspace.seam import MemberRequest, member_view, page
from tracker.workspace.setup.forms import CONTACT_LENGTH, ContactForm, ReasonForm
from tracker.workspace.setup.people import known_person, show_person

HERE = "/w/settings/account/contact/"


@sensitive_post_parameters("words")
@member_view("GET", "POST")
def own(request: MemberRequest, site: Site) -> HttpResponse:
    """What the member wrote, who opened it, and POST: write it anew."""
    contact = contacts.of(request.user)
    state, words = _read(contact)
    revision = contact.revision if contact else 0
    if request.method != "POST":
        return _show(request, site, ContactForm(initial={"words": words, "revision": revision}), state)
    form = ContactForm(request.POST)
    if form.is_valid() and _saved(request, form):
        messages.success(request, _("Your contact is saved. You and an administrator can open it, nobody else."))
        return HttpResponseRedirect(HERE)
    return _show(request, site, form, state, status=409 if form.errors.get("revision") else 422, saved=words)


@member_view("POST")
def erase(request: MemberRequest, site: Site) -> HttpResponse:
    contacts.erase(user=request.user)
    messages.success(request, _("Your contact is removed. Nobody can read it any more, in no older revision either."))
    return HttpResponseRedirect(HERE)


@member_view("POST")
@sensitive_variables("words")
def opened(request: MemberRequest, site: Site, handle: str) -> HttpResponse:
    """An administrator reads the contact, for a reason that its owner sees."""
    about = known_person(request, handle)
    may_about(request.user, "members", about).require()
    form = ReasonForm(request.POST, auto_id="id_contact_%s")
    if not form.is_valid():
        return show_person(request, site, about, {"contact": form})
    words, state = "", "none"
    try:
        words = people.open_contact(user=about, by=request.user, reason=form.cleaned_data["reason"])
        state = "there" if words else "none"
    except personal.Removed:
        state = "removed"
    except Unreadable:
        state = "unreadable"
    context: dict[str, Any] = {"person": about, "words": words, "state": state}
    return page(request, site, "workspace/setup/opened_contact.html", nav="settings", **context)


def _saved(request: MemberRequest, form: ContactForm) -> bool:
    """Whether the contact is written. If not, the form says why and keeps what was typed."""
    try:
        words = plain(form.cleaned_data["words"], longest=CONTACT_LENGTH)
        contacts.keep(user=request.user, words=words, revision=form.cleaned_data["revision"])
    except ValidationError as error:
        form.add_error("words", error)
        return False
    except Conflict as conflict:
        form.data = form.data | {"revision": conflict.theirs.revision}  # type: ignore[operator]  # an immutable copy
        form.add_error(
            "revision",
            _("You saved another text in another window. Both stand below; save again if you mean this one."),
        )
        return False
    return True


def _read(contact: Contact | None) -> tuple[str, str]:
    """("none" | "there" | "removed" | "unreadable", words)."""
    if contact is None:
        return "none", ""
    try:
        return "there", contacts.read(contact)
    except personal.Removed:
        return "removed", ""
    except Unreadable:
        return "unreadable", ""


def _show(
    request: MemberRequest, site: Site, form: ContactForm, state: str, *, status: int = 200, saved: str = ""
) -> HttpResponse:
    user: User = request.user
    context: dict[str, Any] = {"form": form, "state": state, "saved": saved, "openings": contacts.openings(user)}
    return page(request, site, "workspace/setup/contact.html", status=status, nav="settings", **context)
