"""Links as people read them: kind, likeness, whether a person is asked, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codes.text.align_order import longest_rising, printed
from codes.text.nodes import Link, LinkKind
from codes.text.numbering import integer

if TYPE_CHECKING:
    from codes.text.align import Matching, Pair
    from codes.text.align_parts import Part

IN_ORDER = 0.6  # nearness from which a pair stands where its neighbours say
# (score, margin) from which a pair is certain: in its place, and away from it
CERTAIN_HERE = ((0.55, 0.1), (0.45, 0.2), (0.4, 0.4))
CERTAIN_AWAY = ((0.6, 0.2), (0.5, 0.25))
SPOKEN_FOR = 0.2  # content below which no place and no number makes a pair certain: numbers are used again
CLEAR = 0.1  # margin below which another article is nearly as like
CLEAR_EQUAL = 0.04  # the same for articles that are equal word for word
STABLE = 0.9  # share of neighbours with equal numbers from which another number is an exception
# Content, or share of one held by the other, from which two articles without partners are not certainly gone and new:
# near the place where the neighbours say, and anywhere.
NEAR = 0.6
ALIKE_NEAR, ALIKE = (0.12, 0.25), (0.22, 0.5)
COPY = (0.5, 0.8)  # content and share held from which an article may be a copy of one that has its partner


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
        self.nearest: dict[tuple[bool, int], tuple[float, int]] = {}
        self.doubted = set(matching.doubted)
        for (a, b), likeness in matching.likeness.items():
            if a not in matching.of_old:
                self._compare((False, a), b, (a, b), likeness.old_held)
            if b not in matching.of_new:
                self._compare((True, b), a, (a, b), likeness.new_held)

    def _compare(self, alone: tuple[bool, int], other: int, both: tuple[int, int], held: float) -> None:
        """Whom an article without a partner (in the new text: True) is most like; whether that may be its partner."""
        content = self.m.likeness[both].content
        self.nearest[alone] = max(self.nearest.get(alone, (0.0, -1)), (content, other))
        if both[0] in self.m.of_old or both[1] in self.m.of_new:
            doubted = content >= COPY[0] and held >= COPY[1]
        else:
            alike, much = ALIKE_NEAR if self.m.order.nearness(*both) >= NEAR else ALIKE
            doubted = content >= alike or held >= much
        if doubted:
            self.doubted.add(alone)

    def _reused(self) -> set[str]:
        """Numbers that both texts print, for different articles, although nearly all articles keep theirs."""
        olds, news = self.m.numbers
        both = set(olds) & set(news)
        kept = {olds[pair.old] for pair in self.m.pairs if olds[pair.old] == news[pair.new]}
        kept |= {olds[part.old] for part in self.m.parts if olds[part.old] == news[part.new]}
        return {
            number for a, number in enumerate(olds) if number in both - kept and self.m.order.numbers_kept(a) > STABLE
        }

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
        if pair.likeness.content < SPOKEN_FOR:
            return False
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
        if part.doubt:
            reason += f"; {part.doubt}"
        if part.same_number:
            reason = "number equal, printed twice in one of the texts"
        return Link(
            self.m.old[part.old].number, self.m.new[part.new].number, kind, round(part.held * 1000), part.sure, reason
        )

    def _added(self, b: int) -> Link:
        likeness, reason = self._alone(True, b)
        certain = (True, b) not in self.doubted and self.m.numbers[1][b] not in self.reused
        return Link(None, self.m.new[b].number, LinkKind.ADDED, round((1 - likeness) * 1000), certain, reason)

    def _dropped(self, a: int) -> Link:
        likeness, reason = self._alone(False, a)
        certain = (False, a) not in self.doubted and self.m.numbers[0][a] not in self.reused
        return Link(self.m.old[a].number, None, LinkKind.DROPPED, round((1 - likeness) * 1000), certain, reason)

    def _alone(self, in_new: bool, place: int) -> tuple[float, str]:
        """How alike an article without a counterpart is to the nearest one of the other text, and the same in words."""
        others, text = (self.m.old, "old") if in_new else (self.m.new, "new")
        likeness, other = self.nearest.get((in_new, place), (0.0, -1))
        if not likeness:
            return 0.0, f"no article of the {text} text is alike"
        near = others[other].number
        return likeness, f"the nearest article of the {text} text, {near}, is {round(likeness * 100)} % alike"

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
