"""What the documents of one law are made from, loaded in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from django.db.models import Case, Count, Exists, OuterRef, When

from amendments.models import (
    OPEN,
    Cause,
    Change,
    Comparison,
    Concern,
    ConcernEdition,
    Provision,
    ReviewNeed,
    ReviewStatus,
    Verdict,
)
from amendments.services.lineage import Lineages, Place, versions_of
from codes.models import Article, Code, Version, VersionFile
from tracker.publication.collectors import heads
from tracker.publication.documents import Concern as ConcernData
from tracker.publication.documents import ConcernHere, VerdictData, VersionHead

# What the list of changes needs; rows and tables are read only for the pairs that are shown.
SUMMARY = ("comparison_id", "order", "key", "kind", "confirmed", "old_articles", "new_articles",
           "old_heading", "new_heading",
           "changed", "identical", "changes", "share", "outcome", "rises", "falls")  # fmt: skip


class LawContext:
    """A law as the public sees it (`public`), or as its members do, with drafts."""

    def __init__(self, law: Code, *, public: bool) -> None:
        self.law = law
        self.public = public
        self.head = heads.law_head(law)
        self.versions = [v for v in versions_of(law) if v.public or not public]
        self.current = next((v for v in self.versions if v.code_id != law.pk), None)
        self.texts = [v for v in self.versions if v.code_id == law.pk]

    @cached_property
    def _sizes(self) -> dict[int, int]:
        rows = Article.objects.filter(version__in=self.versions).values("version").annotate(n=Count("pk"))
        return {row["version"]: row["n"] for row in rows}

    @cached_property
    def _languages(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        rows = (
            VersionFile.objects.filter(version__in=self.versions)
            .order_by("language")
            .values_list("version_id", "language")
            .distinct()
        )
        for version, language in rows:
            found[version].append(language)
        return found

    def version_head(self, version: Version) -> VersionHead:
        held = [
            v
            for v in self.texts
            if v.obtained and (v.date, v.sequence) < (version.date, version.sequence) and v.pk != version.pk
        ]
        previous = held[-1] if version.code_id == self.law.pk and held else None
        return heads.version_head(
            version,
            current_law=self.current is not None and version.pk == self.current.pk,
            previous=previous.slug if previous else None,
            articles=self._sizes.get(version.pk, 0),
            languages=self._languages.get(version.pk, []),
        )

    @cached_property
    def version_heads(self) -> dict[int, VersionHead]:
        return {version.pk: self.version_head(version) for version in self.versions}

    @cached_property
    def latest(self) -> Version | None:
        """The newest text of the law that is held."""
        return next((v for v in reversed(self.texts) if v.obtained), None)

    @cached_property
    def provisions(self) -> list[Provision]:
        """In public those of which a concern was published, by the name that a reviewer saw."""
        rows = list(self.law.provisions.order_by("order", "id").select_related("law"))
        if not self.public:
            return rows
        names = {c.provision_id: self.editions[c.pk].provision_names for c in reversed(self.concerns)}
        for row in rows:
            row.names = names.get(row.pk, {})
        return [row for row in rows if row.pk in names]

    @cached_property
    def editions(self) -> dict[int, ConcernEdition]:
        """Concern → its published edition: the words that two persons have seen."""
        rows = ConcernEdition.objects.filter(concern__provision__law=self.law, status=ReviewStatus.PUBLISHED)
        return {row.concern_id: row for row in rows}

    @cached_property
    def lives(self) -> dict[int, list[Place]]:
        """Places of every provision, one for each version."""
        if not self.provisions:
            return {}
        lines = Lineages.of(self.law, versions=self.versions)
        return {provision.pk: lines.life(provision) for provision in self.provisions}

    def place(self, provision: Provision, version: Version) -> Place | None:
        return next((p for p in self.lives.get(provision.pk, []) if p.version.pk == version.pk), None)

    @cached_property
    def concerns(self) -> list[Concern]:
        rows = list(
            Concern.objects.filter(provision__law=self.law)
            .order_by("order", "id")
            .select_related("provision", "recommendation", "source")
            .prefetch_related("topic_links__topic", "standard_links__standard")
        )
        return [row for row in rows if row.pk in self.editions] if self.public else rows

    @cached_property
    def said(self) -> dict[int, ConcernData]:
        """What is said of each concern: the newest words for members, the published edition for the public."""
        if not self.public:
            return {row.pk: heads.concern_data(row) for row in self.concerns}
        return {row.pk: heads.edition_data(row, self.editions[row.pk]) for row in self.concerns}

    def remark(self, concern: Concern) -> str:
        return self.editions[concern.pk].note if self.public else concern.note

    @cached_property
    def verdicts(self) -> dict[tuple[int, int], dict[str, VerdictData]]:
        """(concern, version) → base → verdict. Members see one that is on its way in place of the published one."""
        shown = [ReviewStatus.PUBLISHED] if self.public else [*OPEN, ReviewStatus.PUBLISHED]
        corrected = ReviewNeed.objects.filter(
            verdict=OuterRef("pk"), done=False, cause__in=[Cause.CORRESPONDENCE, Cause.SANCTION]
        )
        rows = (
            Verdict.objects.filter(concern__provision__law=self.law, status__in=shown)
            .select_related("source")
            .annotate(rechecked=Exists(corrected))
            .order_by(Case(When(status=ReviewStatus.PUBLISHED, then=0), default=1), "id")
        )
        found: dict[tuple[int, int], dict[str, VerdictData]] = defaultdict(dict)
        for verdict in rows:
            data = heads.verdict_data(verdict)
            if verdict.rechecked:
                data["rechecked"] = True
            found[verdict.concern_id, verdict.version_id][verdict.base] = data
        return found

    @cached_property
    def comparisons(self) -> dict[tuple[int, int], Comparison]:
        ids = [version.pk for version in self.versions]
        rows = Comparison.objects.filter(old__in=ids, new__in=ids).order_by("id")
        return {(row.old_id, row.new_id): row for row in rows}

    @cached_property
    def pairs(self) -> list[list[str]]:
        """[old, new] slugs that can be compared, in the order of the new text."""
        order = {version.pk: place for place, version in enumerate(self.versions)}
        known = {version.pk: version.slug for version in self.versions}
        keys = sorted(self.comparisons, key=lambda pair: (order[pair[1]], order[pair[0]]))
        return [[known[old], known[new]] for old, new in keys]

    @cached_property
    def provisions_at(self) -> dict[tuple[int, str], list[Provision]]:
        """(version, printed number) → provisions that stand there, in their order."""
        found: dict[tuple[int, str], list[Provision]] = defaultdict(list)
        for provision in self.provisions:
            for place in self.lives[provision.pk]:
                if place.articles:
                    for number in place.numbers:
                        found[place.version.pk, number].append(provision)
        return found

    def followed(self, version: Version, numbers: list[str]) -> list[Provision]:
        seen = {p.pk: p for number in numbers for p in self.provisions_at.get((version.pk, number), [])}
        return sorted(seen.values(), key=lambda p: (p.order, p.pk))

    def followed_pair(self, change: Change, old: Version, new: Version) -> list[Provision]:
        """Provisions that stand on either side of a change; first those that stand on both, since they are what the
        pair is about.
        """
        before, after = self.followed(old, change.old_articles), self.followed(new, change.new_articles)
        both = [p for p in after if p in before]
        return both + [p for p in [*after, *before] if p not in both]

    def pair_key(self, change: Change, old: Version, new: Version, taken: set[str]) -> str:
        """The provision's key where one is followed; a key already given to another pair falls back to the number."""
        for provision in self.followed_pair(change, old, new):
            if provision.key not in taken:
                taken.add(provision.key)
                return provision.key
        return change.key

    def changes(self, old: Version, new: Version) -> list[Change]:
        """The changes of a pair without their rows. In public only what is confirmed."""
        comparison = self.comparisons.get((old.pk, new.pk))
        if comparison is None:
            return []
        rows = Change.objects.filter(comparison=comparison).only(*SUMMARY).order_by("order")
        return list(rows.filter(confirmed=True) if self.public else rows)

    def concerns_at(self, followed: Iterable[Provision], version: Version) -> list[ConcernHere]:
        """The concerns about these provisions, with their verdicts in one text."""
        known = {provision.pk: provision for provision in followed}
        return [
            {
                "concern": self.said[concern.pk],
                "provision": heads.provision_ref(known[concern.provision_id]),
                "verdicts": self.verdicts.get((concern.pk, version.pk), {}),
            }
            for concern in self.concerns
            if concern.provision_id in known
        ]
