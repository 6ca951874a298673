"""One page of the copy: the public page as the site shows it, with links that lead to files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import quote, unquote, urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.middleware import closed_workspace
from tracker.publication.links import Links
from tracker.publication.mirror import places
from tracker.publication.mirror.forms import as_links
from tracker.publication.mirror.search import WORDS, search
from tracker.publication.mirror.shown import Question, Reading, Shown
from tracker.publication.site import Missing, ReleaseInfo, Site

URLS = "tracker.public_urls"
HTML = "text/html"
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_CHOICE = re.compile(r'<li><a data-choice href="([^"]*)">.*?</a></li>')
_TAG = re.compile(r"<(a|link|script|img)\b([^>]*)>")
_ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')


@dataclass
class Made:
    """A page of the copy, what it was made of, and where it leads."""

    content: bytes
    questions: list[Question]
    pages: list[str] = field(default_factory=list)  # addresses of the copy that it links to
    assets: list[str] = field(default_factory=list)  # static files, from the root of the site


def kind_of(path: str) -> tuple[ResolverMatch, str] | None:
    """The public page at a path, and its kind; None where the copy has none: frozen states, machine addresses."""
    try:
        match = resolve(unquote(path), URLS)
    except Resolver404:
        return None
    page = getattr(match.func, "page", None)
    if page is None or "lang" not in match.kwargs or match.kwargs.get("at"):
        return None
    return match, page.__name__


def make(shown: Shown, address: str, only: str = "") -> Made | None:
    """The page at an address of the copy; None where the site would answer that there is none.

    `only`: see `Reading`.
    """
    path, _, query = address.partition("?")
    found = kind_of(path)
    if found is None:
        return None
    match, kind = found
    view: Any = match.func
    values = {name: value for name, value in match.kwargs.items() if name not in {"lang", "at"}}
    language = match.kwargs["lang"]
    reading = Reading(shown, only)
    site = Site(reading, language, workspace=False, at="", links=Links(language, unquote(path)), offline=True)
    with translation.override(language), closed_workspace():
        try:
            page = search if kind == "search" else view.page
            response = page(_request(unquote(path), query), site, **values)
        except Missing:
            return None
        return _made(address, response, reading, language)


def _request(path: str, query: str) -> HttpRequest:
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META = {"QUERY_STRING": query, "SERVER_NAME": "copy", "SERVER_PORT": "80"}
    request.GET = QueryDict(query)
    return request


def _made(address: str, response: HttpResponse, reading: Reading, language: str) -> Made | None:
    if response.status_code in {301, 302}:
        return _elsewhere(address, response["Location"], reading)
    if response.status_code != 200:
        return None
    made = Made(response.content, [])
    if response.get("Content-Type", "").startswith(HTML):
        made = as_file(address, response.content.decode(), reading.release, language)
    made.questions = reading.asked
    return made


def _elsewhere(address: str, location: str, reading: Reading) -> Made | None:
    """The site would send the reader on; here a page does."""
    target = Target.of(address, location)
    if target.page is None or target.page == address:
        return None
    link = escape(places.relative(places.file_of(address), places.file_of(target.page), target.fragment))
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>→</title>{release_mark(reading.release)}'
        f'<meta http-equiv="refresh" content="0; url={link}"></head><body><p><a href="{link}">→</a></p></body></html>\n'
    )
    return Made(html.encode(), reading.asked, [target.page])


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a page of the copy, a static file, or neither (then `home` or nothing)."""

    page: str | None
    asset: str
    fragment: str
    home: str

    @classmethod
    def of(cls, here: str, link: str) -> Target:
        path, query, fragment = places.split(here, link)
        if path.startswith(settings.STATIC_URL) or path == f"/{WORDS}":
            return cls(None, path, fragment, "")
        home = settings.HOME_ADDRESS and urljoin(settings.HOME_ADDRESS, places.address(path, query)[1:])
        home = f"{home}#{fragment}" if home and fragment else home
        found = kind_of(path)
        if found and found[1] == "compare":
            path, query = places.chosen_pair(path, query)
        kept = places.reduced(found[1], query) if found else None
        return cls(None if kept is None else places.address(path, kept), "", fragment, home)


