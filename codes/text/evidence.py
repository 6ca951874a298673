"""What speaks for two articles being one: shared rare words, headings, order, and numbers where numbers are kept."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codes.text.nodes import Article
from codes.text.normalise import key

_WORD = re.compile(r"\w+")
_STEM = 6  # letters of a word that carry its meaning in inflected languages, near enough
_MOST_COMMON = 40  # a feature that stands in more articles than this proposes nobody
_BEST = 12  # candidates that are looked at closely
_REACH = 12  # places away from the expected one at which order stops speaking for a pair


@dataclass(frozen=True, slots=True)
class Features:
    """An article as weighted features: word stems and pairs of neighbouring stems."""

    text: dict[str, float]
    weight: float
    heading: dict[str, float]
    heading_weight: float
    exact: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two articles are: text, heading (0…1), and how much of each side's text the other side holds."""

    text: float
    heading: float
    old_held: float
    new_held: float
    identical: bool

    @property
    def content(self) -> float:
        """Text and heading together, before order and number are heard."""
        if self.identical:
            return 1.0
        return 0.68 * self.text + 0.32 * self.heading if self.heading >= 0 else self.text


class Corpus:
    """Both sides' features, with weights by rarity over both texts, and an index from features to articles."""

    def __init__(self, old: Sequence[Article], new: Sequence[Article]) -> None:
        counted = [[_features(article.body_text) for article in side] for side in (_wrap(old), _wrap(new))]
        headed = [[_features(article.heading) for article in side] for side in (old, new)]
        frequency: Counter[str] = Counter()
        for features in (*counted[0], *counted[1]):
            frequency.update(features.keys())
        total = len(old) + len(new)
        self.rarity = {feature: math.log(1 + total / count) ** 2 for feature, count in frequency.items()}
        unseen = math.log(1 + total) ** 2
        self.old, self.new = (
            [
                self._weigh(text, heading, key(article.heading + "\n" + article.body_text), unseen)
                for text, heading, article in zip(counted[side], headed[side], _wrap(articles), strict=True)
            ]
            for side, articles in ((0, old), (1, new))
        )
        self.index: dict[str, list[int]] = defaultdict(list)
        for place, features in enumerate(self.new):
            for feature in {*features.text, *("h:" + word for word in features.heading)}:
                self.index[feature].append(place)

    def _weigh(self, text: Counter[str], heading: Counter[str], exact: str, unseen: float) -> Features:
        weighed = {feature: count * self.rarity[feature] for feature, count in text.items()}
        headed = {feature: count * self.rarity.get(feature, unseen) for feature, count in heading.items()}
        return Features(weighed, sum(weighed.values()), headed, sum(headed.values()), exact)

    def candidates(self, place: int) -> list[int]:
        """New articles that share rare features with the old one, likeliest first."""
        mine = self.old[place]
        votes: Counter[int] = Counter()
        for feature, weight in [*mine.text.items(), *(("h:" + word, 2 * weight) for word, weight in mine.heading.items())]:
            owners = self.index.get(feature, ())
            if len(owners) <= _MOST_COMMON:
                for owner in owners:
                    votes[owner] += weight  # type: ignore[assignment]  # Counter takes any number
        return [owner for owner, _ in votes.most_common(_BEST)]

    def likeness(self, old: int, new: int) -> Likeness:
        mine, other = self.old[old], self.new[new]
        shared = _shared(mine.text, other.text)
        heading = -1.0
        if mine.heading and other.heading:
            heading = 2 * _shared(mine.heading, other.heading) / (mine.heading_weight + other.heading_weight)
        return Likeness(
            text=2 * shared / (mine.weight + other.weight) if mine.weight + other.weight else 0.0,
            heading=heading,
            old_held=shared / mine.weight if mine.weight else 0.0,
            new_held=shared / other.weight if other.weight else 0.0,
            identical=mine.exact == other.exact and bool(mine.weight),
        )

    def shared_by(self, place: int, owners: Iterable[int]) -> float:
        """Which part of the old article's text is held by these new articles together (0…1)."""
        together: dict[str, float] = {}
        for owner in owners:
            for feature, weight in self.new[owner].text.items():
                together[feature] = together.get(feature, 0.0) + weight
        mine = self.old[place]
        return _shared(mine.text, together) / mine.weight if mine.weight else 0.0


@dataclass(frozen=True, slots=True)
class _Body:
    heading: str
    body_text: str


def _wrap(articles: Sequence[Article]) -> list[_Body]:
    return [_Body(a.heading, "\n".join(paragraph.text for paragraph in a.body)) for a in articles]


def _features(text: str) -> Counter[str]:
    stems = [word[:_STEM] for word in _WORD.findall(key(text)) if len(word) > 1 or word.isdigit()]
    counted = Counter(stems)
    counted.update(f"{first} {second}" for first, second in zip(stems, stems[1:], strict=False))
    return counted


def _shared(first: dict[str, float], second: dict[str, float]) -> float:
    if len(second) < len(first):
        first, second = second, first
    return sum(min(weight, second[feature]) for feature, weight in first.items() if feature in second)


class Order:
    """Where an old article is expected in the new text, from pairs that are sure already."""

    def __init__(self, anchors: Sequence[tuple[int, int]]) -> None:
        chain = longest_rising(sorted(anchors))
        self.olds = [old for old, _ in chain]
        self.news = [new for _, new in chain]

    def nearness(self, old: int, new: int) -> float:
        """1 where the neighbours' links say the pair belongs, falling to 0 with the distance."""
        if not self.olds:
            return 0.5
        after = bisect_left(self.olds, old)
        before = after - 1
        low = self.news[before] + (old - self.olds[before]) if before >= 0 else None
        high = self.news[after] - (self.olds[after] - old) if after < len(self.olds) else None
        gaps = [abs(new - expected) for expected in (low, high) if expected is not None]
        return max(0.0, 1 - min(gaps) / _REACH)


def longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises on both sides; `pairs` sorted by their first element."""
    tails: list[int] = []
    tail_places: list[int] = []
    previous: list[int] = []
    for place, (_, new) in enumerate(pairs):
        slot = bisect_left(tails, new)
        previous.append(tail_places[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(new)
            tail_places.append(place)
        else:
            tails[slot] = new
            tail_places[slot] = place
    chain: list[tuple[int, int]] = []
    place = tail_places[-1] if tail_places else -1
    while place >= 0:
        chain.append(pairs[place])
        place = previous[place]
    return chain[::-1]
