"""The API, version 1: lists of the public record, and single documents as they were published.

Every answer is read from one release. The description at `openapi.json` is made from the shapes of the documents; the
answers themselves are the published documents, unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Query
from ninja.errors import HttpError, ValidationError

from tracker.publication.documents import (
    ArticleDocument,
    LawCard,
    LifeDocument,
    StandardData,
    VersionHead,
)
from tracker.publication.machine import headers, lists
from tracker.publication.machine.serving import opened, problem, status_of
from tracker.publication.machine.shapes import (
    ArticleItem,
    At,
    ConcernItem,
    Law,
    Listed,
    Paging,
    Problem,
    Provision,
    ReleaseHead,
    ReleaseWhole,
    Since,
    VerdictItem,
)
from tracker.publication.note_documents import NoteDocument
from tracker.publication.record import Record
from tracker.publication.site import Missing
from tracker.publication.views.public import finished

PREFIX = "api/v1/"
api = NinjaAPI(
    title="Draft Law Monitor", version="1", docs_url=None, openapi_url=None, urls_namespace="api-v1",
    description="Reads the public record: every answer comes from one release, and lists stay in theirs.",
)  # fmt: skip


class Asked(HttpRequest):
    """A request that remembers what was read for it."""

    record: Record


def answers(shape: Any) -> dict[int, Any]:
    return {200: shape, 400: Problem, 404: Problem, 405: Problem, 410: Problem}


@api.get("laws", response=answers(Listed[LawCard]), summary=gettext_noop("Laws that are followed"))
def laws(request: Asked, paging: Query[Paging]) -> HttpResponse:
    found = _record(request, paging.release).get("laws")
    return _listed(request, paging, found["laws"] if found else [])


@api.get("laws/{law}", response=answers(Law), summary=gettext_noop("One law: its stages, topics and texts"))
def law(request: Asked, law: str, at: Query[At]) -> HttpResponse:
    return _reply(lists.law(_overview(_record(request, at.release), law)))


@api.get("laws/{law}/versions", response=answers(Listed[VersionHead]), summary=gettext_noop("The texts of a law"))
def versions(request: Asked, law: str, paging: Query[Paging]) -> HttpResponse:
    return _listed(request, paging, lists.versions(_overview(_record(request, paging.release), law)))


@api.get(
    "laws/{law}/versions/{version}/articles",
    response=answers(Listed[ArticleItem]),
    summary=gettext_noop("The contents of one text"),
)
def articles(request: Asked, law: str, version: str, paging: Query[Paging]) -> HttpResponse:
    contents = _document(_record(request, paging.release), f"laws/{law}/v/{version}", "There is no such text here.")
    return _listed(request, paging, lists.articles(contents))


@api.get(
    "laws/{law}/versions/{version}/articles/{number}",
    response=answers(ArticleDocument),
    summary=gettext_noop("One article with its words, penalties, verdicts and notes"),
)
def article(request: Asked, law: str, version: str, number: str, at: Query[At]) -> HttpResponse:
    path = f"laws/{law}/v/{version}/art-{number}"
    return _reply(_document(_record(request, at.release), path, "There is no such article in this text."))


@api.get(
    "laws/{law}/provisions", response=answers(Listed[Provision]), summary=gettext_noop("Provisions that are followed")
)
def provisions(request: Asked, law: str, paging: Query[Paging]) -> HttpResponse:
    return _listed(request, paging, lists.provisions(_overview(_record(request, paging.release), law)))


@api.get(
    "laws/{law}/provisions/{key}",
    response=answers(LifeDocument),
    summary=gettext_noop("One provision through all texts"),
)
def provision(request: Asked, law: str, key: str, at: Query[At]) -> HttpResponse:
    path = f"laws/{law}/p/{key}"
    return _reply(_document(_record(request, at.release), path, "There is no such provision in this law."))


@api.get("laws/{law}/concerns", response=answers(Listed[ConcernItem]), summary=gettext_noop("What was recommended"))
def concerns(request: Asked, law: str, paging: Query[Paging]) -> HttpResponse:
    return _listed(request, paging, lists.concerns(_overview(_record(request, paging.release), law)))


@api.get(
    "laws/{law}/verdicts",
    response=answers(Listed[VerdictItem]),
    summary=gettext_noop("Verdicts, or those that changed since a release or a day"),
)
def verdicts(request: Asked, law: str, asked: Query[Since]) -> HttpResponse:
    now = _overview(_record(request, asked.release), law)
    if not asked.since:
        return _listed(request, asked, lists.verdicts(now))
    before = _before(asked.since).get(f"laws/{law}/overview") or {"rows": []}
    return _listed(request, asked, lists.verdicts(now, before))


@api.get("laws/{law}/notes", response=answers(Listed[NoteDocument]), summary=gettext_noop("Published notes"))
def notes(request: Asked, law: str, paging: Query[Paging]) -> HttpResponse:
    record = _record(request, paging.release)
    _overview(record, law)
    return _listed(request, paging, record.paths(f"laws/{law}/notes/"), lambda paths: _bodies(record, paths))


@api.get("standards", response=answers(Listed[StandardData]), summary=gettext_noop("International standards"))
def standards(request: Asked, paging: Query[Paging]) -> HttpResponse:
    found = _record(request, paging.release).get("standards")
    return _listed(request, paging, found["standards"] if found else [])


@api.get("releases", response=answers(Listed[ReleaseHead]), summary=gettext_noop("The chain of headers, oldest first"))
def releases(request: Asked, paging: Query[Paging]) -> HttpResponse:
    newest = _number(_record(request, paging.release))
    start = (paging.page - 1) * paging.size
    return _page(request, paging, newest, headers.listed(newest, start, paging.size))


@api.get(
    "releases/{number}", response=answers(ReleaseWhole), summary=gettext_noop("One header with the roots of its laws")
)
def release(request: Asked, number: int) -> HttpResponse:
    newest = _number(_record(request, 0))
    found = headers.whole(number) if 0 < number <= newest else None
    if found is None:
        raise Missing("There is no such release.")
    return _reply(found)


def _record(request: Asked, release: int) -> Record:
    """The record at a release. Raises Missing for one that does not exist yet."""
    request.record = record = Record(number=release or None)
    if release and _number(record) != release:
        raise Missing("There is no such release.")
    return record


def _number(record: Record) -> int:
    return record.release.number if record.release else 0


def _before(since: str) -> Record:
    """The record as it was before the day, or at the release, that `since` names."""
    if since.isdigit():
        return Record(number=int(since))
    try:
        return Record(on=date.fromisoformat(since) - timedelta(days=1))
    except (ValueError, OverflowError):
        raise HttpError(400, "since: there is no such day in the calendar.") from None


def _document(record: Record, path: str, otherwise: str) -> Any:
    found = record.get(path)
    if found is None:
        raise Missing(otherwise)
    return found


def _overview(record: Record, law: str) -> Any:
    return _document(record, f"laws/{law}/overview", "We do not follow a law of that name.")


def _bodies(record: Record, paths: Sequence[str]) -> list[Any]:
    found = record.get_many(paths)
    return [found[path] for path in paths if path in found]


def _listed(
    request: Asked, paging: Paging, every: Sequence[Any], read: Callable[[Sequence[Any]], list[Any]] = list
) -> HttpResponse:
    start = (paging.page - 1) * paging.size
    return _page(request, paging, len(every), read(every[start : start + paging.size]))


def _page(request: Asked, paging: Paging, total: int, items: Sequence[Any]) -> HttpResponse:
    number = _number(request.record)
    following = None
    if paging.page * paging.size < total:
        query = request.GET.copy()
        query["page"], query["release"] = str(paging.page + 1), str(number)
        following = f"?{query.urlencode()}"
    return _reply(
        {"release": number, "total": total, "page": paging.page, "size": paging.size, "next": following,
         "items": list(items)}
    )  # fmt: skip


def _reply(body: Any) -> HttpResponse:
    """The document as it was published: the described shape is tested, and never cuts an older document."""
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


@api.exception_handler(Missing)
def _missing(_request: HttpRequest, missing: Missing) -> HttpResponse:
    return problem(status_of(missing), str(missing))


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    said = "give a release number, or a day as YYYY-MM-DD" if first["loc"][-1] == "since" else first["msg"]
    return problem(400, f"{first['loc'][-1]}: {said}.")


@api.exception_handler(HttpError)
def _refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def unknown(_request: HttpRequest, rest: str = "") -> HttpResponse:
    return problem(404, "There is nothing at this address. openapi.json lists what there is.")


def described(_request: HttpRequest) -> HttpResponse:
    """The plain page that describes the API."""
    return HttpResponseRedirect(f"../../{settings.LANGUAGES[0][0]}/api/")


def serve(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """An operation with the validators and lifetimes of pages."""

    def answer(request: Asked, **values: Any) -> HttpResponse:
        method, request.method = request.method, "GET"  # HEAD is GET without a body
        try:
            response: HttpResponse = view(request, **values)
        except Http404:
            response = unknown(request)
        finally:
            request.method = method
        record: Record | None = getattr(request, "record", None)
        return response if record is None else finished(request, response, record, "")

    return opened(answer)


def openapi(_request: HttpRequest) -> HttpResponse:
    return _reply(description())


def description() -> dict[str, Any]:
    """The OpenAPI document."""
    return dict(api.get_openapi_schema(path_prefix=f"/{PREFIX}"))


def patterns() -> list[URLPattern]:
    operations = [
        path(str(each.pattern), serve(each.callback))
        for each in api.urls[0]
        if isinstance(each, URLPattern) and each.callback is not None and each.name != "api-root"
    ]
    return [
        path("", described),
        path("openapi.json", opened(openapi)),
        *operations,
        path("<path:rest>", opened(unknown)),
    ]
