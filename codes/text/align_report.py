"""Links as people read them: kind, likeness, whether a person is asked, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codes.text.align_order import longest_rising, printed
from codes.text.nodes import Link, LinkKind
from codes.text.numbering import integer

if TYPE_CHECKING:
    from codes.text.align import Matching, Pair
    from codes.text.align_parts import Part
    from codes.text.evidence import Likeness

IN_ORDER = 0.6  # nearness from which a pair stands where its neighbours say
# (score, margin) from which a pair is certain: in its place, and away from it
CERTAIN_HERE = ((0.55, 0.1), (0.45, 0.2), (0.4, 0.4))
CERTAIN_AWAY = ((0.6, 0.2), (0.5, 0.25))
CLEAR = 0.1  # margin below which another article is nearly as like
CLEAR_EQUAL = 0.04  # the same for articles that are equal word for word
STABLE = 0.9  # share of neighbours with equal numbers from which another number is an exception
UNLIKE = 0.22  # content below which an article without a partner is certainly added or dropped
# Content and nearness from which two articles without partners are not certainly gone and new.
ALIKE_NEAR = 0.12
NEAR = 0.6
UNHELD = 0.5  # the same for the share of its words found in one other article


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
        self.reused = self._reused()
        self.nearest_old, self.nearest_new = self._nearest()
        self.doubted_old, self.doubted_new = self._doubted()

    def _nearest(self) -> tuple[dict[int, Likeness], dict[int, Likeness]]:
        """Whom each article without a partner is most like."""
        of_old: dict[int, Likeness] = {}
        of_new: dict[int, Likeness] = {}
        for (a, b), likeness in self.m.likeness.items():
            if a not in self.m.of_old and (a not in of_old or of_old[a].content < likeness.content):
                of_old[a] = likeness
            if b not in self.m.of_new and (b not in of_new or of_new[b].content < likeness.content):
                of_new[b] = likeness
        return of_old, of_new

    def _reused(self) -> set[str]:
        """Numbers that both texts print, for different articles, although nearly all articles keep theirs."""
        olds, news = self.m.numbers
        both = set(olds) & set(news)
        kept = {olds[pair.old] for pair in self.m.pairs if olds[pair.old] == news[pair.new]}
        kept |= {olds[part.old] for part in self.m.parts if olds[part.old] == news[part.new]}
        return {
            number for a, number in enumerate(olds) if number in both - kept and self.m.order.numbers_kept(a) > STABLE
        }

    def _doubted(self) -> tuple[set[int], set[int]]:
        """Articles without a partner that stand near one they are a little like and that is not spoken for either."""
        olds: set[int] = set()
        news: set[int] = set()
        for (a, b), likeness in self.m.likeness.items():
            old_open = a not in self.m.of_old or a in self.split_olds
            new_open = b not in self.m.of_new or b in self.merged_news
            if old_open and new_open and likeness.content >= ALIKE_NEAR and self.m.order.nearness(a, b) >= NEAR:
                olds.add(a)
                news.add(b)
        return olds, news

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
        clear = pair.margin >= (CLEAR_EQUAL if pair.likeness.identical else CLEAR)
        if pair.in_place:
            reason += ", same place between linked neighbours"
        elif not clear:
            reason += "; another article is nearly as like"
        return Link(
            self.m.old[pair.old].number,
            self.m.new[pair.new].number,
            self._kind(pair),
            round(pair.score * 1000),
            self._sure(pair),
            reason,
        )

    def _sure(self, pair: Pair) -> bool:
        if pair.in_place or self._is_exception(pair):
            return False
        if self.m.is_stub(pair.old, pair.new) and pair.likeness.heading < 0.6:
            return self.m.order.numbers_kept(pair.old) > 0.8 and pair.score >= 0.5
        if pair.likeness.identical and pair.margin >= CLEAR_EQUAL:
            return True
        rules = CERTAIN_HERE if self.m.order.nearness(pair.old, pair.new) >= IN_ORDER else CERTAIN_AWAY
        return any(pair.score >= score and pair.margin >= margin for score, margin in rules)

    def _is_exception(self, pair: Pair) -> bool:
        """Another number where nearly all articles keep theirs: a person looks, however alike the words are."""
        return (
            self.m.order.numbers_kept(pair.old) > STABLE and self.m.numbers[0][pair.old] != self.m.numbers[1][pair.new]
        )

    def _kind(self, pair: Pair) -> LinkKind:
        if pair.old in self.split_olds:
            return LinkKind.SPLIT
        if pair.new in self.merged_news:
            return LinkKind.MERGED
        if pair.new not in self.in_order:
            return LinkKind.MOVED
        equal = printed(self.m.old[pair.old].number) == printed(self.m.new[pair.new].number)
        return LinkKind.SAME if equal else LinkKind.RENUMBERED

    def _part(self, part: Part) -> Link:
        kind, whose = (LinkKind.SPLIT, "new") if part.split else (LinkKind.MERGED, "old")
        reason = f"{round(part.held * 100)} % of the {whose} article's words stand in the other"
        if part.same_number:
            reason = "number equal, printed twice in one of the texts"
        return Link(
            self.m.old[part.old].number, self.m.new[part.new].number, kind, round(part.held * 1000), part.sure, reason
        )

    def _added(self, b: int) -> Link:
        nearest = self.nearest_new.get(b)
        likeness, held = (nearest.content, nearest.new_held) if nearest else (0.0, 0.0)
        certain = likeness < UNLIKE and held < UNHELD and b not in self.doubted_new
        certain = certain and self.m.numbers[1][b] not in self.reused
        return Link(
            None, self.m.new[b].number, LinkKind.ADDED, round((1 - likeness) * 1000), certain, _alone("old", likeness)
        )

    def _dropped(self, a: int) -> Link:
        nearest = self.nearest_old.get(a)
        likeness, held = (nearest.content, nearest.old_held) if nearest else (0.0, 0.0)
        certain = likeness < UNLIKE and held < UNHELD and a not in self.doubted_old
        certain = certain and self.m.numbers[0][a] not in self.reused
        return Link(
            self.m.old[a].number, None, LinkKind.DROPPED, round((1 - likeness) * 1000), certain, _alone("new", likeness)
        )

    def _reason(self, pair: Pair) -> str:
        likeness = pair.likeness
        first, second = printed(self.m.old[pair.old].number), printed(self.m.new[pair.new].number)
        said = []
        if likeness.heading > 0.95 or (likeness.identical and self.m.old[pair.old].heading):
            said.append("title equal")
        elif likeness.heading >= 0:
            said.append(f"title {round(likeness.heading * 100)} % alike")
        said.append(
            "text equal"
            if likeness.identical
            else f"{round(likeness.text * 100)} % of the words equal, rare words counting more"
        )
        one, two = integer(first), integer(second)
        if first == second:
            said.append("number equal")
        elif one is not None and two is not None and one != two:
            said.append(f"number {two - one:+d}")
        return ", ".join(said)


def _alone(other: str, likeness: float) -> str:
    return (
        f"the nearest article of the {other} text is {round(likeness * 100)} % alike"
        if likeness
        else f"no article of the {other} text is alike"
    )
