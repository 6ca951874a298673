"""What is computed about one cell of the matrix: a concern in a text, against a base. Facts only, never a judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from amendments.models import Base, Change, Concern, Verdict
from amendments.models.review import OPEN, ReviewStatus
from amendments.services.lineage import Lineages, Place
from codes.models import ArticleText, Version
from codes.text.normalise import key

# Never the heaviest penalty: they come beside a main one.
SUPPLEMENTARY = frozenset(
    {"deprivation_of_post", "confiscation", "deprivation_of_citizenship", "deportation", "licence_suspension"}
)
SEVERITY = ("warning", "fine", "community_service", "correctional_labour", "restriction_of_liberty", "arrest",
            "compulsory_labour", "imprisonment", "life_imprisonment", "death")  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellFacts:
    """`state` as in `documents.PlaceState`. `quoted`: the words we object to stand here; None when the concern names
    none or no text is held. `heaviest`: 1 when the heaviest penalty of any part became heavier, -1 when lighter.
    """

    state: str = "in_text"
    compared: bool = False
    confirmed: bool = True
    identical: bool = False
    outcome: str = ""
    sure: bool = True
    maximum_rose: bool = False
    heaviest: int = 0
    heaviest_changed: bool = False
    quoted: bool | None = None
    in_base: bool = False
    in_current_law: bool = False
    in_earlier_draft: bool = False
    elsewhere: bool = False

    @property
    def gone(self) -> bool:
        return self.state in {"absent", "repealed"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A concern in a text with everything that its facts are read from."""

    concern: Concern
    here: Place
    before: Place | None
    changes: list[Change]
    facts: CellFacts


def offered(version: Version) -> list[str]:
    """The bases that exist for a text: a law that replaces none has no current law, and a first text nothing before."""
    law = version.code
    earlier = [v.pk for v in law.versions.with_text().in_order() if _order(v) < _order(version)]
    return [
        Base.RECOMMENDATION.value,
        *([Base.CURRENT_LAW.value] if law.replaces_id is not None else []),
        *([Base.PREVIOUS.value] if earlier else []),
    ]


def cell_of(concern: Concern, version: Version, base: str, lines: Lineages) -> Cell:
    """Raises `LookupError` when the text is none of the law's."""
    places = lines.life(concern.provision)
    here = next((place for place in places if place.version.pk == version.pk), None)
    if here is None:
        raise LookupError(f"{version} is not a text of {lines.law}")
    before = base_place(places, here, base)
    changes = changes_at(here, before) if here.articles else []
    return Cell(concern, here, before, changes, _facts(concern, places, here, before, changes))


def _facts(
    concern: Concern, places: list[Place], here: Place, before: Place | None, changes: list[Change]
) -> CellFacts:
    """Over all articles of the place: a concern that was split has one verdict, by its worst part."""
    at = places.index(here)
    current = _current_law(places, here)
    quoted = quoted_stand(concern, here)
    drafts = [p for p in places[:at] if p.version.code_id == here.version.code_id]
    in_current = current is not None and bool(current.articles)
    if in_current and current is not None and concern.quoted and concern.recommendation.ask == "do_not_add":
        in_current = bool(quoted_stand(concern, current))  # what we ask not to add are words, not the article
    tables = [change.penalties for change in changes]
    penalties = [cell for table in tables for cell in table]
    return CellFacts(
        state=here.state,
        compared=bool(changes),
        confirmed=here.state != "checking" and all(_confirmed(change, before, here) for change in changes),
        identical=bool(changes) and all(change.identical for change in changes),
        outcome=outcome_of([change.outcome for change in changes]),
        sure=all(fact["sure"] for cell in penalties for fact in cell["facts"]),
        maximum_rose=any(fact["fact"] == "max_up" for cell in penalties for fact in cell["facts"]),
        heaviest=heaviest(tables),
        heaviest_changed=any(old != new for table in tables for old, new in _heaviest_of_parts(table)),
        quoted=quoted,
        in_base=before is not None,
        in_current_law=in_current,
        in_earlier_draft=any(p.articles or (p.stated and p.numbers) for p in drafts),
        elsewhere=concern.provision.counterparts.exists(),
    )


