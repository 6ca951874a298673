"""The public site: the pages of `pages.py` and `reading.py` over a release. Reads only, sets no cookie, knows no session."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from tracker.publication.links import Links
from tracker.publication.releases import ReleaseReader
from tracker.publication.site import Document, Missing, ReleaseInfo, Site
from tracker.publication.views.show import missing_page

Page = Callable[..., HttpResponse]
# Pages of the current state may be a minute old; those that can name a person are always asked for again, so that a name
# that was taken back is gone at once.
FRESH, NAMING, FROZEN = "public, max-age=60", "public, no-cache", "public, max-age=31536000, immutable"


class PublicSource:
    """Documents of one release, and which of them a page was made from."""

    def __init__(self, reader: ReleaseReader) -> None:
        self._reader = reader
        self.used: dict[str, str] = {}  # path → hash of the document
        self.naming = False

    @property
    def release(self) -> ReleaseInfo | None:
        return self._reader.release

    def get(self, path: str) -> Document | None:
        return self.get_many([path]).get(path)

    def get_many(self, paths: Iterable[str]) -> dict[str, Document]:
        found = self._reader.get_many(list(paths))
        self.used |= {path: document_hash for path, (_, document_hash) in found.items()}
        bodies = {path: body for path, (body, _) in found.items()}
        self.naming = self.naming or any(body.get("kind") == "life" for body in bodies.values())
        return bodies


def public(page: Page) -> Page:
    """A page view as a public one: GET and HEAD only, by language and state of the path, with a validator."""

    @wraps(page)
    @require_safe
    def view(request: HttpRequest, lang: str, at: str = "", **values: Any) -> HttpResponse:
        with translation.override(lang):
            source = PublicSource(ReleaseReader.on(date.fromisoformat(at)) if at else ReleaseReader.latest())
            site = Site(source, lang, workspace=False, at=at, links=Links(lang, request.path_info, at))
            try:
                if at and source.release is None:
                    raise Missing(gettext("Nothing had been published by that day."))
                response = page(request, site, **values)
            except Missing as missing:
                return missing_page(request, site, str(missing))
            return _finished(request, response, source, at)

    return view


def _finished(request: HttpRequest, response: HttpResponse, source: PublicSource, at: str) -> HttpResponse:
    """The validator is made of the release, its documents and the bytes, so it tells nothing that the page does not."""
    if response.status_code != 200:
        return response
    parts = [str(source.release.number if source.release else 0), *sorted(source.used.values())]
    digest = hashlib.sha256("|".join(parts).encode() + response.content).hexdigest()
    etag = f'"{digest[:32]}"'
    past = bool(at) and at < datetime.now(UTC).date().isoformat()
    response["ETag"] = etag
    response["Cache-Control"] = NAMING if source.naming else FROZEN if past else FRESH
    response["Content-Language"] = translation.get_language() or ""
    return get_conditional_response(request, etag=etag, response=response) or response


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
        return missing_page(request, None, gettext("There is no such page."))
