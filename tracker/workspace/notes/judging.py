"""Verdicts beside a note: which bases can be judged in a text, what stands there now, and new drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from amendments.models import OPEN, Base, Concern, Recommendation, ReviewStatus, Verdict, VerdictValue
from amendments.services import verdicts
from amendments.services.cells import cell_of
from amendments.services.lineage import Lineages, versions_of
from amendments.services.suggestions import Suggestion, suggest
from codes.models import Code, Version
from tracker.accounts.models import User
from tracker.publication.pages.reading import BASES


@dataclass(frozen=True, slots=True)
class Cell:
    """One base of a concern in a text. A finding on its way is changed where it is reviewed, not beside a note."""

    base: str
    published: Verdict | None
    under_way: Verdict | None

    @property
    def words(self) -> str:
        return str(BASES[self.base])


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person found against one base."""

    base: str
    value: str
    reason: str


def bases_of(law: Code, version: Version) -> list[str]:
    """The bases that a text of the law can be judged against; none for the law it would replace."""
    if version.code_id != law.pk:
        return []
    known = versions_of(law)
    earlier = known[: [each.pk for each in known].index(version.pk)]
    found = [Base.RECOMMENDATION.value]
    if any(each.code_id != law.pk for each in earlier):
        found.append(Base.CURRENT_LAW.value)
    if any(each.code_id == law.pk for each in earlier):
        found.append(Base.PREVIOUS.value)
    return found


def cells(concern: Concern, version: Version, bases: Sequence[str]) -> list[Cell]:
    """One for each base, in order."""
    rows = Verdict.objects.filter(concern=concern, version=version, status__in=[*OPEN, ReviewStatus.PUBLISHED])
    found = {(row.base, row.status == ReviewStatus.PUBLISHED): row for row in rows.select_related("written_by")}
    return [Cell(base, found.get((base, True)), found.get((base, False))) for base in bases]


def suggestions(concern: Concern, version: Version, bases: Sequence[str]) -> dict[str, Suggestion]:
    """What the computed facts suggest against each base. A person decides."""
    lines = Lineages.of(concern.provision.law)
    ask = Recommendation.objects.get(concern=concern).ask
    return {base: suggest(ask, base, cell_of(concern, version, base, lines).facts) for base in bases}


def write(concern: Concern, version: Version, choices: Mapping[str, Choice], *, by: User) -> dict[str, ValidationError]:
    """Write each finding as a draft. "Not assessed" is no finding and writes nothing.

    The refusals by base; when there is one, the caller undoes the whole.
    """
    found = {base: choice for base, choice in choices.items() if choice.value != VerdictValue.NOT_ASSESSED}
    lines = Lineages.of(concern.provision.law) if found else None
    refused: dict[str, ValidationError] = {}
    for base, choice in found.items():
        draft = Verdict(
            concern=concern,
            version=version,
            base=base,
            value=choice.value,
            reason=choice.reason,
            basis="text",
            source=version.source,
            verified=True,
        )
        try:
            verdicts.write(draft, by=by, reason="found while writing a note", lines=lines)
        except verdicts.NeedsReason as problem:
            refused[base] = problem
    return refused
