"""JSON-LD beside pages: ELI for draft legislation (a draft and its stages), schema.org Legislation, W3C annotations.

It stands at addresses of its own, linked from the head of the page, so that no page holds a script element.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from tracker.publication.site import Site
from tracker.publication.views.pages import overview_document
from tracker.publication.views.show import no_article

KIND = "application/ld+json"
CONTEXT = {
    "@vocab": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "eli-dl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",
}
ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"


def law(request: HttpRequest, site: Site, *, law: str) -> HttpResponse:
    """The draft as a process with its stages; each text we hold is a legal resource."""
    document = overview_document(site, law)
    texts = [text for text in [*filter(None, [document["current_law"]]), *document["texts"]] if text["obtained"]]
    here = site.links.at_home(site.links.overview(law))
    body = {
        "@context": CONTEXT,
        "@id": here,
        "@type": ["eli-dl:LegislativeProcess", "Legislation"],
        "name": values(document["law"]["names"]),
        "legislationJurisdiction": values(document["law"]["jurisdiction"]),
        "eli-dl:consists_of": [_stage(here, stage) for stage in document["stages"]],
        "hasPart": [_text(site, text) for text in texts],
    }
    if document["law"]["date"]:
        body["legislationDate"] = document["law"]["date"]
    return _answer(body)


def _stage(here: str, stage: Any) -> dict[str, Any]:
    body = {
        "@id": f"{here}#stage-{stage['slug']}",
        "@type": "eli-dl:LegislativeActivity",
        "name": values(stage["names"]),
    }
    return {**body, "eli-dl:activity_date": stage["date"]} if stage["date"] else body


def _text(site: Site, version: Any) -> dict[str, Any]:
    return {
        "@id": site.links.at_home(site.links.version(version["law"], version["slug"])),
        "@type": [
            "eli-dl:DraftLegislationWork" if not version["is_current_law"] else "eli:LegalResource",
            "Legislation",
        ],
        "name": values(version["label"]),
        "inLanguage": version["language"],
        "legislationDate": version["date"],
        "encoding": {
            "@type": "LegislationObject",
            "encodingFormat": "application/akn+xml",
            "contentUrl": site.links.at_home(site.links.version(version["law"], version["slug"]) + "akn.xml"),
        },
    }


def article(request: HttpRequest, site: Site, *, law: str, v: str, n: str) -> HttpResponse:
    """One article as a part of its text, with the notes on it as annotations."""
    document = site.source.get(f"laws/{law}/v/{v}/art-{n}")
    if document is None:
        raise site.erased(f"laws/{law}/v/{v}/art-{n}") or no_article(site, law, v, n)
    here = site.links.at_home(site.links.article(law, v, n))
    body = {
        "@context": CONTEXT,
        "@id": here,
        "@type": "Legislation",
        "legislationIdentifier": document["number"],
        "name": document["heading"],
        "inLanguage": document["version"]["language"],
        "isPartOf": _text(site, document["version"]),
        "subjectOf": [annotation(site, law, here, note) for note in document["notes"]],
    }
    return _answer(body)


def note(request: HttpRequest, site: Site, *, law: str, public_id: str) -> HttpResponse:
    document = site.document(f"laws/{law}/notes/{public_id}", gettext("There is no such note."))
    found = document["note"]
    target = site.links.at_home(site.links.article(law, document["version"]["slug"], found["number"]))
    return _answer(annotation(site, law, target, found))


def annotation(site: Site, law: str, target: str, found: Any) -> dict[str, Any]:
    """A note as W3C annotation: the quoted words with what stands around them. It names an organisation, never a
    person.
    """
    body: dict[str, Any] = {
        "@context": ANNOTATIONS,
        "id": site.links.at_home(site.links.note(law, found["id"])),
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": found["text"], "format": "text/plain"},
        "target": {
            "source": target,
            "selector": {
                "type": "TextQuoteSelector",
                "exact": found["quote"],
                "prefix": found["prefix"],
                "suffix": found["suffix"],
            },
        },
    }
    if found["text_language"]:
        body["body"]["language"] = found["text_language"]
    if found["by"]:
        body["creator"] = {"type": "Organization", "name": found["by"]}
    return body


def values(names: Any) -> list[dict[str, str]]:
    """A text in several languages, as JSON-LD writes it."""
    return [{"@language": language, "@value": text} for language, text in names.items() if text]


def _answer(body: dict[str, Any]) -> HttpResponse:
    return JsonResponse(body, content_type=KIND, json_dumps_params={"ensure_ascii": False})
