"""Judging: what contradicts a verdict is computed, and such a verdict needs a written reason."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from amendments.models import Change, ReviewStatus, Verdict, VerdictValue
from amendments.permissions import may_write
from amendments.services.lineage import Lineages, Place
from tracker.accounts.models import User
from tracker.common.writing import record


class NeedsReason(ValidationError):
    """The verdict contradicts computed facts and says no reason."""


CONTRADICTIONS = {
    "text_identical": "the text is identical",
    "quoted_words_stand": "the words objected to are still there",
    "maximum_rose": "a maximum rose",
    "heaviest_changed": "the heaviest penalty changed",
    "nothing_changed": "neither words nor penalties changed",
}


@transaction.atomic
def write(verdict: Verdict, *, by: User, reason: str, lines: Lineages | None = None) -> Verdict:
    """Save a new draft. Its contradictions with the facts are computed now. Raises `NeedsReason`."""
    may_write(by, verdict.concern.provision.law).require()
    verdict.written_by = verdict.last_edited_by = by
    verdict.replaces = verdict.replaces or published_at(verdict)
    check(verdict, lines=lines)
    return record(verdict, by=by, reason=reason)


def check(verdict: Verdict, *, lines: Lineages | None = None) -> None:
    """Compute what contradicts the verdict. Raises `NeedsReason` when something does and no reason is written."""
    verdict.contradicts = contradictions(verdict, lines or Lineages.of(verdict.concern.provision.law))
    if verdict.contradicts and not verdict.reason.strip():
        told = " and ".join(CONTRADICTIONS[code] for code in verdict.contradicts)
        raise NeedsReason(
            f"This verdict says {verdict.get_value_display()}, yet {told}. Write the reason that readers will see."
        )


def published_at(verdict: Verdict) -> Verdict | None:
    """The published finding in the same cell, if there is one."""
    cell = {"concern": verdict.concern_id, "version": verdict.version_id, "base": verdict.base}
    return Verdict.objects.filter(**cell, status=ReviewStatus.PUBLISHED).first()


def contradictions(verdict: Verdict, lines: Lineages) -> list[str]:
    """Codes of computed facts that speak against a verdict. No text on one side: nothing is computed, nothing
    contradicts.
    """
    places = lines.life(verdict.concern.provision)
    here = next((place for place in places if place.version.pk == verdict.version_id), None)
    if here is None or not here.articles:
        return []
    change = change_at(here, base_place(places, here, verdict.base))
    quoted = _quoted_stand(verdict, here)
    found = []
    if verdict.value in {VerdictValue.FIXED, VerdictValue.PARTLY_FIXED}:
        if change is not None and change.identical:
            found.append("text_identical")
        if quoted:
            found.append("quoted_words_stand")
        if change is not None and _has(change, "max_up"):
            found.append("maximum_rose")
    if change is not None and verdict.value == VerdictValue.UNCHANGED and _heaviest_changed(change):
        found.append("heaviest_changed")
    if change is not None and verdict.value == VerdictValue.STRICTER and change.identical:
        found.append("nothing_changed")
    return found


def base_place(places: list[Place], here: Place, base: str) -> Place | None:
    """The place to compare with: current law, or the newest earlier text that holds the provision."""
    at = places.index(here)
    held = [place for place in places[:at] if place.articles]
    if not held:
        return None
    replaces = here.version.code.replaces_id
    current = held[0] if replaces is not None and held[0].version.code_id == replaces else None
    return held[-1] if base == "previous" or current is None else current


def change_at(here: Place, before: Place | None) -> Change | None:
    """The computed change between two places, when the two texts were compared."""
    if before is None:
        return None
    changes = Change.objects.filter(comparison__old=before.version, comparison__new=here.version).defer(
        "rows", "heading"
    )
    return changes.filter(new_articles__contains=[here.numbers[0]]).first()


def _quoted_stand(verdict: Verdict, here: Place) -> bool:
    from codes.models import ArticleText  # noqa: PLC0415  # one query, only for verdicts that quote
    from codes.text.normalise import key  # noqa: PLC0415

    if not verdict.concern.quoted:
        return False
    texts = ArticleText.objects.filter(article__in=here.articles, language=here.version.language)
    words = key(" ".join(p["text"] for text in texts for p in text.paragraphs if p["role"] != "footnote"))
    return any(key(quote) in words for quote in verdict.concern.quoted)


def _has(change: Change, fact: str) -> bool:
    return any(f["fact"] == fact for cell in change.penalties for f in cell["facts"])


def _heaviest_changed(change: Change) -> bool:
    """True when the heaviest kind of any part is another one, or its maximum is."""
    parts: dict[str, dict[str, object]] = {}
    for cell in change.penalties:
        if cell["kind"] in {
            "deprivation_of_post",
            "confiscation",
            "deprivation_of_citizenship",
            "deportation",
            "licence_suspension",
        }:
            continue
        for side in ("old", "new"):
            if cell[side] is not None:
                parts.setdefault(cell["part"], {}).setdefault(
                    side, (cell["kind"], cell[side]["maximum"], cell[side]["unit"])
                )
    return any("old" in sides and "new" in sides and sides["old"] != sides["new"] for sides in parts.values())
