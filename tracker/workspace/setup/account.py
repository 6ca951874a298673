"""The member's own page: password, sessions, language, keys."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from tracker.accounts.services import factors, members, sessions
from tracker.publication.site import Site
from tracker.workspace.seam import MemberRequest, member_view, page
from tracker.workspace.setup.confirming import confirmed
from tracker.workspace.setup.forms import ChoicesForm, PasswordForm

HERE = "/w/settings/account/"


@member_view("GET", "POST")
def account(request: MemberRequest, site: Site) -> HttpResponse:
    """What the member chose, and POST: choose otherwise."""
    user = request.user
    form = ChoicesForm(request.POST or None, initial={"language": user.language, "shortcuts": user.shortcuts})
    if request.method == "POST" and form.is_valid():
        members.choose(user=user, **form.cleaned_data)
        messages.success(request, _("Your choices are saved."))
        return HttpResponseRedirect(HERE)
    here = request.session.session_key
    listed = [
        {"row": row, "name": sessions.name(row.session_key), "here": row.session_key == here}
        for row in sessions.of(user)
    ]
    return page(
        request,
        site,
        "workspace/setup/account.html",
        status=422 if form.errors else 200,
        nav="settings",
        form=form,
        sessions=listed,
        has=factors.of(user),
    )


@sensitive_post_parameters("current", "password")
@member_view("GET", "POST")
def password(request: MemberRequest, site: Site) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and confirmed(request, form):
        try:
            user = members.set_password(
                user=request.user,
                password=form.cleaned_data["password"],
                by=request.user,
                reason="changed the password",
                keep=request.session.session_key,
            )
        except ValidationError as weak:
            form.add_error("password", weak)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed. All your other sessions have ended."))
            return HttpResponseRedirect(HERE)
    status = 422 if form.errors else 200
    return page(request, site, "workspace/setup/password.html", status=status, nav="settings", form=form)


@member_view("POST")
def end_session(request: MemberRequest, site: Site) -> HttpResponse:
    """End one session by its name, or with `all` every other one."""
    if "all" in request.POST:
        ended = sessions.end_all(user=request.user, keep=request.session.session_key)
    else:
        ended = int(sessions.end(user=request.user, named=request.POST.get("session", "")))
    said = ngettext("%(n)d session has ended.", "%(n)d sessions have ended.", ended) % {"n": ended}
    messages.success(request, said)
    return HttpResponseRedirect(HERE)
