"""The life of a provision: where its article stands in every text, walked over confirmed correspondences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from amendments.models import Correspondence, Provision, StatedPlace
from amendments.models.changes import LinkStatus
from codes.models import Article, Code, Version


@dataclass(frozen=True, slots=True)
class Place:
    """A provision in one text. `state` as in `documents.PlaceState`; `stated`: a source names the number, no text is
    held.
    """

    version: Version
    state: str
    numbers: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    stated: bool = False


@dataclass
class Lineages:
    """Links and stated places of a law and of the law it replaces, loaded once for all its provisions."""

    law: Code
    versions: list[Version]
    articles: dict[int, Article] = field(default_factory=dict)
    onward: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    back: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    stated: dict[tuple[int, int], str] = field(default_factory=dict)
    by_number: dict[tuple[int, str], Article] = field(default_factory=dict)

    @classmethod
    def of(cls, law: Code, *, versions: Sequence[Version] | None = None) -> Lineages:
        known = list(versions) if versions is not None else versions_of(law)
        lines = cls(law, known)
        ids = [version.pk for version in known]
        for article in (
            Article.objects.filter(version__in=ids).order_by("pk").only("pk", "number", "version_id", "status")
        ):
            lines.articles[article.pk] = article
            lines.by_number[article.version_id, article.number] = article
        links = Correspondence.objects.filter(
            status=LinkStatus.CONFIRMED, old_version__in=ids, new_version__in=ids,
            old_article__isnull=False, new_article__isnull=False,
        ).values_list("old_article_id", "new_article_id")  # fmt: skip
        for old, new in links:
            lines.onward[old].append(new)
            lines.back[new].append(old)
        for place in StatedPlace.objects.filter(version__in=ids):
            lines.stated[place.provision_id, place.version_id] = place.number
        return lines

    def life(self, provision: Provision) -> list[Place]:
        """One place for each text, in the order of the texts."""
        absent = {v.pk for v in self.versions if self.stated.get((provision.pk, v.pk)) == ""}
        anchor = self.by_number.get((provision.anchor_version_id or 0, provision.anchor_number))
        reached: dict[int, set[int]] = defaultdict(set)
        if anchor is not None:
            for step in (self.onward, self.back):
                for article in self._walk(anchor.pk, step, absent):
                    reached[self.articles[article].version_id].add(article)
        return [self._place(provision, version, reached[version.pk]) for version in self.versions]

    def _walk(self, start: int, step: dict[int, list[int]], absent: set[int]) -> Iterable[int]:
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for there in step.get(here, ()):
                if there not in seen and self.articles[there].version_id not in absent:
                    seen.add(there)
                    waiting.append(there)
        return seen

    def _place(self, provision: Provision, version: Version, reached: set[int]) -> Place:
        stated = self.stated.get((provision.pk, version.pk))
        if reached:
            found = sorted((self.articles[pk] for pk in reached), key=lambda article: article.pk)
            state = "repealed" if all(article.status == "repealed" for article in found) else "in_text"
            return Place(version, state, tuple(a.number for a in found), tuple(a.pk for a in found))
        if not version.obtained:
            if stated == "":
                return Place(version, "absent", stated=True)
            return Place(version, "no_text", (stated,) if stated else (), stated=stated is not None)
        if stated == "":
            return Place(version, "absent", stated=True)
        if version.partial:
            return Place(version, "not_held", (stated,) if stated else (), stated=stated is not None)
        return Place(version, "checking" if self._unconfirmed(provision, version) else "absent")

    def _unconfirmed(self, provision: Provision, version: Version) -> bool:
        return Correspondence.objects.filter(
            status=LinkStatus.SUGGESTED, new_version=version, old_article__number=provision.anchor_number
        ).exists()


def versions_of(law: Code) -> list[Version]:
    """Current law first (its last edition with a text), then the law's own texts and announced stages in order."""
    own = list(law.versions.in_order().select_related("stage", "source", "code"))
    if law.replaces is None:
        return own
    current = law.replaces.versions.with_text().in_order().select_related("stage", "source", "code").last()
    return [current, *own] if current is not None else own
