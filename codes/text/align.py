"""Which article of one text became which of another. Numbers are weak evidence: a number may be used again for another offence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codes.text.evidence import Corpus, Likeness, Order, longest_rising
from codes.text.nodes import Article, Link, LinkKind, Tree
from codes.text.numbering import integer

ANCHOR = 0.72  # likeness at which a mutual best pair needs no other evidence
ACCEPTED = 0.40  # below this two articles are not linked
CERTAIN = 0.62  # from here on a link with no close rival is certain
RIVAL = 0.12  # how near a rival must be to make a person look
PART_HELD = 0.55  # share of an article's words found in another that makes it a part of it
KEPT_NUMBERS = 0.75  # share of sure pairs with equal numbers from which numbers count as kept between the two texts
_STUBS = frozenset({"repealed", "suppressed", "unchanged"})


@dataclass(frozen=True, slots=True)
class _Pair:
    old: int
    new: int
    likeness: Likeness
    score: float


def align(old: Tree, new: Tree) -> list[Link]:
    """Link the articles of two texts, many to many. Every article stands in at least one link.

    Links come in the order of the new text; dropped articles stand where they stood. See `codes.text.nodes.Link`.
    """
    return _Alignment(old.articles, new.articles).links()


class _Alignment:
    def __init__(self, old: Sequence[Article], new: Sequence[Article]) -> None:
        self.old, self.new = old, new
        self.corpus = Corpus(old, new)
        self.considered: dict[tuple[int, int], Likeness] = {}
        for place in range(len(old)):
            for other in self.corpus.candidates(place):
                self.considered[place, other] = self.corpus.likeness(place, other)
        anchors = self._anchors()
        self.order = Order(anchors)
        same = sum(old[a].number == new[b].number for a, b in anchors)
        self.numbers_kept = len(anchors) > 2 and same / len(anchors) >= KEPT_NUMBERS
        if self.numbers_kept:
            self._consider_equal_numbers()
        self.chosen = self._choose()
        self.of_old = {pair.old: pair for pair in self.chosen}
        self.of_new = {pair.new: pair for pair in self.chosen}
        self.best_rival = self._rivals()

    def _anchors(self) -> list[tuple[int, int]]:
        """Mutual best pairs that are alike beyond doubt."""
        best_old: dict[int, tuple[float, int]] = {}
        best_new: dict[int, tuple[float, int]] = {}
        for (a, b), likeness in self.considered.items():
            best_old[a] = max(best_old.get(a, (0.0, -1)), (likeness.content, b))
            best_new[b] = max(best_new.get(b, (0.0, -1)), (likeness.content, a))
        return sorted((a, b) for a, (score, b) in best_old.items() if score >= ANCHOR and best_new[b][1] == a)

    def _consider_equal_numbers(self) -> None:
        places = {article.number: place for place, article in enumerate(self.new)}
        for place, article in enumerate(self.old):
            other = places.get(article.number)
            if other is not None and (place, other) not in self.considered:
                self.considered[place, other] = self.corpus.likeness(place, other)

    def _score(self, a: int, b: int, likeness: Likeness) -> float:
        score = 0.9 * likeness.content + 0.1 * self.order.nearness(a, b)
        if likeness.heading > 0.95 and len(self.corpus.old[a].heading) > 2:
            score += 0.12
        if self.numbers_kept:
            score += 0.35 if self.old[a].number == self.new[b].number else -0.1
        if _STUBS & {self.old[a].status, self.new[b].status}:
            score += self._stub_evidence(a, b, likeness)
        return min(score, 1.0)

    def _stub_evidence(self, a: int, b: int, likeness: Likeness) -> float:
        """A stub has no words to compare: its heading and its place speak for it."""
        if likeness.heading > 0.5:
            return 0.35 * likeness.heading
        return 0.3 if self.old[a].number == self.new[b].number and self.order.nearness(a, b) > 0.9 else 0.0

    def _choose(self) -> list[_Pair]:
        """One partner for each article, best pairs first."""
        pairs = sorted(
            (_Pair(a, b, likeness, self._score(a, b, likeness)) for (a, b), likeness in self.considered.items()),
            key=lambda p: (-p.score, abs(p.old - p.new)),
        )
        used_old: set[int] = set()
        used_new: set[int] = set()
        chosen = []
        for pair in pairs:
            if pair.score < ACCEPTED or pair.old in used_old or pair.new in used_new:
                continue
            used_old.add(pair.old)
            used_new.add(pair.new)
            chosen.append(pair)
        return chosen

    def _rivals(self) -> dict[tuple[int, int], float]:
        """For each chosen pair, the best score that either side has with somebody else."""
        ranked_old: dict[int, list[tuple[float, int]]] = defaultdict(list)
        ranked_new: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (a, b), likeness in self.considered.items():
            score = self._score(a, b, likeness)
            ranked_old[a].append((score, b))
            ranked_new[b].append((score, a))
        return {
            (p.old, p.new): max(
                [score for score, b in ranked_old[p.old] if b != p.new] + [score for score, a in ranked_new[p.new] if a != p.old],
                default=0.0,
            )
            for p in self.chosen
        }

    def links(self) -> list[Link]:
        splits = dict(self._parts_of_old())
        merges = dict(self._parts_of_new())
        in_order = {new for _, new in longest_rising(sorted((p.old, p.new) for p in self.chosen))}
        rows: list[tuple[tuple[float, int], Link]] = []
        split_olds = {old for old, _ in splits.values()}
        merged_news = {new for new, _ in merges.values()}
        for place in range(len(self.new)):
            pair = self.of_new.get(place)
            if pair is not None:
                kind = self._kind(pair, place in in_order, split=pair.old in split_olds, merged=place in merged_news)
                rows.append(((place, 0), self._link(pair, kind)))
            elif place in splits:
                old, likeness = splits[place]
                rows.append(((place, 0), self._partial(old, place, likeness, LinkKind.SPLIT)))
            else:
                rows.append(((place, 0), self._alone(None, place)))
        for place in range(len(self.old)):
            if place in self.of_old:
                continue
            if place in merges:
                new, likeness = merges[place]
                rows.append(((new, 1), self._partial(place, new, likeness, LinkKind.MERGED)))
            elif place not in split_olds:
                rows.append(((self._where_it_stood(place), 2), self._alone(place, None)))
        return [link for _, link in sorted(rows, key=lambda row: row[0])]

    def _where_it_stood(self, place: int) -> float:
        for before in range(place - 1, -1, -1):
            if before in self.of_old:
                return self.of_old[before].new + (place - before) / (len(self.old) + 1)
        return -1 + place / (len(self.old) + 1)

    def _parts_of_old(self) -> Iterator[tuple[int, tuple[int, Likeness]]]:
        """New articles without a partner whose words were part of an old one that went elsewhere."""
        for place in range(len(self.new)):
            if place in self.of_new:
                continue
            found = self._best((a, likeness.new_held, likeness) for (a, b), likeness in self.considered.items() if b == place)
            if found is not None and found[0] in self.of_old:
                partner = self.of_old[found[0]].new
                alone = self.corpus.shared_by(found[0], [partner])
                if self.corpus.shared_by(found[0], [partner, place]) > alone + 0.12:
                    yield place, found

    def _parts_of_new(self) -> Iterator[tuple[int, tuple[int, Likeness]]]:
        """Old articles without a partner whose words went into a new one."""
        for place in range(len(self.old)):
            if place in self.of_old or self.old[place].status in _STUBS:
                continue
            found = self._best((b, likeness.old_held, likeness) for (a, b), likeness in self.considered.items() if a == place)
            if found is not None:
                yield place, found

    def _best(self, held: Iterator[tuple[int, float, Likeness]]) -> tuple[int, Likeness] | None:
        best = max(held, key=lambda item: item[1], default=None)
        return (best[0], best[2]) if best is not None and best[1] >= PART_HELD else None

    def _kind(self, pair: _Pair, in_order: bool, *, split: bool, merged: bool) -> LinkKind:
        if split:
            return LinkKind.SPLIT
        if merged:
            return LinkKind.MERGED
        if not in_order:
            return LinkKind.MOVED
        return LinkKind.SAME if self.old[pair.old].number == self.new[pair.new].number else LinkKind.RENUMBERED

    def _link(self, pair: _Pair, kind: LinkKind) -> Link:
        rival = self.best_rival[pair.old, pair.new]
        stub = bool(_STUBS & {self.old[pair.old].status, self.new[pair.new].status})
        sure = pair.likeness.identical or (pair.score >= CERTAIN and pair.score - rival >= RIVAL)
        if stub and not (self.numbers_kept and self.old[pair.old].number == self.new[pair.new].number):
            sure = sure and pair.likeness.heading > 0.6
        reason = self._reason(pair.old, pair.new, pair.likeness)
        if not sure and pair.score - rival < RIVAL:
            reason += "; another article is nearly as like"
        return Link(self.old[pair.old].number, self.new[pair.new].number, kind, round(pair.score * 1000), sure, reason)

    def _partial(self, old: int, new: int, likeness: Likeness, kind: LinkKind) -> Link:
        held = likeness.new_held if kind is LinkKind.SPLIT else likeness.old_held
        whose = "new" if kind is LinkKind.SPLIT else "old"
        reason = f"{round(held * 100)} % of the {whose} article's words stand in the other"
        return Link(self.old[old].number, self.new[new].number, kind, round(held * 1000), held >= 0.8, reason)

    def _alone(self, old: int | None, new: int | None) -> Link:
        """Added or dropped. Certain when nothing on the other side is even distantly alike."""
        if old is None:
            nearest = max((s.content for (_, b), s in self.considered.items() if b == new), default=0.0)
            number, kind = self.new[new or 0].number, LinkKind.ADDED
        else:
            nearest = max((s.content for (a, _), s in self.considered.items() if a == old), default=0.0)
            number, kind = self.old[old].number, LinkKind.DROPPED
        other = "old" if old is None else "new"
        reason = f"the nearest article of the {other} text is only {round(nearest * 100)} % alike"
        score, certain = round((1 - nearest) * 1000), nearest < ACCEPTED
        return Link(None, number, kind, score, certain, reason) if old is None else Link(number, None, kind, score, certain, reason)

    def _reason(self, a: int, b: int, likeness: Likeness) -> str:
        first, second = self.old[a], self.new[b]
        parts = []
        if likeness.heading > 0.95:
            parts.append("title equal")
        elif likeness.heading >= 0:
            parts.append(f"title {round(likeness.heading * 100)} % alike")
        parts.append("text equal" if likeness.identical else f"{round(likeness.text * 100)} % of the words equal, rare words counting more")
        one, two = integer(first.number), integer(second.number)
        if first.number == second.number:
            parts.append("number equal")
        elif one is not None and two is not None:
            parts.append(f"number {two - one:+d}")
        return ", ".join(parts)
