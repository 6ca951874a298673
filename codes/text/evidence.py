"""What speaks for two articles being one: shared rare words, headings, and what each holds of the other."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, pairwise
from operator import mul

from codes.text.nodes import Article
from codes.text.normalise import key

_WORD = re.compile(r"\w+")
_STEM = 6  # letters of a word that carry its meaning in inflected languages, near enough
_SHIFT = 22  # bits of a word's id; a pair of neighbouring words is one integer
_PAIR_WEIGHT = 0.6  # a pair of words says less than its rarity, since it repeats what its words say
_MOST_COMMON = 40  # a feature that stands in more articles than this proposes nobody
_VOTERS = 60  # an article's rarest features propose its candidates
_ENOUGH, _KEPT = 10, 0.75  # so many equal articles, and so large a share with equal numbers, say that numbers were kept
_BEST = 10  # candidates that are looked at closely

STUBS = frozenset({"repealed", "suppressed", "unchanged"})  # what such an article prints is no text of its own

# An article of so many features that stands nearly whole in the other counts for so much, whatever the headings say.
_WHOLE, _SUBSTANTIAL, _WHOLE_COUNTS = 0.75, 12, 0.5

Weights = dict[int, float]


@dataclass(frozen=True, slots=True)
class Features:
    """An article as weighted features (words, pairs of words) that both texts know, and the weight of all."""

    text: Weights
    weight: float
    heading: Weights
    heading_weight: float
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
        bodies = [[counter.count(_body(article)) for article in side] for side in sides]
        headings = [[counter.count([article.heading]) for article in side] for side in sides]
        exact = [
            [f"{heading}\n{body}" if body else "" for (heading, _), (body, _) in zip(*both, strict=True)]
            for both in zip(headings, bodies, strict=True)
        ]
        counted, headed = ([[found for _, found in side] for side in both] for both in (bodies, headings))
        seen = [Counter[int](), Counter[int]()]
        for side in (0, 1):
            for text, heading in zip(counted[side], headed[side], strict=True):
                seen[side].update(text.keys() | heading.keys() if heading else text.keys())
        self.settled = _settled(exact[0], exact[1], old, new)
        self.seen = seen
        rarity = _Rarity(seen[0], seen[1], len(old) + len(new))
        done = (self.settled.keys(), set(self.settled.values()))
        self.old, self.new = (
            {
                place: rarity.weigh(counted[side][place], headed[side][place], exact[side][place])
                for place in range(len(sides[side]))
                if place not in done[side]
            }
            for side in (0, 1)
        )

    def candidates(self, known: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Pairs that share rare features, found from both sides (a short article is one of many in a long one).

        Articles in `known` pairs propose nobody, but may be proposed.
        """
        known_old, known_new = {a for a, _ in known}, {b for _, b in known}
        for place, other in _proposed(self.old, known_old, self.new, self.seen[1]):
            yield place, other
        for place, other in _proposed(self.new, known_new, self.old, self.seen[0]):
            yield other, place

    def likeness(self, old: int, new: int) -> Likeness:
        mine, other = self.old[old], self.new[new]
        shared = _shared(mine.text, other.text)
        text = 2 * shared / (mine.weight + other.weight) if mine.weight + other.weight else 0.0
        heading = _heading(mine, other)
        old_held = shared / mine.weight if mine.weight else 0.0
        new_held = shared / other.weight if other.weight else 0.0
        identical = mine.exact == other.exact and bool(mine.weight)
        if identical:
            content = 1.0
        elif not (mine.weight and other.weight):  # a stub has no words: its heading speaks for it
            content = 0.7 * max(heading, 0.0)
        else:
            content = 0.7 * text + 0.3 * max(old_held, new_held)
            if heading >= 0:
                content = 0.66 * content + 0.34 * heading
            if max(old_held, new_held) >= _WHOLE and min(len(mine.text), len(other.text)) >= _SUBSTANTIAL:
                content = max(content, _WHOLE_COUNTS * max(old_held, new_held))
        return Likeness(
            content, text, heading, old_held, new_held, max(_named(mine, other), _named(other, mine)), identical
        )


