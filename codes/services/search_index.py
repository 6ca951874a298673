"""Filling what the search looks in. Derived: it can be emptied and built again at any time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction

from codes.models import ArticleText, SearchEntry, SearchWord
from codes.text.normalise import fold
from codes.text.queries import STEMMED, number_key

_WORD = re.compile(r"[^\W\d_]{4,100}")  # shorter words are like too many others


def body_of(text: ArticleText) -> str:
    """The printed paragraphs of an article text, one a line, notes included. `SearchEntry.body` is its folded form."""
    return "\n".join(paragraph["text"] for paragraph in text.paragraphs)


def add(texts: Sequence[ArticleText]) -> None:
    """Make new texts findable. Their articles and versions should be loaded."""
    entries = [_entry(text) for text in texts]
    SearchEntry.objects.bulk_create(entries, batch_size=200)
    words = {
        word
        for entry in entries
        if entry.language not in STEMMED
        for word in _WORD.findall(f"{entry.heading} {entry.body}")
    }
    SearchWord.objects.bulk_create([SearchWord(word=word) for word in sorted(words)], ignore_conflicts=True)


def _entry(text: ArticleText) -> SearchEntry:
    article = text.article
    return SearchEntry(
        text=text,
        article=article,
        version=article.version,
        law=article.version.code,
        language=text.language,
        number=number_key(article.number),
        heading=fold(text.heading),
        body=fold(body_of(text)),
    )


@transaction.atomic
def rebuild() -> int:
    """Empty the index and fill it from all texts. Returns how many there are."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    texts = ArticleText.objects.select_related("article__version__code").order_by("pk")
    batch: list[ArticleText] = []
    total = 0
    for text in texts.iterator(chunk_size=500):
        batch.append(text)
        if len(batch) == 500:
            add(batch)
            total += len(batch)
            batch = []
    add(batch)
    return total + len(batch)
