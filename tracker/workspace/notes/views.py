"""The annotation workspace: an article with its notes and threads, and the form of a note."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from amendments.models import Annotation, Concern, UnsentDraft
from amendments.permissions import may_edit, may_write
from amendments.services import annotations as notes
from amendments.services import passages, requests, threads, unsent
from codes.permissions import answer_for, role_in
from tracker.accounts.roles import Rule, rule
from tracker.common.conflicts import Conflict
from tracker.publication.pages import compare as comparing
from tracker.publication.pages import reading
from tracker.publication.pages.rows import Counter
from tracker.publication.site import Site
from tracker.publication.views.reading import STANDARDS, standards_in
from tracker.publication.views.show import no_article, show
from tracker.workspace.notes import cards, formview, judging
from tracker.workspace.notes.clashes import clash
from tracker.workspace.notes.forms import NoteForm, PlaceForm, blank, of_note, refusals
from tracker.workspace.notes.nearby import nearby
from tracker.workspace.notes.places import Home, home_of, home_of_article
from tracker.workspace.seam import MemberRequest, law_of_member, member_view, page


class Refused(Exception):
    """A verdict beside the note was refused: the note is not saved either. Sentences by field."""

    def __init__(self, wrong: dict[str, list[str]]) -> None:
        super().__init__()
        self.wrong = wrong


# ---- the article ----


@member_view("GET")
def article(request: MemberRequest, site: Site, *, law: str, v: str, n: str) -> HttpResponse:
    """The article's text with the marks of its notes, or what changed in it against another text (`?against=`)."""
    found = site.source.get_many([f"laws/{law}/v/{v}/art-{n}", f"laws/{law}/v/{v}", STANDARDS])
    document: Any = found.get(f"laws/{law}/v/{v}/art-{n}")
    if document is None:
        raise no_article(site, law, v, n)
    home = home_of(law_of_member(request.user, law), v, n)
    role = role_in(request.user, home.law) or ""
    shown = cards.cards_of(home, request.user, role)
    talks = rule("read_threads", role) is Rule.YES
    writes = answer_for(role, "write")
    against = comparable(document)
    return show(
        request,
        site,
        "workspace/notes/article.html",
        document,
        version=document["version"],
        law_language=document["version"]["language"],
        texts=reading.texts_of(document),
        counterparts=[
            (each, reading.counterpart_words(each)) for each in reading.gone_numbers(document["counterparts"])
        ],
        standards=standards_in(found),
        home=home,
        parts=cards.parts_of(home, shown),
        lost=cards.without_place(shown),
        count=len(shown),
        nearby=nearby(home, found[f"laws/{law}/v/{v}"]),
        talks=talks,
        keys="off" if request.GET.get("keys") == "off" else "on",
        writes=writes,
        people=threads.readers(home.law) if talks and shown else [],
        unsent=_unsent(request, home) if writes else [],
        against=against,
        compared=_compared(site, law, against, request.GET.get("against", "")),
    )


def comparable(document: Any) -> list[dict[str, Any]]:
    """The texts that "show changes" offers: current law and the text before, where the article has a counterpart."""
    version = document["version"]
    found: dict[str, dict[str, Any]] = {}
    for each in document["counterparts"]:
        pair = each["compare"]
        older = pair is not None and pair[1] == version["slug"] and each["confirmed"] and each["numbers"]
        if older and (each["law"] != version["law"] or each["version"] == version["previous"]):
            found.setdefault(each["version"], each)
    return list(found.values())


def _compared(site: Site, law: str, against: list[dict[str, Any]], asked: str) -> dict[str, Any] | None:
    """The article with its changes marked, when a text to compare with was asked for."""
    each = next((each for each in against if each["version"] == asked), None)
    if each is None:
        return None
    a, b = each["compare"]
    pair: Any = site.source.get(f"laws/{law}/compare/{a}...{b}/{each['key']}")
    if pair is None or not pair["rows"]:
        return None
    entry, counter = comparing.Entry(pair["summary"], full=True), Counter()
    comparing.fill_entry(entry, pair, counter, workspace=True)
    return {"version": asked, "entry": entry, "pair": pair, "total": len(counter.changes), "label": each["label"]}


def _unsent(request: MemberRequest, home: Home) -> list[UnsentDraft]:
    key = _new_key(home, "")
    return list(UnsentDraft.objects.filter(member=request.user, key__startswith=key).order_by("saved_at"))


