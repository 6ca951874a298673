"""Filling what the public search looks in, from the documents of a release alone. Derived: it can be built again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction

from codes.text.normalise import fold
from codes.text.queries import number_key
from tracker.publication.finding import Place
from tracker.publication.models import Entry, FindableText


def update(bodies: Mapping[str, Mapping[str, Any] | None], entries: Mapping[str, str | None]) -> None:
    """Bring the index up to a release. `entries`: changed path → hash of its new document, None where it is gone."""
    articles = {path: digest for path, digest in entries.items() if "/v/" in path and "/art-" in path}
    FindableText.objects.filter(path__in=list(articles)).delete()
    shown = ((path, digest, bodies.get(path)) for path, digest in articles.items() if digest is not None)
    rows = (row for path, digest, body in shown if body is not None for row in _rows(path, digest, body))
    FindableText.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def rebuild() -> int:
    """Empty the index and fill it from what the record shows now. Returns how many texts it holds."""
    FindableText.objects.all().delete()
    newest = Entry.objects.filter(path__contains="/art-").order_by("path", "-release_id").distinct("path")
    shown = (entry for entry in newest.select_related("document").iterator(chunk_size=200) if "/v/" in entry.path)
    FindableText.objects.bulk_create(_of_entries(shown), batch_size=500)
    return FindableText.objects.count()


def _of_entries(entries: Iterable[Entry]) -> Iterator[FindableText]:
    for entry in entries:
        if entry.document is not None and entry.document.text is not None:
            yield from _rows(entry.path, entry.document.hash, json.loads(entry.document.text)["body"])


def _rows(path: str, digest: str, body: Mapping[str, Any]) -> Iterator[FindableText]:
    """One for each language of an article (`ArticleDocument`)."""
    place = _place(body)
    for text in body["texts"]:
        # The publisher's notes last: they are found, but are not what a result shows first.
        paragraphs = sorted(text["paragraphs"], key=lambda paragraph: paragraph["role"] == "footnote")
        printed = "\n".join(paragraph["text"] for paragraph in paragraphs)
        yield FindableText(
            document=digest,
            path=path,
            law=body["law"]["slug"],
            number=number_key(body["number"]),
            language=text["language"],
            printed_heading=text["heading"],
            printed=printed,
            heading=fold(text["heading"]),
            body=fold(printed),
            place=place,
        )


def _place(body: Mapping[str, Any]) -> Place:
    version, followed = body["version"], [here["provision"] for here in body["concerns"]]
    return {
        "number": body["number"],
        "version": version["slug"],
        "version_law": version["law"],
        "label": version["label"],
        "date": version["date"],
        "date_precision": version["date_precision"],
        "provision": followed[0]["key"] if followed else "",
        "names": followed[0]["names"] if followed else {},
        "elsewhere": [
            [each["version"], number]
            for each in body["counterparts"]
            if each["confirmed"]
            for number in each["numbers"]
        ],
    }
