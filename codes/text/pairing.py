"""Which paragraph stands beside which, inside one pair of articles or across a split or merge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from codes.text.nodes import Paragraph
from codes.text.tokens import tokenize

_ALIKE = 0.3  # share of equal words from which two paragraphs stand side by side
_ALIKE_IN_PLACE = 0.12  # the same, for paragraphs of the same part and level
_SAME_PLACE = 0.2


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph and the number of the article it stands in."""

    article: str
    paragraph: Paragraph


def pair_paragraphs(
    old: Sequence[Place], new: Sequence[Place]
) -> list[tuple[Place | None, Place | None]]:
    """Pairs in the order of the new text; deleted paragraphs stand where they stood."""
    if len(old) == len(new) and all(a.paragraph.text == b.paragraph.text for a, b in zip(old, new, strict=True)):
        return list(zip(old, new, strict=True))
    likeness = _likeness(old, new)
    partner = _in_order(likeness, len(old), len(new))
    _out_of_order(partner, likeness)
    used = {a: b for b, a in partner.items()}
    pairs: list[tuple[Place | None, Place | None]] = []
    next_old = 0
    for b, place in enumerate(new):
        a = partner.get(b)
        if a is not None and a >= next_old:
            pairs += [(old[i], None) for i in range(next_old, a) if i not in used]
            next_old = a + 1
        pairs.append((old[a] if a is not None else None, place))
    return pairs + [(old[i], None) for i in range(next_old, len(old)) if i not in used]


def _likeness(old: Sequence[Place], new: Sequence[Place]) -> dict[tuple[int, int], float]:
    before = [_words(place.paragraph.text) for place in old]
    after = [_words(place.paragraph.text) for place in new]
    found = {}
    for a, one in enumerate(before):
        for b, two in enumerate(after):
            same_place = _same_place(old[a].paragraph, new[b].paragraph)
            shared = sum((one & two).values())
            score = 2 * shared / (one.total() + two.total()) if one and two else 0.0
            if score >= (_ALIKE_IN_PLACE if same_place else _ALIKE):
                found[a, b] = score + (_SAME_PLACE if same_place else 0.0)
    return found


@lru_cache(maxsize=20_000)
def _words(text: str) -> Counter[str]:
    return Counter(token.key for token in tokenize(text) if token.word)


def _same_place(one: Paragraph, two: Paragraph) -> bool:
    return one.level == two.level and (one.part or "1") == (two.part or "1") and one.role == two.role and one.marker == two.marker


def _in_order(likeness: dict[tuple[int, int], float], rows: int, columns: int) -> dict[int, int]:
    """The best pairing that keeps both orders (dynamic programming over the likeness)."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            matched = likeness.get((a, b), 0.0) + best[a + 1][b + 1] if (a, b) in likeness else 0.0
            best[a][b] = max(matched, best[a + 1][b], best[a][b + 1])
    partner = {}
    a = b = 0
    while a < rows and b < columns:
        if (a, b) in likeness and best[a][b] == likeness[a, b] + best[a + 1][b + 1]:
            partner[b] = a
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return partner


def _out_of_order(partner: dict[int, int], likeness: dict[tuple[int, int], float]) -> None:
    """Paragraphs that changed their order still stand beside their counterpart when they are much alike."""
    taken = set(partner.values())
    for (a, b), score in sorted(likeness.items(), key=lambda item: -item[1]):
        if score >= 2 * _ALIKE and a not in taken and b not in partner:
            partner[b] = a
            taken.add(a)