def _new_key(home: Home, request_id: str) -> str:
    return f"note-new:{home.law.pk}:{home.article.pk}:{request_id}"


# ---- a new note ----


@member_view("GET", "POST")
def new(request: MemberRequest, site: Site, *, law: str, v: str, n: str) -> HttpResponse:
    home = home_of(law_of_member(request.user, law), v, n)
    may_write(request.user, home.law).require()
    if request.method == "POST":
        return _create(request, site, home)
    asked = PlaceForm(request.GET)
    if not asked.is_valid():
        return _form(request, site, home, blank(home, part=home.parts[0].eid))
    where = asked.cleaned_data
    wrong: dict[str, list[str]] = {}
    values = blank(home, part=where["part"])
    if where["first"] and where["last"]:
        first, last = (where["first"], where["start"] or 0), (where["last"], where["end"] or 0)
        try:
            values = blank(home, passage=passages.selected(home.paragraphs, first, last, place=home.place()))
        except passages.NotThere as problem:
            wrong = {"quote": problem.messages}
    draft = _kept(request, home, values)
    if draft is not None:
        return _form(request, site, home, formview.restored(draft, values), restored=draft.saved_at)
    return _form(request, site, home, values, wrong=wrong)


def _kept(request: MemberRequest, home: Home, values: dict[str, Any]) -> UnsentDraft | None:
    """Words typed before, on the draft that is asked for or on the same place."""
    drafts = _unsent(request, home)
    asked = request.GET.get("unsent")
    if asked:
        return next((draft for draft in drafts if str(draft.pk) == asked), None)
    wanted = [str(values.get(name, "")) for name in formview.PLACE]
    return next((d for d in drafts if [str(d.fields.get(name, "")) for name in formview.PLACE] == wanted), None)


def _create(request: MemberRequest, site: Site, home: Home) -> HttpResponse:
    form = NoteForm(request.POST, home=home, bases=judging.bases_of(home.law, home.version))
    if not form.is_valid():
        return _wrong(request, site, home, _errors(form))

    def write() -> Annotation:
        words = _words(form)
        note = notes.write(law=home.law, article=home.article, words=words, by=request.user)
        _beside(form, note, request)
        unsent.drop(by=request.user, key=_new_key(home, str(form.cleaned_data["request_id"])))
        return note

    try:
        note = requests.once(
            Annotation, request_id=form.cleaned_data["request_id"], by=request.user, kind="note", write=write
        )
    except Refused as refused:
        return _wrong(request, site, home, refused.wrong)
    except ValidationError as problem:
        return _wrong(request, site, home, {"public_text": refusals(problem)})
    messages.success(request, gettext("Note saved as draft."))
    return HttpResponseRedirect(address(site, note, home))


# ---- an edit ----


@member_view("GET", "POST")
def edit(request: MemberRequest, site: Site, *, note: int) -> HttpResponse:
    row = note_of(request, note)
    may_edit(request.user, row).require()
    home = home_of_article(row.law, row.article, row.language)
    if request.method == "POST":
        return _save(request, site, row, home)
    current = notes.open_edit_of(row)
    if current is not None:
        return HttpResponseRedirect(f"../../{current.pk}/edit/")
    values = of_note(row)
    draft = UnsentDraft.objects.filter(member=request.user, key=edit_key(row)).first()
    if draft is None:
        return _form(request, site, home, values, note=row)
    return _form(request, site, home, formview.restored(draft, values), note=row, restored=draft.saved_at)


def _save(request: MemberRequest, site: Site, row: Annotation, home: Home) -> HttpResponse:
    form = NoteForm(request.POST, home=home, bases=judging.bases_of(home.law, home.version))
    if not form.is_valid():
        return _wrong(request, site, home, _errors(form), note=row)
    values = form.cleaned_data

    def write() -> Annotation:
        saved = notes.edit(row, words=_words(form, row), by=request.user, revision=values["revision"])
        _beside(form, saved, request)
        unsent.drop(by=request.user, key=edit_key(row))
        return saved

    try:
        saved = requests.once(Annotation, request_id=values["request_id"], by=request.user, kind="note", write=write)
    except Conflict as conflict:
        if conflict.theirs.pk != row.pk:  # the words go on with the edit that is on its way
            unsent.drop(by=request.user, key=edit_key(row))
        return clash(request, site, conflict.theirs, form)
    except Refused as refused:
        return _wrong(request, site, home, refused.wrong, note=row)
    except ValidationError as problem:
        return _wrong(request, site, home, {"public_text": refusals(problem)}, note=row)
    messages.success(request, gettext("Note saved as draft."))
    return HttpResponseRedirect(address(site, saved, home))


