"""Search in the copy: a list that works without scripts, and the words of the same articles for a small script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from tracker.publication.mirror.shown import Reading, Shown
from tracker.publication.pages import words
from tracker.publication.site import DocumentSource, Site
from tracker.publication.views.show import show

WORDS = "search/words.js"


def search(request: HttpRequest, site: Site) -> HttpResponse:
    """The page of the search in the copy. The query stays in the browser."""
    found = [_law(site.source, slug) for slug in _laws(site.source)]
    for law in found:
        law["provisions"].sort(key=lambda each: words.say(each[0]).casefold())
    return show(request, site, "publication/mirror/search.html", laws=found, nav="search")


def _laws(source: DocumentSource) -> list[str]:
    listed = source.get("laws")
    return [card["law"]["slug"] for card in listed["laws"]] if listed else []


def _law(source: DocumentSource, slug: str) -> dict[str, Any]:
    """A law's provisions as (names, key), and its searched texts as (version, [(number, heading)])."""
    overview: Any = source.get(f"laws/{slug}/overview")
    if overview is None:
        return {"law": {"slug": slug, "names": {}}, "provisions": [], "texts": []}
    provisions = {row["provision"]["key"]: row["concern"]["names"] for row in overview["rows"]}
    return {
        "law": overview["law"],
        "provisions": [(names, key) for key, names in provisions.items()],
        "texts": [(version, _articles(source, slug, version)) for version in _searched(overview)],
    }


def _searched(overview: Any) -> Iterator[Any]:
    """The newest text that is held, and current law."""
    held = [text for text in overview["texts"] if text["obtained"]]
    chosen = {text["slug"]: text for text in [*held[-1:], *filter(None, [overview["current_law"]])]}
    yield from (text for text in chosen.values() if text["obtained"] and text["law"] == overview["law"]["slug"])


def _articles(source: DocumentSource, slug: str, version: Any) -> list[tuple[str, str]]:
    contents: Any = source.get(f"laws/{slug}/v/{version['slug']}")
    if contents is None:
        return []
    return [(each["number"], each["heading"]) for part in contents["divisions"] for each in part["articles"]]


def words_file(shown: Shown, only: str = "") -> tuple[bytes, Reading]:
    """The script that holds what is searched: texts as [law, version, names, language], articles as
    [text, number, heading, words] and provisions as [law, key, names].
    """
    reading = Reading(shown, only)
    texts: list[Any] = []
    articles: list[Any] = []
    provisions: list[Any] = []
    for slug in _laws(reading):
        law = _law(reading, slug)
        provisions += [[slug, key, names] for names, key in law["provisions"]]
        for version, numbers in law["texts"]:
            texts.append([slug, version["slug"], version["label"], version["language"]])
            paths = {number: f"laws/{slug}/v/{version['slug']}/art-{number}" for number, _ in numbers}
            found: Any = reading.get_many(paths.values())
            for number, heading in numbers:
                body = found.get(paths[number])
                articles.append([len(texts) - 1, number, heading, _words(body) if body else ""])
    data = {"texts": texts, "articles": articles, "provisions": provisions}
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"const WORDS = {said};\n".encode(), reading


def _words(article: Any) -> str:
    return " ".join(each["text"] for text in article["texts"][:1] for each in text["paragraphs"])
