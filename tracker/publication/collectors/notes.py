"""Notes on the words of articles, as the public reads them. Threads, people, times of work have no field here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from amendments.models import OPEN, Annotation, Placing, ReviewStatus
from amendments.services import passages
from codes.models import Article, ArticleText
from codes.text.grammar import UNDETERMINED, language_of
from tracker.publication.collectors import heads
from tracker.publication.collectors.context import LawContext
from tracker.publication.note_documents import NoteData, NoteDocument

Paragraphs = Sequence[Mapping[str, Any]]


class Notes:
    """The notes of a law, in a constant number of queries: published ones, and for members those on their way."""

    def __init__(self, context: LawContext, articles: Iterable[int] | None = None) -> None:
        """`articles`: primary keys; None for every article of the law's texts."""
        self.context = context
        shown = [ReviewStatus.PUBLISHED] if context.public else [*OPEN, ReviewStatus.PUBLISHED]
        rows = Annotation.objects.filter(law=context.law, status__in=shown)
        if articles is None:
            rows = rows.filter(article__version__in=context.versions)
        else:
            rows = rows.filter(article__in=list(articles))
        self.rows = _in_force(
            rows.order_by("id")
            .select_related("article", "concern", "provision")
            .prefetch_related("topic_links__topic", "standard_links__standard")
        )
        texts = ArticleText.objects.filter(article__in={row.article_id for row in self.rows})
        self.paragraphs: dict[tuple[int, str], Paragraphs] = {(t.article_id, t.language): t.paragraphs for t in texts}
        self.by_article: dict[int, list[NoteData]] = defaultdict(list)
        for row in sorted(self.rows, key=self._place):
            self.by_article[row.article_id].append(self.data(row))

    def _of(self, note: Annotation) -> Paragraphs:
        return self.paragraphs.get((note.article_id, note.language), [])

    def _place(self, note: Annotation) -> tuple[int, int, int]:
        """Where the note stands in its article: paragraph, character."""
        eids = [paragraph["eid"] for paragraph in self._of(note)]
        return eids.index(note.first_eid) if note.first_eid in eids else len(eids), note.start, note.pk

    def data(self, note: Annotation) -> NoteData:
        language = language_of(note.public_text)
        spans = passages.spans(self._of(note), note) if note.placing == Placing.PLACED else []
        return {
            "id": note.public_id,
            "number": note.article.number,
            "text": note.public_text,
            "text_language": "" if language == UNDETERMINED else language,
            "quote": note.quote,
            "language": note.language,
            "prefix": note.prefix,
            "suffix": note.suffix,
            "places": [{"eid": eid, "start": start, "end": end} for eid, start, end in spans],
            "topics": sorted(link.topic.slug for link in note.topic_links.all()),
            "standards": sorted(link.standard.slug for link in note.standard_links.all()),
            "concern": note.concern.slug if note.concern_id in self.context.said else "",  # type: ignore[union-attr]
            "by": settings.ORGANISATION,
            "sample": note.sample,
            "status": note.status,
        }

    def documents(self, headings: Mapping[int, str]) -> dict[str, NoteDocument]:
        """Note documents by public id. `headings`: of articles, by primary key."""
        known = {version.pk: version for version in self.context.versions}
        found: dict[str, NoteDocument] = {}
        for row in self.rows:
            version = known[row.article.version_id]
            provision = next((each for each in self.context.provisions if each.pk == row.provision_id), None)
            here = self.context.concerns_at([provision], version) if provision is not None else []
            found[row.public_id] = {
                "kind": "note",
                "law": self.context.head,
                "version": self.context.version_heads[version.pk],
                "heading": headings.get(row.article_id, ""),
                "note": self.data(row),
                "provision": heads.provision_ref(provision) if provision is not None else None,
                "concerns": [
                    each for each in here if row.concern is not None and each["concern"]["slug"] == row.concern.slug
                ],
            }
        return found


def _in_force(rows: Iterable[Annotation]) -> list[Annotation]:
    """One row for each public id: an edit on its way stands in the place of what it replaces."""
    newest = {row.public_id: row for row in rows}
    return list(newest.values())


def note_documents(context: LawContext, public_id: str | None = None) -> dict[str, NoteDocument]:
    """The notes of a law with pages of their own, or the one asked for."""
    articles = None
    if public_id is not None:
        articles = Annotation.objects.filter(law=context.law, public_id=public_id).values_list("article_id", flat=True)
    notes = Notes(context, articles)
    noted = Article.objects.filter(pk__in={row.article_id for row in notes.rows}).select_related("version")
    language = {article.pk: article.version.language for article in noted}
    texts = ArticleText.objects.filter(article__in=language).values_list("article_id", "language", "heading")
    return notes.documents({pk: heading for pk, code, heading in texts if code == language[pk]})
