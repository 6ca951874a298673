"""Pages for reading: the contents of a text, an article, the life of an article, and two texts compared."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from tracker.publication.pages import compare as compare_page
from tracker.publication.pages import reading, river
from tracker.publication.site import Missing, Site
from tracker.publication.views.show import no_article, show


def contents(request: HttpRequest, site: Site, *, law: str, v: str) -> HttpResponse:
    document = site.document(f"laws/{law}/v/{v}", gettext("We do not hold this text."))
    only_changed = request.GET.get("changed") == "1"
    compared = [pair for pair in document["pairs"] if pair[1] == v]
    return show(
        request,
        site,
        "publication/contents.html",
        document,
        version=document["version"],
        only_changed=only_changed,
        compared=compared,
        labels={version["slug"]: version for version in document["versions"]},
        articles=sum(len(division["articles"]) for division in document["divisions"]),
        changed=sum(bool(article["changed"]) for division in document["divisions"] for article in division["articles"]),
    )


def article(request: HttpRequest, site: Site, *, law: str, v: str, n: str) -> HttpResponse:
    document: Any = site.source.get(f"laws/{law}/v/{v}/art-{n}")
    if document is None:
        raise no_article(site, law, v, n)
    return show(
        request,
        site,
        "publication/article.html",
        document,
        version=document["version"],
        texts=reading.texts(document),
        penalties=reading.penalties_by_part(document["sanctions"]),
        standards=_standards(site, [here["concern"] for here in document["concerns"]]),
    )


def life(request: HttpRequest, site: Site, *, law: str, key: str) -> HttpResponse:
    document = site.document(f"laws/{law}/p/{key}", gettext("We do not follow a provision of that name."))
    paths = {f"laws/{law}/compare/{a}...{b}/{step['pair']}": step for step in document["steps"] if step["compare"] for a, b in [step["compare"]]}
    pairs = site.source.get_many(paths) if paths else {}
    steps = []
    for step in reversed(document["steps"]):
        a, b = step["compare"] or ("", "")
        pair: Any = pairs.get(f"laws/{law}/compare/{a}...{b}/{step['pair']}")
        view = compare_page.pair_view(pair["summary"], pair, 0) if pair is not None else None
        steps.append({"step": step, "pair": view, "penalties": reading.penalties_by_part(step["sanctions"])})
    return show(request, site, "publication/life.html", document, steps=steps, river=river.river(document))


def compare(request: HttpRequest, site: Site, *, law: str, a: str, b: str) -> HttpResponse:
    wanted = request.GET.get("pair", "")
    if wanted and wanted != f"{a}...{b}" and wanted.count("...") == 1:
        first, _, second = wanted.partition("...")
        chosen = {name: request.GET.get(name, "") for name in ("view", "show")}
        return HttpResponseRedirect(site.links.compare(law, first, second, **chosen))
    if a == b:
        raise Missing(gettext("You chose the same text twice. Choose two different texts."))
    document = site.document(f"laws/{law}/compare/{a}...{b}", gettext("These two texts are not compared here. Choose another pair."))
    options = compare_page.options(document, request.GET, workspace=site.workspace)
    page = compare_page.page_of(document, options)
    path = f"laws/{law}/compare/{a}...{b}"
    found = site.source.get_many([f"{path}/{item['key']}" for item in page.items if compare_page.has_words(item)])
    pairs = [
        compare_page.pair_view(item, found.get(f"{path}/{item['key']}"), page.start + place)  # type: ignore[arg-type]  # a PairDocument by its path
        for place, item in enumerate(page.items, 1)
    ]
    return show(
        request,
        site,
        "publication/compare.html",
        document,
        options=options,
        page=page,
        pairs=pairs,
        picker=compare_page.picker(document),
        chosen=f"{a}...{b}",
        counts=document["counts"],
    )


def pair(request: HttpRequest, site: Site, *, law: str, a: str, b: str, key: str) -> HttpResponse:
    document: Any = site.source.get(f"laws/{law}/compare/{a}...{b}/{key}")
    if document is None:
        raise Missing(gettext("This article is not in both texts, or the two texts are not compared here."))
    view = request.GET.get("view", "")
    options = compare_page.Options(view if view in compare_page.VIEWS else "split" if site.workspace else "inline", "", 1)
    found = compare_page.pair_view(document["summary"], document, 0)
    return show(request, site, "publication/pair.html", document, options=options, pair=found)


def _standards(site: Site, concerns: list[dict[str, Any]]) -> dict[str, str]:
    """How each cited standard is called."""
    wanted = {slug for concern in concerns for slug in concern["standards"]}
    catalogue: Any = site.source.get("standards") if wanted else None
    return {s["slug"]: s["cite"] for s in catalogue["standards"] if s["slug"] in wanted} if catalogue else {}
