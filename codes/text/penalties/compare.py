"""Two sets of penalties → facts: never adjectives. Alternatives are matched by kind, never by their position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from codes.text.nodes import Outcome, Sanction, SanctionCell, SanctionComparison, SanctionFact
from codes.text.normalise import fold
from codes.text.penalties.currencies import measure
from codes.text.penalties.reading import MAIN

_FAMILY = {"years": "term", "months": "term", "days": "days", "hours": "hours", "income_months": "income"}
_FINES = (("fine", ""), ("fine", "income"))
_SUPPLEMENTARY = frozenset(
    {"deprivation_of_post", "confiscation", "deprivation_of_citizenship", "deportation", "licence_suspension"}
)


def compare(
    old: Sequence[Sanction],
    new: Sequence[Sanction],
    *,
    parts: Sequence[tuple[str, str]] | None = None,
    repealed: bool = False,
    restored: bool = False,
) -> SanctionComparison:
    """Part against its counterpart. `parts` pairs old with new parts; default: the same printed part ("" stands for
    "1").

    `repealed`/`restored`: the new/old side is only a stub, so the whole offence left or came.
    """
    if repealed or restored:
        kind = "offence_removed" if repealed else "offence_added"
        fact = SanctionFact("", "", kind, None, None, "", -1 if repealed else 1)
        outcome = Outcome.MILDER if repealed else Outcome.STRICTER
        return SanctionComparison((), (fact,), (), outcome)
    cells: list[SanctionCell] = []
    outcomes: list[tuple[str, Outcome]] = []
    extra: list[SanctionFact] = []
    for old_part, new_part in parts if parts is not None else _paired(old, new):
        before = [s for s in old if s.part == old_part] if old_part is not None else []
        after = [s for s in new if s.part == new_part] if new_part is not None else []
        if new_part is None or old_part is None:
            sign = -1 if new_part is None else 1
            shown = old_part if new_part is None else new_part
            extra.append(
                SanctionFact(shown or "", "", "part_removed" if sign < 0 else "part_added", None, None, "", sign)
            )
        found = list(_cells(before, after, old_part, new_part))
        cells += found
        if old_part is not None and new_part is not None:
            outcomes.append((new_part, outcome_of([fact for cell in found for fact in cell.facts])))
    facts = tuple(fact for cell in cells for fact in cell.facts) + tuple(extra)
    return SanctionComparison(tuple(cells), facts, tuple(outcomes), outcome_of(facts))


def _paired(old: Sequence[Sanction], new: Sequence[Sanction]) -> list[tuple[str | None, str | None]]:
    before, after = list(dict.fromkeys(s.part for s in old)), list(dict.fromkeys(s.part for s in new))
    pairs: list[tuple[str | None, str | None]] = []
    for part in after:
        match = next((p for p in before if (p or "1") == (part or "1")), None)
        pairs.append((match, part))
        if match is not None:
            before.remove(match)
    return pairs + [(part, None) for part in before]


def _cells(
    old: Sequence[Sanction], new: Sequence[Sanction], old_part: str | None, new_part: str | None
) -> Iterator[SanctionCell]:
    before, after = _by_kind(old), _by_kind(new)
    for one_fine, other_fine in (_FINES, _FINES[::-1]):
        if one_fine in before and other_fine in after and not (one_fine in after or other_fine in before):
            after[one_fine] = after.pop(other_fine)  # the fine is measured otherwise: one kind, not two
    part, shown_old = new_part if new_part is not None else old_part or "", old_part or ""
    spread = _Spread.of(old, new)
    for key in sorted({*before, *after}, key=lambda k: (-_rank(k[0]), k)):
        one, two = before.get(key), after.get(key)
        blank = _blank(part, shown_old, key[0], one, two)
        if old_part is None or new_part is None:  # which way that points is one fact of the part, not one of each kind
            facts = [replace(blank, fact="part_added" if old_part is None else "part_removed")]
        else:
            facts = list(_facts(blank, one, two, spread))
        yield SanctionCell(part, shown_old, key[0], _range(one), _range(two), tuple(facts))


def _by_kind(sanctions: Iterable[Sanction]) -> dict[tuple[str, str], Sanction]:
    """The widest provision of each kind and unit family in a part; two of one family keep the higher maximum."""
    found: dict[tuple[str, str], Sanction] = {}
    for sanction in sanctions:
        family = _FAMILY.get(sanction.unit, sanction.unit)
        key = (sanction.kind, "income" if family == "income" else "")
        known = found.get(key)
        if known is None or (sanction.maximum or 0) > (known.maximum or 0):
            found[key] = sanction
    return found


def _rank(kind: str) -> int:
    return MAIN.index(kind) if kind in MAIN else -1


def _range(sanction: Sanction | None) -> tuple[int | None, int | None, str] | None:
    return (sanction.minimum, sanction.maximum, sanction.unit) if sanction is not None else None


@dataclass(frozen=True, slots=True)
class _Spread:
    """Ranks of the heaviest main kind of each side and of the lightest new one."""

    heaviest_old: int
    heaviest_new: int
    lightest_new: int

    @classmethod
    def of(cls, old: Sequence[Sanction], new: Sequence[Sanction]) -> _Spread:
        before, after = ([_rank(s.kind) for s in side if s.kind not in _SUPPLEMENTARY] for side in (old, new))
        return cls(max(before, default=-1), max(after, default=-1), min(after, default=99))


def _blank(part: str, old_part: str, kind: str, one: Sanction | None, two: Sanction | None) -> SanctionFact:
    """A fact that says nothing yet: where it stands, and whether both readings are sure."""
    sure = all(s.sure for s in (one, two) if s is not None)
    return SanctionFact(part, kind, "", None, None, "", 0, sure, old_part)


def _facts(blank: SanctionFact, one: Sanction | None, two: Sanction | None, spread: _Spread) -> Iterator[SanctionFact]:
    kind = blank.kind
    if one is None and two is not None:
        yield _appeared(blank, kind, two, spread)
    elif two is None and one is not None:
        yield _left(blank, kind, one, spread)
    elif one is not None and two is not None:
        if kind in _SUPPLEMENTARY and one.optional != two.optional:
            mandatory = one.optional
            yield replace(
                blank,
                fact="supplementary_mandatory" if mandatory else "supplementary_optional",
                direction=1 if mandatory else -1,
            )
        yield from _amounts(blank, one, two)


def _appeared(blank: SanctionFact, kind: str, new: Sanction, spread: _Spread) -> SanctionFact:
    """A kind heavier than all before makes the part stricter; the lightest way out of all makes it milder."""
    told = replace(blank, old=None, new=new.maximum, unit=new.unit)
    if kind in _SUPPLEMENTARY:
        return replace(told, fact="supplementary_added", direction=1)
    rank = _rank(kind)
    direction = 1 if rank > spread.heaviest_old else -1 if rank <= spread.lightest_new else 0
    return replace(told, fact="alternative_added", direction=direction)


def _left(blank: SanctionFact, kind: str, old: Sanction, spread: _Spread) -> SanctionFact:
    """Without its heaviest kind a part is milder; without a lighter way out it is stricter."""
    told = replace(blank, old=old.maximum, new=None, unit=old.unit)
    if kind in _SUPPLEMENTARY:
        return replace(told, fact="supplementary_removed", direction=-1)
    return replace(told, fact="alternative_removed", direction=-1 if _rank(kind) > spread.heaviest_new else 1)


def _amounts(blank: SanctionFact, one: Sanction, two: Sanction) -> Iterator[SanctionFact]:
    if not one.unit and not two.unit and blank.kind == "fine" and _measured(one) != _measured(two):
        # dollars against penalty units, or one class of fines against another
        yield replace(blank, fact="unit_changed", old=one.maximum, new=two.maximum, sure=False)
        return
    if _FAMILY.get(one.unit, one.unit) != _FAMILY.get(two.unit, two.unit):
        if one.unit and two.unit:
            # not comparable in this kind; the other kinds of the part still say what they say
            sure = blank.sure and "income_months" not in {one.unit, two.unit}
            yield replace(blank, fact="unit_changed", old=one.maximum, new=two.maximum, unit=two.unit, sure=sure)
        return
    unit, factor_old, factor_new = _common_unit(one.unit, two.unit)
    low_old, low_new = _times(one.minimum, factor_old), _times(two.minimum, factor_new)
    high_old, high_new = _times(one.maximum, factor_old), _times(two.maximum, factor_new)
    if high_old is not None and high_new is not None and high_old != high_new:
        up = high_new > high_old
        yield replace(
            blank, fact="max_up" if up else "max_down", old=high_old, new=high_new, unit=unit, direction=1 if up else -1
        )
    if low_old == low_new:
        return
    if low_old is None or low_new is None:
        name, direction = ("min_appeared", 1) if low_old is None else ("min_gone", -1)
    else:
        name, direction = ("min_up", 1) if low_new > low_old else ("min_down", -1)
    yield replace(blank, fact=name, old=low_old, new=low_new, unit=unit, direction=direction)


def _measured(fine: Sanction) -> str:
    return measure(fold(fine.quote))


def _common_unit(one: str, two: str) -> tuple[str, int, int]:
    if one == two:
        return one, 1, 1
    return "months", 12 if one == "years" else 1, 12 if two == "years" else 1


def _times(number: int | None, factor: int) -> int | None:
    return None if number is None else number * factor


def outcome_of(facts: Iterable[SanctionFact]) -> Outcome:
    """stricter: all facts point up; milder: all down; mixed: both; uncertain: any fact rests on an unsure reading."""
    known = list(facts)
    if any(not fact.sure for fact in known):
        return Outcome.UNCERTAIN
    directions = {fact.direction for fact in known if fact.direction}
    if not directions:
        return Outcome.SAME
    if len(directions) == 2:
        return Outcome.MIXED
    return Outcome.STRICTER if directions == {1} else Outcome.MILDER