def freshness(part: Features, whole: Features, others: Sequence[Features]) -> float:
    """The share (0…1) of what a part and its whole have in common that the whole's other parts do not hold as well."""
    in_part, in_whole, elsewhere = part.text, whole.text, [other.text for other in others]
    common = fresh = 0.0
    for feature in in_part.keys() & in_whole.keys():
        here, there = in_part[feature], in_whole[feature]
        common += here if here < there else there
        for other in elsewhere:
            if feature in other:
                there -= other[feature]
        if there > 0:
            fresh += here if here < there else there
    return fresh / common if common else 0.0


class _Counter:
    """Counts words and pairs of neighbouring words, as integers. Paragraphs and texts met before are not read again."""

    def __init__(self) -> None:
        self.ids = _Ids()
        self.paragraphs: dict[str, tuple[str, list[int]]] = {}
        self.counted: dict[str, Counter[int]] = {}

    def count(self, paragraphs: Sequence[str]) -> tuple[str, Counter[int]]:
        """The paragraphs folded for comparison as one text, and its features with their numbers."""
        read = [self.paragraphs.get(paragraph) or self._read(paragraph) for paragraph in paragraphs]
        text = " ".join([folded for folded, _ in read])
        found = self.counted.get(text)
        if found is None:
            ids = list(chain.from_iterable([numbers for _, numbers in read]))
            found = Counter(ids)
            found.update([(first << _SHIFT) | second for first, second in pairwise(ids)])
            self.counted[text] = found
        return text, found

    def _read(self, paragraph: str) -> tuple[str, list[int]]:
        folded = key(paragraph)
        found = folded, [number for number in map(self.ids.__getitem__, _WORD.findall(folded)) if number]
        self.paragraphs[paragraph] = found
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
        of_words = [0.0, *(math.log(1 + articles / count) ** 2 for count in range(1, articles + 1))]
        of_pairs = [_PAIR_WEIGHT * weight for weight in of_words]
        self.weight: Weights = {}
        for one, two in ((old, new), (new, old)):
            other = two.get
            for feature, count in one.items():
                self.weight[feature] = (of_pairs if feature >> _SHIFT else of_words)[count + (other(feature) or 0)]
        self.shared = {feature: self.weight[feature] for feature in old.keys() & new.keys()}

    def weigh(self, text: Counter[int], heading: Counter[int], exact: str) -> Features:
        weights, weight = self._weights(text)
        headed, heading_weight = self._weights(heading)
        return Features(weights, weight, headed, heading_weight, exact)

    def _weights(self, counted: Counter[int]) -> tuple[Weights, float]:
        """Weights of the features that both sides have, and the weight of all."""
        weight = sum(map(mul, counted.values(), map(self.weight.__getitem__, counted)))
        shared = self.shared.get
        return {f: count * weighs for f, count in counted.items() if (weighs := shared(f))}, weight


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


def _proposed(
    side: Mapping[int, Features], known: Container[int], others: Mapping[int, Features], seen: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """(place, other place) of the likeliest counterparts of each article that is not known.

    Each of its rarest features votes for the others that have it. `seen`: in how many of the others a feature stands.
    """
    voters = {place: _voters(features, seen) for place, features in side.items() if place not in known}
    wanted = {feature for votes in voters.values() for _, feature in votes}
    owners: defaultdict[int, list[int]] = defaultdict(list)
    for place, features in others.items() if wanted else ():
        for feature in (
            features.text.keys() | features.heading.keys() if features.heading else features.text.keys()
        ) & wanted:
            owners[feature].append(place)
    for place, votes in voters.items():
        counted: defaultdict[int, float] = defaultdict(float)
        for weight, feature in votes:
            for owner in owners[feature]:
                counted[owner] += weight
        for other in sorted(counted, key=counted.__getitem__, reverse=True)[:_BEST]:
            yield place, other


def _voters(features: Features, seen: Mapping[int, int]) -> list[tuple[float, int]]:
    """(weight, feature) of the article's rarest features, those of its heading twice as heavy."""
    voters = [(weight, feature) for feature, weight in features.text.items() if seen[feature] <= _MOST_COMMON]
    if len(voters) > _VOTERS:
        voters = nlargest(_VOTERS, voters)
    return voters + [
        (2 * weight, feature) for feature, weight in features.heading.items() if seen[feature] <= _MOST_COMMON
    ]


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
