"""Pages around the overview: landing, laws, overview and matrix, standards, method. Each is a function of documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext

from tracker.publication.pages import headline, words
from tracker.publication.pages import overview as overview_page
from tracker.publication.site import Document, Missing, Site
from tracker.publication.views import reading
from tracker.publication.views.about import latest_changes
from tracker.publication.views.show import laws_of, show


def landing(request: HttpRequest, site: Site) -> HttpResponse:
    return show(
        request,
        site,
        "publication/landing.html",
        cards=law_cards(site),
        latest=latest_changes(site),
        meanings=words.MEANINGS,
        summary=gettext("What changed in draft laws, what we asked for, and whether it was done."),
        nav="",
    )


def laws(request: HttpRequest, site: Site) -> HttpResponse:
    return show(request, site, "publication/laws.html", cards=law_cards(site))


def law_cards(site: Site) -> list[Document]:
    """Each law with its headline, made from the counts by the same rule as the overview's; those we follow first."""
    cards = [
        {**card, "sentences": headline.sentences(headline.Counts(**card["counts"]), "recommendation")}
        for card in laws_of(site)
    ]
    return sorted(cards, key=lambda card: not card["sentences"])


def overview(request: HttpRequest, site: Site, law: str) -> HttpResponse:
    document = overview_document(site, law)
    found = overview_page.overview(document, request.GET)
    day = site.at or (site.source.release.time.date().isoformat() if site.source.release else "")
    return show(
        request,
        site,
        "publication/overview.html",
        document,
        page=found,
        options=found.options,
        offered=overview_page.offered(document, found.options.column),
        shown_words=overview_page.filter_sentence(found),
        meanings=words.MEANINGS,
        versions={text["slug"]: text for text in [*document["texts"], *filter(None, [document["current_law"]])]},
        summary=" ".join(found.sentences),
        cite_full=reading.at_home(f"/{site.language}/laws/{law}/@{day}/") if day else "",
        cite_on=day,
    )


def matrix_json(request: HttpRequest, site: Site, law: str) -> HttpResponse:
    found = overview_page.overview(overview_document(site, law), request.GET)
    return JsonResponse(overview_page.as_json(found), json_dumps_params={"ensure_ascii": False})


def overview_document(site: Site, law: str) -> Any:
    return site.document(f"laws/{law}/overview", gettext("We do not follow a law of that name."))


def pair_by_number(request: HttpRequest, site: Site, *, law: str, a: str, b: str, n: str) -> HttpResponse:
    """The comparison of one article by its number in `b`: a followed provision has its own lasting address."""
    compared = site.document(f"laws/{law}/compare/{a}...{b}", gettext("These two texts are not compared here."))
    for article in compared["articles"]:
        if n in article["new"]:
            if article["provision"]:
                return HttpResponseRedirect(site.links.pair(law, a, b, article["provision"]["key"]))
            return reading.pair(request, site, law=law, a=a, b=b, key=article["key"])
    raise Missing(gettext("There is no Article %(number)s in this comparison.") % {"number": n})


def standards(request: HttpRequest, site: Site) -> HttpResponse:
    document = standards_document(site)
    topics = {topic["slug"]: topic for topic in document["topics"]}
    return show(request, site, "publication/standards.html", document, topics=topics, nav="standards")


def standard(request: HttpRequest, site: Site, s: str) -> HttpResponse:
    document = standards_document(site)
    topics = {topic["slug"]: topic for topic in document["topics"]}
    found = next((each for each in document["standards"] if each["slug"] == s), None)
    if found is None:
        raise Missing(gettext("There is no such standard in the catalogue."))
    return show(request, site, "publication/standard.html", standard=found, topics=topics, nav="standards")


def standards_document(site: Site) -> Any:
    return site.document("standards", gettext("There is no catalogue of standards yet."))


def method(request: HttpRequest, site: Site) -> HttpResponse:
    meanings = [(value, word, words.MEANINGS[value]) for value, word in words.VERDICTS.items()]
    return show(request, site, "publication/method.html", meanings=meanings, nav="method")
