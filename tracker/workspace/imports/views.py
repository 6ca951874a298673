"""The import wizard: four pages and one that waits. Each step is an address to come back to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, ngettext

from amendments.services import carrying, importing, staging, withdrawing, wizard
from amendments.services.cards import Answered, answered
from codes.models import Code, Import, ImportState, Version
from codes.permissions import may
from tracker.common.conflicts import Conflict
from tracker.jobs.models import State
from tracker.jobs.services import worker_answers
from tracker.publication.site import Site
from tracker.workspace.imports import pages, sentences
from tracker.workspace.imports.forms import StartForm
from tracker.workspace.seam import MemberRequest, law_of_member, member_view, page

STEPS = ("upload", "structure", "align", "check")


def address(run: Import, step: str = "", **query: str) -> str:
    asked = f"?{urlencode(query)}" if query else ""
    return f"/w/imports/{run.pk}/{step}{'/' if step else ''}{asked}"


def import_of(number: int, request: MemberRequest) -> tuple[Import, Code]:
    """The import and its law. Whoever has no role in the law gets 404; whoever may not import, the sentence."""
    runs = Import.objects.select_related("law", "job", "version", "started_by", "staged").filter(law__isnull=False)
    run = get_object_or_404(runs, pk=number)
    assert run.law is not None
    law = law_of_member(request.user, run.law.slug)
    may(request.user, "import", law).require()
    return run, law


def show(request: MemberRequest, site: Site, step: str, run: Import, law: Code, **context: Any) -> HttpResponse:
    others = wizard.others_on(run, request.user)
    template = f"workspace/imports/{step}.html"
    return page(request, site, template, law=law, run=run, step=step, others=others, **context)


Step = Callable[..., HttpResponse]


def while_asking(view: Step) -> Step:
    """Steps that exist while people answer; else to the page that says how the import stands."""

    @wraps(view)
    def asking(request: MemberRequest, site: Site, number: int) -> HttpResponse:
        run, law = import_of(number, request)
        if run.state != ImportState.ASKING or staging.over(run):
            return HttpResponseRedirect(address(run, "progress"))
        return view(request, site, run, law)

    return asking


def when_matched(view: Step) -> Step:
    """Steps that look at the matches: while these are of another structure, back to where it is corrected."""

    @wraps(view)
    def matched(request: MemberRequest, site: Site, run: Import, law: Code) -> HttpResponse:
        if not run.staged.matched:
            messages.info(request, gettext("The structure was corrected: match the articles again, then go on."))
            return HttpResponseRedirect(address(run, "structure"))
        return view(request, site, run, law)

    return matched


@member_view("GET", "POST")
def upload(request: MemberRequest, site: Site, law: str) -> HttpResponse:
    followed = law_of_member(request.user, law)
    may(request.user, "import", followed).require()
    if request.method == "POST":
        form = StartForm(followed, request.POST, request.FILES)
        if form.is_valid() and (run := _started(request, followed, form)) is not None:
            return HttpResponseRedirect(address(run, "progress"))
    else:
        form = StartForm(followed, initial=_again(followed, request.GET.get("again", "")))
    open_runs = wizard.resumable(followed)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return page(
        request, site, "workspace/imports/upload.html", law=followed, status=status, form=form, step="upload",
        runs=open_runs,
    )  # fmt: skip


def _started(request: MemberRequest, law: Code, form: StartForm) -> Import | None:
    data, name = form.content()
    try:
        return wizard.start(
            law=law, data=data, name=name, wanted=form.wanted(), by=request.user,
            request_id=form.cleaned_data["request_id"],
        )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _again(law: Code, number: str) -> dict[str, Any]:
    """What was said of a text whose file could not be read, so that nobody types it twice."""
    run = Import.objects.filter(law=law, pk=int(number)).first() if number.isdecimal() else None
    if run is None:
        return {}
    plan = run.parameters
    stage = law.jurisdiction.stages.filter(pk=plan["stage"]).first()
    return {
        "stage": stage.slug if stage else "", "day": plan["date"], "language": plan["language"], "held": plan["held"],
        "official": "yes" if plan["official"] else "no", "slug": plan["slug"], "label": plan["label"].get("en", ""),
    }  # fmt: skip


@member_view("GET")
def resume(request: MemberRequest, _site: Site, number: int) -> HttpResponse:
    run, _ = import_of(number, request)
    return HttpResponseRedirect(address(run, "align" if run.state == ImportState.ASKING else "progress"))


@member_view("GET", "POST")
@while_asking
@when_matched
def align(request: MemberRequest, site: Site, run: Import, law: Code) -> HttpResponse:
    matching = pages.Matching.of(run)
    if request.method == "POST":
        return _answer(request, site, run, law, matching)
    if request.htmx and request.GET.get("part") == "list":
        here = matching.find(request.GET.get("against", ""), request.GET.get("card", ""))
        return show(request, site, "cards", run, law, matching=matching, here=here)
    return _show_align(request, site, run, law, matching)


def _show_align(
    request: MemberRequest,
    site: Site,
    run: Import,
    law: Code,
    matching: pages.Matching,
    *,
    said: Answered | None = None,
    **context: Any,
) -> HttpResponse:
    values = request.POST if request.method == "POST" else request.GET
    listed = matching.find(values.get("against", ""), values.get("card", ""))
    asked = (list(said.old), list(said.new)) if said else (_numbers(values, "old"), _numbers(values, "new"))
    shown = pages.show_card(matching, listed, asked) if listed else None
    found = matching.search(request.GET.get("q", "").strip())
    return show(
        request, site, "align", run, law, matching=matching, shown=shown, found=found, q=request.GET.get("q", ""),
        choices=pages.choices(shown.listed.card) if shown else [], here=listed,
        next=matching.after(listed) if listed else None, **context,
    )  # fmt: skip


def _numbers(values: Any, side: str) -> list[str]:
    return [number.strip() for number in values.getlist(side) if number.strip()]


def _answer(request: MemberRequest, site: Site, run: Import, law: Code, matching: pages.Matching) -> HttpResponse:
    values = request.POST
    old = get_object_or_404(Version, pk=values.get("against") or 0)
    choice = values.get("choice", "")
    said = answered(choice, _numbers(values, "old"), _numbers(values, "new"))
    listed = matching.find(str(old.pk), values.get("card", ""))
    try:
        wizard.answer(
            run=run, old=old, card=values.get("card", ""), said=said, by=request.user,
            revision=int(values.get("revision", "0") or 0),
        )  # fmt: skip
    except ValidationError as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _show_align(request, site, run, law, matching, said=said, error=error.messages[0], status=status)
    except Conflict as conflict:
        theirs = {"row": conflict.theirs, "word": pages.choice_word(conflict.theirs.choice if conflict.theirs else "")}
        mine = {"said": said, "word": pages.choice_word(choice)}
        return _show_align(
            request, site, run, law, matching, said=said, theirs=theirs, mine=mine, status=HTTPStatus.CONFLICT
        )
    after = pages.Matching.of(run)
    left = len(after.waiting)
    waits = ngettext("%(n)s match waits for an answer.", "%(n)s matches wait for an answer.", left) % {"n": left}
    word = pages.choice_word(choice)
    messages.success(
        request,
        f"{gettext('Answered: %(word)s.') % {'word': word} if choice else gettext('Answer taken back.')} {waits}",
    )
    going = listed if not choice else (after.after(listed) if listed else None)
    if going is None:
        return HttpResponseRedirect(address(run, "align"))
    return HttpResponseRedirect(address(run, "align", card=going.card.key, against=str(going.old.pk)))


@member_view("GET", "POST")
@while_asking
@when_matched
def check(request: MemberRequest, site: Site, run: Import, law: Code) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            wizard.add(run=run, by=request.user)
            return HttpResponseRedirect(address(run, "progress"))
        except ValidationError as refused:
            error = refused.messages[0]
    matching = pages.Matching.of(run)
    tree = staging.staged_tree(run)
    plan = staging.planned(run, tree)
    earlier = importing.texts_to_compare(plan)
    compared = [
        {
            "old": old,
            "matched": sum(bool(one.card.old and one.card.new) for one in matching.listed if one.old == old),
            "waiting": sum(one.old == old for one in matching.waiting),
        }
        for old in earlier
    ]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return show(
        request, site, "check", run, law, plan=plan, tree=tree, matching=matching, compared=compared, error=error,
        notes=staging.notes_preview(run, plan, tree), status=status,
    )  # fmt: skip


@member_view("GET")
def progress(request: MemberRequest, site: Site, number: int) -> HttpResponse:
    run, law = import_of(number, request)
    over = staging.over(run)
    if run.state == ImportState.ASKING and not over:
        matched = run.job is not None and run.job.kind == staging.MATCH
        there = address(run, "align" if matched else "structure")
        if request.htmx:
            answer = HttpResponse()
            answer["HX-Redirect"] = there
            return answer
        return HttpResponseRedirect(there)
    job = run.job
    share = 100 if run.state == ImportState.ADDED else (100 * job.done // job.total if job and job.total else 0)
    running = job is not None and job.state in {State.QUEUED, State.RUNNING}
    said = int(request.GET.get("said", "0")) if request.GET.get("said", "0").isdecimal() else 0
    reached = share // 25 * 25
    working = run.state in {ImportState.READING, ImportState.ADDING}
    context: dict[str, Any] = {
        "job": job, "share": share, "running": running, "reached": reached, "announce": reached > said,
        "failed": working and job is not None and job.state == State.FAILED, "over": over,
        "doing": sentences.say(job.message) if job else None, "why": sentences.say(job.error) if job else None,
        "waiting": job is not None and job.state == State.QUEUED and not worker_answers(),
        "notes": carrying.Carried(**run.findings["notes"]) if "notes" in run.findings else None,
        "earlier": importing.texts_to_compare(run.version) if run.version is not None else [],
    }  # fmt: skip
    return show(request, site, "watch" if request.htmx else "progress", run, law, **context)


def acting(act: Callable[..., Import], done: Callable[[], str], then: str) -> Callable[..., HttpResponseBase]:
    """A button that does one thing to an import and goes on to a step."""

    @member_view("POST")
    def view(request: MemberRequest, _site: Site, number: int) -> HttpResponse:
        run, law = import_of(number, request)
        try:
            act(run=run, by=request.user)
            messages.success(request, done())
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return HttpResponseRedirect(address(run))
        return HttpResponseRedirect(f"/w/laws/{law.slug}/import/" if then == "upload" else address(run, then))

    return view


cancel = acting(wizard.cancel, lambda: gettext("The import was cancelled. Nothing was added."), "upload")
retry = acting(wizard.retry, lambda: gettext("Trying again."), "progress")
back = acting(wizard.back_to_answers, lambda: gettext("You can change the answers and add the text again."), "check")
withdraw = acting(withdrawing.withdraw, lambda: gettext("The text was withdrawn."), "progress")
