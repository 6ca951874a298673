"""What speaks for two articles being one: shared rare words, headings, and what each holds of the other."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from operator import add, mul
from typing import NamedTuple

from codes.text.nodes import Article
from codes.text.normalise import key

_WORD = re.compile(r"\w+")
_STEM = 6  # letters of a word that carry its meaning in inflected languages, near enough
_SHIFT = 22  # bits of a word's id; a pair of neighbouring words is one integer
_SHIFTED = (1 << _SHIFT).__mul__
_PAIR_WEIGHT = 0.6  # a pair of words says less than its rarity, since it repeats what its words say
_MOST_COMMON = 40  # a feature that stands in more articles than this proposes nobody
_VOTERS = 60  # an article's rarest features propose its candidates
_ENOUGH, _KEPT = 10, 0.75  # so many equal articles, and so large a share with equal numbers, say that numbers were kept
_BEST = 10  # candidates that are looked at closely

STUBS = frozenset({"repealed", "suppressed", "unchanged"})  # what such an article prints is no text of its own

# An article of so many features that stands nearly whole in the other counts for so much, whatever the headings say.
_WHOLE, _SUBSTANTIAL, _WHOLE_COUNTS = 0.75, 12, 0.5

Weights = dict[int, float]


class Bag(NamedTuple):
    """Features (words, pairs of words) that both texts know, the numbers of those that stand here more than once, and
    the weight of all features, known to both or not.
    """

    known: frozenset[int]
    repeated: dict[int, int]
    weight: float

    def count(self, feature: int) -> int:
        """How often a feature stands here."""
        return self.repeated.get(feature, 1) if feature in self.known else 0


class Features(NamedTuple):
    """What an article says and what its heading says, and both folded for comparison."""

    text: Bag
    heading: Bag
    exact: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two articles are, each 0…1.

    `content` is text and heading together, before order and number are heard. `text` and `heading` compare like with
    like (`heading` is -1 when one has none); `old_held`/`new_held` say how much of one article's text stands in the
    other; `named` how much of either heading stands anywhere in the other article.
    """

    content: float
    text: float
    heading: float
    old_held: float
    new_held: float
    named: float
    identical: bool