def base_place(places: list[Place], here: Place, base: str) -> Place | None:
    """The place to compare with: in current law, or in the newest earlier text that holds the provision.

    What we ask is held against current law, and where that does not have the provision, against the text before.
    """
    at = places.index(here)
    held = [place for place in places[:at] if place.articles]
    current = _current_law(places, here)
    in_current = current if current in held else None
    if base == Base.CURRENT_LAW:
        return in_current
    previous = held[-1] if held else None
    return previous if base == Base.PREVIOUS or in_current is None else in_current


def _current_law(places: list[Place], here: Place) -> Place | None:
    replaces = here.version.code.replaces_id
    return next((place for place in places if replaces is not None and place.version.code_id == replaces), None)


def changes_at(here: Place, before: Place | None) -> list[Change]:
    """The computed changes of the provision's articles between two places, when the two texts were compared."""
    if before is None:
        return []
    any_number = reduce(or_, [Q(new_articles__contains=[number]) for number in here.numbers])
    changes = Change.objects.filter(any_number, comparison__old=before.version, comparison__new=here.version)
    return list(changes.defer("rows", "heading").order_by("order"))


def _confirmed(change: Change, before: Place | None, here: Place) -> bool:
    """By a person or a certain match of these two texts, or by the walk through the texts between them."""
    walked = before is not None and set(change.old_articles) <= set(before.numbers)
    return change.confirmed or (walked and set(change.new_articles) <= set(here.numbers))


def outcome_of(outcomes: Sequence[str]) -> str:
    """The outcome of several articles together: both ways is mixed, one unsure makes all unsure."""
    said = {outcome for outcome in outcomes if outcome}
    changed = said - {"same"}
    if "uncertain" in said or len(changed) < 2:
        return "uncertain" if "uncertain" in said else next(iter(changed or said), "")
    return "mixed"


def quoted_stand(concern: Concern, place: Place) -> bool | None:
    """Whether any of the words we object to stand in the law's own words of a place."""
    if not concern.quoted or not place.articles:
        return None
    texts = ArticleText.objects.filter(article__in=place.articles, language=place.version.language)
    words = key(" ".join(p["text"] for text in texts for p in text.paragraphs if p["role"] != "footnote"))
    return any(key(quote) in words for quote in concern.quoted)


def heaviest(tables: Sequence[list[dict[str, Any]]]) -> int:
    """1: a part's heaviest penalty became heavier; -1: lighter and none heavier; 0: neither, or not comparable."""
    directions = set()
    for old, new in [pair for table in tables for pair in _heaviest_of_parts(table)]:
        if old is None or new is None or old == new:
            continue
        if old[0] != new[0]:
            directions.add(1 if new[0] > old[0] else -1)
        elif old[2] == new[2] and old[1] is not None and new[1] is not None:
            directions.add(1 if new[1] > old[1] else -1)
    return 1 if 1 in directions else -1 if -1 in directions else 0


Heaviest = tuple[int, Any, str] | None  # rank of the kind, maximum, unit


def _heaviest_of_parts(penalties: list[dict[str, Any]]) -> list[tuple[Heaviest, Heaviest]]:
    """(old, new) of every part that both texts have."""
    parts: dict[str, dict[str, Heaviest]] = {}
    for cell in penalties:
        if cell["kind"] in SUPPLEMENTARY or cell["kind"] not in SEVERITY:
            continue
        rank = SEVERITY.index(cell["kind"])
        for side in ("old", "new"):
            found = cell[side]
            known = parts.setdefault(cell["part"], {}).get(side)
            if found is not None and (known is None or rank > known[0]):
                parts[cell["part"]][side] = (rank, found["maximum"], found["unit"])
    return [(sides["old"], sides["new"]) for sides in parts.values() if "old" in sides and "new" in sides]


def values_beside(verdict: Verdict) -> Mapping[str, str]:
    """base → value of the same concern in the same text: what is on its way, else what is published."""
    shown = [*OPEN, ReviewStatus.PUBLISHED]
    rows = Verdict.objects.filter(concern=verdict.concern_id, version=verdict.version_id, status__in=shown)
    others = rows.exclude(base=verdict.base).values_list("base", "value", "status")
    return {base: value for base, value, status in sorted(others, key=lambda row: row[2] != ReviewStatus.PUBLISHED)}


def _order(version: Version) -> tuple[Any, int, int]:
    return (version.date, version.sequence, version.pk)
