"""Several verdicts at once, where nothing changed: the text is identical, and so is the value that was found before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from amendments.models import OPEN, Base, ReviewNeed, ReviewStatus, Verdict
from amendments.permissions import may_publish, may_write
from amendments.services import review, verdicts
from amendments.services.cells import cell_of
from amendments.services.lineage import Lineages
from codes.models import Code, Version
from tracker.accounts.models import User

_RELATED = ("concern__provision__law__replaces", "concern__recommendation", "version__code", "version__source",
            "verdict__source")  # fmt: skip


def open_needs(law: Code, version: Version) -> list[ReviewNeed]:
    """What a text still asks of the verdicts: cells that nobody has judged again, not even in a draft."""
    begun = set(
        Verdict.objects.filter(version=version, status__in=OPEN).values_list("concern_id", "version_id", "base")
    )
    needs = ReviewNeed.objects.filter(concern__provision__law=law, version=version, done=False)
    rows = needs.select_related(*_RELATED).order_by("concern__order", "base")
    return [need for need in rows if (need.concern_id, need.version_id, need.base) not in begun]


def confirmable(needs: Iterable[ReviewNeed], lines: Lineages) -> list[ReviewNeed]:
    """The needs whose old value may be drafted together: the words are the same as in the text before, as computed."""
    return [need for need in needs if need.identical and need.verdict is not None and _identical(need, lines)]


def _identical(need: ReviewNeed, lines: Lineages) -> bool:
    facts = cell_of(need.concern, need.version, Base.PREVIOUS, lines).facts
    return facts.identical and facts.confirmed and facts.sure


@transaction.atomic
def draft(law: Code, version: Version, *, ticked: Iterable[int], by: User) -> list[Verdict]:
    """Write the old value of each ticked need as a draft for the new text, and send it to review."""
    may_write(by, law).require()
    lines = Lineages.of(law)
    chosen = set(ticked)
    sent = []
    for need in confirmable(open_needs(law, version), lines):
        if need.pk not in chosen or need.verdict is None:
            continue
        row = Verdict(concern=need.concern, version=version, base=need.base, value=need.verdict.value)
        row.reason, row.caution = need.verdict.reason, need.verdict.caution
        verdicts.rest_on_text(row)
        written = verdicts.write(row, by=by, reason="text identical, value confirmed", lines=lines)
        sent.append(review.submit(written, by=by, revision=written.revision))
    return sent


def publishable(law: Code, version: Version, *, by: User, lines: Lineages) -> list[Verdict]:
    """What the member may publish together: in review, none of it theirs, text identical and value as before."""
    needs = ReviewNeed.objects.filter(concern__provision__law=law, version=version, done=False, identical=True)
    before = {
        (need.concern_id, need.base): need
        for need in needs.select_related(*_RELATED)
        if need.verdict is not None and _identical(need, lines)
    }
    rows = Verdict.objects.filter(concern__provision__law=law, version=version, status=ReviewStatus.IN_REVIEW)
    found = []
    for row in rows.select_related("concern__provision__law__replaces", "concern__recommendation", "version__code"):
        need = before.get((row.concern_id, row.base))
        same = need is not None and need.verdict is not None and need.verdict.value == row.value
        if same and by.pk not in {row.written_by_id, row.last_edited_by_id}:
            found.append(row)
    return found


@transaction.atomic
def publish(law: Code, version: Version, *, seen: Mapping[int, tuple[int, str]], by: User) -> list[Verdict]:
    """Publish the ticked ones. `seen`: id → revision and fingerprint of what was on the screen."""
    lines = Lineages.of(law)
    chosen = [row for row in publishable(law, version, by=by, lines=lines) if row.pk in seen]
    for row in chosen:
        may_publish(by, row).require()
    return [
        review.publish(row, by=by, revision=seen[row.pk][0], seen=seen[row.pk][1], lines=lines, reason="text identical")
        for row in chosen
    ]
