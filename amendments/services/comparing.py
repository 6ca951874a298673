"""Computing what changed between two texts whose articles are linked. Derived rows: always rebuilt as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from amendments.models import Change, Comparison, Correspondence
from amendments.models.changes import LinkStatus
from amendments.services import facts
from amendments.services.groups import Group, groups
from codes.models import Version
from codes.services import trees
from codes.text import diff, sanctions
from codes.text.nodes import Article, Sanction, SanctionComparison

_COUNTED_KINDS = ("split", "merged", "moved", "added", "dropped", "repealed", "not_in_old", "not_in_new", "unconfirmed")
_NO_COUNTERPART = {"added": "not_in_old", "dropped": "not_in_new"}


@dataclass(frozen=True, slots=True)
class _Texts:
    """Both texts by article id, with penalties read once."""

    old: dict[int, Article]
    new: dict[int, Article]
    old_sanctions: dict[int, list[Sanction]]
    new_sanctions: dict[int, list[Sanction]]


@transaction.atomic
def compare(*, old: Version, new: Version) -> Comparison:
    """Rebuild the comparison of two texts from their confirmed and suggested links."""
    Comparison.objects.filter(old=old, new=new).delete()
    texts = _texts(old, new)
    links = list(Correspondence.objects.filter(old_version=old, new_version=new).exclude(status=LinkStatus.REJECTED))
    found = _in_order(groups(links, texts.old, texts.new), texts)
    best = {(link.old_article_id, link.new_article_id): link.score for link in links}
    comparison = Comparison.objects.create(old=old, new=new, common=True, counts={})
    changes = [_change(group, texts, best, comparison, order) for order, group in enumerate(found)]
    Change.objects.bulk_create(changes, batch_size=300)
    comparison.counts = _counts(changes, articles=len(texts.new))
    comparison.common = any(change.old_articles and change.new_articles for change in changes)
    comparison.save()
    return comparison


def _texts(old: Version, new: Version) -> _Texts:
    before, after = by_id(old), by_id(new)
    return _Texts(
        before,
        after,
        {pk: sanctions.extract(article, old.language) for pk, article in before.items()},
        {pk: sanctions.extract(article, new.language) for pk, article in after.items()},
    )


def by_id(version: Version) -> dict[int, Article]:
    """The version's articles in its own language, by the id of their rows, in the order of the text."""
    tree = trees.tree(version)
    ids = version.articles.order_by("order").values_list("pk", flat=True)
    return dict(zip(ids, tree.articles, strict=True))


def _in_order(found: Sequence[Group], texts: _Texts) -> list[Group]:
    """In the order of the new text; groups without a new side stand after the counterpart of the article before
    them.
    """
    new_place = {pk: place for place, pk in enumerate(texts.new)}
    old_place = {pk: place for place, pk in enumerate(texts.old)}
    place_of_old = {old: min(new_place[new] for new in group.new) for group in found if group.new for old in group.old}
    olds = list(texts.old)

    def key(group: Group) -> tuple[float, float]:
        if group.new:
            return (min(new_place[new] for new in group.new), -1)
        at = old_place[group.old[0]]
        before = next((place_of_old[olds[i]] for i in range(at - 1, -1, -1) if olds[i] in place_of_old), -1)
        return (before, at)

    return sorted(found, key=key)


