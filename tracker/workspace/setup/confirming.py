"""Asking for the password again before a change of sign-in, as slow for guesses as sign-in itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tracker.accounts import throttle
from tracker.accounts.forms import PlainForm
from tracker.accounts.views import must_wait
from tracker.workspace.seam import MemberRequest


def confirmed(request: MemberRequest, form: PlainForm) -> bool:
    """Whether the form holds the member's password in `current`; if not, the form says so."""
    if not form.is_valid() or must_wait(request, form, request.user.handle):
        return False
    if not request.user.check_password(form.cleaned_data["current"]):
        form.add_error("current", _("This is not your password."))
        return False
    throttle.forget_guesses(request, request.user.handle)
    return True
