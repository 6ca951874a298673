"""The life of a provision: every text it passed through, with verdicts, penalties and where it went."""

from __future__ import annotations

from typing import Any

from amendments.models import Change, Provision, Standard, Statement
from amendments.services import facts
from amendments.services.lineage import Place
from codes.models import Article, ArticleText, Version
from codes.services import trees
from codes.text import sanctions
from tracker.publication.collectors import heads
from tracker.publication.collectors.comparison import summaries
from tracker.publication.collectors.context import LawContext
from tracker.publication.documents import (
    CrossCode,
    LifeDocument,
    LifeStep,
    RiverLine,
    SanctionData,
    StandardData,
    StatementData,
    VerdictData,
)

MOST_LINES = 8


class LifeCollector:
    """Lives of a law's provisions; what they share is loaded once."""

    def __init__(self, context: LawContext) -> None:
        self.context = context
        ids = [pk for places in context.lives.values() for place in places for pk in place.articles]
        self.articles = {a.pk: a for a in Article.objects.filter(pk__in=ids).select_related("division")}
        self.texts: dict[int, list[ArticleText]] = {}
        for text in ArticleText.objects.filter(article__in=ids).order_by("language"):
            text.article = self.articles[text.article_id]
            self.texts.setdefault(text.article_id, []).append(text)
        self._summaries: dict[tuple[int, int], list[tuple[Change, Any]]] = {}

    def document(self, provision: Provision) -> LifeDocument:
        context = self.context
        concerns = [c for c in context.concerns if c.provision_id == provision.pk]
        places = context.lives[provision.pk]
        standards = {slug for c in concerns for slug in context.said[c.pk]["standards"]}
        return {
            "kind": "life",
            "law": context.head,
            "provision": heads.provision_ref(provision),
            "concerns": [context.said[c.pk] for c in concerns],
            "note": " ".join(remark for c in concerns if (remark := context.remark(c))),
            "current_law": context.version_heads[context.current.pk] if context.current else None,
            "steps": [self._step(provision, place, places[:at]) for at, place in enumerate(places)],
            "river_columns": [context.version_heads[v.pk] for v in self._columns(places)],
            "river": self._river(provision),
            "counterparts": self._counterparts(provision),
            "standards": [standard_data(s) for s in standards_by_slug(standards)],
            "statements": self._statements([c.pk for c in concerns]),
        }

    def _step(self, provision: Provision, place: Place, before: list[Place]) -> LifeStep:
        context = self.context
        pair = self._pair(place, before)
        originals = [t for pk in place.articles for t in self.texts.get(pk, []) if t.language == place.version.language]
        return {
            "version": context.version_heads[place.version.pk],
            "state": place.state,  # type: ignore[typeddict-item]  # lineage uses the same words
            "numbers": list(place.numbers),
            "stated": place.stated,
            "headings": [text.heading for text in originals],
            "link": pair[1]["kind"] if pair else None,
            "confirmed": pair[1]["confirmed"] if pair else True,
            "verdicts": verdicts_at(context, provision, place.version),
            "sanctions": self._sanctions(originals),
            "compare": [pair[0].slug, place.version.slug] if pair else None,
            "pair": pair[1]["key"] if pair else "",
        }

    def _sanctions(self, texts: list[ArticleText]) -> list[SanctionData]:
        found = [s for text in texts for s in sanctions.extract(trees.article(text), text.language)]
        return [facts.sanction_data(s) for s in found if s.sure or not self.context.public]  # type: ignore[misc]  # SanctionData's shape

    def _pair(self, place: Place, before: list[Place]) -> tuple[Version, Any] | None:
        """The comparison with the newest earlier text that holds the place."""
        if not place.articles:
            return None
        for earlier in reversed(before):
            if not earlier.articles:
                continue
            for change, article in self._changes(earlier.version, place.version):
                if place.numbers[0] in change.new_articles and change.old_articles:
                    return earlier.version, article
        return None

    def _changes(self, old: Version, new: Version) -> list[tuple[Change, Any]]:
        key = (old.pk, new.pk)
        if key not in self._summaries:
            self._summaries[key] = list(summaries(self.context, old, new))
        return self._summaries[key]

    def _columns(self, places: list[Place]) -> list[Version]:
        """Texts in which the provision has a place, or is said to be absent: the others have nothing to draw."""
        return [p.version for p in places if p.numbers or p.state in {"absent", "repealed"}]

    def _river(self, provision: Provision) -> list[RiverLine]:
        columns = self._columns(self.context.lives[provision.pk])
        mine = {n for p in self.context.lives[provision.pk] for n in p.numbers}
        lines = [self._line(provision, columns, followed=True)]
        for other in self.context.provisions:
            if other.pk == provision.pk or len(lines) == MOST_LINES:
                continue
            places = [p for p in self.context.lives[other.pk] if p.version in columns and p.numbers]
            same = any(p.articles and p.articles == self._articles(provision, p.version) for p in places)
            if not same and mine.intersection(n for p in places for n in p.numbers):
                lines.append(self._line(other, columns, followed=False))
        return lines

    def _articles(self, provision: Provision, version: Version) -> tuple[int, ...]:
        place = self.context.place(provision, version)
        return place.articles if place is not None else ()

    def _line(self, provision: Provision, columns: list[Version], *, followed: bool) -> RiverLine:
        context = self.context
        nodes = []
        for column, version in enumerate(columns):
            place = context.place(provision, version)
            if place is None:
                continue
            nodes.append(
                {
                    "column": column,
                    "numbers": list(place.numbers),
                    "state": place.state,
                    "value": river_value(context, provision, version),
                }
            )
        return {"label": provision.names, "key": provision.key, "followed": followed, "nodes": nodes}  # type: ignore[typeddict-item]

    def _counterparts(self, provision: Provision) -> list[CrossCode]:
        rows = provision.counterparts.order_by("id").select_related(
            "version__code__jurisdiction", "version__code__replaces", "version__stage", "version__source"
        )
        if self.context.public:  # the other law may be one that nobody outside knows of
            rows = rows.filter(version__public=True)
        return [
            {
                "law": heads.law_head(row.version.code),
                "version": heads.version_head(row.version, current_law=False, previous=None, articles=0, languages=[]),
                "number": row.number,
                "parts": row.parts,
            }
            for row in rows
        ]

    def _statements(self, concerns: list[int]) -> list[StatementData]:
        rows = (
            Statement.objects.filter(raised__concern__in=concerns)
            .distinct()
            .order_by("date", "slug")
            .select_related("source")
            .prefetch_related("signatories__organisation", "addressees__organisation")
        )
        return [
            {
                "slug": row.slug,
                "title": row.title,
                "kind": row.kind,
                "date": row.date.isoformat() if row.date else None,
                "date_precision": row.date_precision,
                "signatories": [
                    {"seal": s.organisation.names.get("en", s.organisation.slug)}
                    for s in row.signatories.all()
                    if s.consent in {"given", "published"}
                ],
                "addressees": [a.organisation.names for a in row.addressees.all()],
                "source": heads.source_ref(row.source),
                "verified": row.verified,
            }
            for row in rows
        ]


