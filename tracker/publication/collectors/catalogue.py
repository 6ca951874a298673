"""The list of laws, and the catalogue of standards and topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict

from amendments.models import Concern, ConcernEdition, ConcernStandard, ReviewStatus, Standard, Topic
from codes.models import Code
from tracker.publication.collectors import heads
from tracker.publication.collectors.context import LawContext
from tracker.publication.collectors.life import standard_data
from tracker.publication.collectors.overview import overview
from tracker.publication.documents import LawCard, LawsDocument, StandardsDocument
from tracker.publication.pages.headline import count


def laws(codes: list[Code], *, public: bool) -> LawsDocument:
    """Every law with where it stands; laws that are only the base of a draft come last."""
    return {"kind": "laws", "laws": [card(LawContext(law, public=public)) for law in codes]}


def card(context: LawContext) -> LawCard:
    latest = context.texts[-1] if context.texts else None
    document = overview(context)
    return {
        "law": context.head,
        "latest": context.version_heads[latest.pk] if latest is not None else None,
        "texts": len(context.texts),
        "counts": asdict(count(document["rows"], "recommendation", len(context.texts) - 1)) if context.texts else {},
        "article_count": context.version_heads[context.latest.pk]["articles"] if context.latest is not None else 0,
    }


def standards(codes: list[Code], *, public: bool) -> StandardsDocument:
    """All standards, each with the concerns that cite it in the given laws."""
    citing: dict[str, list[dict[str, str]]] = defaultdict(list)
    for slug, concern, names in _published(codes) if public else _newest(codes):
        titles = {f"title_{language}": name for language, name in names.items()}
        citing[slug].append({"law": concern.provision.law.slug, "key": concern.provision.key, **titles})
    every = Standard.objects.order_by("order", "id").select_related("source").prefetch_related("topic_links__topic")
    return {
        "kind": "standards",
        "standards": [{**standard_data(s), "concerns": citing[s.slug]} for s in every],
        "topics": [heads.topic_data(topic) for topic in Topic.objects.order_by("order", "id")],
    }


def _newest(codes: list[Code]) -> Iterator[tuple[str, Concern, dict[str, str]]]:
    """Standard, concern and its names, as members have them."""
    rows = ConcernStandard.objects.filter(concern__provision__law__in=codes).order_by("concern__order", "id")
    for row in rows.select_related("standard", "concern__provision__law"):
        yield row.standard.slug, row.concern, row.concern.names


def _published(codes: list[Code]) -> Iterator[tuple[str, Concern, dict[str, str]]]:
    """The same, as the published editions say."""
    rows = ConcernEdition.objects.filter(concern__provision__law__in=codes, status=ReviewStatus.PUBLISHED)
    for row in rows.order_by("concern__order", "concern_id").select_related("concern__provision__law"):
        for slug in row.standards:
            yield slug, row.concern, row.names
