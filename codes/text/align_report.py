"""Links as people read them: kind, likeness, whether a person is asked, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from codes.text.align_order import longest_rising
from codes.text.nodes import Link, LinkKind
from codes.text.numbering import integer

if TYPE_CHECKING:
    from codes.text.align import Matching, Pair
    from codes.text.align_parts import Part

CERTAIN = 0.58  # score from which a pair with a clear margin is certain
CLEAR = 0.15  # margin below which a person looks
UNLIKE = 0.3  # content below which an article without a partner is certainly added or dropped


def report(matching: Matching) -> list[Link]:
    """Every article of both texts in at least one link, in the order of the new text."""
    return _Report(matching).links()


class _Report:
    def __init__(self, matching: Matching) -> None:
        self.m = matching
        parts = matching.parts
        self.split_olds = {part.old for part in parts if part.split}
        self.merged_news = {part.new for part in parts if not part.split}
        self.in_order = {new for _, new in longest_rising(sorted((p.old, p.new) for p in matching.pairs))}
        self.nearest_old, self.nearest_new = self._nearest()

    def _nearest(self) -> tuple[dict[int, float], dict[int, float]]:
        """The best likeness that each article without a partner has with anybody."""
        of_old: defaultdict[int, float] = defaultdict(float)
        of_new: defaultdict[int, float] = defaultdict(float)
        for (a, b), likeness in self.m.likeness.items():
            if a not in self.m.of_old:
                of_old[a] = max(of_old[a], likeness.content)
            if b not in self.m.of_new:
                of_new[b] = max(of_new[b], likeness.content)
        return of_old, of_new

    def links(self) -> list[Link]:
        rows: list[tuple[tuple[float, int], Link]] = [((pair.new, 0), self._link(pair)) for pair in self.m.pairs]
        rows += [((part.new, 1), self._part(part)) for part in self.m.parts]
        linked_olds = {part.old for part in self.m.parts} | self.m.of_old.keys()
        linked_news = {part.new for part in self.m.parts} | self.m.of_new.keys()
        rows += [((b, 0), self._added(b)) for b in range(len(self.m.new)) if b not in linked_news]
        place = -1.0
        for a in range(len(self.m.old)):
            if a in self.m.of_old:
                place = self.m.of_old[a].new
            elif a not in linked_olds:
                rows.append(((place, 2 + a), self._dropped(a)))
        return [link for _, link in sorted(rows, key=lambda row: row[0])]

    def _link(self, pair: Pair) -> Link:
        reason = self._reason(pair)
        clear = pair.margin >= CLEAR
        sure = not pair.in_place and clear and (pair.score >= CERTAIN or pair.likeness.identical)
        if self.m.is_stub(pair.old, pair.new) and pair.likeness.heading < 0.6:
            sure = sure and self.m.order.numbers_kept(pair.old) > 0.8
        if pair.in_place:
            reason += ", same place between linked neighbours"
        elif not clear:
            reason += "; another article is nearly as like"
        return Link(self.m.old[pair.old].number, self.m.new[pair.new].number, self._kind(pair), round(pair.score * 1000), sure, reason)

    def _kind(self, pair: Pair) -> LinkKind:
        if pair.old in self.split_olds:
            return LinkKind.SPLIT
        if pair.new in self.merged_news:
            return LinkKind.MERGED
        if pair.new not in self.in_order:
            return LinkKind.MOVED
        return LinkKind.SAME if self.m.old[pair.old].number == self.m.new[pair.new].number else LinkKind.RENUMBERED

    def _part(self, part: Part) -> Link:
        kind, whose = (LinkKind.SPLIT, "new") if part.split else (LinkKind.MERGED, "old")
        reason = f"{round(part.held * 100)} % of the {whose} article's words stand in the other"
        return Link(self.m.old[part.old].number, self.m.new[part.new].number, kind, round(part.held * 1000), part.sure, reason)

    def _added(self, b: int) -> Link:
        nearest = self.nearest_new[b]
        reason = f"the nearest article of the old text is only {round(nearest * 100)} % alike"
        return Link(None, self.m.new[b].number, LinkKind.ADDED, round((1 - nearest) * 1000), nearest < UNLIKE, reason)

    def _dropped(self, a: int) -> Link:
        nearest = self.nearest_old[a]
        reason = f"the nearest article of the new text is only {round(nearest * 100)} % alike"
        return Link(self.m.old[a].number, None, LinkKind.DROPPED, round((1 - nearest) * 1000), nearest < UNLIKE, reason)

    def _reason(self, pair: Pair) -> str:
        likeness, first, second = pair.likeness, self.m.old[pair.old].number, self.m.new[pair.new].number
        said = []
        if likeness.heading > 0.95:
            said.append("title equal")
        elif likeness.heading >= 0:
            said.append(f"title {round(likeness.heading * 100)} % alike")
        said.append("text equal" if likeness.identical else f"{round(likeness.text * 100)} % of the words equal, rare words counting more")
        one, two = integer(first), integer(second)
        if first == second:
            said.append("number equal")
        elif one is not None and two is not None and one != two:
            said.append(f"number {two - one:+d}")
        return ", ".join(said)
