"""Splits and merges: articles without a partner whose words stand in an article that has one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from codes.text.evidence import Corpus, Likeness

# Share of an article's words in another below which it is not looked at as a part of it: beside its place, elsewhere.
_FAINT_BESIDE, _FAINT = 0.12, 0.25
_BESIDE, _NEAR = 2, 8  # places between a part and the next article with the same counterpart
_NEEDED = {"beside": 0.32, "near": 0.5, "far": 0.72}
# (strength, lead over any other whole) from which the next article is a part for sure; further away a person is asked
_SURE = ((0.5, 0.1), (0.35, 0.25))
_NAMED = 0.7  # a heading that stands in the other article makes less text enough
_NEEDED_IF_NAMED = {"beside": 0.2, "near": 0.28, "far": 0.34}
_LEAD = 0.1  # by how much a part from far away must be more like its counterpart than like any other article
_DOUBT = {"beside": 0.12, "near": 0.25, "far": 0.3}  # strength from which an article may be a part after all


_APART = 0.2  # share of two articles' words that they must explain less as a pair than as parts of others


@dataclass(frozen=True, slots=True)
class Part:
    """A link beside the pairs. `split`: the new article is a part of the old one, otherwise the other way round.

    `held` is the share of the part's words that stand in the whole; `fresh` the share of these that nothing else which
    went into the whole explains. `doubt` says why a person is asked, "" where it is sure. `same_number`: linked because
    the number is printed twice, whatever the words.
    """

    old: int
    new: int
    held: float
    fresh: float
    named: float
    split: bool
    doubt: str = ""
    same_number: bool = False

    @property
    def strength(self) -> float:
        return self.held * self.fresh

    @property
    def sure(self) -> bool:
        return not (self.doubt or self.same_number)

    @property
    def whole(self) -> tuple[bool, int]:
        return self.split, self.old if self.split else self.new

    @property
    def place(self) -> int:
        return self.new if self.split else self.old


class Parts:
    """The best split or merge for each article without a partner, if any (`found`).

    `partners` maps old to new places. `doubted` are places, on the new side where True, of articles that found no whole
    although their words say a little for one.
    """

    def __init__(
        self, corpus: Corpus, likeness: Mapping[tuple[int, int], Likeness], partners: Mapping[int, int]
    ) -> None:
        self.corpus = corpus
        # The places of the articles that went into one whole already: a chain of neighbours is taken link by link.
        self.together: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
        for a, b in partners.items():
            self.together[True, a].append(b)
            self.together[False, b].append(a)
        self.measured: dict[tuple[bool, int, int], tuple[int, Part]] = {}
        self.waiting = self._possible(likeness, partners)
        self.found = self._take()
        self.doubted = {
            place for place, parts in self.waiting.items() if any(self._speaks(self._measured(part)) for part in parts)
        }

    def _possible(
        self, likeness: Mapping[tuple[int, int], Likeness], partners: Mapping[int, int]
    ) -> dict[tuple[bool, int], list[Part]]:
        sources = {b: a for a, b in partners.items()}
        waiting: defaultdict[tuple[bool, int], list[Part]] = defaultdict(list)
        for (a, b), found in likeness.items():
            if b not in sources and a in partners:
                part = Part(a, b, found.new_held, 1.0, found.named, split=True)
            elif a not in partners and b in sources:
                part = Part(a, b, found.old_held, 1.0, found.named, split=False)
            else:
                continue
            if part.held >= (_FAINT_BESIDE if self._rank(part) == "beside" else _FAINT):
                waiting[part.split, part.place].append(self._measured(part))
        return dict(waiting)

    def _measured(self, part: Part) -> Part:
        """The part beside all others that went into its whole by now."""
        places = self.together[part.whole]
        known = self.measured.get((part.split, part.old, part.new))
        if known is not None and known[0] == len(places):
            return known[1]
        mine, whole = (self.corpus.new, self.corpus.old) if part.split else (self.corpus.old, self.corpus.new)
        others = [mine[place] for place in places if place != part.place]
        found = replace(part, fresh=self.corpus.freshness(mine[part.place], whole[part.whole[1]], others))
        self.measured[part.split, part.old, part.new] = len(places), found
        return found

    def _take(self) -> list[Part]:
        """Parts, strongest first. One that its later siblings explain is given back and may find another whole."""
        found: dict[tuple[bool, int], list[Part]] = {}
        while self._grow(found) or self._give_back(found):
            pass
        return [self._judged(*parts) for parts in found.values()]

    def _grow(self, found: dict[tuple[bool, int], list[Part]]) -> bool:
        """Take what can be taken into `found`, each with its rivals. False where that was nothing."""
        before = len(found)
        for place, possible in sorted(self.waiting.items(), key=lambda item: -max(p.strength for p in item[1])):
            parts = [self._measured(part) for part in possible]
            chosen = self._best(parts)
            if chosen is not None:
                found[place] = [chosen, *(part for part in parts if part.whole != chosen.whole)]
                self.together[chosen.whole].append(chosen.place)
                del self.waiting[place]
        return len(found) > before

    def _give_back(self, found: dict[tuple[bool, int], list[Part]]) -> bool:
        """Take out of `found` the part that needs it most, and the whole out of what is possible for it."""
        weak = [(place, part) for place, (part, *_) in found.items() if self._surplus(self._measured(part)) < 0]
        if not weak:
            return False
        place, part = min(weak, key=lambda item: self._surplus(self._measured(item[1])))
        self.together[part.whole].remove(part.place)
        _, *rivals = found.pop(place)
        if rivals:
            self.waiting[place] = rivals
        return True

    def _best(self, parts: list[Part]) -> Part | None:
        """The part with the most evidence, when it has enough for its distance."""
        best: tuple[float, Part] | None = None
        for part in parts:
            surplus = self._surplus(part)
            rival = max((other.held for other in parts if other is not part), default=0.0)
            lonely = self._rank(part) == "far" and part.named < _NAMED and part.held < rival + _LEAD
            if surplus >= 0 and not lonely and (best is None or surplus > best[0]):
                best = (surplus, part)
        return best[1] if best else None

    def _surplus(self, part: Part) -> float:
        """By how much the evidence is more than its distance asks for."""
        return part.strength - (_NEEDED_IF_NAMED if part.named >= _NAMED else _NEEDED)[self._rank(part)]

    def _speaks(self, part: Part) -> bool:
        return part.strength >= _DOUBT[self._rank(part)]

    def _rank(self, part: Part) -> str:
        steps = self._distance(part)
        return "beside" if steps <= _BESIDE else "near" if steps <= _NEAR else "far"

    def _distance(self, part: Part) -> int:
        """Places between a part and the nearest article that shares its whole."""
        return min(abs(part.place - other) for other in self.together[part.whole] if other != part.place)

    def _judged(self, part: Part, *rivals: Part) -> Part:
        """The part as it stands when all are found: sure where it stands beside its whole and is needed there most."""
        part = self._measured(part)
        rival = max((self._measured(other).strength for other in rivals), default=0.0)
        if self._distance(part) > 1:
            return replace(part, doubt="apart from the other parts")
        if any(part.strength >= max(least, rival + lead) for least, lead in _SURE):
            return part
        close = rival > part.strength / 2
        few = "not many, or its neighbours' too"
        return replace(part, doubt="another article holds many of them too" if close else few)


def better_apart(
    corpus: Corpus,
    likeness: Mapping[tuple[int, int], Likeness],
    partners: Mapping[int, int],
    pairs: Iterable[tuple[int, int]],
) -> set[tuple[int, int]]:
    """Those of `pairs` that only took what was left over: each of the two stands in an article beside its own place.

    Two pieces of standard wording are alike wherever they stand; what their neighbours lack says where they belong.
    """
    weak = dict(pairs)
    olds: dict[int, float] = {}
    news: dict[int, float] = {}
    sources = {b: a for a, b in partners.items()}
    for (a, b), found in likeness.items():
        if partners.get(a) == b or a not in partners or b not in sources:
            continue
        if a in weak and found.old_held > max(_FAINT, olds.get(a, 0.0)) and abs(sources[b] - a) <= _NEAR:
            fresh = corpus.freshness(corpus.old[a], corpus.new[b], [corpus.old[sources[b]]])
            olds[a] = max(olds.get(a, 0.0), found.old_held * fresh)
        if sources[b] in weak and found.new_held > max(_FAINT, news.get(b, 0.0)) and abs(partners[a] - b) <= _NEAR:
            fresh = corpus.freshness(corpus.new[b], corpus.old[a], [corpus.new[partners[a]]])
            news[b] = max(news.get(b, 0.0), found.new_held * fresh)
    return {
        (a, b)
        for a, b in weak.items()
        if _gain(corpus, (a, b), likeness[a, b], olds.get(a, 0.0), news.get(b, 0.0)) >= _APART
    }


def _gain(corpus: Corpus, pair: tuple[int, int], found: Likeness, old: float, new: float) -> float:
    """The share of both articles' words that is explained by `old` and `new` of them beyond what the pair explains."""
    weights = corpus.old[pair[0]].text.weight, corpus.new[pair[1]].text.weight
    gains = old - found.old_held, new - found.new_held
    return (gains[0] * weights[0] + gains[1] * weights[1]) / (sum(weights) or 1.0)
