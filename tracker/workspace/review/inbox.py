"""What needs the member now: to review, returned, to re-confirm, mentions; below, the laws with what is not public."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, gettext_lazy, ngettext

from amendments.models import Annotation, ConcernEdition, Mention, Placing, Reviewable, ReviewStatus, Verdict
from amendments.services import inbox as waiting
from amendments.services.threads_seen import mark_seen
from codes.models import Version
from codes.services import announcing
from tracker.accounts.roles import Role
from tracker.publication.pages import words as pages_words
from tracker.publication.reports.models import ReportNotice
from tracker.publication.reports.services import weekly
from tracker.publication.reports.words import PRESETS
from tracker.publication.site import Site
from tracker.workspace import seam
from tracker.workspace.setup.forms import ROLE_NAMES

TABS = {
    "review": gettext_lazy("To review"),
    "returned": gettext_lazy("Returned to me"),
    "reconfirm": gettext_lazy("Re-confirm"),
    "mentions": gettext_lazy("Mentions"),
    "members": gettext_lazy("Members"),
    "reports": gettext_lazy("Reports"),
}
WAITING = (ReviewStatus.DRAFT.value, ReviewStatus.IN_REVIEW.value, ReviewStatus.RETURNED.value)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the inbox. `old` and `new` are verdict values, "" where `what` says it in words."""

    address: str
    name: str
    title: str
    text: str
    what: str
    author: str
    since: datetime | None
    old: str = ""
    new: str = ""
    mention: int = 0
    notice: int = 0


@seam.member_view("GET")
def inbox(request: seam.MemberRequest, site: Site) -> HttpResponse:
    counts = {**waiting.counts(request.user), "reports": weekly.unread(request.user).count()}
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        tab = next((name for name in TABS if counts[name]), "review")
    rows = {
        "review": _reviewed,
        "returned": _returned,
        "reconfirm": _reconfirmed,
        "mentions": _mentioned,
        "members": _announced,
        "reports": _reports,
    }[tab]
    return seam.page(
        request,
        site,
        "workspace/review/inbox.html",
        nav="inbox",
        tab=tab,
        tabs=[(name, said, counts[name]) for name, said in TABS.items()],
        rows=rows(request, site),
        next_item=request.GET.get("at", ""),
        done=request.GET.get("done", ""),
        moved="at" in request.GET,
        cards=_laws(site),
    )


@seam.member_view("POST")
def seen(request: seam.MemberRequest, site: Site, *, pk: int) -> HttpResponse:
    """A mention was read."""
    mention = get_object_or_404(Mention, pk=pk, member=request.user)
    mark_seen(mention, by=request.user)
    messages.success(request, gettext("Marked as read."))
    return HttpResponseRedirect("../../../?tab=mentions&at=")


@seam.member_view("POST")
def told(request: seam.MemberRequest, site: Site) -> HttpResponse:
    """Lines of the laws' logs were read: those that are named."""
    named = [int(pk) for pk in request.POST.getlist("announcement") if pk.isdecimal()]
    announcing.mark_seen(request.user, named)
    messages.success(request, gettext("Marked as read."))
    return HttpResponseRedirect("../../?tab=members&at=")


def _announced(request: seam.MemberRequest, site: Site) -> list[dict[str, Any]]:
    """Lines as the log of a law's members has them, each with its law."""
    found = waiting.announcements(request.user)
    return [{"row": row, "word": ROLE_NAMES[Role(row.role)] if row.role else "", "law": row.law} for row in found]


def _reports(request: seam.MemberRequest, site: Site) -> list[Row]:
    """Reports that took long and are ready, and those of a week."""
    found = weekly.unread(request.user).select_related("report__law", "report__job", "report__created_by")
    return [
        Row(f"/w/reports/{each.report_id}/", f"report-{each.pk}", str(PRESETS[each.report.preset][0]),
            pages_words.say(each.report.law.names), _told(each), "", each.at, notice=each.pk)
        for each in found.order_by("-at")
    ]  # fmt: skip


def _told(notice: ReportNotice) -> str:
    if notice.kind == ReportNotice.Kind.WEEKLY:
        return gettext("What was published last week.")
    return gettext("The report is ready.")


def _reviewed(request: seam.MemberRequest, site: Site) -> list[Row]:
    texts = [_text(version, site) for version in waiting.texts_to_publish(request.user)]
    return [*(_under_review(each, site) for each in waiting.to_review(request.user)), *texts]


def _text(version: Version, site: Site) -> Row:
    said = gettext("A text that only your team sees")
    address = site.links.publish_text(version.code.slug, version.slug)
    return Row(address, f"text-{version.pk}", pages_words.say(version.label), pages_words.say(version.code.names), said,
               "", None)  # fmt: skip


