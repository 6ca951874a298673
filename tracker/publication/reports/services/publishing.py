"""Publishing a report: a second person puts it on the public site, with the next release."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from codes.permissions import may
from tracker.accounts.models import User
from tracker.common.writing import record
from tracker.jobs.models import State
from tracker.publication.reports.models import Report
from tracker.publication.services.publishing import release_soon


@transaction.atomic
def publish_report(*, report: Report, by: User) -> Report:
    """Whoever made it may not: its cover text was read by nobody else. Raises `ValidationError`."""
    fresh = _locked(report)
    may(by, "publish_report", fresh.law, own=fresh.created_by == by).require()
    if fresh.internal:
        raise ValidationError(
            gettext("An internal report holds drafts. Only a report of the public record is published.")
        )
    if fresh.state != State.DONE:
        raise ValidationError(gettext("This report is not made yet."))
    if fresh.slug is not None:
        return fresh
    fresh.slug = _free_slug(fresh)
    record(fresh, by=by, reason="report published")
    release_soon(fresh.law, by=by)
    return fresh


@transaction.atomic
def withdraw_report(*, report: Report, by: User) -> Report:
    """Take it off the public site. Earlier states of the record still name it."""
    fresh = _locked(report)
    may(by, "publish_report", fresh.law).require()
    if fresh.slug is None:
        raise ValidationError(gettext("This report is not published."))
    fresh.slug = None
    record(fresh, by=by, reason="report withdrawn")
    release_soon(fresh.law, by=by)
    return fresh


def _free_slug(report: Report) -> str:
    """Never one that any report had before: an address that was cited must not say something else later."""
    base = f"{report.law.slug}-{report.preset}-{report.language}-{report.day.isoformat()}"
    taken = set(Report.history.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("law", "job", "created_by").get(pk=report.pk)