class Corpus:
    """Both sides' features, with weights by rarity over both texts, and an index from features to articles.

    `settled` maps old to new articles that are equal word for word and stand once on each side: nobody needs to compare
    them. `old` and `new` hold the features of all others by place.
    """

    def __init__(self, old: Sequence[Article], new: Sequence[Article]) -> None:
        sides = (old, new)
        counter = _Counter()
        folded = [
            [(counter.folded([article.heading]), counter.folded(_body(article))) for article in side] for side in sides
        ]
        exact = [[f"{heading}\n{body}" if body else "" for heading, body in side] for side in folded]
        self.settled = _settled(exact[0], exact[1], old, new)
        done = (self.settled.keys(), set(self.settled.values()))
        counted = [
            {
                place: (counter.count(_body(article)), counter.count([article.heading]))
                for place, article in enumerate(side)
                if place not in taken
            }
            for side, taken in zip(sides, done, strict=True)
        ]
        seen = [Counter[int](), Counter[int]()]
        for side, found in zip(seen, counted, strict=True):
            for text, heading in found.values():
                side.update(text.keys() | heading.keys() if heading else text.keys())
        self.seen = seen
        self.weights = _rarity(seen[0], seen[1], len(counted[0]) + len(counted[1]))
        both = frozenset(seen[0]).intersection(seen[1])
        self.old, self.new = (
            {
                place: Features(self._bag(text, both), self._bag(heading, both), exact[side][place])
                for place, (text, heading) in counted[side].items()
            }
            for side in (0, 1)
        )

    def _bag(self, counted: Counter[int], both: frozenset[int]) -> Bag:
        weight = sum(map(mul, counted.values(), map(self.weights.__getitem__, counted)))
        repeated = {feature: count for feature, count in counted.items() if count > 1}
        return Bag(both.intersection(counted), repeated, weight)

    def candidates(self, known: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Pairs that share rare features, found from both sides (a short article is one of many in a long one).

        Articles in `known` pairs propose nobody, but may be proposed.
        """
        known_old, known_new = {a for a, _ in known}, {b for _, b in known}
        for place, other in self._proposed(self.old, known_old, self.new, self.seen[1]):
            yield place, other
        for place, other in self._proposed(self.new, known_new, self.old, self.seen[0]):
            yield other, place

    def _proposed(
        self,
        side: Mapping[int, Features],
        known: Container[int],
        others: Mapping[int, Features],
        seen: Mapping[int, int],
    ) -> Iterator[tuple[int, int]]:
        """(place, other place) of the likeliest counterparts of each article that is not known.

        Each of its rarest features votes for the others that have it. `seen`: how many of the others have a feature.
        """
        voters = {place: self._voters(features, seen) for place, features in side.items() if place not in known}
        wanted = {feature for votes in voters.values() for _, feature in votes}
        owners: defaultdict[int, list[int]] = defaultdict(list)
        for place, features in others.items() if wanted else ():
            for feature in (features.text.known | features.heading.known) & wanted:
                owners[feature].append(place)
        for place, votes in voters.items():
            counted: defaultdict[int, float] = defaultdict(float)
            for weight, feature in votes:
                for owner in owners[feature]:
                    counted[owner] += weight
            for other in sorted(counted, key=counted.__getitem__, reverse=True)[:_BEST]:
                yield place, other

    def _voters(self, features: Features, seen: Mapping[int, int]) -> list[tuple[float, int]]:
        """(weight, feature) of the article's rarest features, those of its heading twice as heavy."""
        voters, headed = (
            [
                (bag.count(feature) * self.weights[feature], feature)
                for feature in bag.known
                if seen[feature] <= _MOST_COMMON
            ]
            for bag in (features.text, features.heading)
        )
        if len(voters) > _VOTERS:
            voters = nlargest(_VOTERS, voters)
        return voters + [(2 * weight, feature) for weight, feature in headed]

    def freshness(self, part: Features, whole: Features, others: Sequence[Features]) -> float:
        """The share (0…1) of what a part and its whole have in common that the whole's other parts do not hold."""
        (parts, parts_repeated, _), (wholes, wholes_repeated, _) = part.text, whole.text
        common = fresh = 0.0
        for feature in parts & wholes:
            here, there = parts_repeated.get(feature, 1), wholes_repeated.get(feature, 1)
            weight = self.weights[feature]
            common += weight * min(here, there)
            for other in others:
                if feature in other.text.known:
                    there -= other.text.repeated.get(feature, 1)
            if there > 0:
                fresh += weight * min(here, there)
        return fresh / common if common else 0.0

    def likeness(self, old: int, new: int) -> Likeness:
        mine, other = self.old[old], self.new[new]
        shared = self._shared(mine.text, other.text)
        one, two = mine.text.weight, other.text.weight
        text = 2 * shared / (one + two) if one + two else 0.0
        heading = self._heading(mine.heading, other.heading)
        old_held = shared / one if one else 0.0
        new_held = shared / two if two else 0.0
        identical = mine.exact == other.exact and bool(one)
        if identical:
            content = 1.0
        elif not (one and two):  # a stub has no words: its heading speaks for it
            content = 0.7 * max(heading, 0.0)
        else:
            content = 0.7 * text + 0.3 * max(old_held, new_held)
            if heading >= 0:
                content = 0.66 * content + 0.34 * heading
            substantial = min(len(mine.text.known), len(other.text.known)) >= _SUBSTANTIAL
            if max(old_held, new_held) >= _WHOLE and substantial:
                content = max(content, _WHOLE_COUNTS * max(old_held, new_held))
        named = max(self._named(mine, other), self._named(other, mine))
        return Likeness(content, text, heading, old_held, new_held, named, identical)

    def _heading(self, mine: Bag, other: Bag) -> float:
        if not (mine.weight and other.weight):
            return -1.0
        return 2 * self._shared(mine, other) / (mine.weight + other.weight)

    def _named(self, mine: Features, other: Features) -> float:
        """How much of one's heading stands in the other's heading or text."""
        if not mine.heading.weight:
            return 0.0
        held = mine.heading.known & (other.text.known | other.heading.known)
        return sum(mine.heading.count(word) * self.weights[word] for word in held) / mine.heading.weight

    def _shared(self, mine: Bag, other: Bag) -> float:
        """The weight of what both have."""
        weights = self.weights
        total = sum(map(weights.__getitem__, mine.known & other.known))
        for feature in mine.repeated.keys() & other.repeated.keys():
            total += weights[feature] * (min(mine.repeated[feature], other.repeated[feature]) - 1)
        return total


class _Counter:
    """Counts words and pairs of neighbouring words, as integers. Paragraphs met before are not folded again."""

    def __init__(self) -> None:
        self.ids = _Ids()
        self.keys = _Keys()

    def folded(self, paragraphs: Sequence[str]) -> str:
        """The paragraphs folded for comparison as one text."""
        return " ".join(map(self.keys.__getitem__, paragraphs))

    def count(self, paragraphs: Sequence[str]) -> Counter[int]:
        """The features of the paragraphs as one text, with their numbers."""
        ids = [number for number in map(self.ids.__getitem__, _WORD.findall(self.folded(paragraphs))) if number]
        following = iter(ids)
        next(following, None)
        return Counter(chain(ids, map(add, map(_SHIFTED, ids), following)))


class _Keys(dict[str, str]):
    """Paragraph → the same folded for comparison."""

    def __missing__(self, paragraph: str) -> str:
        found = self[paragraph] = key(paragraph)
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


def _rarity(old: Counter[int], new: Counter[int], articles: int) -> Weights:
    """The weight of each feature: the fewer articles have it, the more it says."""
    of_words = [0.0, *(math.log(1 + articles / count) ** 2 for count in range(1, articles + 1))]
    of_pairs = [_PAIR_WEIGHT * weight for weight in of_words]
    seen = old.copy()
    seen.update(new)
    return {feature: (of_pairs if feature >> _SHIFT else of_words)[count] for feature, count in seen.items()}


def _body(article: Article) -> list[str]:
    return [] if article.status in STUBS else [paragraph.text for paragraph in article.body]


def _settled(
    old_texts: Sequence[str], new_texts: Sequence[str], old: Sequence[Article], new: Sequence[Article]
) -> dict[int, int]:
    """Articles with equal words that stand once on each side or, where these kept their numbers, have equal numbers."""
    olds, news = _places(old_texts), _places(new_texts)
    settled = {places[0]: news[text][0] for text, places in olds.items() if len(places) == 1 == len(news.get(text, ()))}
    kept = sum(old[a].number == new[b].number for a, b in settled.items())
    if len(settled) < _ENOUGH or kept < _KEPT * len(settled):
        return settled
    for text, places in olds.items():
        by_number = {new[b].number: b for b in news.get(text, ())}
        settled.update({a: by_number[old[a].number] for a in places if old[a].number in by_number})
    return settled


def _places(texts: Sequence[str]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        if text:
            found[text].append(place)
    return found