def _returned(request: seam.MemberRequest, site: Site) -> list[Row]:
    return [_under_review(each, site) for each in waiting.returned(request.user)]


def _under_review(each: waiting.Waiting, site: Site) -> Row:
    row: Reviewable = each.row
    address = site.links.review(each.name)
    author = row.written_by.handle
    if isinstance(row, Verdict):
        before = row.replaces.value if isinstance(row.replaces, Verdict) else "not_assessed"
        title, text = pages_words.say(row.concern.names), pages_words.say(row.version.label)
        what = gettext("The reason changed") if before == row.value else ""
        what = row.returned_reason if row.status == ReviewStatus.RETURNED else what
        return Row(address, each.name, title, text, what, author, each.since, old=before, new=row.value)
    if isinstance(row, ConcernEdition):
        said = gettext("What we ask, changed") if row.replaces_id else gettext("A new concern: what we ask")
        what = row.returned_reason if row.status == ReviewStatus.RETURNED else said
        return Row(address, each.name, pages_words.say(row.names), "", what, author, each.since)
    assert isinstance(row, Annotation)
    return Row(address, each.name, title_of(row), pages_words.say(row.article.version.label), _note_words(row), author,
               each.since)  # fmt: skip


def title_of(note: Annotation) -> str:
    if note.provision is not None:
        return pages_words.say(note.provision.names)
    return gettext("Article %(number)s") % {"number": pages_words.printed(note.article.number)}


def _note_words(note: Annotation) -> str:
    if note.status == ReviewStatus.RETURNED:
        return note.returned_reason
    return gettext("Note changed") if note.replaces_id else gettext("New note")


def _reconfirmed(request: seam.MemberRequest, site: Site) -> list[Row]:
    """One line for each text that asks something, the oldest text first."""
    notes, needs = waiting.to_reconfirm(request.user)
    asked: dict[int, Counter[str]] = {}
    versions: dict[int, Version] = {}
    for version, kind in [
        *((note.article.version, note.placing) for note in notes),
        *((need.version, "verdict") for need in needs),
    ]:
        versions[version.pk] = version
        asked.setdefault(version.pk, Counter())[kind] += 1
    rows = []
    for version in sorted(versions.values(), key=lambda each: (each.date, each.sequence, each.pk)):
        law, count = version.code, asked[version.pk]
        rows.append(
            Row(
                site.links.reconfirm(law.slug, version.slug),
                f"text-{version.pk}",
                pages_words.say(law.names),
                pages_words.say(version.label),
                asked_words(count),
                "",
                None,
            )
        )
    return rows


def asked_words(count: Counter[str]) -> str:
    """What a text still asks: "6 notes to re-confirm, 2 need a place, 12 verdicts to read again."."""
    changed, lost, verdicts = count[Placing.RECONFIRM], count[Placing.LOST], count["verdict"]
    said = []
    if changed:
        said.append(ngettext("%(n)s note to re-confirm.", "%(n)s notes to re-confirm.", changed) % {"n": changed})
    if lost:
        said.append(ngettext("%(n)s note needs a place.", "%(n)s notes need a place.", lost) % {"n": lost})
    if verdicts:
        said.append(
            ngettext("%(n)s verdict to read again.", "%(n)s verdicts to read again.", verdicts) % {"n": verdicts}
        )
    return " ".join(said)


def _mentioned(request: seam.MemberRequest, site: Site) -> list[Row]:
    rows = []
    for mention in waiting.mentions(request.user):
        comment: Any = mention.comment
        note, verdict = comment.annotation, comment.verdict
        if note is not None:
            version = note.article.version
            address = site.links.article(version.code.slug, version.slug, note.article.number, fragment=f"t{note.pk}")
            title = title_of(note)
        else:
            version = verdict.version
            address = site.links.judge(version.code.slug, verdict.concern.slug, version.slug)
            title = pages_words.say(verdict.concern.names)
        rows.append(
            Row(address, f"mention-{mention.pk}", title, pages_words.say(version.label), comment.text,
                comment.written_by.handle, comment.written_at, mention=mention.pk)
        )  # fmt: skip
    return rows


def _laws(site: Site) -> list[dict[str, Any]]:
    """The laws the member follows, and how many findings and texts of each are not published yet."""
    slugs = [law["slug"] for law in site.switcher]
    found = Counter[tuple[str, str]]()
    findings = Verdict.objects.filter(concern__provision__law__slug__in=slugs, status__in=WAITING)
    for slug, status in findings.values_list("concern__provision__law__slug", "status"):
        found[slug, status] += 1
    hidden = Counter(Version.objects.filter(code__slug__in=slugs, public=False).values_list("code__slug", flat=True))
    return [
        {"law": law, "texts": hidden[law["slug"]], **{status: found[law["slug"], status] for status in WAITING}}
        for law in site.switcher
    ]
