"""Signing in and out: a handle with its password and, where there is one, a second factor; or a passkey alone."""

from __future__ import annotations

from time import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tracker.accounts import passkeys, throttle
from tracker.accounts.backends import HandleBackend
from tracker.accounts.forms import CodeForm, SignInForm
from tracker.accounts.models import User
from tracker.accounts.services import factors

BACKEND = "tracker.accounts.backends.HandleBackend"
# The member whose password was right and whose second factor is asked for; for how long, in seconds.
HALF_WAY, HALF_WAY_LASTS = "_half_way", 10 * 60
PASSKEYS_ASKED = 60  # in a minute, by one address: a team behind it may come at once


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            done = _try(request, form)
            if done is not None:
                return done
    return _page(request, "accounts/sign_in.html", form, status)


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse | None:
    handle = form.cleaned_data["handle"].strip().lower()
    if must_wait(request, form, handle):
        return None
    user = authenticate(request, handle=handle, password=form.cleaned_data["password"])
    if not isinstance(user, User):
        form.add_error(None, _("Handle or password is not right. Check both, or ask an administrator for a new link."))
        return None
    throttle.forget_guesses(request, handle)
    if not factors.of(user):
        return enter(request, user)
    request.session.cycle_key()
    request.session[HALF_WAY] = [user.pk, time(), _next(request)]
    return HttpResponseRedirect("/w/sign-in/code/")


def must_wait(request: HttpRequest, form: forms.Form, handle: str, *, code: bool = False) -> bool:
    """Whether this guess is not heard; the form then says how long to wait."""
    wait = throttle.wait_before(request, handle, code=code)
    if wait:
        said = ngettext("Too many tries. Wait %(n)d second.", "Too many tries. Wait %(n)d seconds.", wait)
        form.add_error(None, said % {"n": wait})
    return bool(wait)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@login_not_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second step: six digits from the app, or a recovery code."""
    user, wanted = _half_way(request)
    if user is None:
        return HttpResponseRedirect(settings.LOGIN_URL)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not must_wait(request, form, user.handle, code=True):
        how = factors.use_code(user, form.cleaned_data["code"])
        if how:
            throttle.forget_guesses(request, user.handle, code=True)
            return enter(request, user, wanted if how == "app" else "/w/settings/account/")
        form.add_error("code", _("This code is not right, or it was used already. Wait for the next one."))
    context = {"has": factors.of(user), "next": wanted}
    return _page(request, "accounts/second_factor.html", form, 422 if request.method == "POST" else 200, **context)


@require_POST
@login_not_required
def passkey_options(request: HttpRequest) -> HttpResponse:
    wait = throttle.asked_too_often(request, "passkey", most=PASSKEYS_ASKED, seconds=60)
    if wait:
        said = ngettext("Too many tries. Wait %(n)d second.", "Too many tries. Wait %(n)d seconds.", wait) % {"n": wait}
        return JsonResponse({"error": said}, status=429, headers={"Retry-After": str(wait)})
    return passkeys.options_to_sign_in(request)


@require_POST
@login_not_required
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey that answered is the whole sign-in: it verified its owner. Guesses are hopeless and not counted."""
    user = passkeys.member_of(request, request.POST.get("credential", ""))
    if user is None or not HandleBackend().may_sign_in(user):
        form = SignInForm({})
        form.errors.clear()
        form.add_error(None, _("This passkey does not open an account here. Sign in with handle and password."))
        return _page(request, "accounts/sign_in.html", form, 422)
    return enter(request, user)


def enter(request: HttpRequest, user: User, wanted: str = "") -> HttpResponse:
    """Signed in: a new session, a known browser, and on to the page that was wanted."""
    wanted = wanted or _next(request)
    request.session.pop(HALF_WAY, None)
    login(request, user, backend=BACKEND)
    response = HttpResponseRedirect(wanted)
    throttle.remember_device(response, user.handle, secure=not settings.DEMO)
    return response


def _half_way(request: HttpRequest) -> tuple[User | None, str]:
    pk, at, wanted = request.session.get(HALF_WAY) or (0, 0.0, "")
    if time() - at > HALF_WAY_LASTS:
        return None, ""
    return HandleBackend().get_user(pk), wanted


def _page(request: HttpRequest, template: str, form: forms.Form, status: int, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, "next": _next(request), **context}, status=status)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/w/") else settings.LOGIN_REDIRECT_URL


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = HttpResponseRedirect(settings.LOGIN_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
