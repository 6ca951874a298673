"""Akoma Ntoso 3.0 of a text, and of one article, from the published documents.

The tree of the text engine is built again from them. What documents do not publish (the publisher's lines under
headings, introductions) is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from codes.text import akn_writer
from codes.text.nodes import Article, Division, Paragraph, Role, Tree
from tracker.publication.pages import words
from tracker.publication.site import Site
from tracker.publication.views.show import no_article

KIND = "application/akn+xml"


def version(request: HttpRequest, site: Site, *, law: str, v: str) -> HttpResponse:
    """A whole text, its articles in two queries."""
    contents = site.document(f"laws/{law}/v/{v}", gettext("There is no such text of this law."))
    articles = [article for division in contents["divisions"] for article in division["articles"]]
    found: Any = site.source.get_many([_path(law, v, article["number"]) for article in articles])
    documents = [found[path] for article in articles if (path := _path(law, v, article["number"])) in found]
    return _answer(tree(contents, documents))


def article(request: HttpRequest, site: Site, *, law: str, v: str, n: str) -> HttpResponse:
    contents_path, path = f"laws/{law}/v/{v}", _path(law, v, n)
    found: Any = site.source.get_many([contents_path, path])
    if path not in found:
        raise site.erased(path) or no_article(site, law, v, n)
    return _answer(tree(found[contents_path], [found[path]]))


def _path(law: str, v: str, n: str) -> str:
    return f"laws/{law}/v/{v}/art-{n}"


def tree(contents: Any, articles: Iterable[Any]) -> Tree:
    """The tree that holds these articles, with the divisions above them."""
    documents = {document["number"]: document for document in articles}
    divisions, built = [], []
    kept: set[str] = set()
    for division in contents["divisions"]:
        path = division["eid"].replace("__", "/")
        for entry in division["articles"]:
            if entry["number"] in documents:
                built.append(article_of(documents[entry["number"]], path))
                kept |= {path[:end] for end in (*(i for i, c in enumerate(path) if c == "/"), len(path))}
        if path:
            divisions.append(Division(division["kind"], division["number"], division["heading"], path))
    version = contents["version"]
    return Tree(
        title=f"{words.say(contents['law']['names'])}: {words.say(version['label'])}",
        language=version["language"],
        grammar="akn",
        divisions=tuple(division for division in divisions if division.path in kept),
        articles=tuple(built),
    )


def article_of(document: Any, path: str = "") -> Article:
    """A published article as the text engine speaks of it."""
    text = document["texts"][0] if document["texts"] else {"heading": document["heading"], "paragraphs": []}
    paragraphs = tuple(
        Paragraph(each["marker"], each["eid"], each["text"], each["level"], each["part"], Role(each["role"]))
        for each in text["paragraphs"]
    )
    return Article(document["number"], text["heading"], path, paragraphs, status=document["status"])


def _answer(found: Tree) -> HttpResponse:
    return HttpResponse(akn_writer.write(found), content_type=f"{KIND}; charset=utf-8")
