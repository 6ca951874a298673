"""From computed facts to a suggested value, with its reason. Never stored by itself: a person decides.

The table is that of the domain brief; what it does not name is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from amendments.models import Base, VerdictValue
from amendments.models.concerns import Ask
from amendments.models.verdicts import Lifecycle
from amendments.services.cells import CellFacts

GRADES = {
    VerdictValue.FIXED: "A",
    VerdictValue.PARTLY_FIXED: "B",
    VerdictValue.UNCHANGED: "C",
    VerdictValue.STRICTER: "E",
    VerdictValue.NEW_RESTRICTION: "E",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`value` "" suggests nothing; `sure` False asks a person to look at more than the facts; `reason` is a code."""

    value: str
    reason: str
    sure: bool = True
    lifecycle: str = ""


def un_grade(value: str) -> str | None:
    """The grade of the UN follow-up procedure. None: no grade. D comes from an unanswered engagement, never a text."""
    return GRADES.get(VerdictValue(value))


def suggest(ask: str, base: str, facts: CellFacts) -> Suggestion:
    """The suggestion for one base. Nothing over an unconfirmed match, an unsure penalty, or a text that is not held."""
    if not facts.confirmed:
        return _asked("match_not_confirmed")
    if facts.state in {"not_held", "no_text"}:
        return _asked("no_text")
    if not facts.sure or facts.outcome == "uncertain":
        return _asked("penalties_unsure")
    if facts.gone:
        return _gone(ask, base, facts)
    if ask == Ask.DO_NOT_ADD and (found := _not_to_add(base, facts)) is not None:
        return found
    return _still_there(ask, base, facts)


def _asked(reason: str, lifecycle: str = "") -> Suggestion:
    return Suggestion("", reason, sure=False, lifecycle=lifecycle)


def _gone(ask: str, base: str, facts: CellFacts) -> Suggestion:
    if facts.elsewhere:
        return _asked("moved", Lifecycle.MOVED_TO_ANOTHER_CODE)
    if ask == Ask.DO_NOT_ADD and base != Base.PREVIOUS:
        return _left_out(base, facts)
    if ask == Ask.REPEAL and (facts.in_base or facts.state == "repealed"):
        return Suggestion(VerdictValue.FIXED, "gone")
    return _asked("gone_not_asked")


def _left_out(base: str, facts: CellFacts) -> Suggestion:
    """What we asked not to add is not there. Current law never had it, so against current law nothing is said."""
    if base != Base.RECOMMENDATION:
        return _asked("not_in_base")
    lifecycle = Lifecycle.WITHDRAWN.value if facts.in_earlier_draft else ""
    return Suggestion(VerdictValue.FIXED, "left_out", lifecycle=lifecycle)


def _not_to_add(base: str, facts: CellFacts) -> Suggestion | None:
    """None: it is in the text and in the base, so the general rules speak."""
    if facts.quoted is False:
        return _left_out(base, facts) if base != Base.PREVIOUS else _asked("words_changed")
    absent_from_base = not facts.in_base if base == Base.PREVIOUS else not facts.in_current_law
    return Suggestion(VerdictValue.NEW_RESTRICTION, "not_in_current_law") if absent_from_base else None


def _still_there(ask: str, base: str, facts: CellFacts) -> Suggestion:
    if facts.outcome == "stricter":
        return Suggestion(VerdictValue.STRICTER, "stricter")
    if facts.outcome == "mixed":
        return _asked("mixed_heavier" if facts.heaviest > 0 else "mixed")
    if facts.identical:
        return Suggestion(VerdictValue.UNCHANGED, "text_identical")
    if ask == Ask.NARROW:
        return _narrowed(base, facts)
    if facts.outcome == "milder" and (ask != Ask.REDUCE or facts.heaviest < 0):
        return Suggestion(VerdictValue.PARTLY_FIXED, "reduced" if ask == Ask.REDUCE else "milder", sure=False)
    return _asked("words_changed" if facts.compared else "nothing_compared")


def _narrowed(base: str, facts: CellFacts) -> Suggestion:
    if facts.quoted and base == Base.RECOMMENDATION:
        return Suggestion(VerdictValue.UNCHANGED, "quoted_words_stand")
    return _asked("quoted_words_gone" if facts.quoted is False else "words_changed")
