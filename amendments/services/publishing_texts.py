"""Making the text of a stage public: the decision of a reviewer who did not bring it in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from codes.models import Code, Import, Version
from codes.permissions import may
from tracker.accounts.models import User
from tracker.common.answers import Answer
from tracker.common.writing import record


def may_publish_text(user: User, version: Version) -> Answer:
    return may(user, "publish", version.code, own=brought_in_by(user).filter(pk=version.pk).exists())


def brought_in_by(user: User) -> QuerySet[Version]:
    """Texts that the member imported or whose rows they wrote."""
    imported = Import.objects.filter(version=OuterRef("pk"), started_by=user)
    written = Version.history.filter(id=OuterRef("pk"), history_user=user)
    return Version.objects.filter(Q(Exists(imported)) | Q(Exists(written)))


def waiting(laws: list[int]) -> QuerySet[Version]:
    """Texts of these laws that are held and not public."""
    return Version.objects.filter(code__in=laws, public=False, obtained=True)


@transaction.atomic
def publish_text(version: Version, *, by: User) -> list[Code]:
    """Show the text from the next release on. Returns the laws whose pages that changes.

    Raises `ValidationError` for a text that is public already. What is not confirmed in its matches stays hidden.
    """
    fresh = Version.objects.select_for_update(of=("self",)).select_related("code").get(pk=version.pk)
    may_publish_text(by, fresh).require()
    if fresh.public:
        raise ValidationError(gettext_noop("This text is public already."))
    if not fresh.obtained:
        raise ValidationError(gettext_noop("There is no text to publish: only its stage is known."))
    fresh.public = True
    record(fresh, by=by, reason="text published")
    return [fresh.code, *Code.objects.filter(replaces=fresh.code)]
