"""Heads of laws, versions, sources, concerns: the small parts that many documents share."""

from __future__ import annotations

from amendments.models import Concern as ConcernRow
from amendments.models import ConcernEdition, Provision, Standard, Topic, Verdict
from codes.models import Code, Source, Version
from tracker.publication.documents import Concern, LawHead, ProvisionRef, SourceRef, VerdictData, VersionHead
from tracker.publication.documents import Topic as TopicData


def source_ref(source: Source) -> SourceRef:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date.isoformat() if source.date else None,
        "url": source.url or None,
    }


def law_head(law: Code) -> LawHead:
    return {
        "slug": law.slug,
        "names": law.names,
        "jurisdiction": law.jurisdiction.names,
        "number": law.number,
        "date": law.date.isoformat() if law.date else None,
        "replaces": law.replaces.slug if law.replaces else None,
    }


def version_head(
    version: Version, *, current_law: bool, previous: str | None, articles: int, languages: list[str]
) -> VersionHead:
    coverage = version.coverage
    return {
        "slug": version.slug,
        "law": version.code.slug,
        "label": version.label,
        "stage": version.stage.names,
        "stage_slug": version.stage.slug,
        "date": version.date.isoformat(),
        "date_precision": version.date_precision,
        "date_note": version.date_note,
        "edition": "",
        "obtained": version.obtained,
        "coverage": {"whole_chapters": coverage["whole_chapters"], "excerpts": coverage["excerpts"]}
        if coverage
        else None,
        "language": version.language,
        "languages": languages,
        "articles": articles,
        "source": source_ref(version.source),
        "verified": version.verified,
        "is_current_law": current_law,
        "previous": previous,
        "draft": not version.public,
    }


def provision_ref(provision: Provision) -> ProvisionRef:
    return {"key": provision.key, "names": provision.names}


def concern_data(concern: ConcernRow) -> Concern:
    """Needs topic_links, standard_links, recommendation and source loaded."""
    return {
        "slug": concern.slug,
        "names": concern.names,
        "topics": [link.topic.slug for link in concern.topic_links.all()],
        "ask": concern.recommendation.ask,  # type: ignore[typeddict-item]  # the column holds these values only
        "asked": concern.recommendation.asked,
        "quoted": list(concern.quoted),
        "standards": [link.standard.slug for link in concern.standard_links.all()],
        "source": source_ref(concern.source),
        "verified": concern.verified,
        "sample": concern.sample,
    }


def edition_data(concern: ConcernRow, edition: ConcernEdition) -> Concern:
    """The same in the words of a published edition. Needs the concern's source loaded."""
    return {
        "slug": concern.slug,
        "names": edition.names,
        "topics": list(edition.topics),
        "ask": edition.ask,  # type: ignore[typeddict-item]  # the column holds these values only
        "asked": edition.asked,
        "quoted": list(edition.quoted),
        "standards": list(edition.standards),
        "source": source_ref(concern.source),
        "verified": concern.verified,
        "sample": concern.sample,
    }


def verdict_data(verdict: Verdict) -> VerdictData:
    return {
        "value": verdict.value,  # type: ignore[typeddict-item]  # the column holds these values only
        "reason": verdict.reason,
        "basis": verdict.basis,  # type: ignore[typeddict-item]  # the column holds these values only
        "source": source_ref(verdict.source),
        "verified": verdict.verified,
        "sample": verdict.sample,
        "caution": verdict.caution,
        "text_held": verdict.text_held,
        "lifecycle": verdict.lifecycle,
        "contradicts": list(verdict.contradicts),
        "status": verdict.status,
    }


def topic_data(topic: Topic) -> TopicData:
    return {"slug": topic.slug, "names": topic.names, "gist": topic.gist}


def standard_topics(standard: Standard) -> list[str]:
    return [link.topic.slug for link in standard.topic_links.all()]
