"""What must be true of a report before it goes out. Each failure is named, with the document to open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import cast

from django.utils import translation
from django.utils.translation import gettext

from tracker.publication.documents import ArticleDocument
from tracker.publication.pages import headline, rows
from tracker.publication.pages.headline import Counts
from tracker.publication.reports.content import Block, Quote, ReportContent, UnitChart
from tracker.publication.site import DocumentSource


@dataclass(frozen=True, slots=True)
class Failure:
    """`path`: of the document that it is about, "" where it is about the whole report."""

    sentence: str
    path: str = ""


def failures(content: ReportContent, source: DocumentSource) -> list[Failure]:
    with translation.override(content.options.language):
        return [*_headline(content), *_drafts(content), *_quotes(content, source)]


def blocks(content: ReportContent) -> Iterator[Block]:
    for section in content.sections:
        yield from section.blocks


def recounted(content: ReportContent) -> Counts:
    """The counts, made anew from the findings one by one."""
    found: Counter[str] = Counter()
    for each in content.findings:
        if not each.extra:
            found.update(["total", each.value])
            continue
        name = {"new_restriction": "added", "fixed": "withdrawn" if each.withdrawn else "fixed"}
        found.update(["extra_total", f"extra_{name.get(each.value, each.value)}"])
    return Counts(**{name: found[name] for name in asdict(Counts())})


def _headline(content: ReportContent) -> Iterable[Failure]:
    counts = recounted(content)
    said = tuple(headline.sentences(counts, content.options.base))
    tiles = [Counter(tile.value for tile in block.tiles) for block in blocks(content) if isinstance(block, UnitChart)]
    wrong = [each for each in tiles if any(each[value] != getattr(counts, value) for value in each)]
    wrong += [each for each in tiles if each.total() != counts.total]
    if counts != content.counts or said != content.headline or wrong:
        yield Failure(gettext("The headline says other numbers than the rows of the report."))


def _drafts(content: ReportContent) -> Iterable[Failure]:
    if content.origin.draft:
        return
    for path in content.drafts:
        yield Failure(gettext("Something that is not published stands in the report."), path)


def _quotes(content: ReportContent, source: DocumentSource) -> Iterable[Failure]:
    quotes = [block for block in blocks(content) if isinstance(block, Quote)]
    articles = source.get_many({quote.path for quote in quotes})
    for quote in quotes:
        article = cast("ArticleDocument | None", articles.get(quote.path))
        if article is None or not stands(quote.text, article):
            form = gettext("These words are not in Article %(number)s: “%(words)s”.")
            yield Failure(form % {"number": quote.number, "words": quote.text}, quote.path)


def stands(words: str, article: ArticleDocument) -> bool:
    """Whether the article says exactly this, in one of its languages; line ends stand between paragraphs."""
    texts = ("\n".join(rows.visible(p["text"]) for p in text["paragraphs"]) for text in article["texts"])
    return any(words in text for text in texts)
