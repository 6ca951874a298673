"""Where an article is expected from where its neighbours went, and whether numbers are kept around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from codes.text.nodes import Article

_REACH = 12  # places away from the expected one at which order stops speaking for a pair
_FEW = 3  # fewer anchors say nothing about numbers
_AROUND = 4  # anchors on each side that say whether numbers are kept here
_PRIOR = 4  # how many anchors the whole text counts for in that


class Order:
    """Pairs that are sure already, one partner each, as evidence for their neighbours."""

    def __init__(self, anchors: Sequence[tuple[int, int]], old: Sequence[Article], new: Sequence[Article]) -> None:
        self.expected: list[list[int]] = [
            [] for _ in old
        ]  # where the nearest anchors before and after say an old article went
        ordered = sorted(anchors)
        self._expect(ordered, range(len(old)))
        self._expect(ordered[::-1], range(len(old) - 1, -1, -1))
        equal = [printed(old[a].number) == printed(new[b].number) for a, b in ordered]
        whole = sum(equal) / len(equal) if len(equal) >= _FEW else 0.5
        olds = [a for a, _ in ordered]
        self.kept = [self._numbers_kept(a, olds, equal, whole) for a in range(len(old))]

    def _expect(self, anchors: Sequence[tuple[int, int]], places: range) -> None:
        waiting = iter(anchors)
        coming = next(waiting, None)
        shift: int | None = None
        for a in places:
            if shift is not None:
                self.expected[a].append(a + shift)
            if coming is not None and coming[0] == a:
                shift = coming[1] - a
                coming = next(waiting, None)

    def _numbers_kept(self, a: int, olds: Sequence[int], equal: Sequence[bool], whole: float) -> float:
        low, high = bisect_left(olds, a), bisect_right(olds, a)
        around = [*equal[max(0, low - _AROUND) : low], *equal[high : high + _AROUND]]
        return (sum(around) + _PRIOR * whole) / (len(around) + _PRIOR)

    def nearness(self, a: int, b: int) -> float:
        """1 where the nearest links before and after say the pair belongs, falling to 0 with the distance."""
        sides = [max(0.0, 1 - abs(b - expected) / _REACH) for expected in self.expected[a]]
        return 0.65 * max(sides) + 0.35 * min(sides) if sides else 0.5

    def numbers_kept(self, a: int) -> float:
        """The share (0…1) of neighbouring sure pairs that kept their number, smoothed by that of the whole text."""
        return self.kept[a]


def printed(number: str) -> str:
    """The number as the source prints it, without the mark of its second appearance."""
    return number.partition("~")[0]


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
