"""Rendering shared by every page view: what the shell needs besides the page's own data."""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tracker.publication.site import Document, Missing, Removed, Site, Withdrawn

log = logging.getLogger(__name__)


def show(
    request: HttpRequest,
    site: Site,
    template: str,
    document: Document | None = None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page in the shell. From `document` the shell takes the law, and whether sample data or a draft text is shown.

    `context` is the template's own; `nav` ("laws", "standards", "method", "inbox") marks the place in the navigation.
    """
    document = document or {}
    version = document.get("version") or document.get("new") or {}
    shared = {
        "site": site,
        "document": document,
        "law": document.get("law"),
        "sample": holds_sample(document),
        "draft": bool(version.get("draft")),
    }
    return render(request, template, {"nav": "laws", **shared, **context}, status=status)


def failed(request: HttpRequest) -> HttpResponse:
    """Whatever broke: a plain page that asks nothing of the database, with a code that stands in the log beside it."""
    code = secrets.token_hex(2).upper()
    log.error("a request failed, code %s", code)
    first = "/w/" if request.path.startswith("/w/") else "/"
    again = quote(request.path) if request.method in {"GET", "HEAD"} else first
    return render(None, "publication/failed.html", {"code": code, "again": again, "first": first}, status=500)


def laws_of(site: Site) -> list[Document]:
    laws = site.source.get("laws")
    return list(laws["laws"]) if laws else []


def holds_sample(value: Any) -> bool:
    """True when anything inside is marked as sample data."""
    if isinstance(value, dict):
        return value.get("sample") is True or any(holds_sample(each) for each in value.values())
    return isinstance(value, list) and any(holds_sample(each) for each in value)


def missing_page(request: HttpRequest, site: Site | None, missing: Missing) -> HttpResponse:
    """A plain 404 that says what there is not, or 410 for what was removed or withdrawn, and where to go on."""
    history = missing.history if isinstance(missing, Withdrawn) else ""
    heading = gettext("Renumbered") if missing.instead else gettext("Not found")
    if isinstance(missing, Removed | Withdrawn):
        heading = gettext("Withdrawn") if history else gettext("Removed")
    context = {
        "site": site,
        "sentence": str(missing),
        "heading": heading,
        "history": history,
        "instead": missing.instead,
    }
    gone = isinstance(missing, Removed | Withdrawn)
    return render(request, "publication/missing.html", context, status=410 if gone else 404)


def no_article(site: Site, law: str, v: str, n: str) -> Missing:
    """The sentence for an article that a text does not have; with its last article, when the text is known."""
    contents = site.source.get(f"laws/{law}/v/{v}")
    if contents is None:
        return Missing(gettext("There is no such text of this law."))
    numbers = [article["number"] for division in contents["divisions"] for article in division["articles"]]
    if not numbers:
        return Missing(gettext("We do not hold this text."))
    return _renumbered(site, law, contents, n) or Missing(
        gettext("There is no Article %(number)s in this text. It ends with Article %(last)s.")
        % {"number": n, "last": numbers[-1]}
    )


def _renumbered(site: Site, law: str, contents: Document, n: str) -> Missing | None:
    """The sentence for a number of current law that stands under another one in this text."""
    current = next((each["slug"] for each in contents["versions"] if each["is_current_law"]), None)
    version = contents["version"]["slug"]
    compared = site.source.get(f"laws/{law}/compare/{current}...{version}") if current else None
    for article in compared["articles"] if compared else []:
        if n in article["old"] and article["new"] and article["confirmed"]:
            said = gettext("In this text the article is number %(new)s. In current law it was %(old)s.")
            number = article["new"][0]
            return Missing(said % {"new": number, "old": n}, instead=site.links.article(law, version, number))
    return None
