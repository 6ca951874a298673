"""The verdicts of one cell of the matrix: computed facts beside, its history, one form with a row for each base."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from amendments.models import Concern, ReviewNeed, ReviewStatus, Verdict
from amendments.permissions import may_write
from amendments.services import review, verdicts
from amendments.services.inbox import name_of
from amendments.services.lineage import Lineages
from amendments.services.requests import first_time
from amendments.services.suggestions import Suggestion
from codes.models import Code, Version
from tracker.common.conflicts import Conflict
from tracker.publication.collectors.context import LawContext
from tracker.publication.site import Site
from tracker.workspace import seam
from tracker.workspace.review import words
from tracker.workspace.review.facts import CellView, cell_view
from tracker.workspace.review.forms import JudgeForm, Sent
from tracker.workspace.review.past import Step, steps_of

WRITABLE = (ReviewStatus.DRAFT, ReviewStatus.RETURNED)


@dataclass(slots=True)
class BaseView:
    """One base of the form. `row`: what is on its way, else what is published. `chosen`, `reason`: in the fields."""

    base: str
    words: str
    suggestion: Suggestion
    suggested: str
    row: Verdict | None
    chosen: str
    reason: str
    lifecycle: str
    wrong: str = ""
    theirs: Verdict | None = None

    @property
    def revision(self) -> int:
        return self.row.revision if self.row is not None else 0

    @property
    def item(self) -> str:
        """Its name as an item under review; "" when nothing is on its way."""
        return "" if self.row is None or self.row.status == ReviewStatus.PUBLISHED else name_of(self.row)

    @property
    def locked(self) -> bool:
        """It is with a reviewer, or its author is asked: the form leaves it alone."""
        return self.row is not None and self.row.status in {ReviewStatus.IN_REVIEW, ReviewStatus.ASKED}


@dataclass(slots=True)
class JudgePage:
    law: Code
    concern: Concern
    version: Version
    context: LawContext
    lines: Lineages
    view: CellView
    bases: list[BaseView]
    wrong: list[tuple[str, str]] = field(default_factory=list)  # base → sentence, for the summary on top

    @property
    def asks(self) -> list[str]:
        """Why the cell must be read again; what is published stays meanwhile."""
        causes = ReviewNeed.objects.filter(concern=self.concern, version=self.version, done=False)
        return [
            str(words.CAUSES[cause]) for cause in causes.order_by("cause").values_list("cause", flat=True).distinct()
        ]

    @property
    def history(self) -> list[Step]:
        return steps_of(self.concern, self.version)


@seam.member_view("GET", "POST")
def judge(request: seam.MemberRequest, site: Site, *, law: str, concern: str, v: str) -> HttpResponse:
    page = load(seam.law_of_member(request.user, law), concern, v)
    if request.method == "POST":
        return _save(request, site, page)
    return _show(request, site, page)


def load(law: Code, slug: str, v: str) -> JudgePage:
    context = LawContext(law, public=False)
    concern = next((each for each in context.concerns if each.slug == slug), None)
    version = next((each for each in context.texts if each.slug == v), None)
    if concern is None or version is None:
        raise Http404
    lines = Lineages.of(law, versions=context.versions)
    view = cell_view(context, concern, version, lines)
    return JudgePage(law, concern, version, context, lines, view, _bases(concern, version, view))


def _bases(concern: Concern, version: Version, view: CellView) -> list[BaseView]:
    statuses = [*WRITABLE, ReviewStatus.IN_REVIEW, ReviewStatus.ASKED, ReviewStatus.PUBLISHED]
    rows = Verdict.objects.filter(concern=concern, version=version, status__in=statuses)
    standing: dict[str, Verdict] = {}
    for row in rows.select_related("written_by", "last_edited_by"):
        if row.status != ReviewStatus.PUBLISHED or row.base not in standing:
            standing[row.base] = row
    found = []
    for base, suggestion in view.suggestions.items():
        here = standing.get(base)
        found.append(
            BaseView(
                base=base,
                words=str(words.BASES[base]),
                suggestion=suggestion,
                suggested=words.suggestion_words(suggestion),
                row=here,
                chosen=here.value if here is not None else "",
                reason=here.reason if here is not None else "",
                lifecycle=here.lifecycle if here is not None else "",
            )
        )
    return found


def _save(request: seam.MemberRequest, site: Site, page: JudgePage) -> HttpResponse:
    may_write(request.user, page.law).require()
    choices = _read(request, page)
    sent = Sent(request.POST)
    if choices is None or not sent.is_valid():
        return _show(request, site, page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    send = request.POST.get("then") == "send"
    try:
        with transaction.atomic():
            if first_time(sent.cleaned_data["request_id"], by=request.user, kind="judge", row=page.concern):
                messages.success(request, _write(request, page, choices, send=send))
    except verdicts.Contradicted as refused:
        for base, error in refused.by_base.items():
            _mark(page, base, words.refusal(error))
        return _show(request, site, page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict as conflict:
        _mark_conflict(page, conflict)
        return _show(request, site, page, status=HTTPStatus.CONFLICT)
    except ValidationError as error:
        page.wrong.append(("", words.refusal(error)))
        return _show(request, site, page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(site.links.same_page())


def _read(request: seam.MemberRequest, page: JudgePage) -> list[verdicts.Choice] | None:
    """What was chosen, kept in the page's fields too. None: something is missing, and the page says what."""
    choices = []
    for each in page.bases:
        if each.locked or f"{each.base}-revision" not in request.POST:
            continue
        form = JudgeForm(request.POST, prefix=each.base)
        valid = form.is_valid()
        each.chosen = form.cleaned_data.get("value", "")
        each.reason = request.POST.get(f"{each.base}-reason", "")
        each.lifecycle = form.cleaned_data.get("lifecycle", "")
        if not valid:
            _mark(page, each.base, " ".join(str(said) for errors in form.errors.values() for said in errors))
        elif each.chosen:
            choices.append(
                verdicts.Choice(
                    each.base, each.chosen, each.reason, each.lifecycle, revision=form.cleaned_data["revision"]
                )
            )
        elif each.reason.strip():
            _mark(page, each.base, str(words.CHOOSE[each.base]))
    if not choices and not page.wrong:
        open_bases = [each.base for each in page.bases if not each.locked]
        _mark(page, open_bases[0] if open_bases else "recommendation", str(words.CHOOSE["recommendation"]))
    return None if page.wrong else choices


