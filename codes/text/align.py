"""Which article of one text became which of another.

Numbers are weak evidence: a number may be used again for another offence. They count only where neighbours kept theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codes.text.align_order import Order, printed
from codes.text.align_parts import Part, Parts, better_apart
from codes.text.align_report import report
from codes.text.evidence import STUBS, Corpus, Likeness
from codes.text.nodes import Article, Link, Tree

ANCHOR = 0.62  # content from which a mutual best pair is evidence for its neighbours
ACCEPTED = 0.36  # below this score two articles are not linked by their words
IN_PLACE = 0.25  # the same for two articles left over between the same linked neighbours; always asked
AMENDED = 0.6  # content from which an article that kept its number, where numbers were kept, looks for no other
CROSSING = 0.12  # what an exchange loses by turning the order of two articles round
FOREIGN = 0.05  # headings less alike than this speak against a pair
_ROUNDS = 2  # each round's pairs are the next one's evidence of order and numbering

WHOLE = 0.9  # content from which a pair is never taken for two leftovers

SETTLED = Likeness(content=1.0, text=1.0, heading=-1.0, old_held=1.0, new_held=1.0, named=0.0, identical=True)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles taken for one. `margin` is what the best exchange of partners would lose."""

    old: int
    new: int
    likeness: Likeness
    score: float
    margin: float
    in_place: bool = False


def align(old: Tree, new: Tree) -> list[Link]:
    """Link the articles of two texts, many to many. Every article stands in at least one link.

    Links come in the order of the new text; dropped articles stand where they stood. See `codes.text.nodes.Link`.
    """
    return report(Matching(old.articles, new.articles))


