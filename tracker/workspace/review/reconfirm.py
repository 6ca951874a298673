"""What a new text asks of the notes and verdicts of the one before: one item at a time, two steps at most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext

from amendments.models import OPEN, Annotation, Placing, ReviewNeed, Verdict
from amendments.permissions import may_write
from amendments.services import placing, review, together, verdicts
from amendments.services.lineage import Lineages
from amendments.services.requests import first_time
from codes.models import ArticleText, Code, Version
from codes.permissions import may
from tracker.common.conflicts import Conflict
from tracker.publication.collectors.context import LawContext
from tracker.publication.pages import words as pages_words
from tracker.publication.services.publishing import release_soon
from tracker.publication.site import Site
from tracker.workspace import seam
from tracker.workspace.review import words
from tracker.workspace.review.facts import CellView, cell_view
from tracker.workspace.review.forms import ChooseWords, JudgeForm, Sent


@dataclass(slots=True)
class Item:
    """The one item on the page: a note with its old and new words, or a cell with its facts and old value."""

    name: str
    note: Annotation | None = None
    need: ReviewNeed | None = None
    marks: list[tuple[str, str]] | None = None
    old: str = ""
    new: str = ""
    parts: list[str] | None = None
    view: CellView | None = None
    suggested: str = ""
    suggestion: Any = None
    base: str = ""
    wrong: str = ""
    chosen: str = ""
    reason: str = ""
    quote: str = ""
    number: str = ""


@dataclass(slots=True)
class Page:
    law: Code
    version: Version
    notes: list[Annotation]  # carried to this text, whatever they need
    needs: list[ReviewNeed]

    @property
    def counts(self) -> Counter[str]:
        return Counter(note.placing for note in self.notes)

    @property
    def queue(self) -> list[str]:
        """Names of what is open, notes first."""
        waiting = [note for note in self.notes if note.placing != Placing.PLACED]
        return [f"note-{note.pk}" for note in waiting] + [f"need-{need.pk}" for need in self.needs]

    @property
    def summary(self) -> str:
        """ "14 carried over, 6 to re-confirm, 2 need a place." """
        counts = self.counts
        form = ngettext(
            "%(placed)s carried over, %(changed)s to re-confirm, %(lost)s needs a place.",
            "%(placed)s carried over, %(changed)s to re-confirm, %(lost)s need a place.",
            counts[Placing.LOST],
        )
        return form % {
            "placed": counts[Placing.PLACED],
            "changed": counts[Placing.RECONFIRM],
            "lost": counts[Placing.LOST],
        }


@seam.member_view("GET", "POST")
def reconfirm(request: seam.MemberRequest, site: Site, *, law: str, v: str) -> HttpResponse:
    page = _load(request, law, v)
    name = request.POST.get("item", "") if request.method == "POST" else request.GET.get("item", "")
    queue = page.queue
    if request.method == "POST" and name in queue:
        return _act(request, site, page, name)
    name = name if name in queue else (queue[0] if queue else "")
    return _show(request, site, page, _item(page, name) if name else None)


def _load(request: seam.MemberRequest, law: str, v: str) -> Page:
    found = seam.law_of_member(request.user, law)
    may(request.user, "read_threads", found).require()
    version = found.versions.select_related("code__replaces", "stage", "source").filter(slug=v).first()
    if version is None:
        raise Http404
    notes = Annotation.objects.filter(
        law=found, article__version=version, carried_from__isnull=False, status__in=OPEN
    ).select_related("article__version", "article__division", "provision", "carried_from__article__version")
    return Page(found, version, list(notes.order_by("article__order", "pk")), together.open_needs(found, version))


def _item(page: Page, name: str) -> Item:
    kind, _, pk = name.partition("-")
    if kind == "note":
        return _note_item(name, next(note for note in page.notes if note.pk == int(pk)))
    return _need_item(page, name, next(need for need in page.needs if need.pk == int(pk)))


def _note_item(name: str, note: Annotation) -> Item:
    text = ArticleText.objects.filter(article=note.article, language=note.language).first()
    new = placing.passage(note, text) if text is not None and note.placing == Placing.RECONFIRM else ""
    old = note.carried_from.quote if note.carried_from is not None else note.quote
    parts = list(dict.fromkeys(p["part"] for p in text.paragraphs if p["part"])) if text is not None else []
    return Item(
        name, note=note, old=old, new=new, marks=words.marked(old, new) if new else None, parts=parts,
        quote=new or old, number=note.article.number,
    )  # fmt: skip


def _need_item(page: Page, name: str, need: ReviewNeed) -> Item:
    context = LawContext(page.law, public=False)
    lines = Lineages.of(page.law, versions=context.versions)
    view = cell_view(context, need.concern, page.version, lines, [need.base])
    suggestion = view.suggestions[need.base]
    return Item(
        name, need=need, view=view, suggestion=suggestion, suggested=words.suggestion_words(suggestion),
        base=str(words.BASES[need.base]), reason=need.verdict.reason if need.verdict is not None else "",
    )  # fmt: skip


def _act(request: seam.MemberRequest, site: Site, page: Page, name: str) -> HttpResponse:
    item = _item(page, name)
    queue = page.queue
    try:
        with transaction.atomic():
            said = _on_note(request, page, item) if item.note is not None else _on_need(request, page, item)
    except ValidationError as error:
        item.wrong = words.refusal(error)
        return _show(request, site, page, item, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict:
        item = _item(page, name)
        item.wrong = gettext("Someone changed this after you opened it. Read it again before you decide.")
        return _show(request, site, page, item, status=HTTPStatus.CONFLICT)
    rest = [each for each in queue if each != name]
    following = rest[min(queue.index(name), len(rest) - 1)] if rest else ""
    messages.success(request, f"{said} {words.left(len(rest))}")
    return HttpResponseRedirect(site.links.same_page(item=following, moved="1"))


def _on_note(request: seam.MemberRequest, page: Page, item: Item) -> str:
    note = item.note
    assert note is not None
    form = ChooseWords(request.POST)
    if not form.is_valid():
        raise ValidationError(gettext("The form was not complete. Try again."))
    data, by = form.cleaned_data, request.user
    item.quote, item.number = data["quote"] or item.quote, data["number"] or item.number
    if not first_time(data["request_id"], by=by, kind="reconfirm", row=note):
        return gettext("Kept.")
    if data["act"] == "keep":
        placing.keep_here(note, by=by, revision=data["revision"])
        return gettext("Kept.")
    if data["act"] == "withdraw":
        why = gettext("No longer applies in %(text)s") % {"text": pages_words.say(page.version.label)}
        review.withdraw(note, by=by, why=why, revision=data["revision"])
        return gettext("Withdrawn.")
    placing.choose_words(
        note, number=data["number"], part=data["part"], quote=data["quote"], by=by, revision=data["revision"]
    )
    return gettext("Moved.")


def _on_need(request: seam.MemberRequest, page: Page, item: Item) -> str:
    need = item.need
    assert need is not None
    form, sent = JudgeForm(request.POST, prefix=need.base), Sent(request.POST)
    valid = form.is_valid() and sent.is_valid()
    item.chosen = form.cleaned_data.get("value", "")
    item.reason = request.POST.get(f"{need.base}-reason", "")
    if not valid or not item.chosen:
        raise ValidationError(str(words.CHOOSE[need.base]))
    if first_time(sent.cleaned_data["request_id"], by=request.user, kind="reconfirm", row=need):
        revision = form.cleaned_data["revision"]
        choice = verdicts.Choice(need.base, item.chosen, item.reason, revision=revision)
        verdicts.judge(concern=need.concern, version=page.version, choices=[choice], by=request.user)
    return gettext("Saved as draft.")


def _show(
    request: seam.MemberRequest, site: Site, page: Page, item: Item | None, status: int = HTTPStatus.OK
) -> HttpResponse:
    queue = page.queue
    standing = published_revision(item.need) if item is not None and item.need is not None else 0
    return seam.page(
        request,
        site,
        "workspace/review/reconfirm.html",
        law=page.law,
        status=status,
        nav="inbox",
        page=page,
        version=page.version,
        item=item,
        place=queue.index(item.name) + 1 if item is not None else 0,
        total=len(queue),
        following=queue[(queue.index(item.name) + 1) % len(queue)] if item is not None and len(queue) > 1 else "",
        together=any(need.identical for need in page.needs),
        moved="moved" in request.GET,
        may_write=bool(may_write(request.user, page.law)),
        request_id=uuid4(),
        standing=standing,
        view="inline",
        values=words.values(),
    )


def published_revision(need: ReviewNeed) -> int:
    """The revision of the verdict that stands in the cell already; 0 when there is none."""
    row = verdicts.published_at(Verdict(concern=need.concern, version=need.version, base=need.base))
    return row.revision if row is not None else 0


@seam.member_view("GET", "POST")
def together_page(request: seam.MemberRequest, site: Site, *, law: str, v: str) -> HttpResponse:
    """Verdicts whose text is identical and whose value stays: draft or publish those that stay ticked."""
    page = _load(request, law, v)
    if request.method == "POST":
        return _together(request, site, page)
    lines = Lineages.of(page.law)
    ready = together.publishable(page.law, page.version, by=request.user, lines=lines)
    publishes = bool(may(request.user, "publish", page.law))
    return seam.page(
        request,
        site,
        "workspace/review/together.html",
        law=page.law,
        nav="inbox",
        page=page,
        version=page.version,
        drafts=together.confirmable(page.needs, lines) if may_write(request.user, page.law) else [],
        ready=[(row, review.fingerprint(row)) for row in ready] if publishes else [],
        bases=words.BASES,
        request_id=uuid4(),
    )


def _together(request: seam.MemberRequest, site: Site, page: Page) -> HttpResponse:
    ticked = [int(each) for each in request.POST.getlist("ticked") if each.isdecimal()]
    by, sent = request.user, Sent(request.POST)
    if not sent.is_valid():
        raise Http404
    try:
        with transaction.atomic():
            if first_time(sent.cleaned_data["request_id"], by=by, kind="together", row=page.version):
                said = _draft(request, page, ticked) if request.POST.get("act") == "draft" else _publish(request, page)
                messages.success(request, said)
    except (ValidationError, Conflict) as refused:
        told = words.refusal(refused) if isinstance(refused, ValidationError) else gettext(str(refused))
        messages.error(request, told)
    return HttpResponseRedirect(site.links.same_page())


def _draft(request: seam.MemberRequest, page: Page, ticked: list[int]) -> str:
    sent = together.draft(page.law, page.version, ticked=ticked, by=request.user)
    return ngettext("%(n)s verdict sent to review.", "%(n)s verdicts sent to review.", len(sent)) % {"n": len(sent)}


def _publish(request: seam.MemberRequest, page: Page) -> str:
    seen = {}
    for each in request.POST.getlist("ticked"):
        pk, _, rest = each.partition(":")
        revision, _, mark = rest.partition(":")
        if pk.isdecimal() and revision.isdecimal():
            seen[int(pk)] = (int(revision), mark)
    done = together.publish(page.law, page.version, seen=seen, by=request.user)
    if done:
        release_soon(page.law, by=request.user)
    return ngettext("%(n)s verdict published.", "%(n)s verdicts published.", len(done)) % {"n": len(done)}