def verdicts_at(context: LawContext, provision: Provision, version: Version) -> dict[str, VerdictData]:
    """The verdicts on a provision in one text, by base; of two concerns the later one's."""
    found: dict[str, VerdictData] = {}
    for concern in context.concerns:
        if concern.provision_id == provision.pk:
            found.update(context.verdicts.get((concern.pk, version.pk), {}))
    return found


def river_value(context: LawContext, provision: Provision, version: Version) -> str | None:
    """What a node of the river is coloured by: against our recommendation, else against current law."""
    verdicts: dict[str, VerdictData] = {}
    for concern in context.concerns:
        if concern.provision_id == provision.pk:
            verdicts = context.verdicts.get((concern.pk, version.pk), verdicts)
    verdict = verdicts.get("recommendation") or verdicts.get("current_law")
    return verdict["value"] if verdict is not None else None


def standards_by_slug(slugs: set[str]) -> list[Standard]:
    rows = Standard.objects.filter(slug__in=slugs).order_by("order", "id").select_related("source")
    return list(rows.prefetch_related("topic_links__topic"))


def standard_data(standard: Standard) -> StandardData:
    return {
        "slug": standard.slug,
        "cite": standard.cite,
        "gist": standard.gist,
        "topics": heads.standard_topics(standard),
        "verified": standard.verified,
        "source": heads.source_ref(standard.source) if standard.source else None,
        "concerns": [],
    }
