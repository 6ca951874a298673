"""Correcting which article became which, after a text was added. What rested on the old link is asked again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from amendments.models import Correspondence
from amendments.models.changes import LinkStatus
from amendments.services import cards, comparing, linking, needs
from amendments.services.cards import Answered, Card
from amendments.services.groups import groups
from codes.models import Version
from codes.permissions import may
from codes.services import trees
from codes.text.nodes import Link, LinkKind
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict


def links_between(old: Version, new: Version) -> list[Correspondence]:
    links = Correspondence.objects.filter(old_version=old, new_version=new)
    return list(links.select_related("old_article", "new_article").order_by("id"))


def matches(old: Version, new: Version, rows: Sequence[Correspondence]) -> list[Card]:
    """Every article of both texts in one card, in the order of the new text. `asked`: not confirmed."""
    old_articles = {article.pk: article for article in old.articles.all()}
    new_articles = {article.pk: article for article in new.articles.all()}
    standing = [row for row in rows if row.status != LinkStatus.REJECTED]
    found = []
    for group in groups(standing, old_articles, new_articles):
        ids = ({*group.old}, {*group.new})
        reasons = [r.reason for r in standing if r.old_article_id in ids[0] or r.new_article_id in ids[1]]
        before = sorted(group.old, key=lambda pk: old_articles[pk].order)
        after = sorted(group.new, key=lambda pk: new_articles[pk].order)
        numbers = (
            tuple(old_articles[pk].number for pk in before),
            tuple(new_articles[pk].number for pk in after),
        )
        card = Card(cards.card_key(*numbers), *numbers, group.kind, tuple(dict.fromkeys(reasons)), not group.confirmed)
        place = (new_articles[after[0]].order, 0) if after else (len(new_articles), old_articles[before[0]].order)
        found.append((place, card))
    return [card for _, card in sorted(found, key=lambda one: one[0])]


def fingerprint(card: Card, rows: Iterable[Correspondence]) -> str:
    """Hash of all links of a card's articles: what was on the screen is what is corrected."""
    touching = sorted(
        (_number(row, "old"), _number(row, "new"), row.kind, row.status)
        for row in rows
        if _number(row, "old") in card.old or _number(row, "new") in card.new
    )
    return hashlib.sha256(repr(touching).encode()).hexdigest()


def _number(row: Correspondence, side: str) -> str:
    article = row.old_article if side == "old" else row.new_article
    return article.number if article else ""


@transaction.atomic
def correct(*, old: Version, new: Version, card: str, said: Answered, by: User, why: str, seen: str) -> int:
    """Make exactly these links hold for the articles of a card. Returns how many verdicts must be read again.

    `seen` is the fingerprint of the links on the screen. Raises `ValidationError`, or `Conflict` when they changed.
    """
    may(by, "write", new.code).require()
    list(Version.objects.select_for_update().filter(pk__in=[old.pk, new.pk]).order_by("pk"))  # one correction at a time
    rows = links_between(old, new)
    asked = next((one for one in matches(old, new, rows) if one.key == card), None)
    if asked is None or fingerprint(asked, rows) != seen:
        raise Conflict(asked, {"choice": said.choice, "old": list(said.old), "new": list(said.new)})
    _check(old, new, asked, said, rows)
    if not why.strip():
        raise ValidationError(gettext("Say how you know: the reason stays in the history."))
    before = needs.standing(new)
    pairs = cards.pairs_of(asked, said)
    linking.settle(old=old, new=new, pairs=pairs, by=by, reason=why.strip())
    comparing.compare(old=old, new=new)
    named = {one for one, _ in pairs} | set(asked.old), {two for _, two in pairs} | set(asked.new)
    articles = [
        *old.articles.filter(number__in=named[0]).values_list("pk", flat=True),
        *new.articles.filter(number__in=named[1]).values_list("pk", flat=True),
    ]
    return needs.after_correspondence(new=new, articles=articles, before=before, by=by)


def _check(old: Version, new: Version, card: Card, said: Answered, rows: Sequence[Correspondence]) -> None:
    confirmed = [
        Link(_number(row, "old") or None, _number(row, "new") or None, LinkKind(row.kind), row.score, True, row.reason)
        for row in rows
        if row.status == LinkStatus.CONFIRMED
    ]
    known = (
        {article.number: article for article in trees.tree(old).articles},
        {article.number: article for article in trees.tree(new).articles},
    )
    cards.check(card, said, links=confirmed, others={}, known=known)
