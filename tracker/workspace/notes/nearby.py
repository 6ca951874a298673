"""The list beside an article: those we follow, and those that changed in the same chapter, each with its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from amendments.models import OPEN, Annotation, Base, ReviewStatus, Verdict
from codes.models import Code
from tracker.workspace.notes.places import Home

WORST_FIRST = ("new_restriction", "stricter", "unchanged", "partly_fixed", "fixed", "not_assessed")


@dataclass(frozen=True, slots=True)
class Neighbour:
    number: str
    heading: str
    value: str  # verdict of a followed provision; "" for an article that only changed
    notes: int
    here: bool


@dataclass(frozen=True, slots=True)
class Nearby:
    """`hidden` changed articles stand in other chapters."""

    articles: list[Neighbour]
    hidden: int


def nearby(home: Home, contents: Any) -> Nearby:
    """From the document of the text's contents; two queries more."""
    notes = _notes(home)
    values = _values(home.law, home.version.pk)
    number, found, hidden = home.article.number, [], 0
    for division in contents["divisions"]:
        same = any(article["number"] == number for article in division["articles"])
        for article in division["articles"]:
            here, followed = article["number"] == number, article["provision"]
            if here or followed or notes.get(article["number"]) or (same and article["changed"]):
                value = values.get(followed.partition("-")[0], "not_assessed") if followed else ""
                count = notes.get(article["number"], 0)
                found.append(Neighbour(article["number"], article["heading"], value, count, here))
            elif article["changed"]:
                hidden += 1
    return Nearby(found, hidden)


def _notes(home: Home) -> dict[str, int]:
    rows = (
        Annotation.objects.filter(law=home.law, article__version=home.version, status__in=[*OPEN, "published"])
        .exclude(status=ReviewStatus.PUBLISHED, replaced_by__status__in=OPEN)
        .order_by()
        .values_list("article__number")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def _values(law: Code, version: int) -> dict[str, str]:
    """Public id of a provision → its worst verdict against our recommendation, those on their way included."""
    rows = Verdict.objects.filter(
        concern__provision__law=law,
        version=version,
        base=Base.RECOMMENDATION,
        status__in=[*OPEN, ReviewStatus.PUBLISHED],
    ).values_list("concern__provision__public_id", "value")
    found: dict[str, str] = {}
    for public_id, value in rows:
        found[public_id] = min(value, found.get(public_id, value), key=WORST_FIRST.index)
    return found
