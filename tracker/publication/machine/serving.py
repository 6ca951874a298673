"""Answers for programs: open to every site, never run as a page, and errors as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from tracker.publication.site import Missing, Removed, Site, Withdrawn
from tracker.publication.views.public import Page, over_record

DATA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
METHODS = "GET, HEAD, OPTIONS"
LONGEST_QUERY = 1000  # characters


def problem(status: int, sentence: str) -> JsonResponse:
    """An error for a program: one sentence under `error`."""
    return JsonResponse({"error": sentence}, status=status, json_dumps_params={"ensure_ascii": False})


def said_as_json(_request: HttpRequest, _site: Site, missing: Missing) -> HttpResponse:
    return problem(status_of(missing), str(missing))


def said_as_text(_request: HttpRequest, _site: Site, missing: Missing) -> HttpResponse:
    return HttpResponse(f"{missing}\n", status=status_of(missing), content_type="text/plain; charset=utf-8")


def status_of(missing: Missing) -> HTTPStatus:
    return HTTPStatus.GONE if isinstance(missing, Removed | Withdrawn) else HTTPStatus.NOT_FOUND


def data(page: Page) -> Page:
    """A view that answers with JSON, over the state that its address names."""
    return opened(over_record(page, said_as_json))


def download(page: Page) -> Page:
    """The same for tables, feeds, pictures and XML: what is missing is said in plain words."""
    return opened(over_record(page, said_as_text))


def embedded(page: Page) -> Page:
    """A small page for the frames of other sites."""
    return opened(over_record(page, said_as_text), EMBED_POLICY)


def opened(view: Callable[..., HttpResponse], policy: str = DATA_POLICY) -> Page:
    """Other sites may read the answer; a browser that opens it runs nothing in it."""

    @wraps(view)
    def answer(request: HttpRequest, **values: Any) -> HttpResponse:
        response = _answer(view, request, values)
        response["Content-Security-Policy"] = policy
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        if policy == EMBED_POLICY:
            response.xframe_options_exempt = True  # Django's own mark
        return response

    return answer


def _answer(view: Callable[..., HttpResponse], request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
    if request.method == "OPTIONS":
        headers = {"Allow": METHODS, "Access-Control-Allow-Methods": METHODS}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)
    if request.method not in {"GET", "HEAD"}:
        response = problem(HTTPStatus.METHOD_NOT_ALLOWED, gettext("Here one can only read. Use GET."))
        response["Allow"] = METHODS
        return response
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return problem(HTTPStatus.BAD_REQUEST, gettext("The query is too long. Shorten it."))
    return view(request, **values)
