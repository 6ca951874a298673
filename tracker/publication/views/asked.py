"""What was asked of a law: one recommendation through its texts, and the provisions of one topic."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from tracker.publication.pages import headline, words
from tracker.publication.site import Missing, Site
from tracker.publication.views.reading import STANDARDS, citation, standards_in, topics_in
from tracker.publication.views.show import show


def recommendation(request: HttpRequest, site: Site, *, law: str, concern: str) -> HttpResponse:
    """What we asked of one provision, and what each text made of it, the newest first."""
    document, found = _documents(site, law)
    row = next((each for each in document["rows"] if each["concern"]["slug"] == concern), None)
    if row is None:
        raise Missing(gettext("There is no such recommendation on this law."))
    texts = {text["slug"]: text for text in document["texts"]}
    cells = [(texts[cell["version"]], cell) for cell in reversed(row["cells"]) if cell["verdicts"] or cell["numbers"]]
    return show(
        request,
        site,
        "publication/recommendation.html",
        {"law": document["law"], "row": row},
        concern=row["concern"],
        row=row,
        cells=cells,
        law_language=next((text["language"] for text in document["texts"]), ""),
        standards=standards_in(found),
        topics=topics_in(found),
        summary=words.say(row["concern"]["asked"]),
        cite=citation(site, "recommendation", law, concern),
    )


def topic(request: HttpRequest, site: Site, *, law: str, topic: str) -> HttpResponse:
    """The provisions of a law under one topic, with their verdict against our recommendation in the newest text."""
    document, found = _documents(site, law)
    known = topics_in(found).get(topic)
    if known is None:
        raise Missing(gettext("There is no such topic."))
    rows = [row for row in document["rows"] if topic in row["concern"]["topics"]]
    column = len(document["texts"]) - 1
    counted = headline.sentences(headline.count(rows, "recommendation", column), "recommendation") if rows else []
    return show(
        request,
        site,
        "publication/topic.html",
        {"law": document["law"], "rows": rows},
        topic=known,
        rows=[
            (row, row["cells"][column], headline.published_value(row["cells"][column], "recommendation"))
            for row in rows
        ],
        text=document["texts"][column] if document["texts"] else None,
        sentences=counted,
        standards=[each for each in standards_in(found).values() if topic in each["topics"]],
        summary=" ".join(counted),
        cite=citation(site, "topic", law, topic),
    )


def _documents(site: Site, law: str) -> tuple[Any, Any]:
    path = f"laws/{law}/overview"
    found = site.source.get_many([path, STANDARDS])
    document = found.get(path)
    if document is None:
        raise site.erased(path) or Missing(gettext("We do not follow a law of that name."))
    return document, found
