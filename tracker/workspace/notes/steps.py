"""What is done to a note besides writing it: steps of its review, its thread, and words that are not saved yet."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from amendments.models import Annotation, Comment, Mention
from amendments.permissions import may_edit, may_read_thread, may_withdraw, may_write
from amendments.services import requests, review, threads, unsent
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict
from tracker.publication.site import Site
from tracker.workspace.notes import formview
from tracker.workspace.notes.forms import CommentForm, StepForm, refusals
from tracker.workspace.notes.places import Home, home_of, home_of_article
from tracker.workspace.notes.views import address, edit_key, keep, note_of
from tracker.workspace.seam import MemberRequest, law_of_member, member_view, page

DONE = {
    "submit": gettext_lazy("Sent to review."),
    "take-back": gettext_lazy("Taken back from review."),
}


@member_view("GET")
def show(request: MemberRequest, site: Site, *, note: int) -> HttpResponse:
    """The lasting address of a note leads to its place."""
    return back_to(site, note_of(request, note))


@member_view("POST")
def step(request: MemberRequest, site: Site, *, note: int, name: str) -> HttpResponse:
    """Send to review, take back. The form carries the revision that was on the screen."""
    row = note_of(request, note)
    may_edit(request.user, row).require()
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Open the note again: its form was not whole."))
        return back_to(site, row)
    act = review.submit if name == "submit" else review.take_back
    try:
        act(row, by=request.user, revision=form.cleaned_data["revision"])
    except Conflict as conflict:
        messages.error(request, _stale(conflict))
    except ValidationError as problem:
        messages.error(request, " ".join(refusals(problem)))
    else:
        messages.success(request, DONE[name])
    return back_to(site, row)


@member_view("GET", "POST")
def withdraw(request: MemberRequest, site: Site, *, note: int) -> HttpResponse:
    """Asks for the reason first; a refused reason is shown again as it was typed."""
    row = note_of(request, note)
    may_withdraw(request.user, row).require()
    form = StepForm(request.POST if request.method == "POST" else None)
    wrong: list[str] = []
    if form.is_valid():
        values = form.cleaned_data
        try:
            review.withdraw(row, by=request.user, why=values["why"], revision=values["revision"])
        except Conflict as conflict:
            messages.error(request, _stale(conflict))
            return back_to(site, row)
        except ValidationError as problem:
            wrong = refusals(problem)
        else:
            messages.success(request, gettext("Withdrawn."))
            return back_to(site, row)
    context = {"note": row, "wrong": wrong, "why": request.POST.get("why", ""), "revision": row.revision}
    status = 422 if request.method == "POST" else 200
    return page(request, site, "workspace/notes/withdraw.html", law=row.law, status=status, **context)


def _stale(conflict: Conflict) -> str:
    said = gettext("%(who)s changed this note meanwhile. Read it again first; nothing was done.")
    return said % {"who": conflict.theirs.last_edited_by.handle}


@member_view("POST")
def say(request: MemberRequest, site: Site, *, note: int) -> HttpResponse:
    """Add to the thread; whoever answers has seen what calls them there."""
    row = note_of(request, note)
    may_read_thread(request.user, row.law).require()
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _unsaid(request, site, row, [str(said) for said in form.errors.get("text", [])])
    values = form.cleaned_data
    try:
        requests.once(
            Comment,
            request_id=values["request_id"],
            by=request.user,
            kind="comment",
            write=lambda: threads.say(row, text=values["text"], by=request.user),
        )
    except ValidationError as problem:
        return _unsaid(request, site, row, refusals(problem))
    threads.see(_calls(row), by=request.user)
    messages.success(request, gettext("Comment added."))
    return back_to(site, row)


def _unsaid(request: MemberRequest, site: Site, row: Annotation, wrong: list[str]) -> HttpResponse:
    """The comment again, as it was typed, with what was wrong."""
    text, request_id = request.POST.get("text", ""), request.POST.get("request_id") or str(uuid4())
    context = {"note": row, "wrong": wrong, "text": text, "request_id": request_id}
    return page(request, site, "workspace/notes/comment_page.html", law=row.law, status=422, **context)


def _calls(row: Annotation) -> QuerySet[Mention]:
    """Mentions in the thread, which goes on from the note that this one replaces."""
    return Mention.objects.filter(comment__annotation__in=[row.pk, row.replaces_id or row.pk])


@member_view("POST")
def thread(request: MemberRequest, site: Site, *, note: int, name: str) -> HttpResponse:
    """Assign, resolve, open again, seen."""
    row = note_of(request, note)
    may_read_thread(request.user, row.law).require()
    try:
        if name == "assign":
            wanted = request.POST.get("to", "")
            to = User.objects.filter(handle=wanted, memberships__law=row.law).first()
            threads.assign(row, to=to, by=request.user)
        elif name == "seen":
            threads.see(_calls(row), by=request.user)
        else:
            threads.resolve(row, resolved=name == "resolve", by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(refusals(problem)))
    return back_to(site, row)


# ---- words that are not saved yet ----


@member_view("POST")
def keep_new(request: MemberRequest, site: Site, *, law: str, v: str, n: str) -> HttpResponse:
    home = home_of(law_of_member(request.user, law), v, n)
    may_write(request.user, home.law).require()
    return _kept(request, home, None)


@member_view("POST")
def keep_edit(request: MemberRequest, site: Site, *, note: int) -> HttpResponse:
    row = note_of(request, note)
    may_edit(request.user, row).require()
    return _kept(request, home_of_article(row.law, row.article, row.language), row)


def _kept(request: MemberRequest, home: Home, note: Annotation | None) -> HttpResponse:
    """One short line for the form. Nothing when the form was saved meanwhile: a late repeat brings nothing back."""
    draft = keep(request, home, formview.typed(request.POST), note)
    if draft is None:
        return HttpResponse(status=204)
    return render(request, "workspace/notes/kept.html", {"at": timezone.localtime(draft.saved_at)})


@member_view("POST")
def give_up_new(request: MemberRequest, site: Site, *, law: str, v: str, n: str) -> HttpResponse:
    home = home_of(law_of_member(request.user, law), v, n)
    wanted = request.POST.get("key", "")
    if wanted.startswith(f"note-new:{home.law.pk}:{home.article.pk}:"):
        unsent.drop(by=request.user, key=wanted)
        messages.success(request, gettext("The unsaved words were deleted."))
    return HttpResponseRedirect(site.links.article(law, v, n))


@member_view("POST")
def give_up_edit(request: MemberRequest, site: Site, *, note: int) -> HttpResponse:
    row = note_of(request, note)
    unsent.drop(by=request.user, key=edit_key(row))
    messages.success(request, gettext("The note stays as it was saved."))
    return back_to(site, row)


def back_to(site: Site, note: Any) -> HttpResponse:
    return HttpResponseRedirect(address(site, note, home_of_article(note.law, note.article, note.language)))
