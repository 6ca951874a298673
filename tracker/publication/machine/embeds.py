"""Small pages for the frames of other sites, the headline as a picture, and the page with the lines to copy."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.translation import gettext

from tracker.publication.pages import overview as overview_page
from tracker.publication.pages import words
from tracker.publication.pages.matrix import cell_view, state_words
from tracker.publication.site import Missing, Site
from tracker.publication.views.pages import overview_document
from tracker.publication.views.show import show

# Pixels of the frame, by what it shows.
HEIGHTS = {"headline": 400, "matrix": 640, "provision": 560}
LETTERS = 52  # of a line in the picture
LINE = 34


def headline(request: HttpRequest, site: Site, *, law: str) -> HttpResponse:
    found = overview_page.overview(overview_document(site, law), {})
    return _frame(request, site, "headline", law=found.document["law"], page=found)


def matrix(request: HttpRequest, site: Site, *, law: str) -> HttpResponse:
    """Every provision with its verdict in the newest text."""
    found = overview_page.overview(overview_document(site, law), request.GET)
    column, base = found.options.column, found.options.base
    shown = [(row, cell_view(row["cells"][column], found.document["texts"][column], base)) for row in found.shown]
    return _frame(request, site, "matrix", law=found.document["law"], page=found, rows=shown)


def provision(request: HttpRequest, site: Site, *, law: str, key: str) -> HttpResponse:
    document = site.document(f"laws/{law}/p/{key}", gettext("We do not follow a provision of that name."))
    steps = [
        (step, step["verdicts"].get("recommendation"), state_words(step["state"]))
        for step in reversed(document["steps"])
    ]
    return _frame(request, site, "provision", law=document["law"], document=document, steps=steps)


def _frame(request: HttpRequest, site: Site, name: str, **context: Any) -> HttpResponse:
    return render(request, f"publication/embed/{name}.html", {"site": site, "as_of": as_of(site), **context})


def as_of(site: Site) -> str:
    """The day of the release that is shown: a frame that is kept for long says how old it is."""
    release = site.source.release
    return words.when(release.time.date().isoformat()) if release else ""


def picture(request: HttpRequest, site: Site, *, law: str) -> HttpResponse:
    """The headline as SVG, 720 wide; its text is the picture's own title too."""
    found = overview_page.overview(overview_document(site, law), {})
    lines = [line for sentence in found.sentences for line in wrap(sentence, LETTERS)]
    drawn = [(line, 92 + LINE * place) for place, line in enumerate(lines)]
    context = {
        "name": words.say(found.document["law"]["names"]),
        "lines": drawn,
        "sentences": found.sentences,
        "as_of": as_of(site),
        "foot": 92 + LINE * len(lines) + 12,
        "height": 92 + LINE * len(lines) + 36,
        "language": site.language,
    }
    return render(request, "publication/embed/headline.svg", context, content_type="image/svg+xml")


def snippets(request: HttpRequest, site: Site, *, law: str) -> HttpResponse:
    """The lines that another site copies to show the headline, the matrix or one provision."""
    document = overview_document(site, law)
    if site.offline:
        raise Missing(gettext("This needs the site itself; a copy cannot do it."))
    root = str(settings.HOME_ADDRESS).rstrip("/") or f"{request.scheme}://{request.get_host()}"
    start = f"{root}/embed/{site.language}/{law}/"
    name = words.say(document["law"]["names"])
    keys = {row["provision"]["key"]: row["provision"]["names"] for row in document["rows"]}
    frames = [
        _snippet(f"{start}headline/", gettext("The headline"), name, "headline"),
        _snippet(f"{start}matrix/", gettext("Every provision with its verdict"), name, "matrix"),
        *(_snippet(f"{start}p/{key}/", words.say(names), words.say(names), "provision") for key, names in keys.items()),
    ]
    picture = f'<img src="{start}headline.svg" alt="{escape(name)}" width="720">'
    image = f'<a href="{root}/{site.language}/laws/{law}/">{picture}</a>'
    return show(
        request,
        site,
        "publication/embeds.html",
        {"law": document["law"]},
        frames=frames[:2],
        provisions=frames[2:],
        image=image,
        picture=site.links.static(f"/embed/{site.language}/{law}/headline.svg"),
    )


def _snippet(address: str, heading: str, title: str, preset: str) -> dict[str, str]:
    """`code` is shown as text, to be copied; it holds no script."""
    code = (
        f'<iframe src="{address}" title="{escape(title)}" width="100%" height="{HEIGHTS[preset]}" loading="lazy" '
        'referrerpolicy="no-referrer"></iframe>'
    )
    return {"heading": heading, "code": code, "address": address}
