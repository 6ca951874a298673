"""Setting up and removing second factors. Each change asks for the password and ends the other sessions."""

from __future__ import annotations

import json
from collections.abc import Callable

import segno
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from tracker.accounts import passkeys
from tracker.accounts.forms import PlainForm
from tracker.accounts.models import Passkey
from tracker.accounts.services import factors
from tracker.accounts.sessions import MUST_SET_UP
from tracker.common.fieldkeys import decrypt, encrypt
from tracker.publication.site import Site
from tracker.workspace.seam import MemberRequest, member_view, page
from tracker.workspace.setup.confirming import confirmed
from tracker.workspace.setup.forms import AppForm, ConfirmForm, PasskeyForm

HERE = "/w/settings/account/factors/"
SEED = "_new_seed"  # encrypted, until the first code proves that the app has it


@member_view("GET")
def overview(request: MemberRequest, site: Site) -> HttpResponse:
    return _overview(request, site, PasskeyForm(auto_id="id_passkey_%s"))


def _overview(request: MemberRequest, site: Site, form: PlainForm) -> HttpResponse:
    return page(
        request,
        site,
        "workspace/setup/factors.html",
        status=422 if form.errors else 200,
        nav="settings",
        form=form,
        has=factors.of(request.user),
        must=bool(request.session.get(MUST_SET_UP)),
    )


@sensitive_post_parameters("current", "code")
@csp_update({"img-src": "data:"})  # the picture of the seed, on this page only
@member_view("GET", "POST")
def app(request: MemberRequest, site: Site) -> HttpResponse:
    """Scan the picture, type the first code. GET shows the same seed until it is confirmed."""
    form = AppForm(request.POST or None)
    seed = decrypt(request.session[SEED]) if SEED in request.session else factors.new_seed()
    request.session[SEED] = encrypt(seed)
    if request.method == "POST" and confirmed(request, form):
        codes = factors.add_app(
            user=request.user, seed=seed, code=form.cleaned_data["code"], keep=request.session.session_key
        )
        if codes is not None:
            del request.session[SEED]
            return _added(request, site, codes)
        form.add_error("code", _("This code does not match. Wait for the next one, and check the clock of the phone."))
    picture = segno.make(factors.address_of(request.user, seed), error="m").png_data_uri(scale=5, border=4)
    spelt = " ".join(seed[at : at + 4] for at in range(0, len(seed), 4))
    return page(
        request,
        site,
        "workspace/setup/app.html",
        status=422 if form.errors else 200,
        nav="settings",
        form=form,
        picture=picture,
        seed=spelt,
    )


@sensitive_post_parameters("current")
@member_view("POST")
def passkey_options(request: MemberRequest, site: Site) -> HttpResponse:
    """JSON for the browser, after the password; a refusal is JSON with one sentence."""
    form = PasskeyForm(request.POST)
    if not confirmed(request, form):
        said = [*form.non_field_errors(), *(wrong.error for wrong in form.wrong)]
        return HttpResponse(json.dumps({"error": str(said[0])}), content_type="application/json", status=422)
    return HttpResponse(passkeys.options_to_add(request, request.user), content_type="application/json")


@sensitive_post_parameters("current")
@member_view("POST")
def add_passkey(request: MemberRequest, site: Site) -> HttpResponse:
    """Keep the passkey. Its challenge was given after the password, so the password need not be right again."""
    form = PasskeyForm(request.POST, auto_id="id_passkey_%s")
    if form.is_valid():
        codes = passkeys.add(request, request.user, form.cleaned_data["name"], form.cleaned_data["credential"])
        if codes is not None:
            return _added(request, site, codes)
        form.add_error(None, _("The passkey was not added: its answer does not hold. Try again."))
    return _overview(request, site, form)


def _added(request: MemberRequest, site: Site, codes: list[str]) -> HttpResponse:
    """On to the recovery codes, which are shown once; or back to the list where there are some already."""
    request.session[MUST_SET_UP] = False
    if codes:
        return page(request, site, "workspace/setup/recovery_codes.html", nav="settings", codes=codes)
    messages.success(request, _("The second factor is added. All your other sessions have ended."))
    return HttpResponseRedirect(HERE)


@sensitive_post_parameters("current")
@member_view("GET", "POST")
def remove_app(request: MemberRequest, site: Site) -> HttpResponse:
    name = _("Authenticator app")
    return _remove(request, site, name, lambda here: factors.remove_app(user=request.user, keep=here))


@sensitive_post_parameters("current")
@member_view("GET", "POST")
def remove_passkey(request: MemberRequest, site: Site, pk: int) -> HttpResponse:
    key = get_object_or_404(Passkey, pk=pk, user=request.user)
    return _remove(
        request, site, key.name, lambda here: factors.remove_passkey(user=request.user, passkey=key.pk, keep=here)
    )


def _remove(request: MemberRequest, site: Site, name: str, do: Callable[[str | None], None]) -> HttpResponse:
    """Ask for the password, then remove the factor of this name."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and confirmed(request, form):
        do(request.session.session_key)
        messages.success(request, _("The second factor is removed. All your other sessions have ended."))
        return HttpResponseRedirect(HERE)
    status = 422 if form.errors else 200
    return page(
        request, site, "workspace/setup/remove_factor.html", status=status, nav="settings", form=form, name=name
    )


@sensitive_post_parameters("current")
@member_view("GET", "POST")
def recovery_codes(request: MemberRequest, site: Site) -> HttpResponse:
    """New recovery codes in place of the old ones."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and confirmed(request, form):
        codes = factors.renew_recovery_codes(user=request.user, keep=request.session.session_key)
        return page(request, site, "workspace/setup/recovery_codes.html", nav="settings", codes=codes)
    status = 422 if form.errors else 200
    return page(request, site, "workspace/setup/renew_codes.html", status=status, nav="settings", form=form)