def _change(
    group: Group, texts: _Texts, best: dict[tuple[int | None, int | None], int], comparison: Comparison, order: int
) -> Change:
    old, new = [texts.old[pk] for pk in group.old], [texts.new[pk] for pk in group.new]
    kind, confirmed = _kind(group, old, new, comparison)
    alone = kind in _NO_COUNTERPART.values()  # nothing to compare with, and nothing said by that
    found = diff.compare([], []) if alone else diff.compare(old, new)
    penalties = _penalties(group, texts, best)
    directions = Counter(fact.direction for fact in penalties.facts)
    has_penalties = any(texts.old_sanctions[pk] for pk in group.old) or any(texts.new_sanctions[pk] for pk in group.new)
    both = bool(old and new)
    return Change(
        comparison=comparison,
        order=order,
        key=f"art-{new[0].number}" if new else f"old-{old[0].number}",
        kind=kind,
        confirmed=confirmed,
        old_articles=[article.number for article in old],
        new_articles=[article.number for article in new],
        old_heading=facts.headings(old),
        new_heading=facts.headings(new),
        changed=not found.identical if both else kind in {"added", "dropped"},
        identical=both and found.identical,
        changes=found.changes if both else 0,
        share=found.share,
        outcome=penalties.outcome.value if both and has_penalties else "",
        rises=directions[1] if both else 0,
        falls=directions[-1] if both else 0,
        heading=facts.heading_data(found, facts.headings(old), facts.headings(new)),
        rows=facts.rows_data(
            found,
            [s for pk in group.old for s in texts.old_sanctions[pk]],
            [s for pk in group.new for s in texts.new_sanctions[pk]],
        ),
        penalties=facts.penalties_data(penalties) if both else [],
        outcomes={part: outcome.value for part, outcome in penalties.outcomes} if both else {},
    )


def _kind(group: Group, old: Sequence[Article], new: Sequence[Article], comparison: Comparison) -> tuple[str, bool]:
    """What the pair is called. A partial text says nothing about what it lacks."""
    lacking = {"added": comparison.old, "dropped": comparison.new}.get(group.kind)
    if lacking is not None and lacking.partial:
        return _NO_COUNTERPART[group.kind], True
    if not group.confirmed:
        return "unconfirmed", False
    if old and new and all(a.status == "repealed" for a in new) and any(a.status != "repealed" for a in old):
        return "repealed", True
    return group.kind, True


def _penalties(group: Group, texts: _Texts, best: dict[tuple[int | None, int | None], int]) -> SanctionComparison:
    """Penalties of one pair. Across a split or merge each new article is held against the old one it is most like."""
    old_live = any(texts.old[pk].status != "repealed" for pk in group.old)
    new_live = any(texts.new[pk].status != "repealed" for pk in group.new)
    if group.old and group.new and old_live != new_live:
        return sanctions.compare([], [], repealed=old_live, restored=new_live)
    if len(group.old) <= 1 and len(group.new) <= 1:
        return sanctions.compare(
            [s for pk in group.old for s in texts.old_sanctions[pk]],
            [s for pk in group.new for s in texts.new_sanctions[pk]],
        )
    pairs = [(max(group.old, key=lambda pk: best.get((pk, new), -1)), new) for new in group.new]
    single = [sanctions.compare(texts.old_sanctions[one], texts.new_sanctions[two]) for one, two in pairs]
    every = tuple(fact for part in single for fact in part.facts)
    return SanctionComparison(
        tuple(cell for part in single for cell in part.cells),
        every,
        tuple(outcome for part in single for outcome in part.outcomes),
        sanctions.outcome_of(every),
    )


def _counts(changes: Sequence[Change], *, articles: int) -> dict[str, int]:
    """The facts line (`documents.ComparisonCounts`). What a partial text lacks is counted apart, never as a change."""
    kinds = Counter(change.kind for change in changes)
    pairs = [c for c in changes if c.old_articles and c.new_articles and c.confirmed]
    outcomes = Counter(c.outcome for c in pairs)
    counted: dict[str, Any] = {kind: kinds[kind] for kind in
                               _COUNTED_KINDS}  # fmt: skip
    return {
        "articles": articles,
        "pairs": len(pairs),
        "changed": sum(c.changed for c in pairs) + kinds["added"] + kinds["dropped"],
        "identical": sum(c.identical for c in pairs),
        "renumbered_only": sum(c.identical and c.old_articles != c.new_articles for c in pairs),
        **{name: outcomes[name] for name in ("stricter", "milder", "mixed", "uncertain")},
        **counted,
    }
