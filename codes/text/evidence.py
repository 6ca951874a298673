"""What speaks for two articles being one: shared rare words, headings, and what each holds of the other."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from codes.text.nodes import Article
from codes.text.normalise import key

_WORD = re.compile(r"\w+")
_STEM = 6  # letters of a word that carry its meaning in inflected languages, near enough
_SHIFT = 22  # bits of a word's id; a pair of neighbouring words is one integer
_PAIR_WEIGHT = 0.6  # a pair of words says less than its rarity, since it repeats what its words say
_MOST_COMMON = 40  # a feature that stands in more articles than this proposes nobody
_VOTERS = 60  # an article's rarest features propose its candidates
_BEST = 10  # candidates that are looked at closely

STUBS = frozenset({"repealed", "suppressed", "unchanged"})  # what such an article prints is no text of its own

Weights = dict[int, float]


@dataclass(frozen=True, slots=True)
class Features:
    """An article as weighted features (words, pairs of words) that both texts know, and the weight of all its features."""

    text: Weights
    weight: float
    heading: Weights
    heading_weight: float
    exact: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two articles are, each 0…1.

    `text` and `heading` compare like with like (`heading` is -1 when one has none); `old_held`/`new_held` say how much of one
    article's text stands in the other; `named` how much of either heading stands anywhere in the other article.
    """

    text: float
    heading: float
    old_held: float
    new_held: float
    named: float
    identical: bool
    wordless: bool

    @property
    def content(self) -> float:
        """Text and heading together, before order and number are heard."""
        if self.identical:
            return 1.0
        if self.wordless:
            return 0.7 * max(self.heading, 0.0)
        text = 0.7 * self.text + 0.3 * max(self.old_held, self.new_held)
        return 0.66 * text + 0.34 * self.heading if self.heading >= 0 else text


class Corpus:
    """Both sides' features, with weights by rarity over both texts, and an index from features to articles."""

    def __init__(self, old: Sequence[Article], new: Sequence[Article]) -> None:
        counter = _Counter()
        bodies = [[_body(article) for article in side] for side in (old, new)]
        counted = [[counter.count(body) for body in side] for side in bodies]
        headed = [[counter.count(article.heading) for article in side] for side in (old, new)]
        seen = [Counter[int](), Counter[int]()]
        for side in (0, 1):
            for text, heading in zip(counted[side], headed[side], strict=True):
                seen[side].update(text.keys() | heading.keys())
        self.rarity = _Rarity(seen[0], seen[1], len(old) + len(new))
        self.old = [self.rarity.weigh(t, h, a.heading, b) for t, h, a, b in zip(counted[0], headed[0], old, bodies[0], strict=True)]
        self.new = [self.rarity.weigh(t, h, a.heading, b) for t, h, a, b in zip(counted[1], headed[1], new, bodies[1], strict=True)]
        self.old_index, self.new_index = _index(self.old), _index(self.new)

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs that share rare features, found from both sides (a short article is one of many in a long one)."""
        for place, features in enumerate(self.old):
            for other in self._voted(features, self.new_index):
                yield place, other
        for place, features in enumerate(self.new):
            for other in self._voted(features, self.old_index):
                yield other, place

    def _voted(self, features: Features, index: dict[int, list[int]]) -> list[int]:
        votes: defaultdict[int, float] = defaultdict(float)
        voters = [(weight, feature) for feature, weight in features.text.items() if feature in index]
        voters.sort(reverse=True)
        headings = [(2 * weight, feature) for feature, weight in features.heading.items() if feature in index]
        for weight, feature in voters[:_VOTERS] + headings:
            for owner in index[feature]:
                votes[owner] += weight
        return sorted(votes, key=lambda owner: (-votes[owner], owner))[:_BEST]

    def likeness(self, old: int, new: int) -> Likeness:
        mine, other = self.old[old], self.new[new]
        shared = _shared(mine.text, other.text)
        return Likeness(
            text=2 * shared / (mine.weight + other.weight) if mine.weight + other.weight else 0.0,
            heading=_heading(mine, other),
            old_held=shared / mine.weight if mine.weight else 0.0,
            new_held=shared / other.weight if other.weight else 0.0,
            named=max(_named(mine, other), _named(other, mine)),
            identical=mine.exact == other.exact and bool(mine.weight),
            wordless=not (mine.weight and other.weight),
        )

    def explained(self, target: Features, sources: Iterable[Features]) -> float:
        """The share of the target's weight that these articles hold together (0…1)."""
        together: Weights = {}
        for source in sources:
            for feature, weight in source.text.items():
                together[feature] = together.get(feature, 0.0) + weight
        return _shared(target.text, together) / target.weight if target.weight else 0.0


