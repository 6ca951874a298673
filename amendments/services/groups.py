"""From links to pairs that a reader sees: article(s) of one text beside article(s) of the other. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amendments.models import Correspondence
from amendments.models.changes import LinkStatus


@dataclass(frozen=True, slots=True)
class Group:
    """Ids of the articles on both sides, and whether people or a certain match confirm that they belong together."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    kind: str
    confirmed: bool


def groups(links: Sequence[Correspondence], old_ids: Iterable[int], new_ids: Iterable[int]) -> list[Group]:
    """Every article of both texts in exactly one group. Confirmed links come first; what they leave, suggestions may
    join.
    """
    confirmed = [link for link in links if link.status == LinkStatus.CONFIRMED]
    found = _connect(confirmed, confirmed=True)
    taken_old = {article for group in found for article in group.old}
    taken_new = {article for group in found for article in group.new}
    open_links = [
        link
        for link in links
        if link.status == LinkStatus.SUGGESTED
        and (link.old_article_id is None or link.old_article_id not in taken_old)
        and (link.new_article_id is None or link.new_article_id not in taken_new)
    ]
    found += _connect(open_links, confirmed=False)
    taken_old |= {article for group in found for article in group.old}
    taken_new |= {article for group in found for article in group.new}
    found += [Group((article,), (), "dropped", False) for article in old_ids if article not in taken_old]
    found += [Group((), (article,), "added", False) for article in new_ids if article not in taken_new]
    return found


def _connect(links: Sequence[Correspondence], *, confirmed: bool) -> list[Group]:
    """Connected components of the links that have two sides; links with one side stand alone unless their article is
    linked.
    """
    two_sided = [link for link in links if link.old_article_id is not None and link.new_article_id is not None]
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for link in two_sided:
        parent[root(("old", link.old_article_id or 0))] = root(("new", link.new_article_id or 0))
    members: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for node in list(parent):
        members[root(node)].append(node)
    kinds = {("new", link.new_article_id or 0): link.kind for link in two_sided}
    found = []
    for nodes in members.values():
        old = tuple(sorted(number for side, number in nodes if side == "old"))
        new = tuple(sorted(number for side, number in nodes if side == "new"))
        found.append(Group(old, new, _kind(old, new, kinds[("new", new[0])]), confirmed))
    for link in links:
        if link.new_article_id is None and ("old", link.old_article_id or 0) not in parent:
            found.append(Group((link.old_article_id or 0,), (), "dropped", confirmed))
        if link.old_article_id is None and ("new", link.new_article_id or 0) not in parent:
            found.append(Group((), (link.new_article_id or 0,), "added", confirmed))
    return found


def _kind(old: tuple[int, ...], new: tuple[int, ...], single: str) -> str:
    if len(old) > 1:
        return "merged"
    if len(new) > 1:
        return "split"
    return single if single not in {"split", "merged"} else "renumbered"
