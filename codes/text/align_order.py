"""Where an article is expected from where its neighbours went, and whether numbers are kept around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from codes.text.nodes import Article

_REACH = 12  # places away from the expected one at which order stops speaking for a pair
_AROUND = 4  # anchors on each side that say whether numbers are kept here
_PRIOR = 4  # how many anchors the whole text counts for in that


class Order:
    """Pairs that are sure already, one partner each, as evidence for their neighbours."""

    def __init__(self, anchors: Sequence[tuple[int, int]], old: Sequence[Article], new: Sequence[Article]) -> None:
        ordered = sorted(anchors)
        self.olds = [a for a, _ in ordered]
        self.news = [b for _, b in ordered]
        self.equal = [old[a].number == new[b].number for a, b in ordered]
        self.kept = sum(self.equal) / len(ordered) if len(ordered) >= 3 else 0.5

    def nearness(self, a: int, b: int) -> float:
        """1 where the nearest links before and after say the pair belongs, falling to 0 with the distance."""
        before, after = bisect_left(self.olds, a) - 1, bisect_right(self.olds, a)
        sides = []
        if before >= 0:
            sides.append(_closeness(b - self.news[before], a - self.olds[before]))
        if after < len(self.olds):
            sides.append(_closeness(self.news[after] - b, self.olds[after] - a))
        return 0.65 * max(sides) + 0.35 * min(sides) if sides else 0.5

    def numbers_kept(self, a: int) -> float:
        """The share (0…1) of neighbouring sure pairs that kept their number, smoothed by the share in the whole text."""
        low = bisect_left(self.olds, a)
        high = bisect_right(self.olds, a)
        around = self.equal[max(0, low - _AROUND) : low] + self.equal[high : high + _AROUND]
        return (sum(around) + _PRIOR * self.kept) / (len(around) + _PRIOR)


def _closeness(new_steps: int, old_steps: int) -> float:
    return max(0.0, 1 - abs(new_steps - old_steps) / _REACH) if new_steps > 0 else 0.0


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