class _Counter:
    """Counts words and pairs of neighbouring words, as integers; equal texts are counted once."""

    def __init__(self) -> None:
        self.ids = _Ids()
        self.counted: dict[str, Counter[int]] = {}

    def count(self, text: str) -> Counter[int]:
        found = self.counted.get(text)
        if found is None:
            ids = [number for number in map(self.ids.__getitem__, _WORD.findall(key(text))) if number]
            found = Counter(ids)
            found.update([(first << _SHIFT) | second for first, second in zip(ids, ids[1:], strict=False)])
            self.counted[text] = found
        return found


class _Ids(dict[str, int]):
    """Word → number of its stem, given out as words appear; 0 for single letters, which are markers."""

    def __init__(self) -> None:
        super().__init__()
        self.stems: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        single = len(word) == 1 and not word.isdigit()
        number = 0 if single else self.stems.setdefault(word[:_STEM], len(self.stems) + 1)
        self[word] = number
        return number


class _Rarity:
    """The weight of a feature: the fewer articles have it, the more it says."""

    def __init__(self, old: Counter[int], new: Counter[int], articles: int) -> None:
        self.old, self.new, self.articles = old, new, articles
        self.by_count = [0.0, *(math.log(1 + articles / count) ** 2 for count in range(1, articles + 1))]

    def weigh(self, text: Counter[int], heading: Counter[int], title: str, body: str) -> Features:
        weights, weight = self._weights(text)
        headed, heading_weight = self._weights(heading)
        return Features(weights, weight, headed, heading_weight, key(f"{title}\n{body}"))

    def _weights(self, counted: Counter[int]) -> tuple[Weights, float]:
        """Weights of the features that both sides have, and the weight of all."""
        weights: Weights = {}
        total = 0.0
        old, new, by_count = self.old, self.new, self.by_count
        for feature, count in counted.items():
            here, there = old[feature], new[feature]
            weight = count * by_count[here + there]
            if feature >> _SHIFT:
                weight *= _PAIR_WEIGHT
            total += weight
            if here and there:
                weights[feature] = weight
        return weights, total


def _body(article: Article) -> str:
    return "" if article.status in STUBS else "\n".join(paragraph.text for paragraph in article.body)


def _index(side: Sequence[Features]) -> dict[int, list[int]]:
    owners: defaultdict[int, list[int]] = defaultdict(list)
    for place, features in enumerate(side):
        for feature in features.text.keys() | features.heading.keys():
            owners[feature].append(place)
    return {feature: places for feature, places in owners.items() if len(places) <= _MOST_COMMON}


def _heading(mine: Features, other: Features) -> float:
    if not (mine.heading_weight and other.heading_weight):
        return -1.0
    return 2 * _shared(mine.heading, other.heading) / (mine.heading_weight + other.heading_weight)


def _named(mine: Features, other: Features) -> float:
    """How much of one's heading stands in the other's heading or text."""
    if not mine.heading_weight:
        return 0.0
    held = sum(weight for feature, weight in mine.heading.items() if feature in other.text or feature in other.heading)
    return held / mine.heading_weight


def _shared(first: Weights, second: Weights) -> float:
    if len(second) < len(first):
        first, second = second, first
    total = 0.0
    for feature in first.keys() & second.keys():
        one, two = first[feature], second[feature]
        total += one if one < two else two
    return total
