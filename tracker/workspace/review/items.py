"""One thing under review: what it stands on at the left, what would become public at the right, and the steps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, gettext_lazy

from amendments.models import Annotation, ConcernEdition, Reviewable, ReviewStatus, Verdict
from amendments.permissions import law_of, may_edit, may_publish, may_return
from amendments.policies import Step, steps_from
from amendments.services import inbox as waiting
from amendments.services import review
from amendments.services.requests import first_time
from codes.models import Code
from codes.permissions import may
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict
from tracker.publication.services.publishing import release_soon
from tracker.publication.site import Site
from tracker.workspace import seam
from tracker.workspace.review import words
from tracker.workspace.review.forms import Act
from tracker.workspace.review.shown import Shown, shown

NAME = re.compile(r"(verdict|note|concern)-(\d{1,18})")
# What is announced after a step; the reviewer's steps go on to the next item.
DONE = {
    "publish": gettext_lazy("Published."),
    "return": gettext_lazy("Returned to its author."),
    "edit": gettext_lazy("Changed. Its author is asked to agree."),
    "agree": gettext_lazy("You agreed. Someone else publishes it."),
    "submit": gettext_lazy("Sent to review."),
    "take back": gettext_lazy("Taken back from review."),
    "withdraw": gettext_lazy("Withdrawn."),
}
REVIEWERS = ("publish", "return", "edit")


@dataclass(slots=True)
class ItemPage:
    name: str
    row: Reviewable
    law: Code
    shown: Shown
    steps: dict[str, bool]  # steps of its state that this person may take
    refusal: str = ""  # why this person cannot publish it, when it is in review
    wrong: str = ""
    why: str = ""
    words: str = ""
    value: str = ""
    changed: list[tuple[str, str]] = field(default_factory=list)


@seam.member_view("GET", "POST")
def item(request: seam.MemberRequest, site: Site, *, item: str) -> HttpResponse:
    row = _row(request.user, item)
    if request.method == "POST":
        return _act(request, site, item, row)
    return _show(request, site, _page(request.user, item, row))


def _row(user: User, name: str) -> Reviewable:
    found = NAME.fullmatch(name)
    if found is None:
        raise Http404
    shared = ("written_by", "last_edited_by", "replaces")
    row: Reviewable | None
    if found[1] == "verdict":
        law = "concern__provision__law"
        of_verdict = (f"{law}__replaces", f"{law}__jurisdiction", "concern__recommendation", "version__code",
                      "version__stage", "version__source", "source")  # fmt: skip
        row = Verdict.objects.select_related(*shared, *of_verdict).filter(pk=int(found[2])).first()
    elif found[1] == "concern":
        of_concern = ("concern__provision__law__replaces", "concern__provision__law__jurisdiction",
                      "concern__provision__anchor_version", "concern__source")  # fmt: skip
        row = ConcernEdition.objects.select_related(*shared, *of_concern).filter(pk=int(found[2])).first()
    else:
        of_note = ("law__replaces", "law__jurisdiction", "article__version__code", "article__division", "provision")
        row = Annotation.objects.select_related(*shared, *of_note).filter(pk=int(found[2])).first()
    if row is None:
        raise Http404
    may(user, "read_drafts", law_of(row)).require()
    return row


def _page(user: User, name: str, row: Reviewable) -> ItemPage:
    publishes = may_publish(user, row)
    allowed: dict[Step, bool] = {
        Step.PUBLISH: bool(publishes),
        Step.RETURN: bool(may_return(user, row)),
        Step.EDIT_AND_ASK: bool(may_return(user, row)),
        Step.AGREE: row.written_by_id == user.pk,
        Step.SUBMIT: bool(may_edit(user, row)),
        Step.TAKE_BACK: row.written_by_id == user.pk,
        Step.WITHDRAW: bool(publishes if row.status == ReviewStatus.PUBLISHED else may_edit(user, row)),
    }
    steps = {step.name.lower(): True for step in steps_from(row.status) if allowed.get(step)}
    refusal = gettext(publishes.reason) if publishes.reason and row.status == ReviewStatus.IN_REVIEW else ""
    if isinstance(row, ConcernEdition):  # its words are changed on the concern's own page
        steps.pop("edit_and_ask", None)
        steps.pop("take_back", None)
    value, own_words = (row.value, row.reason) if isinstance(row, Verdict) else ("", _public_text(row))
    return ItemPage(name, row, law_of(row), shown(row), steps, refusal, words=own_words, value=value)


def _public_text(row: Reviewable) -> str:
    return row.public_text if isinstance(row, Annotation) else ""


def _act(request: seam.MemberRequest, site: Site, name: str, row: Reviewable) -> HttpResponse:
    form = Act(request.POST)
    if not form.is_valid() or form.cleaned_data["act"] not in DONE:
        return _again(request, site, name, row, gettext("The form was not complete. Try again."))
    act, data = form.cleaned_data["act"], form.cleaned_data
    queue = [each.name for each in waiting.to_review(request.user)]
    try:
        with transaction.atomic():
            if first_time(data["request_id"], by=request.user, kind="review", row=row):
                _take(act, row, data, by=request.user)
    except Conflict:
        said = gettext("Someone changed this after you opened it. Read it again before you decide.")
        return _again(request, site, name, row, said, status=HTTPStatus.CONFLICT)
    except ValidationError as error:
        return _again(request, site, name, row, words.refusal(error))
    if act not in REVIEWERS:
        messages.success(request, str(DONE[act]))
        return HttpResponseRedirect(site.links.review(name))
    rest = len(waiting.to_review(request.user))
    messages.success(request, f"{DONE[act]} {words.left(rest)}")
    done = {"done": name} if act == "publish" else {}
    return HttpResponseRedirect(site.links.inbox(tab="review", at=_following(queue, name), **done))


def _take(act: str, row: Any, data: dict[str, Any], *, by: User) -> None:
    """The step itself, and a release when what the public sees changes."""
    revision, why = data["revision"], data["why"]
    was_published = row.status == ReviewStatus.PUBLISHED
    if act == "edit":
        changed = {"public_text": data["words"]} if isinstance(row, Annotation) else {"reason": data["words"]}
        if isinstance(row, Verdict):
            changed["value"] = data["value"] or row.value
        review.edit_and_ask(row, by=by, revision=revision, **changed)
        return
    steps: dict[str, Callable[[], Any]] = {
        "publish": lambda: review.publish(row, by=by, revision=revision, seen=data["seen"]),
        "return": lambda: review.send_back(row, by=by, why=why, revision=revision),
        "agree": lambda: review.agree(row, by=by, revision=revision),
        "submit": lambda: review.submit(row, by=by, revision=revision),
        "take back": lambda: review.take_back(row, by=by, revision=revision),
        "withdraw": lambda: review.withdraw(row, by=by, why=why, revision=revision),
    }
    steps[act]()
    if act == "publish" or (act == "withdraw" and was_published):
        release_soon(law_of(row), by=by)


def _following(queue: list[str], name: str) -> str:
    """The item after this one, or the first when it was the last; "none" when nothing is left."""
    rest = [each for each in queue if each != name]
    if not rest:
        return "none"
    place = queue.index(name) if name in queue else 0
    return rest[place] if place < len(rest) else rest[0]


def _again(
    request: seam.MemberRequest,
    site: Site,
    name: str,
    row: Reviewable,
    said: str,
    *,
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    """The page as it stands now, with what was typed kept."""
    page = _page(request.user, name, _row(request.user, name))
    page.wrong, page.why = said, request.POST.get("why", "")
    if request.POST.get("act") == "edit":
        page.words, page.value = request.POST.get("words", ""), request.POST.get("value", page.value)
    return _show(request, site, page, status=status)


def _show(request: seam.MemberRequest, site: Site, page: ItemPage, status: int = HTTPStatus.OK) -> HttpResponse:
    return seam.page(
        request,
        site,
        "workspace/review/item.html",
        law=page.law,
        status=status,
        nav="inbox",
        page=page,
        row=page.row,
        shown=page.shown,
        view="inline",
        asks=request.GET.get("ask", ""),
        seen=review.fingerprint(page.row),
        request_id=uuid4(),
        values=words.values(),
    )
