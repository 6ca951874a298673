"""The comparison of two texts, and one pair of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amendments.models import Change, Provision
from amendments.services.importing import current_law
from codes.models import Article, Version
from tracker.publication.collectors import heads
from tracker.publication.collectors.context import LawContext
from tracker.publication.collectors.notes import Notes
from tracker.publication.documents import ComparedArticle, ComparisonDocument, PairDocument, VerdictData


def comparison(context: LawContext, old: Version, new: Version) -> ComparisonDocument | None:
    """The list of all pairs, without their words; None when the two texts were not compared."""
    row = context.comparisons.get((old.pk, new.pk))
    if row is None:
        return None
    counts: Any = dict(row.counts)
    if context.public:
        counts["unconfirmed"] = row.counts["unconfirmed"]
    return {
        "kind": "comparison",
        "law": context.head,
        "old_law": heads.law_head(old.code),
        "old": context.version_heads[old.pk],
        "new": context.version_heads[new.pk],
        "common": row.common,
        "edition_note": edition_note(context, old, new),
        "counts": counts,
        "articles": [article for _, article in summaries(context, old, new)],
        "versions": [context.version_heads[v.pk] for v in context.versions if v.obtained],
        "pairs": context.pairs,
    }


def edition_note(context: LawContext, old: Version, new: Version) -> str:
    """Said when the old text is not the edition of current law in force on the day of the new one."""
    if old.code_id == context.law.pk:
        return ""
    expected = current_law(new)
    if expected is None or expected.pk == old.pk:
        return ""
    return f"{old.slug} is not the edition that was in force on {new.date.isoformat()}; that is {expected.slug}."


def summaries(context: LawContext, old: Version, new: Version) -> Iterable[tuple[Change, ComparedArticle]]:
    taken: set[str] = set()
    for change in context.changes(old, new):
        yield change, summary(context, change, old, new, context.pair_key(change, old, new, taken))


def summary(context: LawContext, change: Change, old: Version, new: Version, key: str) -> ComparedArticle:
    followed = context.followed_pair(change, old, new)
    concerns = [c for c in context.concerns if c.provision_id in {p.pk for p in followed}] if followed else []
    return {
        "key": key,
        "old": change.old_articles,
        "new": change.new_articles,
        "kind": change.kind,  # type: ignore[typeddict-item]  # the column holds PairKind values only
        "old_heading": change.old_heading,
        "new_heading": change.new_heading,
        "provision": heads.provision_ref(followed[0]) if followed else None,
        "concerns": [concern.slug for concern in concerns],
        "topics": sorted({topic for concern in concerns for topic in context.said[concern.pk]["topics"]}),
        "changed": change.changed,
        "changes": change.changes,
        "share": change.share,
        "outcome": change.outcome,
        "rises": change.rises,
        "falls": change.falls,
        "value": value_of(context, followed[:1], old, new),  # type: ignore[typeddict-item]  # the column holds Value values only
        "confirmed": change.confirmed,
    }


def value_of(context: LawContext, followed: list[Provision], old: Version, new: Version) -> str | None:
    """The verdict that belongs to this comparison: against current law, or the previous text; else our
    recommendation.
    """
    if not followed:
        return None
    base = "current_law" if context.current is not None and old.pk == context.current.pk else "previous"
    for concern in context.concerns:
        if concern.provision_id in {p.pk for p in followed}:
            verdicts: dict[str, VerdictData] = context.verdicts.get((concern.pk, new.pk), {})
            for name in (base, "recommendation"):
                if name in verdicts and verdicts[name]["value"] != "not_assessed":
                    return verdicts[name]["value"]
    return None


def pairs(
    context: LawContext, old: Version, new: Version, keys: Iterable[str] | None = None
) -> dict[str, PairDocument]:
    """Pair documents by key: all of a comparison, or those asked for, with their rows in one further query."""
    wanted = set(keys) if keys is not None else None
    every = summaries(context, old, new)
    chosen = {c.pk: (c, a) for c, a in every if (_has_two_sides(a) if wanted is None else a["key"] in wanted)}
    full = Change.objects.filter(pk__in=chosen).only("heading", "rows", "penalties", "outcomes")
    numbers = {number for change, _ in chosen.values() for number in change.new_articles}
    ids = dict(Article.objects.filter(version=new, number__in=numbers).values_list("number", "pk"))
    notes = Notes(context, ids.values()).by_article
    documents: dict[str, PairDocument] = {}
    for row in full:
        change, article = chosen[row.pk]
        documents[article["key"]] = {
            "kind": "pair",
            "law": context.head,
            "old": context.version_heads[old.pk],
            "new": context.version_heads[new.pk],
            "summary": article,
            "heading": row.heading,
            "rows": row.rows,
            "penalties": _penalties(context, row),
            "outcomes": row.outcomes,
            "concerns": context.concerns_at(context.followed_pair(change, old, new), new),
            "notes": [note for number in change.new_articles if number in ids for note in notes[ids[number]]],
            "not_held": {"not_in_old": "old", "not_in_new": "new"}.get(change.kind, ""),
        }
    return documents


def _has_two_sides(article: ComparedArticle) -> bool:
    """What a partial text lacks has a page of its own only where we follow it."""
    return article["kind"] not in {"not_in_old", "not_in_new"} or article["provision"] is not None


def _penalties(context: LawContext, row: Change) -> Any:
    """In public only what was read for sure."""
    if not context.public:
        return row.penalties
    return [cell for cell in row.penalties if all(fact["sure"] for fact in cell["facts"])]
