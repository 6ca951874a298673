"""What the search looks in: the words of each article text, folded and stemmed."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, When
from django.db.models.expressions import Combinable

from codes.models.laws import Code
from codes.models.texts import Article, ArticleText, Version
from codes.text.queries import STEMMED
from tracker.common.tables import Derived


def _words(config: str) -> Combinable:
    return SearchVector("heading", weight="A", config=config) + SearchVector("body", config=config)


class SearchEntry(Derived):
    """One article text as the search sees it.

    `heading` and `body` are folded (`codes.text.normalise.fold`), character for character as long as the printed text;
    `body` is its paragraphs, one a line. `number` is the article's number as `codes.text.queries.number_key`
    writes it.
    """

    text = models.OneToOneField(ArticleText, models.CASCADE, related_name="search_entry")
    article = models.ForeignKey(Article, models.CASCADE, related_name="search_entries")
    version = models.ForeignKey(Version, models.CASCADE, related_name="search_entries")
    law = models.ForeignKey(Code, models.CASCADE, related_name="search_entries", db_index=False)  # "search_number"
    language = models.CharField(max_length=5)
    number = models.CharField(max_length=60)
    heading = models.TextField(blank=True)
    body = models.TextField(blank=True)
    vector = models.GeneratedField(
        expression=Case(
            *(When(language=language, then=_words(config)) for language, config in STEMMED.items()),
            default=_words("simple"),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["vector"], name="search_words"),
            models.Index(fields=["law", "number"], name="search_number"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.version_id}/{self.number}/{self.language}"


class SearchWord(Derived):
    """A word, folded, that stands in some text of a language without stemming: other forms of it are found by their
    likeness.
    """

    word = models.CharField(max_length=100, unique=True)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_likeness")]

    def __str__(self) -> str:
        return self.word
