"""Judging: drafts of verdicts, written and edited. What contradicts them is computed each time."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from amendments.models import OPEN, Concern, ReviewStatus, Verdict, VerdictValue
from amendments.permissions import may_edit, may_write
from amendments.policies import Step, after
from amendments.services.contradictions import NeedsReason, NothingToCompare, check
from amendments.services.lineage import Lineages
from amendments.services.review import locked, save_revision
from codes.models import Version
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict
from tracker.common.writing import record

__all__ = ["Choice", "Contradicted", "NeedsReason", "NothingToCompare", "edit", "judge", "open_at", "published_at",
           "write"]  # fmt: skip
# A draft that replaces a published verdict begins with what that rests on.
_RESTS_ON = ("basis", "source_id", "verified", "sample", "caution", "text_held")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose against one base. `revision` is that of the row they saw, 0 when there was none."""

    base: str
    value: str
    reason: str
    lifecycle: str = ""
    revision: int = 0


class Contradicted(ValidationError):
    """Some of the chosen verdicts cannot be saved. `by_base`: base → why."""

    def __init__(self, by_base: dict[str, ValidationError]) -> None:
        super().__init__(list(by_base.values()))
        self.by_base = by_base


@transaction.atomic
def write(verdict: Verdict, *, by: User, reason: str, lines: Lineages | None = None) -> Verdict:
    """Save a new draft. Its contradictions with the facts are computed now. Raises `NeedsReason`."""
    may_write(by, verdict.concern.provision.law).require()
    verdict.written_by = verdict.last_edited_by = by
    verdict.replaces = verdict.replaces or published_at(verdict)
    check(verdict, lines=lines)
    return record(verdict, by=by, reason=reason)


@transaction.atomic
def edit(
    verdict: Verdict,
    *,
    by: User,
    revision: int,
    value: str,
    reason: str,
    lifecycle: str = "",
    lines: Lineages | None = None,
) -> Verdict:
    """Change an open verdict; of a published one, make the draft that replaces it. Raises `Conflict`, `NeedsReason`."""
    fresh = locked(verdict, revision=revision, mine={"value": value, "reason": reason})
    may_edit(by, fresh).require()
    if fresh.status == ReviewStatus.PUBLISHED:
        fresh = _draft_in_place_of(fresh)
        fresh.value, fresh.reason, fresh.lifecycle = value, reason, lifecycle
        return write(fresh, by=by, reason="draft in place of a published verdict", lines=lines)
    fresh.status = after(fresh.status, Step.EDIT)
    fresh.value, fresh.reason, fresh.lifecycle, fresh.last_edited_by = value, reason, lifecycle, by
    check(fresh, lines=lines)
    return save_revision(fresh, by=by, reason="edited")


@transaction.atomic
def judge(
    *, concern: Concern, version: Version, choices: list[Choice], by: User, lines: Lineages | None = None
) -> list[Verdict]:
    """Save what was chosen for a cell, all bases or none. Returns the rows that changed; what stays equal is left.

    Raises `Contradicted` with a sentence for each base that cannot be saved, and `Conflict`.
    """
    may_write(by, concern.provision.law).require()
    lines = lines or Lineages.of(concern.provision.law)
    saved: list[Verdict] = []
    refused: dict[str, ValidationError] = {}
    for choice in choices:
        try:
            row = _save(choice, concern=concern, version=version, by=by, lines=lines)
        except ValidationError as error:
            refused[choice.base] = error
            continue
        if row is not None:
            saved.append(row)
    if refused:
        raise Contradicted(refused)
    return saved


def _save(choice: Choice, *, concern: Concern, version: Version, by: User, lines: Lineages) -> Verdict | None:
    seen = Verdict(concern=concern, version=version, base=choice.base)
    row = open_at(seen) or published_at(seen)
    if (row.revision if row is not None else 0) != choice.revision:
        raise Conflict(row, {"base": choice.base, "value": choice.value, "reason": choice.reason})
    chosen = (choice.value, choice.reason.strip(), choice.lifecycle)
    if row is None:
        if choice.value == VerdictValue.NOT_ASSESSED:
            return None  # nothing written is what "not assessed" means
        seen.value, seen.reason, seen.lifecycle = chosen
        rest_on_text(seen)
        return write(seen, by=by, reason="written", lines=lines)
    if (row.value, row.reason, row.lifecycle) == chosen:
        return None
    value, reason, lifecycle = chosen
    return edit(row, by=by, revision=row.revision, value=value, reason=reason, lifecycle=lifecycle, lines=lines)


def rest_on_text(verdict: Verdict) -> None:
    """A new verdict rests on the text it is of, or, while that is not obtained, on the source that tells of it."""
    version = verdict.version
    verdict.basis = "text" if version.obtained else "source"
    verdict.source, verdict.verified = version.source, version.verified
    verdict.text_held, verdict.sample = True, verdict.concern.sample


def _draft_in_place_of(published: Verdict) -> Verdict:
    draft = Verdict(concern=published.concern, version=published.version, base=published.base, replaces=published)
    for name in _RESTS_ON:
        setattr(draft, name, getattr(published, name))
    return draft


def published_at(verdict: Verdict) -> Verdict | None:
    """The published finding in the same cell, if there is one."""
    return _at(verdict, ReviewStatus.PUBLISHED)


def open_at(verdict: Verdict) -> Verdict | None:
    """The finding that is on its way in the same cell, if there is one."""
    return _at(verdict, *OPEN)


def _at(verdict: Verdict, *statuses: ReviewStatus) -> Verdict | None:
    cell = {"concern": verdict.concern_id, "version": verdict.version_id, "base": verdict.base}
    rows = Verdict.objects.filter(**cell, status__in=statuses)
    return rows.select_related("concern__provision__law__replaces", "concern__recommendation", "version__code").first()