def as_file(address: str, html: str, release: ReleaseInfo | None, language: str) -> Made:
    """A page of the site as a file: forms become links, links lead to files, and the release is named in the head."""
    made = Made(b"", [])
    here = places.file_of(address)
    html = _FORM.sub(lambda found: _form(found, language), html)
    html = _CHOICE.sub(lambda found: found[0] if Target.of(address, unescape(found[1])).page else "", html)
    html = _TAG.sub(lambda found: _tag(found, address, here, made), html)
    html = html.replace("</head>", f"{release_mark(release)}\n</head>", 1)
    html = html.replace('<header class="top">', f'{_band(here, language)}<header class="top">', 1)
    made.content = html.encode()
    return made


def _form(found: re.Match[str], language: str) -> str:
    attributes, inside = found[1], found[2]
    if 'role="search"' in attributes:
        return ""  # the line above each page leads to the search of the copy
    if 'method="post"' in attributes:
        return render_to_string("publication/mirror/needs_site.html")
    return as_links(inside)


def _tag(found: re.Match[str], address: str, here: str, made: Made) -> str:
    tag, attributes = found[1], found[2]
    if tag == "link" and 'rel="alternate"' in attributes and "hreflang" not in attributes:
        return ""  # other forms of the page, for machines: the data of the copy lies in record/
    link = _ADDRESS.search(attributes)
    if link is None:
        return found[0]
    value = unescape(link[2])
    if value.startswith("#") or places.is_foreign(value):
        return found[0]
    target = Target.of(address, value)
    if target.asset:
        if target.asset.startswith(settings.STATIC_URL):
            made.assets.append(target.asset)
        written = places.relative(here, target.asset[1:], target.fragment)
    elif target.page:
        made.pages.append(target.page)
        written = places.relative(here, places.file_of(target.page), target.fragment)
    elif target.home:
        written = target.home
    else:
        return f"<{tag}{attributes[: link.start()]}{attributes[link.end() :]}>"
    return f'<{tag}{attributes[: link.start()]}{link[1]}="{escape(written)}"{attributes[link.end() :]}>'


def release_mark(release: ReleaseInfo | None) -> SafeString:
    """What a page says of its release, for programs."""
    found = (release.number, release.hash) if release else (0, "")
    return format_html('<meta name="release" content="{} {}">', *found)


def _band(here: str, language: str) -> str:
    """The line above each page of the copy."""
    check = places.relative(here, f"{language}/mirrors/index.html")
    return render_to_string("publication/mirror/band.html", {"check": check})


def without(content: bytes, here: str, is_there: Callable[[str], bool]) -> bytes:
    """The page with the links to files that are not there taken out; their words stay."""
    folder = posixpath.dirname(here)

    def leads(value: str) -> bool:
        if value.startswith("#") or places.is_foreign(value):
            return True
        return is_there(posixpath.normpath(posixpath.join(folder, unquote(value.partition("#")[0]))))

    def plain(found: re.Match[str]) -> str:
        link = _ADDRESS.search(found[2])
        if link is None or leads(unescape(link[2])):
            return found[0]
        return f"<{found[1]}{found[2][: link.start()]}{found[2][link.end() :]}>"

    html = _CHOICE.sub(lambda found: found[0] if leads(unescape(found[1])) else "", content.decode())
    return _TAG.sub(plain, html).encode()


def rest_of(address: str) -> str:
    """An address without its language, which the copy has in every language."""
    return address.lstrip("/").partition("/")[2]


def in_language(language: str, rest: str) -> str:
    return f"/{quote(language)}/{rest}"
