"""Writing correspondences: what the engine is certain of is confirmed, the rest waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from amendments.models import Correspondence
from amendments.models.changes import LinkStatus
from codes.models import Article, Version
from codes.services import trees
from codes.text.align import align
from codes.text.nodes import Link, Tree
from tracker.accounts.models import User
from tracker.common.writing import record, record_all

REASON_LENGTH = 300


@transaction.atomic
def link(*, old: Version, new: Version, by: User) -> list[Link]:
    """Align two texts and keep every link, added and dropped articles included."""
    links = links_between(old, new, trees.tree(new))
    write(old=old, new=new, links=links, by=by)
    return links


def links_between(old: Version, new: Version, tree: Tree) -> list[Link]:
    """The links of a stored text with another one, which need not be stored yet.

    Two partial texts of one law that hold different chapters have nothing to align: no link, and no guess.
    """
    return [] if _hold_different_parts(old, new) else align(trees.tree(old), tree)


@transaction.atomic
def write(*, old: Version, new: Version, links: Iterable[Link], by: User) -> None:
    """Keep links: those that are certain are confirmed, the others wait for a person."""
    before = {article.number: article for article in old.articles.all()}
    after = {article.number: article for article in new.articles.all()}
    rows = [
        Correspondence(
            old_version=old,
            new_version=new,
            old_article=before[found.old] if found.old is not None else None,
            new_article=after[found.new] if found.new is not None else None,
            kind=found.kind.value,
            score=found.score,
            certain=found.certain,
            reason=found.reason[:REASON_LENGTH],
            status=LinkStatus.CONFIRMED if found.certain else LinkStatus.SUGGESTED,
        )
        for found in links
    ]
    record_all(rows, by=by, reason=f"aligned {old.slug} with {new.slug}")


def _hold_different_parts(old: Version, new: Version) -> bool:
    if old.code_id != new.code_id or not old.coverage or not new.coverage:
        return False
    before, after = ({*held["whole_chapters"], *held["excerpts"]} for held in (old.coverage, new.coverage))
    return not before & after


@transaction.atomic
def settle(*, old: Version, new: Version, pairs: Iterable[tuple[str, str]], by: User, reason: str) -> int:
    """Write what a person found by reading: for every article named here, exactly these links hold ("" = no
    counterpart).

    Returns how many links differ from what the engine had found. Raises `KeyError` for a number that is not in the
    text.
    """
    wanted = _wanted(old, new, pairs)
    named_old = {one.pk for one, _, _ in wanted if one is not None}
    named_new = {two.pk for _, two, _ in wanted if two is not None}
    keys = {(one.pk if one else None, two.pk if two else None): kind for one, two, kind in wanted}
    differing = 0
    for row in Correspondence.objects.filter(old_version=old, new_version=new):
        if row.old_article_id not in named_old and row.new_article_id not in named_new:
            continue
        key = (row.old_article_id, row.new_article_id)
        status = LinkStatus.CONFIRMED if key in keys else LinkStatus.REJECTED
        kind = keys.pop(key, row.kind)
        if (row.status, row.kind) != (status, kind):
            differing += row.status != status
            row.status, row.kind = status, kind
            record(row, by=by, reason=reason)
    missing = [
        (one, two, kind) for one, two, kind in wanted if (one.pk if one else None, two.pk if two else None) in keys
    ]
    rows = [
        Correspondence(
            old_version=old, new_version=new, old_article=one, new_article=two, kind=kind, score=1000, certain=False,
            reason=reason[:REASON_LENGTH], status=LinkStatus.CONFIRMED,
        )
        for one, two, kind in missing
    ]  # fmt: skip
    record_all(rows, by=by, reason=reason)
    return differing + len(rows)


def _wanted(
    old: Version, new: Version, pairs: Iterable[tuple[str, str]]
) -> list[tuple[Article | None, Article | None, str]]:
    before = {article.number: article for article in old.articles.all()}
    after = {article.number: article for article in new.articles.all()}
    known = [(one, two) for one, two in pairs]
    return [(before[one] if one else None, after[two] if two else None, _kind(one, two, known)) for one, two in known]


def _kind(one: str, two: str, pairs: Sequence[tuple[str, str]]) -> str:
    if not one or not two:
        return "dropped" if one else "added"
    if sum(a == one and bool(b) for a, b in pairs) > 1:
        return "split"
    if sum(b == two and bool(a) for a, b in pairs) > 1:
        return "merged"
    return "same" if one == two else "renumbered"
