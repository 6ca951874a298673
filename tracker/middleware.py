"""Addresses, headers, languages, and who may enter: the seams that every request passes."""

from __future__ import annotations

import contextlib
import hmac
import ipaddress
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.handlers.base import BaseHandler
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import set_urlconf
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tracker.accounts.sessions import MUST_SET_UP

Answer = Callable[[HttpRequest], HttpResponseBase]

# Paths of the workspace process that answer without sign-in; everything else needs it.
OPEN_PATHS = ("/w/sign-in/", "/w/join/", "/w/reset/", "/livez", "/healthz", "/readyz", "/static/")
# Where a member is led who must set up a second factor before anything else, and the way out.
SET_UP_PATH = "/w/settings/account/factors/"
WITHOUT_FACTOR = (*OPEN_PATHS, SET_UP_PATH, "/w/sign-out/")
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
# Paths that say the same in every language.
FOR_PROGRAMS = ("api", "robots.txt", "sitemap")
_FAMILIES = ("Firefox", "Edg", "Chrome", "Safari")


class AnonymousAddressMiddleware:
    """Outermost: no address and no exact browser goes further than here.

    The address becomes a pseudonym in the first 64 bits of an IPv6 address, made with a random key of the day. On the
    public site that key lives in this process only. Of the forwarding headers exactly `TRUSTED_PROXIES` steps are
    believed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.day = date.min
        self.key = b""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        address = self._client(meta)
        for name in [name for name in meta if name.startswith("HTTP_X_FORWARDED") and name != "HTTP_X_FORWARDED_PROTO"]:
            del meta[name]
        meta.pop("HTTP_FORWARDED", None)
        meta.pop("HTTP_X_REAL_IP", None)
        meta["REMOTE_ADDR"] = self.pseudonym(address)
        agent = meta.get("HTTP_USER_AGENT", "")
        meta["HTTP_USER_AGENT"] = next((family for family in _FAMILIES if family in agent), "other")
        return self.get_response(request)

    def _client(self, meta: dict[str, Any]) -> str:
        steps = [step.strip() for step in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",") if step.strip()]
        trusted = settings.TRUSTED_PROXIES
        return steps[-trusted] if trusted and len(steps) >= trusted else str(meta.get("REMOTE_ADDR", ""))

    def pseudonym(self, address: str) -> str:
        """`fd…` with 56 bits of HMAC over the IPv4 address or the IPv6 /64."""
        today = datetime.now(tz=UTC).date()
        if today != self.day:
            self.key, lasts = self.new_key(today)
            self.day = today if lasts else date.min
        try:
            parsed = ipaddress.ip_address(address)
            packed = parsed.packed[:8] if parsed.version == 6 else parsed.packed
        except ValueError:
            packed = b"unknown"
        digest = hmac.digest(self.key, packed, "sha256")[:7]
        return str(ipaddress.IPv6Address(b"\xfd" + digest + bytes(8)))

    def new_key(self, _day: date) -> tuple[bytes, bool]:
        """A key, and whether it lasts for the day."""
        return secrets.token_bytes(32), True


class MemberAddressMiddleware(AnonymousAddressMiddleware):
    """The workspace counts wrong guesses by pseudonym: all its processes share the day's key, in one row.

    While the database is away a key serves for one request: nothing is counted then, and as soon as the database is
    back the shared key is asked for again. Kept for the day, such a key would give this process counters of its own.
    """

    def new_key(self, day: date) -> tuple[bytes, bool]:
        from tracker.accounts.models import DayKey  # noqa: PLC0415  # middleware is loaded before the models

        fresh = secrets.token_bytes(32)
        try:
            row, created = DayKey.objects.get_or_create(day=day, defaults={"key": fresh})
        except Error:
            return fresh, False
        if created:
            DayKey.objects.filter(day__lt=day).delete()  # not the key of a process whose clock is ahead
        return bytes(row.key), True


class HeadersMiddleware:
    """What Django's SecurityMiddleware does not set; the workspace is never stored or indexed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response["Permissions-Policy"] = PERMISSIONS
        if "Content-Security-Policy" in response:  # the package gives the directives in an order of the process's own
            response["Content-Security-Policy"] = "; ".join(sorted(response["Content-Security-Policy"].split("; ")))
        if request.path.startswith("/w/"):
            response["X-Robots-Tag"] = "noindex"
            response["Cache-Control"] = "no-store"
        return response


class LanguageMiddleware:
    """The public site names its language in the path; the workspace takes the member's, else the browser's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = dict(settings.LANGUAGES)
        _, first, *more = request.path.split("/")
        if first == "embed" and more:
            first = more[0]
        if first.startswith(FOR_PROGRAMS):
            return self.get_response(request)
        if first in known:
            language = first
        elif first == "w":
            user = getattr(request, "user", None)
            language = getattr(user, "language", None) or translation.get_language_from_request(request)
        else:
            language = translation.get_language_from_request(request)
        with translation.override(language if language in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        if first not in known:
            patch_vary_headers(response, ["Accept-Language"])
        return response


class MemberRequiredMiddleware:
    """Everything needs sign-in unless it is on the list; and a second factor first, of whom one is asked. htmx is told
    where to go; a browser is sent there.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(OPEN_PATHS):
            return self.get_response(request)
        asked_by_htmx = bool(request.headers.get("HX-Request"))
        if not request.user.is_authenticated:
            here = request.headers.get("HX-Current-URL", "/w/") if asked_by_htmx else request.get_full_path()
            return self._send(redirect_to_login(here, settings.LOGIN_URL), asked_by_htmx)
        if request.session.get(MUST_SET_UP) and not request.path.startswith(WITHOUT_FACTOR):
            return self._send(HttpResponseRedirect(SET_UP_PATH), asked_by_htmx)
        return self.get_response(request)

    @staticmethod
    def _send(there: HttpResponseRedirect, asked_by_htmx: bool) -> HttpResponse:
        return HttpResponse(status=401, headers={"HX-Redirect": there["Location"]}) if asked_by_htmx else there


class _Chain(BaseHandler):
    """A second, complete middleware chain with its own URL configuration."""

    def __init__(self, middleware: list[str], urlconf: str) -> None:
        from django.test.utils import override_settings  # noqa: PLC0415  # only the demo and the tests build two chains

        super().__init__()
        self.urlconf = urlconf
        with override_settings(MIDDLEWARE=middleware):
            self.load_middleware()

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = self.urlconf
        set_urlconf(self.urlconf)
        chain: Answer = vars(self)["_middleware_chain"]
        return chain(request)


class SiteSwitchMiddleware:
    """The demo serves both sites from one process: each path takes the list and the URLs of its own site.

    While the public site answers, any query as the application role raises, so that the boundary holds here too.
    """

    def __init__(self, get_response: Answer) -> None:
        self.public = _Chain(settings.PUBLIC_MIDDLEWARE, "tracker.public_urls")
        self.workspace = _Chain(settings.WORKSPACE_MIDDLEWARE, "tracker.workspace_urls")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(("/w/", "/livez", "/healthz", "/readyz")) or request.path == "/w":
            return self.workspace.answer(request)
        with closed_workspace():
            return self.public.answer(request)


class WorkspaceClosed(Exception):
    """Public code asked for something as the application role."""


@contextlib.contextmanager
def closed_workspace() -> Iterator[None]:
    """Refuse every query on the application's connection."""

    def refuse(_execute: object, sql: str, _params: object, _many: bool, _context: object) -> None:
        raise WorkspaceClosed(f"A public page asked the workspace's database: {sql[:120]}")

    with connections["default"].execute_wrapper(refuse):
        yield
