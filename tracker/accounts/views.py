"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tracker.accounts import throttle
from tracker.accounts.forms import SignInForm


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
    return render(request, "accounts/sign_in.html", {"form": form, "next": _next(request)}, status=status)


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse | None:
    handle = form.cleaned_data["handle"].strip().lower()
    wait = throttle.wait_before(request, handle)
    if wait:
        form.add_error(
            None,
            ngettext("Too many tries. Wait %(n)d second.", "Too many tries. Wait %(n)d seconds.", wait) % {"n": wait},
        )
        return None
    user = authenticate(request, handle=handle, password=form.cleaned_data["password"])
    if user is None:
        form.add_error(None, _("Handle or password is not right. Check both, or ask an administrator for a new link."))
        return None
    throttle.forget_guesses(request, handle)
    login(request, user)
    response = HttpResponseRedirect(_next(request))
    throttle.remember_device(response, handle, secure=not settings.DEMO)
    return response


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
