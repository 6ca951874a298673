"""Splits and merges: articles without a partner whose words stand in an article that has one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from codes.text.evidence import Corpus, Likeness

_FAINT = 0.25  # share of an article's words in another below which it is not looked at as a part of it
_BESIDE, _NEAR = 2, 8  # places between a part and the next article with the same counterpart
_NEEDED = {"beside": 0.32, "near": 0.5, "far": 0.72}
_SURE = 0.5  # strength from which the next article is a part for sure; from further away a person is asked
_NAMED = 0.7  # a heading that stands in the other article makes less text enough
_NEEDED_IF_NAMED = {"beside": 0.2, "near": 0.28, "far": 0.34}
_LEAD = 0.1  # by how much a part from far away must be more like its counterpart than like any other article


@dataclass(frozen=True, slots=True)
class Part:
    """A link beside the pairs. `split`: the new article is a part of the old one, otherwise the other way round.

    `held` is the share of the part's words that stand in the whole; `fresh` the share of these that the whole's own
    partner does not explain already. `same_number`: linked because the number is printed twice, whatever the words.
    """

    old: int
    new: int
    held: float
    fresh: float
    named: float
    split: bool
    sure: bool = False
    same_number: bool = False

    @property
    def strength(self) -> float:
        return self.held * self.fresh


def find_parts(corpus: Corpus, likeness: Mapping[tuple[int, int], Likeness], partners: Mapping[int, int]) -> list[Part]:
    """The best split or merge for each article without a partner, if any. `partners` maps old to new places."""
    sources = {b: a for a, b in partners.items()}
    waiting: defaultdict[tuple[bool, int], list[Part]] = defaultdict(list)
    for part in _possible(corpus, likeness, partners, sources):
        waiting[part.split, part.new if part.split else part.old].append(part)
    # The places of the articles that went into one whole already: a chain of neighbours is taken link by link.
    together: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
    for a, b in partners.items():
        together[True, a].append(b)
        together[False, b].append(a)
    found: list[Part] = []
    grew = True
    while grew:
        grew = False
        for place, parts in sorted(waiting.items(), key=lambda item: -max(part.strength for part in item[1])):
            chosen = _best(parts, together)
            if chosen is not None:
                found.append(chosen)
                together[chosen.split, chosen.old if chosen.split else chosen.new].append(place[1])
                del waiting[place]
                grew = True
    return [replace(part, sure=part.strength >= _SURE and _stands_beside(part, together)) for part in found]


def _possible(
    corpus: Corpus,
    likeness: Mapping[tuple[int, int], Likeness],
    partners: Mapping[int, int],
    sources: Mapping[int, int],
) -> Iterator[Part]:
    for (a, b), found in likeness.items():
        if b not in sources and a in partners and found.new_held >= _FAINT:
            fresh = corpus.freshness(corpus.new[b], corpus.old[a], corpus.new[partners[a]])
            yield Part(a, b, found.new_held, fresh, found.named, True)
        if a not in partners and b in sources and found.old_held >= _FAINT:
            fresh = corpus.freshness(corpus.old[a], corpus.new[b], corpus.old[sources[b]])
            yield Part(a, b, found.old_held, fresh, found.named, False)


def _best(parts: list[Part], together: Mapping[tuple[bool, int], list[int]]) -> Part | None:
    """The part with the most evidence, when it has enough for its distance."""
    best: tuple[float, Part] | None = None
    for part in parts:
        steps = _distance(part, together)
        rank = "beside" if steps <= _BESIDE else "near" if steps <= _NEAR else "far"
        strength = part.strength
        needed = (_NEEDED_IF_NAMED if part.named >= _NAMED else _NEEDED)[rank]
        rival = max((other.held for other in parts if other is not part), default=0.0)
        if strength < needed or (rank == "far" and part.named < _NAMED and part.held < rival + _LEAD):
            continue
        surplus = strength - needed
        if best is None or surplus > best[0]:
            best = (surplus, part)
    return best[1] if best else None


def _distance(part: Part, together: Mapping[tuple[bool, int], list[int]]) -> int:
    """Places between a part and the nearest article that shares its whole."""
    whole, place = (part.old, part.new) if part.split else (part.new, part.old)
    return min(abs(place - other) for other in together[part.split, whole])


def _stands_beside(part: Part, together: Mapping[tuple[bool, int], list[int]]) -> bool:
    """Whether the article right before or after it belongs to the same whole."""
    whole, place = (part.old, part.new) if part.split else (part.new, part.old)
    return not {place - 1, place + 1}.isdisjoint(together[part.split, whole])
