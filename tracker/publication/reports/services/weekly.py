"""The weekly report: on Monday each named member finds in the inbox what was published in the last seven days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from codes.models import Code, Membership
from codes.permissions import may
from tracker.accounts.models import User
from tracker.accounts.services import members
from tracker.common.writing import record, remove
from tracker.publication.record import Record
from tracker.publication.reports.content import Options
from tracker.publication.reports.models import ReportNotice, WeeklyReader
from tracker.publication.reports.services import saving

WEEK = timedelta(days=7)


@transaction.atomic
def read_weekly(*, law: Code, on: bool, by: User) -> None:
    """Switch the weekly report on or off for oneself; twice is once."""
    may(by, "know", law).require()
    Code.objects.select_for_update().get(pk=law.pk)
    row = WeeklyReader.objects.filter(law=law, member=by).first()
    if on and row is None:
        record(WeeklyReader(law=law, member=by), by=by, reason="weekly report on")
    if not on and row is not None:
        remove(row, by=by, reason="weekly report off")


def reads_weekly(user: User, law: Code) -> bool:
    return WeeklyReader.objects.filter(law=law, member=user).exists()


def send(today: date) -> int:
    """Make this week's reports, one for each law and language with readers, where anything was published. How many
    notices are new. A second run in the same week changes nothing.
    """
    told = 0
    here = Membership.objects.filter(user=OuterRef("member"), law=OuterRef("law"))
    rows = WeeklyReader.objects.filter(Exists(here), member__is_active=True).select_related("law", "member")
    ordered = sorted(rows, key=lambda row: (row.law_id, row.member.language, row.pk))
    for (_, language), group in groupby(ordered, key=lambda row: (row.law_id, row.member.language)):
        readers = list(group)
        told += _tell(readers[0].law, language, [row.member for row in readers], today)
    return told


def _tell(law: Code, language: str, readers: list[User], today: date) -> int:
    since = today - timedelta(days=today.weekday() + 1) - WEEK  # the Sunday before last week
    if not _changed(law, since):
        return 0
    by = members.system()
    with transaction.atomic():
        report = saving.weekly_report(
            law=law, options=Options("since", language, since=since), by=by,
            request_id=uuid5(NAMESPACE_URL, f"weekly:{law.pk}:{language}:{since.isoformat()}"),
        )  # fmt: skip
        rows = [
            ReportNotice.objects.get_or_create(report=report, member=member, kind=ReportNotice.Kind.WEEKLY)
            for member in readers
        ]
    return sum(created for _, created in rows)


def _changed(law: Code, since: date) -> bool:
    newest = Record().newest(f"laws/{law.slug}/changes/", 1)
    return bool(newest) and str(newest[0]["time"])[:10] > since.isoformat()


# ---- lines of the inbox ----


def unread(user: User) -> QuerySet[ReportNotice]:
    laws = Membership.objects.filter(user=user).values("law")
    return ReportNotice.objects.filter(member=user, seen=False, report__law__in=laws)


def mark_seen(*, notices: list[int], by: User) -> int:
    """How many were unread until now."""
    return unread(by).filter(pk__in=notices).update(seen=True)
