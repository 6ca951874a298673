"""What speaks against a verdict: computed facts, and the verdicts beside it. Such a verdict needs a written reason."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from amendments.models import Base, Verdict, VerdictValue
from amendments.services.cells import CellFacts, cell_of, offered, values_beside
from amendments.services.lineage import Lineages

CONTRADICTIONS = {
    "text_identical": "the text is identical",
    "quoted_words_stand": "the words objected to are still there",
    "maximum_rose": "a maximum rose",
    "heaviest_changed": "the heaviest penalty changed",
    "nothing_changed": "neither words nor penalties changed",
    "worse_than_current_law": "the verdict against current law says that it became worse",
    "recommendation_fixed": "the verdict against our recommendation says Fixed",
    "has_counterpart": "a confirmed match with current law exists",
    "match_not_confirmed": "the match of this article is not confirmed",
}
WORSE = frozenset({VerdictValue.STRICTER, VerdictValue.NEW_RESTRICTION})
BETTER = frozenset({VerdictValue.FIXED, VerdictValue.PARTLY_FIXED})


class NeedsReason(ValidationError):
    """The verdict contradicts computed facts or another verdict and says no reason. `against`: codes of these."""

    def __init__(self, message: str, against: list[str]) -> None:
        super().__init__(message)
        self.against = against


class NothingToCompare(ValidationError):
    """The base does not exist for this text."""


def check(verdict: Verdict, *, lines: Lineages | None = None) -> None:
    """Compute what contradicts the verdict. Raises `NeedsReason` when something does and no reason is written, and
    `NothingToCompare` when the text has no such base.
    """
    if verdict.base not in offered(verdict.version):
        raise NothingToCompare(
            gettext_noop("There is nothing to compare with: this law has no such text. Choose another base.")
        )
    law = verdict.concern.provision.law
    facts = cell_of(verdict.concern, verdict.version, verdict.base, lines or Lineages.of(law)).facts
    verdict.contradicts = contradictions(verdict.base, verdict.value, facts, values_beside(verdict))
    if verdict.contradicts and not verdict.reason.strip():
        told = " and ".join(CONTRADICTIONS[code] for code in verdict.contradicts)
        raise NeedsReason(
            f"This verdict says {verdict.get_value_display()}, yet {told}. Write the reason that readers will see.",
            verdict.contradicts,
        )


def contradictions(base: str, value: str, facts: CellFacts, beside: Mapping[str, str]) -> list[str]:
    """Codes of what speaks against a value. `beside`: base → value of the other verdicts of the cell."""
    if value == VerdictValue.NOT_ASSESSED:
        return []
    found = _against_facts(value, facts)
    if base == Base.RECOMMENDATION and value == VerdictValue.FIXED and beside.get(Base.CURRENT_LAW) in WORSE:
        found.append("worse_than_current_law")
    if base == Base.CURRENT_LAW:
        if value in WORSE and beside.get(Base.RECOMMENDATION) == VerdictValue.FIXED:
            found.append("recommendation_fixed")
        if value == VerdictValue.NEW_RESTRICTION and facts.in_current_law:
            found.append("has_counterpart")
    if not facts.confirmed:
        found.append("match_not_confirmed")
    return found


def _against_facts(value: str, facts: CellFacts) -> list[str]:
    """No text on one side: nothing is computed, nothing contradicts."""
    spoken = {
        "text_identical": value in BETTER and facts.identical,
        "quoted_words_stand": value in BETTER and facts.quoted is True,
        "maximum_rose": value in BETTER and facts.maximum_rose,
        "heaviest_changed": value == VerdictValue.UNCHANGED and facts.heaviest_changed,
        "nothing_changed": value == VerdictValue.STRICTER and facts.identical,
    }
    return [code for code, speaks in spoken.items() if speaks]