def _write(request: seam.MemberRequest, page: JudgePage, choices: list[verdicts.Choice], *, send: bool) -> str:
    """Save, send if asked; returns what to announce."""
    saved = verdicts.judge(
        concern=page.concern, version=page.version, choices=choices, by=request.user, lines=page.lines
    )
    if not send:
        return gettext("Saved as draft.") if saved else gettext("Nothing was changed.")
    bases = [choice.base for choice in choices]
    ready = Verdict.objects.filter(concern=page.concern, version=page.version, base__in=bases, status__in=WRITABLE)
    for row in ready:
        review.submit(row, by=request.user, revision=row.revision)
    return gettext("Sent to review.") if ready else gettext("Nothing was changed.")


def _mark(page: JudgePage, base: str, sentence: str) -> None:
    next(each for each in page.bases if each.base == base).wrong = sentence
    page.wrong.append((base, sentence))


def _mark_conflict(page: JudgePage, conflict: Conflict) -> None:
    """The fields keep what was typed; what the other person saved stands beside, and is what a retry replaces."""
    theirs: Any = conflict.theirs
    each = next(each for each in page.bases if each.base == conflict.mine.get("base", page.bases[0].base))
    each.theirs = theirs
    page.wrong.append(
        (each.base, gettext("Someone saved this verdict while you were writing. Both are below; nothing is lost."))
    )


def _show(request: seam.MemberRequest, site: Site, page: JudgePage, *, status: int = HTTPStatus.OK) -> HttpResponse:
    answer = may_write(request.user, page.law)
    return seam.page(
        request,
        site,
        "workspace/review/judge.html",
        law=page.law,
        status=status,
        page=page,
        view="inline",
        version=page.context.version_heads[page.version.pk],
        may_write=bool(answer),
        refusal=gettext(answer.reason) if answer.reason else "",
        request_id=uuid4(),
        lifecycles=words.LIFECYCLES,
        values=words.values(),
    )
