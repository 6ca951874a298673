"""Reading pages: contents of a text, one article of it, the life of a provision, two texts compared.

Each takes a constant number of documents: the page's own, and where words are compared, one further request for pairs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from tracker.publication.pages import compare as comparing
from tracker.publication.pages import life as lives
from tracker.publication.pages import reading
from tracker.publication.pages.river import river
from tracker.publication.pages.rows import Counter
from tracker.publication.site import Missing, Site
from tracker.publication.views.show import no_article, show

STANDARDS = "standards"


def contents(request: HttpRequest, site: Site, *, law: str, v: str) -> HttpResponse:
    document = site.document(f"laws/{law}/v/{v}", gettext("There is no such text of this law."))
    found = reading.contents(document, request.GET)
    return show(
        request,
        site,
        "publication/contents.html",
        document,
        page=found,
        version=document["version"],
        versions={version["slug"]: version for version in document["versions"]},
        changed_kept="1" if found.changed_only else "",
    )


def article(request: HttpRequest, site: Site, *, law: str, v: str, n: str) -> HttpResponse:
    path = f"laws/{law}/v/{v}/art-{n}"
    found = site.source.get_many([path, STANDARDS])
    document: Any = found.get(path)
    if document is None:
        raise site.erased(path) or no_article(site, law, v, n)
    return show(
        request,
        site,
        "publication/article.html",
        document,
        version=document["version"],
        law_language=document["version"]["language"],
        texts=reading.texts_of(document),
        quoted=reading.quoted_in(document),
        standards=standards_in(found),
        topics=topics_in(found),
        counterparts=[
            (each, reading.counterpart_words(each)) for each in reading.gone_numbers(document["counterparts"])
        ],
        cite=citation(site, "article", law, v, n),
    )


def life(request: HttpRequest, site: Site, *, law: str, key: str) -> HttpResponse:
    document = site.document(f"laws/{law}/p/{key}", gettext("We do not follow a provision of that name."))
    wanted = [path for step in document["steps"] if (path := lives.pair_path(document, step))]
    pairs: Any = site.source.get_many(wanted) if wanted else {}
    page = lives.life(document, pairs, workspace=site.workspace)
    return show(
        request,
        site,
        "publication/life.html",
        document,
        page=page,
        total=len(page.counter.changes),
        river=river(document),
        paths=lives.paths(document),
        current_number=lives.current_number(document),
        view="inline",
        law_language=document["steps"][-1]["version"]["language"] if document["steps"] else "",
        cite=citation(site, "life", law, key),
    )


def compare(request: HttpRequest, site: Site, *, law: str, a: str, b: str) -> HttpResponse:
    if a == b:
        raise Missing(gettext("Choose two different texts."))
    document = site.document(f"laws/{law}/compare/{a}...{b}", gettext("These two texts are not compared here."))
    choice = comparing.choose(request.GET, document, workspace=site.workspace)
    asked = comparing.picker(document, request.GET.get("from", ""), request.GET.get("to", ""))
    if not asked.error and (asked.old, asked.new) != (a, b):
        return HttpResponseRedirect(site.links.compare(law, asked.old, asked.new, **query_of(request)))
    page = comparing.layout(document, choice)
    found = site.source.get_many([STANDARDS, *(f"laws/{law}/compare/{a}...{b}/{key}" for key in page.keys)])
    pairs: Any = {path.rpartition("/")[2]: pair for path, pair in found.items() if path != STANDARDS}
    counter = comparing.fill(page, pairs, workspace=site.workspace)
    return show(
        request,
        site,
        "publication/compare.html",
        document,
        page=page,
        law_language=document["new"]["language"],
        choice=page.choice,
        view=page.choice.view,
        total=len(counter.changes),
        facts=comparing.facts(document, page.choice.show),
        sameness=comparing.sameness(document),
        held=[said for said in (comparing.held(document["old"]), comparing.held(document["new"])) if said],
        picker=asked,
        standards=standards_in(found),
        topics=topics_in(found),
        keys=page.choice.keys,
        keys_kept="" if page.choice.keys else "off",
        expected=next((version for version in document["versions"] if version["is_current_law"]), None),
        cite=citation(site, "compare", law, a, b),
    )


def pair(request: HttpRequest, site: Site, *, law: str, a: str, b: str, key: str) -> HttpResponse:
    path = f"laws/{law}/compare/{a}...{b}/{key}"
    found = site.source.get_many([path, STANDARDS])
    document: Any = found.get(path)
    if document is None:
        raise site.erased(path) or Missing(gettext("This article is not compared in these two texts."))
    counter = Counter()
    entry = comparing.Entry(document["summary"], full=True)
    comparing.fill_entry(entry, document, counter, workspace=site.workspace)
    return show(
        request,
        site,
        "publication/pair.html",
        document,
        entry=entry,
        law_language=document["new"]["language"],
        total=len(counter.changes),
        view=comparing.view_of(request.GET, workspace=site.workspace),
        standards=standards_in(found),
        topics=topics_in(found),
        keys=request.GET.get("keys") != "off",
        keys_kept="off" if request.GET.get("keys") == "off" else "",
        held=[said for said in (comparing.held(document["old"]), comparing.held(document["new"])) if said],
        cite=citation(site, "pair", law, a, b, key),
    )


def standards_in(found: Any) -> dict[str, Any]:
    """The catalogue by slug, for the names of standards that concerns cite."""
    return {standard["slug"]: standard for standard in found.get(STANDARDS, {}).get("standards", [])}


def topics_in(found: Any) -> dict[str, Any]:
    """The topics by slug, for the names of those that notes and concerns belong to."""
    return {topic["slug"]: topic for topic in found.get(STANDARDS, {}).get("topics", [])}


def query_of(request: HttpRequest) -> dict[str, str]:
    """What the reader chose besides the texts, to keep on another pair; the page number belongs to this one."""
    return {name: request.GET[name] for name in ("show", "view", "keys") if name in request.GET}


def at_home(path: str) -> str:
    """A path of the public site with the address of its home, where one is set: what a printed page can name."""
    return str(settings.HOME_ADDRESS).rstrip("/") + path


def citation(site: Site, page: str, *parts: str) -> dict[str, str]:
    """The date of the state shown and the address that will always show it; empty where nothing is published."""
    release = site.source.release
    date = site.at or (release.time.date().isoformat() if release else "")
    if not date:
        return {}
    address: str = getattr(replace(site.links, at=date), page)(*parts)
    return {"date": date, "address": address, "full": at_home(urljoin(site.links.here, address))}
