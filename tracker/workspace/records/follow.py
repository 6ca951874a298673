"""Following a provision, and changing what we say about one."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from amendments.models import Concern, Provision
from amendments.permissions import may_write
from amendments.services import concerns, history, things
from amendments.services.concerns import AlreadyFollowed
from codes.models import Article, ArticleText, Code
from codes.permissions import may
from tracker.common.conflicts import Conflict
from tracker.publication.site import Site
from tracker.workspace import seam
from tracker.workspace.records.forms import ConcernForm, values_of


@seam.member_view("GET", "POST")
def follow(request: seam.MemberRequest, site: Site, *, law: str, v: str, n: str) -> HttpResponse:
    """The form for an article of a text, and what it sends."""
    code = seam.law_of_member(request.user, law)
    may(request.user, "write", code).require()
    version = concerns.version_of(code, v)
    article = get_object_or_404(Article.objects.select_related("version"), version=version, number=n)
    known = concerns.followed_at(code, article)
    if known is not None and request.method == "GET":
        return HttpResponseRedirect(site.links.life(code.slug, known.key))
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = _follow(request, site, code, article, form)
        if answer is not None:
            return answer
    return _page(request, site, code, article, form)


def _follow(
    request: seam.MemberRequest, site: Site, law: Code, article: Article, form: ConcernForm
) -> HttpResponse | None:
    try:
        provision = concerns.follow(
            law=law, article=article, said=form.said(), by=request.user, request_id=_request_id(request)
        )
    except AlreadyFollowed as already:
        messages.error(request, gettext("You follow this article already. This is its page."))
        return HttpResponseRedirect(site.links.life(law.slug, already.provision.key))
    except ValidationError as error:
        _add_errors(form, error)
        return None
    messages.success(request, gettext("You follow this provision now. Its verdicts can be written."))
    return HttpResponseRedirect(site.links.life(law.slug, provision.key))


@seam.member_view("GET", "POST")
def edit(request: seam.MemberRequest, site: Site, *, law: str, concern: str) -> HttpResponse:
    """Change a concern; two persons who change it at once are both shown."""
    row = get_object_or_404(Concern, slug=concern, provision__law__slug=law)
    thing = things.find("concern", row.pk, user=request.user)
    assert thing.law is not None
    may_write(request.user, thing.law).require()
    sent = request.POST.copy()
    sent["slug"] = row.slug  # an address never changes
    form = ConcernForm(sent) if request.method == "POST" else ConcernForm(initial=values_of(row))
    newest = history.of_thing(thing.place, limit=1)[0].key
    status, theirs = HTTPStatus.OK, None
    if request.method == "POST":
        if form.is_valid():
            try:
                concerns.edit(row, said=form.said(), by=request.user, newest=request.POST.get("newest", ""))
            except Conflict as conflict:
                status, theirs = HTTPStatus.CONFLICT, conflict.theirs
            except ValidationError as error:
                _add_errors(form, error)
            else:
                messages.success(request, gettext("The concern is saved. Its history holds what it said before."))
                return HttpResponseRedirect(site.links.life(thing.law.slug, row.provision.key))
        status = status if status == HTTPStatus.CONFLICT else HTTPStatus.UNPROCESSABLE_ENTITY
    return seam.page(
        request, site, "workspace/records/follow.html", law=thing.law, status=status, form=form, concern=row,
        newest=newest, theirs=theirs,
    )  # fmt: skip


@seam.member_view("GET", "POST")
def unfollow(request: seam.MemberRequest, site: Site, *, law: str, key: str) -> HttpResponse:
    """Ask for the reason, then follow the provision no longer, if nothing refers to it."""
    code = seam.law_of_member(request.user, law)
    may(request.user, "write", code).require()
    provision = get_object_or_404(Provision, law=code, public_id=key.partition("-")[0])
    error = ""
    if request.method == "POST":
        try:
            concerns.unfollow(provision, by=request.user, why=request.POST.get("why", ""))
        except ValidationError as refusal:
            error = " ".join(gettext(message) for message in refusal.messages)
        else:
            messages.success(request, gettext("You follow this provision no longer. The activity says who and why."))
            return HttpResponseRedirect(site.links.overview(code.slug))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return seam.page(
        request, site, "workspace/records/unfollow.html", law=code, status=status, provision=provision, error=error,
        why=request.POST.get("why", ""),
    )  # fmt: skip


def _page(request: seam.MemberRequest, site: Site, law: Code, article: Article, form: ConcernForm) -> HttpResponse:
    texts = ArticleText.objects.filter(article=article)
    return seam.page(
        request,
        site,
        "workspace/records/follow.html",
        law=law,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
        form=form,
        article=article,
        texts=texts,
        request_id=request.POST.get("request_id") or uuid4(),
    )


def _add_errors(form: ConcernForm, error: ValidationError) -> None:
    """Sentences beside their fields; those of no field at the top."""
    if not hasattr(error, "error_dict"):
        for message in error.messages:
            form.add_error(None, gettext(message))
        return
    for field, said in error.message_dict.items():
        for message in said:
            form.add_error(field, gettext(message))


def _request_id(request: seam.MemberRequest) -> UUID:
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return uuid4()
