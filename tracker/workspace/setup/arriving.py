"""Coming in by a link that works once: an invitation or a new beginning. The only pages here without a member."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from codes.services import invitations, people
from tracker.accounts.forms import PlainForm
from tracker.accounts.models import Invitation, ResetLink
from tracker.accounts.roles import Role
from tracker.accounts.services import links
from tracker.accounts.views import enter
from tracker.workspace.setup.forms import ROLE_NAMES, BeginForm, NewPasswordForm


@sensitive_variables("token")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_not_required
def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invited person chooses a handle and a password, and is in."""
    form = BeginForm(request.POST or None)
    try:
        invitation = links.find(Invitation, token)
        if request.method == "POST" and form.is_valid():
            user = invitations.accept(token=token, language=_language(), **form.cleaned_data)
            return enter(request, user, settings.LOGIN_REDIRECT_URL)
    except links.LinkClosed as closed:
        return _closed(request, closed)
    except ValidationError as error:
        _place(error, form)
    word = ROLE_NAMES[Role(invitation.role)] if invitation.role else _("administrator")
    return _answer(request, "workspace/setup/join.html", form, invitation=invitation, word=word)


@sensitive_variables("token")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_not_required
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """A member with a reset link chooses a new password; all sessions and second factors are gone."""
    form = NewPasswordForm(request.POST or None)
    try:
        link = links.find(ResetLink, token)
        if request.method == "POST" and form.is_valid():
            people.use_reset(token=token, **form.cleaned_data)
            messages.success(request, _("Your new password works from now on. Sign in with it."))
            return HttpResponseRedirect(settings.LOGIN_URL)
    except links.LinkClosed as closed:
        return _closed(request, closed)
    except ValidationError as error:
        _place(error, form)
    return _answer(request, "workspace/setup/reset.html", form, person=link.user)


def _place(error: ValidationError, form: PlainForm) -> None:
    """Each message beside its field; a weak password comes without a field."""
    named = error.message_dict if hasattr(error, "error_dict") else {"password": error.messages}
    for field, said in named.items():
        form.add_error(field if field in form.fields else None, said)


def _answer(request: HttpRequest, template: str, form: PlainForm, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def _closed(request: HttpRequest, closed: links.LinkClosed) -> HttpResponse:
    """The same for a link that was used, taken back, too old, or never was."""
    context = {"sentence": gettext(str(closed))}
    return render(request, "workspace/setup/link_closed.html", context, status=404)


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]
