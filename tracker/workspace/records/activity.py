"""Who did what and when: one stream over all histories that the member may read, as a page and as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import UTC
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from amendments.services import history as histories
from amendments.services import naming
from amendments.services.history import Reader, Wanted
from codes.models import Membership
from tracker.accounts.models import User
from tracker.common.spreadsheets import tame
from tracker.publication.pages import words
from tracker.publication.site import Site
from tracker.workspace import seam
from tracker.workspace.records import field_words, telling

MOST_ROWS = 5000  # of one download; narrower filters give the rest
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Filters:
    """What the form asks, as it was sent."""

    law: str
    person: str
    kind: str
    first: str
    last: str

    @classmethod
    def of(cls, request: seam.MemberRequest) -> Filters:
        return cls(*(request.GET.get(name, "") for name in ("law", "person", "kind", "from", "to")))

    def query(self, **more: str) -> str:
        values = {"law": self.law, "person": self.person, "kind": self.kind, "from": self.first, "to": self.last}
        return urlencode({name: value for name, value in {**values, **more}.items() if value})


@seam.member_view("GET")
def activity(request: seam.MemberRequest, site: Site) -> HttpResponse:
    reader = reader_of(request.user)
    filters = Filters.of(request)
    wanted = _wanted(filters, request.user, reader)
    try:
        found = histories.activity(reader, replace(wanted, after=request.GET.get("older", "")))
    except ValueError:
        raise Http404 from None
    revisions = found[: histories.PAGE]
    older = revisions[-1].key if len(found) > histories.PAGE else ""
    return seam.page(
        request,
        site,
        "workspace/records/activity.html",
        nav="activity",
        filters=filters,
        lines=telling.together(telling.lines(revisions, naming.known(revisions))),
        people=people_of(reader),
        kinds=kinds_of(reader),
        filtered=bool(filters.query()),
        older=filters.query(older=older) if older else "",
        later=bool(request.GET.get("older")),
        newest=filters.query(),
        most=words.number(MOST_ROWS),
    )


@seam.member_view("GET")
def download(request: seam.MemberRequest, site: Site) -> HttpResponse:
    """The rows of the same filters, newest first, at most `MOST_ROWS`: UTF-8 with BOM."""
    reader = reader_of(request.user)
    wanted = _wanted(Filters.of(request), request.user, reader)
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(["time_utc", "person", "kind", "law", "thing", "doing", "field", "before", "after", "reason"])
    rows = 0
    while rows < MOST_ROWS:
        found = histories.activity(reader, wanted, limit=min(_AT_ONCE, MOST_ROWS - rows))
        for line in telling.lines(found, naming.known(found)):
            writer.writerows([tame(cell) for cell in row] for row in _cells(line))
        rows += len(found)
        if len(found) < _AT_ONCE:
            break
        wanted = replace(wanted, after=found[-1].key)
    answer = HttpResponse("\ufeff" + sheet.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="activity.csv"'
    return answer


def _cells(line: telling.Line) -> list[list[str]]:
    """One row for each field that changed; a row without fields for what was only added or removed."""
    when = line.when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    start = [when, line.who, line.kind, line.law, line.title, line.doing]
    changes = line.changes or (telling.Told("", "", ""),)
    return [[*start, each.field, each.before, each.after, line.said] for each in changes]


def reader_of(user: User) -> Reader:
    """What the member may read; who has no law and manages no people has no such page."""
    reader = Reader.of(user)
    if not reader.laws and not reader.administrator:
        raise Http404
    return reader


def _wanted(filters: Filters, user: User, reader: Reader) -> Wanted:
    law = seam.law_of_member(user, filters.law).pk if filters.law else None
    person = None
    if filters.person:
        person = next((pk for pk, handle in people_of(reader) if handle == filters.person), None)
        if person is None:
            raise Http404
    if filters.kind and filters.kind not in histories.KINDS:
        raise Http404
    first, last = telling.day(filters.first), telling.day(filters.last)
    return Wanted(law=law, person=person, kind=filters.kind, first_day=first, last_day=last)


def people_of(reader: Reader) -> list[tuple[int, str]]:
    """Members of the reader's laws, and the system; an administrator knows all people."""
    people = User.objects.order_by("handle")
    if not reader.administrator:
        colleagues = Membership.objects.filter(law__in=reader.laws).values("user")
        people = people.filter(pk__in=colleagues) | people.filter(handle="system")
    return list(people.values_list("pk", "handle"))


def kinds_of(reader: Reader) -> list[tuple[str, str]]:
    shown = [kind for kind in histories.KINDS if reader.laws or kind == "member"]
    hidden = {*(["comment"] if not reader.threads else []), *(histories.ADVOCACY if not reader.statements else [])}
    return [(kind, str(field_words.KINDS[kind])) for kind in shown if kind not in hidden]
