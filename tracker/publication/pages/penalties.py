"""Penalties as readers see them: the table of a comparison, and the line under an article. Facts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.utils.translation import get_language, gettext, ngettext, pgettext

from tracker.publication.documents import PairDocument, PenaltyCell, SanctionData
from tracker.publication.pages import words

# Ordered as the title of a table says them.
OUTCOMES = ("stricter", "mixed", "milder", "uncertain")


@dataclass(frozen=True, slots=True)
class Effect:
    """What one fact says, and which way it points: 1 heavier, -1 lighter, 0 neither."""

    words: str
    direction: int


@dataclass(frozen=True, slots=True)
class PenaltyRow:
    name: str  # "Part 1, prison"
    cell: PenaltyCell
    effects: list[Effect]
    check: bool  # the reading is unsure: a person must look (workspace only)


@dataclass(frozen=True, slots=True)
class PenaltyTable:
    title: list[str]  # whole sentences
    rises: bool
    falls: bool
    rows: list[PenaltyRow]


@dataclass(frozen=True, slots=True)
class PenaltyLine:
    """The penalties of one part in words: "restriction of liberty 2 to 7 years, or prison 2 to 7 years"."""

    part: str
    words: str
    check: bool
    restart: bool  # the parts begin again: the provision stands in another article too


def table(pair: PairDocument, *, workspace: bool) -> PenaltyTable | None:
    """The penalty table of a pair; None when there is nothing to show. In public nothing that was read unsurely."""
    rows = [_row(cell) for cell in pair["penalties"]]
    shown = [row for row in rows if workspace or not row.check]
    if not shown:
        return None
    outcomes = {part: outcome for part, outcome in pair["outcomes"].items() if workspace or outcome != "uncertain"}
    said = set(outcomes.values())
    return PenaltyTable(
        title=_title(outcomes) or [gettext("Penalties")],
        rises=bool(said & {"stricter", "mixed"}),
        falls=bool(said & {"milder", "mixed"}),
        rows=shown,
    )


def _row(cell: PenaltyCell) -> PenaltyRow:
    effects: dict[str, int] = {}
    for fact in cell["facts"]:
        effects.setdefault(_fact_words(cell, fact["fact"]), fact["direction"])
    return PenaltyRow(
        name=_name(cell),
        cell=cell,
        effects=[Effect(said, direction) for said, direction in effects.items()],
        check=any(not fact["sure"] for fact in cell["facts"]),
    )


def _fact_words(cell: PenaltyCell, fact: str) -> str:
    if fact in {"max_up", "max_down"}:
        return words.fact_words(cell, fact)
    return _fixed_words(get_language() or "", fact)


@lru_cache
def _fixed_words(_language: str, fact: str) -> str:
    """What a fact says that names no amounts; looked up once for each language, since a page says it many times."""
    nothing: PenaltyCell = {"part": "", "old_part": "", "kind": "", "old": None, "new": None, "facts": []}
    return words.fact_words(nothing, fact)


def _name(cell: PenaltyCell) -> str:
    part, old_part, kind = cell["part"], cell["old_part"], words.penalty(cell["kind"])
    if part and old_part and part != old_part:
        place = gettext("Part %(number)s (was part %(old)s)") % {"number": part, "old": old_part}
    elif part:
        place = words.part(part)
    elif old_part:
        place = gettext("Part %(number)s of the old text") % {"number": old_part}
    else:
        return kind[:1].upper() + kind[1:]
    return gettext("%(place)s, %(penalty)s") % {"place": place, "penalty": kind}


def _title(outcomes: dict[str, str]) -> list[str]:
    """ "Penalties rise in parts 2 and 3." and the like, one sentence for each outcome there is."""
    found = {name: [part for part, outcome in outcomes.items() if outcome == name] for name in OUTCOMES}
    return [_sentence(name, parts, len(outcomes)) for name, parts in found.items() if parts]


def _sentence(outcome: str, parts: Sequence[str], total: int) -> str:
    n = len(parts)
    values = {"n": n, "parts": words.joined([part or "–" for part in parts])}
    if n == total and (n > 1 or not parts[0]):
        everywhere = {
            "stricter": ngettext("The penalty rises.", "Penalties rise in all %(n)s parts.", n),
            "mixed": ngettext("The penalty changes both ways.", "Penalties change both ways in all %(n)s parts.", n),
            "milder": ngettext("The penalty falls.", "Penalties fall in all %(n)s parts.", n),
            "uncertain": ngettext("Check the numbers.", "Check the numbers in all %(n)s parts.", n),
        }
        return everywhere[outcome] % values
    some = {
        "stricter": ngettext("Penalties rise in part %(parts)s.", "Penalties rise in parts %(parts)s.", n),
        "mixed": ngettext(
            "Penalties change both ways in part %(parts)s.", "Penalties change both ways in parts %(parts)s.", n
        ),
        "milder": ngettext("Penalties fall in part %(parts)s.", "Penalties fall in parts %(parts)s.", n),
        "uncertain": ngettext("Check the numbers in part %(parts)s.", "Check the numbers in parts %(parts)s.", n),
    }
    return some[outcome] % values


def lines(sanctions: Sequence[SanctionData], *, workspace: bool) -> list[PenaltyLine]:
    """One line for each part, in the order of the text. In public nothing that was read unsurely."""
    shown = [sanction for sanction in sanctions if workspace or sanction["sure"]]
    found: list[PenaltyLine] = []
    seen: set[str] = set()
    for part, group in groupby(shown, key=lambda sanction: sanction["part"]):
        rows = list(group)
        options = [_option(list(option)) for _, option in groupby(rows, key=lambda row: row["alternative"])]
        text = options[0]
        for option in options[1:]:
            text = pgettext("penalties", "%(first)s, or %(last)s") % {"first": text, "last": option}
        found.append(PenaltyLine(words.part(part), text, any(not row["sure"] for row in rows), restart=part in seen))
        seen = {part} if part in seen else seen | {part}
    return found


def _option(rows: Sequence[SanctionData]) -> str:
    """One alternative: a main penalty with what is added to it."""
    text = _measure(rows[0])
    for row in rows[1:]:
        text = pgettext("penalties", "%(main)s with %(added)s") % {"main": text, "added": _measure(row)}
    return text


def _measure(row: SanctionData) -> str:
    kind = words.penalty(row["kind"])
    if row["minimum"] is None and row["maximum"] is None:
        text = kind
    else:
        amount = words.range_words({"minimum": row["minimum"], "maximum": row["maximum"], "unit": row["unit"]})
        text = gettext("%(penalty)s %(range)s") % {"penalty": kind, "range": amount}
    return pgettext("penalties", "%(penalty)s (may be left out)") % {"penalty": text} if row["optional"] else text
