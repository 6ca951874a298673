"""The public site: the pages of `pages.py` and `reading.py` over a release. Reads only, no cookie, no session."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from tracker.publication import intake
from tracker.publication.links import Links
from tracker.publication.query import Asked
from tracker.publication.record import Record
from tracker.publication.site import Missing, Site
from tracker.publication.views.kept import ANSWERS, copies_here, state_now
from tracker.publication.views.show import missing_page

Page = Callable[..., HttpResponse]
# Pages of the current state may be a minute old; those that can name a person are always asked for again, so that a
# name that was taken back is gone at once. A frozen page never changes, but a court may have it removed: an hour.
FRESH, NAMING, FROZEN = "public, max-age=60", "public, no-cache", "public, max-age=3600"


def public(page: Page) -> Page:
    """A page view as a public one, with a page for whatever is missing."""
    return over_record(page, missing_page)


MissingAnswer = Callable[[HttpRequest, Site, Missing], HttpResponse]


def over_record(page: Page, missing_answer: MissingAnswer) -> Page:
    """A view over the record: GET and HEAD only, by language and state of the path, with a validator.

    An answer that was made before from the same state of the record is given again, unless the page reads more than
    the record (`beyond_the_record`).
    """

    @wraps(page)
    @require_safe
    def view(request: HttpRequest, lang: str, at: str = "", **values: Any) -> HttpResponse:
        state = None if page in BEYOND else state_now()
        response = ANSWERS.get(state, page, request) if state else None
        if response is None:
            response = _made(page, missing_answer, request, lang=lang, at=at, values=values)
            if state and response.status_code == HTTPStatus.OK:
                ANSWERS.put(state, page, request, response)
        found = _conditional(request, response)
        if state and found is response and response.status_code == HTTPStatus.OK:
            vars(found)["kept_in"] = state  # for `KeptFirstMiddleware`, when the layers above have added theirs
        return found

    view.page = page  # type: ignore[attr-defined]  # the mirror calls the same page with another source
    return view


BEYOND: set[Page] = set()


def beyond_the_record(page: Page) -> Page:
    """Marks a page that reads more than the record, such as a file: it is made anew for every request."""
    BEYOND.add(page)
    return page


def _made(
    page: Page,
    missing_answer: MissingAnswer,
    request: HttpRequest,
    *,
    lang: str,
    at: str,
    values: dict[str, Any],
) -> HttpResponse:
    """The page, made from the record and from the parameters it knows; no other part of the query reaches it."""
    vars(request)["GET"] = Asked(request.META.get("QUERY_STRING", ""))
    with translation.override(lang):
        record = Record(date.fromisoformat(at) if at else None)
        follow = settings.FOLLOW and intake.offered() and not at
        links = Links(lang, request.path_info, at)
        site = Site(record, lang, workspace=False, at=at, links=links, follow=follow, copies=copies_here())
        try:
            if at and (record.release is None or at > now().date().isoformat()):
                raise Missing(gettext("There is no published state of that day."))
            response = page(request, site, **values)
        except Missing as missing:
            return missing_answer(request, site, missing)
        return _validated(response, record, at)


def finished(request: HttpRequest, response: HttpResponse, record: Record, at: str) -> HttpResponse:
    """An answer over the record with its validator, or 304 for who has it."""
    return _conditional(request, _validated(response, record, at))


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != HTTPStatus.OK:
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _validated(response: HttpResponse, record: Record, at: str) -> HttpResponse:
    """The validator is made of release, documents and the page's bytes: it tells nothing that the page does not."""
    if response.status_code != HTTPStatus.OK:
        return response
    number = record.release.number if record.release else 0
    digest = hashlib.sha256(f"{number} {record.tag} ".encode() + response.content).hexdigest()
    over = bool(at) and at < now().date().isoformat()  # today's state may still get another release
    response["ETag"] = f'"{digest[:32]}"'
    response["Cache-Control"] = NAMING if record.names_persons else FROZEN if over else FRESH
    return response


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The landing page in the language that the reader's browser asks for."""
    offered = [code for code, _ in settings.LANGUAGES]
    asked = [code[:2] for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    language = next((code for code in asked if code in offered), offered[0])
    response = HttpResponseRedirect(f"{language}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Every address that is no page. The language is that of the path, when it begins with one."""
    first = request.path_info.lstrip("/").partition("/")[0]
    language = first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        return missing_page(request, None, Missing(gettext("There is no such page.")))
