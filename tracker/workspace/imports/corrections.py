"""Which article became which, in two texts that are added: a list, and one match to correct."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext

from amendments.models import Correspondence
from amendments.services import cards, correcting
from amendments.services.cards import Card, answered
from codes.models import Code, Version
from codes.permissions import may
from codes.services import trees
from tracker.common.conflicts import Conflict
from tracker.publication.site import Site
from tracker.workspace.imports import pages
from tracker.workspace.seam import MemberRequest, law_of_member, member_view, page

SHOWN = 100
HISTORY = 20


def texts_of(law: Code, a: str, b: str) -> tuple[Version, Version]:
    """Two texts of the law, the earlier one perhaps of the law that it replaces. Raises `Http404`."""
    laws = [law, law.replaces] if law.replaces else [law]
    known = {version.slug: version for version in Version.objects.filter(code__in=laws, slug__in=[a, b])}
    if a not in known or b not in known:
        raise Http404
    return known[a], known[b]


@member_view("GET")
def links(request: MemberRequest, site: Site, law: str, a: str, b: str) -> HttpResponse:
    followed = law_of_member(request.user, law)
    may(request.user, "write", followed).require()
    old, new = texts_of(followed, a, b)
    found = correcting.matches(old, new, correcting.links_between(old, new))
    kind, q = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    chosen = [card for card in found if _chosen(card, kind) and (not q or q in card.old or q in card.new)]
    rows = [
        {"card": card, "title": pages.title(card.old, card.new), "address": _address(card)} for card in chosen[:SHOWN]
    ]
    return page(
        request, site, "workspace/imports/links.html", law=followed, old=old, new=new, rows=rows, kind=kind, q=q,
        total=len(found), chosen=len(chosen), waiting=sum(card.asked for card in found), shown_at_most=SHOWN,
    )  # fmt: skip


def _chosen(card: Card, kind: str) -> bool:
    return {
        "open": card.asked,
        "several": len(card.old) > 1 or len(card.new) > 1,
        "alone": not card.old or not card.new,
    }.get(kind, True)


def _address(card: Card) -> str:
    return f"new-{card.new[0]}/" if card.new else f"old-{card.old[0]}/"


@member_view("GET", "POST")
def one(request: MemberRequest, site: Site, *, law: str, a: str, b: str, side: str, number: str) -> HttpResponse:
    followed = law_of_member(request.user, law)
    may(request.user, "write", followed).require()
    old, new = texts_of(followed, a, b)
    rows = correcting.links_between(old, new)
    found = correcting.matches(old, new, rows)
    card = next((card for card in found if number in (card.new if side == "new" else card.old)), None)
    if card is None or side not in {"old", "new"}:
        raise Http404
    context: dict[str, Any] = {}
    if request.method == "POST":
        answer = _correct(request, old, new, context)
        if answer is not None:
            return answer
    values = request.POST if request.method == "POST" else request.GET
    asked = tuple([n.strip() for n in values.getlist(side) if n.strip()] for side in ("old", "new"))
    return page(
        request, site, "workspace/imports/link.html", law=followed, old=old, new=new, card=card,
        title=pages.title(card.old, card.new), seen=correcting.fingerprint(card, rows), here=f"{side}-{number}",
        history=_history(card, rows), why=values.get("why", ""), **_words(old, new, card, asked[0], asked[1]),
        **context,
    )  # fmt: skip


def _correct(request: MemberRequest, old: Version, new: Version, context: dict[str, Any]) -> HttpResponse | None:
    values = request.POST
    numbers = ([n.strip() for n in values.getlist(side) if n.strip()] for side in ("old", "new"))
    said = answered(values.get("choice", ""), *numbers)
    try:
        if said.choice not in {choice.value for choice, _, _ in pages.CHOICES}:
            raise ValidationError(gettext("Choose one of the six answers."))
        asked = correcting.correct(
            old=old, new=new, card=values.get("card", ""), said=said, by=request.user, why=values.get("why", ""),
            seen=values.get("seen", ""),
        )  # fmt: skip
    except ValidationError as error:
        context |= {"error": error.messages[0], "status": HTTPStatus.UNPROCESSABLE_ENTITY}
        return None
    except Conflict:
        context |= {"mine": pages.choice_word(said.choice), "status": HTTPStatus.CONFLICT}
        return None
    messages.success(
        request,
        gettext("The match was corrected.")
        + " "
        + ngettext(
            "%(n)s verdict must be read again; it stays as it is until then.",
            "%(n)s verdicts must be read again; they stay as they are until then.",
            asked,
        )
        % {"n": asked},
    )
    return HttpResponseRedirect("../")


def _words(old: Version, new: Version, card: Card, olds: list[str], news: list[str]) -> dict[str, Any]:
    """Both sides' words; for a side without an article, the one that shares most words with the other."""
    before = {article.number: article for article in trees.tree(old).articles}
    after = {article.number: article for article in trees.tree(new).articles}
    left = [before[n] for n in olds or card.old if n in before]
    right = [after[n] for n in news or card.new if n in after]
    near: cards.Near | None = None
    if not left and right:
        near = cards.nearest(right[0], list(before.values()))
        left = [near.article] if near else []
    elif not right and left:
        near = cards.nearest(left[0], list(after.values()))
        right = [near.article] if near else []
    fields = [
        pages.four([one.number for one in side if near is None or one is not near.article or near.likely])
        for side in (left, right)
    ]
    return {
        "compared": pages.side_by_side(left, right),
        "left": left,
        "right": right,
        "near": near,
        "old_fields": fields[0],
        "new_fields": fields[1],
        "choices": pages.choices(card),
        "numbers": (list(before), list(after)),
    }


def _history(card: Card, rows: list[Correspondence]) -> list[dict[str, Any]]:
    """Who said what of these articles, newest first."""
    ids = {
        row.pk: pages.title(
            [row.old_article.number] if row.old_article else [], [row.new_article.number] if row.new_article else []
        )
        for row in rows
        if (row.old_article and row.old_article.number in card.old)
        or (row.new_article and row.new_article.number in card.new)
    }
    past = Correspondence.history.filter(id__in=ids).select_related("history_user").order_by("-history_id")[:HISTORY]
    return [
        {
            "link": ids[row.id], "status": row.status, "by": row.history_user.handle, "at": row.history_date,
            "reason": row.history_change_reason,
        }
        for row in past
    ]  # fmt: skip
