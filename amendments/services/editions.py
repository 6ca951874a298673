"""Sending the newest words of a concern to review. The only writer of editions besides `review`."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from amendments.models import OPEN, Concern, ConcernEdition, ReviewStatus
from amendments.policies import Step, after
from amendments.services.review import save_revision
from tracker.accounts.models import User
from tracker.common.writing import record

WORDS = ("provision_names", "names", "ask", "asked", "quoted", "note", "topics", "standards")
# How an edition that is open comes back into review when its words change.
_WAYS = {
    ReviewStatus.DRAFT: (Step.SUBMIT,),
    ReviewStatus.IN_REVIEW: (Step.TAKE_BACK, Step.SUBMIT),
    ReviewStatus.ASKED: (Step.EDIT, Step.SUBMIT),
    ReviewStatus.RETURNED: (Step.SUBMIT,),
}


def words_of(concern: Concern) -> dict[str, Any]:
    """What the concern's rows say now, as an edition keeps it."""
    fresh = Concern.objects.select_related("provision", "recommendation").get(pk=concern.pk)
    return {
        "provision_names": fresh.provision.names,
        "names": fresh.names,
        "ask": fresh.recommendation.ask,
        "asked": fresh.recommendation.asked,
        "quoted": list(fresh.quoted),
        "note": fresh.note,
        "topics": list(fresh.topic_links.order_by("order").values_list("topic__slug", flat=True)),
        "standards": list(fresh.standard_links.order_by("order").values_list("standard__slug", flat=True)),
    }


@transaction.atomic
def propose(concern: Concern, *, by: User, reason: str) -> ConcernEdition:
    """Send what the concern says now to review, in place of what waits there. Nothing is sent when nothing differs."""
    said = words_of(concern)
    waiting = ConcernEdition.objects.select_for_update().filter(concern=concern, status__in=OPEN).first()
    published = ConcernEdition.objects.filter(concern=concern, status=ReviewStatus.PUBLISHED).first()
    shown = waiting or published
    if shown is not None and said == {name: getattr(shown, name) for name in WORDS}:
        return shown
    if waiting is None:
        edition = ConcernEdition(
            concern=concern, status=ReviewStatus.IN_REVIEW, written_by=by, last_edited_by=by, replaces=published, **said
        )
        return record(edition, by=by, reason=reason)
    for step in _WAYS[ReviewStatus(waiting.status)]:
        waiting.status = after(waiting.status, step)
    for name, words in said.items():
        setattr(waiting, name, words)
    waiting.last_edited_by = by
    return save_revision(waiting, by=by, reason=reason)
