"""Cells of the matrix that must be read again: a verdict is never copied to a new text, and what facts rested on may
change. What is published stays as it is, until a person publishes something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from amendments.models import OPEN, Cause, Provision, ReviewNeed, ReviewStatus, Verdict
from amendments.services.lineage import Lineages, Place
from codes.models import ArticleText, Code, Version
from tracker.accounts.models import User
from tracker.common.writing import record_all

LIVE = (ReviewStatus.PUBLISHED, *OPEN)
Standing = dict[tuple[int, int], tuple[str, tuple[int, ...]]]  # (provision, text) → its state and articles there


@transaction.atomic
def after_new_version(version: Version, *, by: User) -> int:
    """Ask for each verdict of the text before to be read against the new one. Returns how many cells ask.

    The text before is, for each concern, the newest earlier one with a verdict. Where the new text holds only a part of
    the law, the places it does not hold are not asked about. A verdict on the new text itself that rests on a source is
    asked about too, now that the words are held.
    """
    lives = _lives(version.code)
    hashes = _Hashes()
    asked = []
    for verdicts in _by_concern(version.code).values():
        here = lives[verdicts[0].concern.provision_id].get(version.pk)
        if here is None or here.state == "not_held":
            continue
        own = {verdict.base: verdict for verdict in verdicts if verdict.version_id == version.pk}
        for base, verdict in _newest_before(verdicts, version).items():
            if base not in own:
                before = lives[verdict.concern.provision_id].get(verdict.version_id)
                returned = before is not None and before.state == "absent" and here.state == "in_text"
                cause = Cause.RETURNED_PROVISION if returned else Cause.NEW_VERSION
                asked.append(_need(verdict, version, cause, identical=hashes.equal(before, here)))
        asked += [_need(verdict, version, Cause.TEXT_OBTAINED) for verdict in own.values() if verdict.basis == "source"]
    return _ask(asked, by=by, reason=f"text {version.slug} added")


def standing(new: Version) -> Standing:
    """Where every provision stands in every text, in the laws that the links of this text bear on."""
    return {
        (provision, text): (place.state, place.articles)
        for law in _laws(new)
        for provision, places in _lives(law).items()
        for text, place in places.items()
    }


@transaction.atomic
def after_correspondence(*, new: Version, articles: Iterable[int], before: Standing, by: User) -> int:
    """Ask for the verdicts that rest on corrected links. `before` is what `standing` said; `articles` the ids named.

    A cell depends on them when its provision now stands elsewhere in its text, or when a named article is its place in
    the text whose links were corrected. Returns how many cells ask.
    """
    after, named = standing(new), set(articles)
    touched = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    moved = {
        provision for state in (before, after) for (provision, _), (_, places) in state.items() if named & set(places)
    }
    touched |= {(provision, new.pk) for provision in moved}
    verdicts = Verdict.objects.filter(concern__provision__law__in=_laws(new), status__in=LIVE).select_related("concern")
    cells = {
        (verdict.concern_id, verdict.version_id, verdict.base): verdict
        for verdict in verdicts.order_by("status", "id")
        if (verdict.concern.provision_id, verdict.version_id) in touched
    }
    asked = [_need(verdict, verdict.version, Cause.CORRESPONDENCE) for verdict in cells.values()]
    return _ask(asked, by=by, reason="a correspondence was corrected")


def _laws(version: Version) -> list[Code]:
    """The law itself, and the drafts that would replace it: their lives begin in its text."""
    return [version.code, *version.code.replaced_by.all()]


def _lives(law: Code) -> dict[int, dict[int, Place]]:
    """By provision and text."""
    lines = Lineages.of(law)
    return {
        provision.pk: {place.version.pk: place for place in lines.life(provision)}
        for provision in Provision.objects.filter(law=law)
    }


def _by_concern(law: Code) -> dict[int, list[Verdict]]:
    """Live verdicts in the order of their texts; of one cell the published one comes last."""
    found: dict[int, list[Verdict]] = defaultdict(list)
    verdicts = Verdict.objects.filter(concern__provision__law=law, status__in=LIVE, version__code=law)
    for verdict in verdicts.select_related("version", "concern").order_by(
        "concern__order", "concern_id", "version__date", "version__sequence", "id"
    ):
        found[verdict.concern_id].append(verdict)
    return {
        concern: sorted(rows, key=lambda v: (_place(v.version), v.status == ReviewStatus.PUBLISHED))
        for concern, rows in found.items()
    }


def _newest_before(verdicts: list[Verdict], version: Version) -> dict[str, Verdict]:
    """The verdicts of the newest text before this one that has any, by base."""
    earlier = [verdict for verdict in verdicts if _place(verdict.version) < _place(version)]
    return {verdict.base: verdict for verdict in earlier if verdict.version_id == earlier[-1].version_id}


def _place(version: Version) -> tuple[object, int]:
    return (version.date, version.sequence)


def _need(verdict: Verdict, version: Version, cause: Cause, *, identical: bool = False) -> ReviewNeed:
    return ReviewNeed(
        concern_id=verdict.concern_id, version=version, base=verdict.base, cause=cause, verdict=verdict,
        identical=identical,
    )  # fmt: skip


def _ask(needs: list[ReviewNeed], *, by: User, reason: str) -> int:
    """Write what is not asked already: a cell has one open question."""
    open_cells = set(
        ReviewNeed.objects.filter(done=False, concern__in=[need.concern_id for need in needs]).values_list(
            "concern_id", "version_id", "base"
        )
    )
    record_all(
        [need for need in needs if (need.concern_id, need.version_id, need.base) not in open_cells],
        by=by,
        reason=reason,
    )
    return len(needs)


@dataclass
class _Hashes:
    """The hashes of articles' words, read when they are first asked for."""

    known: dict[int, Mapping[int, str]] | None = None

    def equal(self, before: Place | None, here: Place) -> bool:
        """The same words in as many articles, whatever their numbers."""
        if before is None or not before.articles or len(before.articles) != len(here.articles):
            return False
        return self._of(before) == self._of(here)

    def _of(self, place: Place) -> list[str]:
        self.known = self.known or {}
        if place.version.pk not in self.known:
            texts = ArticleText.objects.filter(article__version=place.version, language=place.version.language)
            self.known[place.version.pk] = dict(texts.values_list("article_id", "sha256"))
        return sorted(self.known[place.version.pk].get(article, "") for article in place.articles)