# ---- shared ----


def note_of(request: MemberRequest, pk: int) -> Annotation:
    """A note that the member may know of; else 404."""
    rows = notes.of_member(request.user).select_related(
        "law", "article__version__code", "article__version__source", "written_by", "concern__provision"
    )
    return get_object_or_404(rows, pk=pk)


def edit_key(note: Annotation) -> str:
    return f"note:{note.pk}"


def address(site: Site, note: Annotation, home: Home) -> str:
    """The note on the page of its article."""
    return site.links.article(home.law.slug, home.version.slug, home.article.number, fragment=f"t{note.pk}")


def _words(form: NoteForm, before: Annotation | None = None) -> notes.Words:
    values = form.cleaned_data
    return notes.Words(
        passage=values["passage"],
        public_text=values["public_text"],
        topics=list(values["topics"]),
        standards=list(values["standards"]),
        provision=before.provision if before is not None else None,
        concern=values["concern"],
    )


def _beside(form: NoteForm, note: Annotation, request: MemberRequest) -> None:
    """What the same form carries for the thread and the matrix. Raises `Refused`, which undoes the note too."""
    values = form.cleaned_data
    if values["comment"].strip():
        threads.say(note, text=values["comment"], by=request.user)
    if values["concern"] is not None:
        refused = judging.write(values["concern"], note.article.version, form.choices, by=request.user)
        if refused:
            raise Refused({f"reason_{base}": refusals(problem) for base, problem in refused.items()})


def _errors(form: NoteForm) -> dict[str, list[str]]:
    return {name: [str(said) for said in sentences] for name, sentences in form.errors.items()}


def _wrong(
    request: MemberRequest,
    site: Site,
    home: Home,
    wrong: dict[str, list[str]],
    note: Annotation | None = None,
) -> HttpResponse:
    """The form again with what was wrong and all that was typed, which is kept on the server too."""
    values = formview.typed(request.POST)
    keep(request, home, values, note)
    return _form(request, site, home, values, wrong=wrong, note=note, status=422)


def keep(request: MemberRequest, home: Home, values: dict[str, Any], note: Annotation | None) -> UnsentDraft | None:
    """Keep what was typed until it is saved. A form without a request id is none of ours and is not kept."""
    try:
        request_id = UUID(str(values.get("request_id")))
        revision = max(0, int(values.get("revision") or 0))
    except ValueError:
        return None
    key = edit_key(note) if note is not None else _new_key(home, str(request_id))
    return unsent.keep(law=home.law, by=request.user, key=key, fields=values, revision=revision, request_id=request_id)


def concerns_at(site: Site, home: Home, note: Annotation | None) -> list[Concern]:
    """The concerns about this article, and the one that the note has."""
    path = f"laws/{home.law.slug}/v/{home.version.slug}/art-{home.article.number}"
    document: Any = site.source.get(path)
    slugs = [here["concern"]["slug"] for here in document["concerns"]] if document else []
    own = [note.concern.slug] if note is not None and note.concern is not None else []
    return list(Concern.objects.filter(slug__in=[*slugs, *own]).select_related("provision__law"))


def _form(
    request: MemberRequest,
    site: Site,
    home: Home,
    values: dict[str, Any],
    *,
    note: Annotation | None = None,
    wrong: dict[str, list[str]] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The form as a page of its own; a script asks for it alone, to stand beside the words."""
    back = (
        address(site, note, home) if note else site.links.article(home.law.slug, home.version.slug, home.article.number)
    )
    view = formview.build(
        home,
        values,
        action=request.path,
        back=back,
        here=concerns_at(site, home, note),
        wrong=wrong,
        note=note,
        popover=bool(request.htmx),
        **more,
    )
    template = "workspace/notes/popover.html" if request.htmx else "workspace/notes/form_page.html"
    return page(request, site, template, law=home.law, status=status, form=view, home=home)