class Matching:
    """One partner for each article where there is one, found in rounds."""

    def __init__(self, old: Sequence[Article], new: Sequence[Article]) -> None:
        self.old, self.new = old, new
        self.numbers = [[printed(article.number) for article in side] for side in (old, new)]
        self.corpus = Corpus(old, new)
        self.likeness: dict[tuple[int, int], Likeness] = {}
        self.settled = self.corpus.settled
        self.apart: set[tuple[int, int]] = set()
        self.order = Order([*self.settled.items()], old, new)
        self._consider_equal_numbers()
        for a, b in self.corpus.candidates([pair for pair, found in self.likeness.items() if found.content >= AMENDED]):
            self._consider(a, b)
        self.order = Order([*self.settled.items(), *self._anchors()], old, new)
        self._consider_equal_numbers()
        for _ in range(_ROUNDS):
            self.scores = {(a, b): self._score(a, b, likeness) for (a, b), likeness in self.likeness.items()}
            chosen = _choose(self.scores)
            self.order = Order(
                [*self.settled.items(), *(pair for pair in chosen if self.scores[pair] >= ANCHOR)], old, new
            )
        in_place = self._leftovers(chosen)
        for _ in range(_ROUNDS):
            if not self._find_apart(chosen + in_place):
                break
            chosen = _choose({pair: score for pair, score in self.scores.items() if pair not in self.apart})
            in_place = self._leftovers(chosen)
        self._consider_neighbours(dict(chosen + in_place) | self.settled)
        parts = Parts(self.corpus, self.likeness, dict(chosen + in_place))
        self.doubted = parts.doubted
        self.parts = parts.found
        self.parts += self._second_wordings(dict(chosen + in_place) | self.settled)
        margins = self._margins(chosen)
        self.pairs = [Pair(a, b, self.likeness[a, b], self.scores[a, b], margins[a, b]) for a, b in chosen]
        self.pairs += [Pair(a, b, self.likeness[a, b], self.scores[a, b], 0.0, in_place=True) for a, b in in_place]
        self.pairs += [Pair(a, b, SETTLED, 1.0, 1.0) for a, b in self.settled.items()]
        self.of_old = {pair.old: pair for pair in self.pairs}
        self.of_new = {pair.new: pair for pair in self.pairs}

    def is_stub(self, a: int, b: int) -> bool:
        return self.old[a].status in STUBS or self.new[b].status in STUBS

    def _consider(self, a: int, b: int) -> None:
        if (a, b) not in self.likeness:
            self.likeness[a, b] = self.corpus.likeness(a, b)

    def _anchors(self) -> list[tuple[int, int]]:
        """Mutual best pairs that are alike beyond doubt."""
        best_old: dict[int, tuple[float, int]] = {}
        best_new: dict[int, tuple[float, int]] = {}
        for (a, b), likeness in self.likeness.items():
            best_old[a] = max(best_old.get(a, (0.0, -1)), (likeness.content, b))
            best_new[b] = max(best_new.get(b, (0.0, -1)), (likeness.content, a))
        return sorted((a, b) for a, (score, b) in best_old.items() if score >= ANCHOR and best_new[b][1] == a)

    def _consider_equal_numbers(self) -> None:
        places = _by_printed_number(self.new)
        for a in self.corpus.old:
            if self.order.numbers_kept(a) > 0.5:
                for b in places.get(printed(self.old[a].number), ()):
                    if b in self.corpus.new:
                        self._consider(a, b)

    def _consider_neighbours(self, partners: Mapping[int, int]) -> None:
        """A piece split off or merged in stands beside the rest, even when all its words are common ones."""
        sources = {b: a for a, b in partners.items()}
        for b in self.corpus.new:
            if b not in sources:
                for source in (sources.get(b - 1), sources.get(b + 1)):
                    if source is not None and source in self.corpus.old:
                        self._consider(source, b)
        for a in self.corpus.old:
            if a not in partners:
                for partner in (partners.get(a - 1), partners.get(a + 1)):
                    if partner is not None and partner in self.corpus.new:
                        self._consider(a, partner)

    def _score(self, a: int, b: int, likeness: Likeness) -> float:
        """0…1: words first, then place, then the number where numbers are kept around here."""
        score = 0.85 * likeness.content + 0.15 * self.order.nearness(a, b)
        if likeness.heading > 0.95:
            score += 0.1
        elif 0 <= likeness.heading < FOREIGN:
            score -= 0.08
        kept = 2 * self.order.numbers_kept(a) - 1
        if kept > 0:
            score += kept * (0.35 if self.numbers[0][a] == self.numbers[1][b] else -0.1)
        return max(0.0, min(score, 1.0))

    def _find_apart(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """Mark the pairs of leftovers that are parts of others. Whether there are any."""
        weak = [pair for pair in pairs if self._is_weak(*pair)]
        apart = better_apart(self.corpus, self.likeness, dict(pairs), weak)
        self.apart |= apart
        return bool(apart)

    def _is_weak(self, a: int, b: int) -> bool:
        kept = self.numbers[0][a] == self.numbers[1][b] and self.order.numbers_kept(a) > 0.5
        return not kept and not self.is_stub(a, b) and self.likeness[a, b].content < WHOLE

    def _second_wordings(self, partners: Mapping[int, int]) -> Iterator[Part]:
        """A number printed twice has two wordings: the one without a partner belongs to its number all the same."""
        linked_old = partners.keys() | {part.old for part in self.parts}
        linked_new = {*partners.values(), *(part.new for part in self.parts)}
        olds, news = _by_printed_number(self.old), _by_printed_number(self.new)
        for number in olds.keys() & news.keys():
            if len(olds[number]) == len(news[number]) == 1 or self.order.numbers_kept(olds[number][0]) <= 0.5:
                continue
            yield from (
                Part(a, news[number][0], 1.0, 1.0, 0.0, split=False, same_number=True)
                for a in olds[number]
                if a not in linked_old
            )
            yield from (
                Part(olds[number][0], b, 1.0, 1.0, 0.0, split=True, same_number=True)
                for b in news[number]
                if b not in linked_new
            )

    def _margins(self, chosen: Sequence[tuple[int, int]]) -> dict[tuple[int, int], float]:
        """For each pair, what the best exchange of partners with another pair would lose (negative: it would gain)."""
        to_new, to_old = dict(chosen), {b: a for a, b in chosen}
        margins = dict.fromkeys(chosen, 1.0)
        linked = {(part.old, part.new) for part in self.parts}
        for (a, b), score in self.scores.items():
            mine, other = to_new.get(a), to_old.get(b)
            if mine == b or (a, b) in linked:
                continue
            kept = gained = 0.0
            if mine is not None:
                kept += self.scores[a, mine]
            if other is not None:
                kept += self.scores[other, b]
            if mine is not None and other is not None:
                gained = self.scores.get((other, mine), 0.0)
                if (a - other) * (mine - b) > 0:
                    gained -= CROSSING
            loss = kept - gained - score
            for one, two in ((a, mine), (other, b)):
                if one is not None and two is not None:
                    margins[one, two] = min(margins[one, two], loss)
        return margins

    def _leftovers(self, chosen: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Articles left over on both sides between the same linked neighbours, paired where they are a little alike."""
        to_new = dict(chosen) | self.settled
        taken = set(to_new.values())
        gaps: defaultdict[int, list[int]] = defaultdict(list)
        previous = -1
        for a in range(len(self.old)):
            if a in to_new:
                previous = to_new[a]
            else:
                gaps[previous].append(a)
        found: dict[tuple[int, int], float] = {}
        for start, olds in gaps.items():
            b = start + 1
            while b < len(self.new) and b not in taken:
                for a in olds:
                    self._consider(a, b)
                    self.scores[a, b] = self._score(a, b, self.likeness[a, b])
                    if (
                        (a, b) not in self.apart
                        and self.scores[a, b] >= IN_PLACE
                        and not 0 <= self.likeness[a, b].heading < FOREIGN
                    ):
                        found[a, b] = self.scores[a, b]
                b += 1
        return _choose(found, IN_PLACE)


def _by_printed_number(articles: Sequence[Article]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, article in enumerate(articles):
        places[printed(article.number)].append(place)
    return places


def _choose(scores: Mapping[tuple[int, int], float], least: float = ACCEPTED) -> list[tuple[int, int]]:
    """One partner for each article, best pairs first."""
    ranked = sorted(
        ((score, pair) for pair, score in scores.items() if score >= least),
        key=lambda found: (-found[0], abs(found[1][0] - found[1][1])),
    )
    olds: set[int] = set()
    news: set[int] = set()
    chosen = []
    for _, (a, b) in ranked:
        if a not in olds and b not in news:
            olds.add(a)
            news.add(b)
            chosen.append((a, b))
    return chosen
