"""Topics, standards, stages and languages as plain tables: how often each is used, add, change, delete if unused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amendments.models import Standard, Topic
from amendments.services import catalogue
from codes.models import Jurisdiction, Stage, Version
from codes.services import lists
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict, state_of
from tracker.publication.pages.words import say
from tracker.publication.site import Site
from tracker.workspace.seam import MemberRequest, member_view, page
from tracker.workspace.setup.list_forms import EntryForm, LanguagesForm, StageForm, StandardForm, TopicForm, initial_of

REASON = "lists of the workspace"


@dataclass(frozen=True, slots=True)
class Kind:
    """One list: how it is called, what its rows are, and how one is shown in a line."""

    name: str
    title: Promise
    add_title: Promise
    model: type[Any]
    form: type[EntryForm]
    used: tuple[str, ...]  # the relations that count as use, each counted in the one query of the list
    line: Callable[[Any], tuple[str, str]]

    @property
    def address(self) -> str:
        return f"/w/settings/{self.name}/"

    def rows(self) -> QuerySet[Any]:
        counts = {f"n_{relation}": Count(relation, distinct=True) for relation in self.used}
        found: QuerySet[Any] = self.model._default_manager.annotate(**counts)
        return found


KINDS = [
    Kind(
        "topics", gettext_lazy("Topics"), gettext_lazy("Add a topic"), Topic, TopicForm,
        ("concern_links", "standard_links", "annotation_links"), lambda row: (say(row.names), row.gist),
    ),
    Kind(
        "standards", gettext_lazy("Standards"), gettext_lazy("Add a standard"), Standard, StandardForm,
        ("concern_links", "annotation_links"), lambda row: (row.cite, row.gist),
    ),
    Kind(
        "stages", gettext_lazy("Stages"), gettext_lazy("Add a stage"), Stage, StageForm,
        ("versions",), lambda row: (say(row.names), say(row.jurisdiction.names)),
    ),
]  # fmt: skip


def listing(kind: Kind) -> Callable[..., HttpResponseBase]:
    @member_view("GET")
    def view(request: MemberRequest, site: Site) -> HttpResponse:
        lists.may_change(request.user).require()
        rows = kind.rows()
        if kind.model is Stage:
            rows = rows.select_related("jurisdiction")
        lines = [
            {"row": row, "line": kind.line(row), "uses": sum(getattr(row, f"n_{each}") for each in kind.used)}
            for row in rows
        ]
        return page(request, site, "workspace/setup/list.html", nav="settings", kind=kind, lines=lines)

    return view


def adding(kind: Kind) -> Callable[..., HttpResponseBase]:
    @member_view("GET", "POST")
    def view(request: MemberRequest, site: Site) -> HttpResponse:
        lists.may_change(request.user).require()
        form = kind.form(request.POST or None, new=True)
        if request.method == "POST" and form.is_valid():
            values = form.values()
            topics = values.pop("topics", [])
            try:
                if kind.model is Standard:
                    catalogue.add_standard(Standard(**values), topics, by=request.user, reason=REASON)
                else:
                    lists.add(kind.model(**values), by=request.user, reason=REASON)
            except ValidationError as error:
                _place(error, form)
            else:
                messages.success(request, _("The entry is added."))
                return HttpResponseRedirect(kind.address)
        return _entry(request, site, kind, form)

    return view


def changing(kind: Kind) -> Callable[..., HttpResponseBase]:
    @member_view("GET", "POST")
    def view(request: MemberRequest, site: Site, pk: int) -> HttpResponse:
        row = get_object_or_404(kind.model, pk=pk)
        lists.may_change(request.user, row).require()
        form = kind.form(request.POST or None, new=False, initial={**initial_of(row), "seen": state_of(row)})
        if request.method != "POST" or not form.is_valid():
            return _entry(request, site, kind, form, row)
        try:
            _change(row, form, request.user)
        except Conflict as conflict:
            return _conflict(request, site, kind, conflict)
        except ValidationError as error:
            _place(error, form)
            return _entry(request, site, kind, form, row)
        messages.success(request, _("The entry is changed. Public pages show it with the next release."))
        return HttpResponseRedirect(kind.address)

    return view


def deleting(kind: Kind) -> Callable[..., HttpResponseBase]:
    @member_view("POST")
    def view(request: MemberRequest, site: Site, pk: int) -> HttpResponse:
        row = get_object_or_404(kind.model, pk=pk)
        if isinstance(row, Standard):
            catalogue.delete_standard(row, by=request.user, reason=REASON)
        else:
            lists.delete(row, by=request.user, reason=REASON)
        messages.success(request, _("The entry is deleted."))
        return HttpResponseRedirect(kind.address)

    return view


@member_view("GET")
def languages(request: MemberRequest, site: Site) -> HttpResponse:
    """Jurisdictions with their languages, and how many texts are in each."""
    lists.may_change(request.user).require()
    texts: dict[tuple[int, str], int] = {}
    counted = Version.objects.values_list("code__jurisdiction", "language").annotate(n=Count("id"))
    for place, language, n in counted.order_by():
        texts[place, language] = n
    lines = [
        {"row": row, "languages": [(code, texts.get((row.pk, code), 0)) for code in row.languages]}
        for row in Jurisdiction.objects.all()
    ]
    return page(request, site, "workspace/setup/languages.html", nav="settings", lines=lines)


@member_view("GET", "POST")
def change_languages(request: MemberRequest, site: Site, pk: int) -> HttpResponse:
    row = get_object_or_404(Jurisdiction, pk=pk)
    lists.may_change(request.user, row).require()
    form = LanguagesForm(request.POST or None, initial={"seen": state_of(row), "languages": ", ".join(row.languages)})
    status = 422
    if request.method == "POST" and form.is_valid():
        wanted = list(dict.fromkeys(code.strip() for code in form.cleaned_data["languages"].split(",")))
        try:
            lists.set_languages(
                jurisdiction=row, languages=wanted, seen=form.cleaned_data["seen"], by=request.user, reason=REASON
            )
        except Conflict as conflict:
            status, fresh = 409, {"languages": ", ".join(wanted), "seen": state_of(conflict.theirs)}
            form = LanguagesForm(fresh)
            theirs = ", ".join(conflict.theirs.languages)
            form.add_error("languages", _("Somebody saved this meanwhile: %(theirs)s.") % {"theirs": theirs})
        else:
            messages.success(request, _("The languages are changed."))
            return HttpResponseRedirect("/w/settings/languages/")
    context: dict[str, Any] = {"form": form, "row": row}
    template = "workspace/setup/change_languages.html"
    return page(request, site, template, status=status if form.errors else 200, nav="settings", **context)


def _change(row: Any, form: EntryForm, by: User) -> None:
    values = form.values()
    topics = values.pop("topics", [])
    seen = form.cleaned_data["seen"]
    if isinstance(row, Standard):
        catalogue.change_standard(row, topics, values=values, seen=seen, by=by, reason=REASON)
    else:
        lists.change(row, values=values, seen=seen, by=by, reason=REASON)


def _conflict(request: MemberRequest, site: Site, kind: Kind, conflict: Conflict) -> HttpResponse:
    """Both texts: what the form sent stays in it, and what the other person saved stands beside each field."""
    theirs = initial_of(conflict.theirs)
    data = request.POST.copy()
    data["seen"] = state_of(conflict.theirs)
    form = kind.form(data, new=False)
    for name, field in form.fields.items():  # before the form is read: it keeps the hints from then on
        saved = theirs.get(name)
        if name != "seen" and saved is not None and str(saved) != data.get(name, ""):
            field.help_text = _("Saved meanwhile: %(words)s") % {"words": saved}
    form.add_error(
        None,
        _("Someone saved this while you were writing. Your words are in the form; theirs are above each field."),
    )
    return _entry(request, site, kind, form, conflict.theirs, status=409)


def _entry(
    request: MemberRequest, site: Site, kind: Kind, form: EntryForm, row: models.Model | None = None, *, status: int = 0
) -> HttpResponse:
    uses = catalogue.uses_of_standard(row) if isinstance(row, Standard) else lists.uses(row) if row else 0
    context: dict[str, Any] = {
        "kind": kind,
        "form": form,
        "row": row,
        "uses": uses,
        "line": kind.line(row) if row else None,
    }
    shown = status or (422 if form.errors else 200)
    return page(request, site, "workspace/setup/entry.html", status=shown, nav="settings", **context)


def _place(error: ValidationError, form: EntryForm) -> None:
    named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for field, said in named.items():
        form.add_error(field if field in form.fields else None, said)


def patterns() -> list[URLPattern]:
    """The addresses of the lists."""
    found = [
        path("settings/languages/", languages, name="settings-languages"),
        path("settings/languages/<int:pk>/", change_languages, name="settings-languages-change"),
    ]
    for kind in KINDS:
        base = f"settings/{kind.name}/"
        found += [
            path(base, listing(kind), name=f"settings-{kind.name}"),
            path(f"{base}add/", adding(kind), name=f"settings-{kind.name}-add"),
            path(f"{base}<int:pk>/", changing(kind), name=f"settings-{kind.name}-change"),
            path(f"{base}<int:pk>/delete/", deleting(kind), name=f"settings-{kind.name}-delete"),
        ]
    return found
