"""The other forms of a page, for its head: what programs and shared links take instead of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from tracker.publication.pages import words
from tracker.publication.site import Document, Site

JSON, LINKED, AKN, ATOM = "application/json", "application/ld+json", "application/akn+xml", "application/atom+xml"
# Kinds of documents whose page stands at the document's path, so that `.json` takes the place of the last "/".
_TWINS = {"version", "article", "life", "comparison", "pair", "note", "laws", "standards"}


def alternates(site: Site, document: Document) -> list[dict[str, str]]:
    """Type, address relative to the page, and title where one is shown (feeds)."""
    kind, law, here = document.get("kind", ""), document.get("law"), site.links.here
    name = here.rstrip("/").rpartition("/")[2]
    found = []
    if kind == "overview" and law:
        found += [_form(JSON, site.links.law_file(law["slug"], "overview.json"))]
        found += [_form(LINKED, site.links.law_file(law["slug"], "ld.json"))]
    elif kind in _TWINS and here.endswith("/"):
        found.append(_form(JSON, f"../{name}.json"))
    if kind in {"article", "note"}:
        found.append(_form(LINKED, "ld.json"))
    if kind in {"article", "version"}:
        found.append(_form(AKN, "akn.xml"))
    if law:
        title = gettext("What changed: %(law)s") % {"law": words.say(law["names"])}
        found.append(_form(ATOM, site.links.current_file(law["slug"], "feed.atom"), title))
    return [*found, _form(ATOM, site.links.file("feed.atom"), gettext("What changed in the laws we follow"))]


def picture(site: Site, law: Any) -> str:
    """Shared links need a whole address; "" where the site has no home."""
    if not settings.HOME_ADDRESS or not law or site.workspace:
        return ""
    return f"{str(settings.HOME_ADDRESS).rstrip('/')}/{site.language}/laws/{law['slug']}/headline.png"


def _form(kind: str, address: str, title: str = "") -> dict[str, str]:
    return {"type": kind, "address": address, "title": title}
