"""Taking back a text that was added by mistake, while nothing refers to it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from amendments.models import (
    OPEN,
    Annotation,
    Comparison,
    Correspondence,
    Counterpart,
    Provision,
    ReviewNeed,
    ReviewStatus,
    StatedPlace,
    Verdict,
)
from amendments.models.changes import LinkStatus
from codes.models import Import, ImportState, StagedLinks, Version
from codes.permissions import may
from tracker.accounts.models import User
from tracker.common.writing import record

WHY = "the text was withdrawn"


def in_the_way(version: Version) -> str:
    """Why a text cannot be withdrawn, "" when it can."""
    if version.public:
        return gettext("This text is public. Publish a correction instead.")
    if Verdict.objects.filter(version=version).exists():
        return gettext("There are verdicts on this text.")
    if Annotation.objects.filter(article__version=version).exclude(pk__in=_untouched(version)).exists():
        return gettext("There are notes on this text.")
    later = Correspondence.objects.filter(old_version=version).exists()
    if later or StagedLinks.objects.filter(old=version, run__state=ImportState.ASKING).exists():
        return gettext("A later text is compared with this one.")
    named = (
        Provision.objects.filter(anchor_version=version).exists()
        or StatedPlace.objects.filter(version=version).exists()
        or Counterpart.objects.filter(version=version).exists()
    )
    return gettext("A provision that you follow is named by this text.") if named else ""


def _untouched(version: Version) -> list[int]:
    """Notes that came over by themselves and that nobody has worked on."""
    notes = Annotation.objects.filter(
        article__version=version, carried_from__isnull=False, revision=1, status=ReviewStatus.DRAFT,
        comments__isnull=True, carried_to__isnull=True,
    )  # fmt: skip
    return list(notes.values_list("pk", flat=True))


@transaction.atomic
def withdraw(*, run: Import, by: User) -> Import:
    """Take the text of an import back. Its words stay stored and are shown nowhere. Raises `ValidationError`."""
    locked = Import.objects.select_for_update(of=("self",)).select_related("law", "version").get(pk=run.pk)
    assert locked.law is not None
    may(by, "import", locked.law).require()
    if locked.state != ImportState.ADDED or locked.version is None:
        raise ValidationError(gettext("Only a text that was added can be withdrawn."))
    version = Version.objects.select_for_update().get(pk=locked.version.pk)
    reason = in_the_way(version)
    if reason:
        raise ValidationError(reason)
    _withdraw_what_followed(version, by=by)
    version.withdrawn = True
    record(version, by=by, reason=WHY)
    locked.state = ImportState.WITHDRAWN
    return record(locked, by=by, reason=WHY)


def _withdraw_what_followed(version: Version, *, by: User) -> None:
    Comparison.objects.filter(new=version).delete()
    for link in Correspondence.objects.filter(new_version=version).exclude(status=LinkStatus.REJECTED):
        link.status = LinkStatus.REJECTED
        record(link, by=by, reason=WHY)
    for need in ReviewNeed.objects.filter(version=version, done=False):
        need.done = True
        record(need, by=by, reason=WHY)
    for note in Annotation.objects.filter(article__version=version, status__in=OPEN):
        note.status = ReviewStatus.WITHDRAWN
        note.revision += 1
        record(note, by=by, reason=WHY)
