"""Which paragraph stands beside which, inside one pair of articles or across a split or merge.

Parts are paired first (a part with its sanction and items is one block), then paragraphs inside paired parts, then what
is left over: so a sanction stays with the offence it belongs to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, groupby

from rapidfuzz.distance import LCSseq

from codes.text.nodes import Paragraph
from codes.text.normalise import key
from codes.text.tokens import tokenize

_ALIKE = 0.3  # share of equal words from which two paragraphs or parts stand side by side
_ALIKE_IN_PLACE = 0.15  # the same for two with the same marker and level
_IN_PLACE = 0.5  # share of equal words from which two with the same marker need no better counterpart
_SAME_PLACE = 0.15  # what the same marker adds
_ALIKE_BETWEEN = 1 / 3  # share of equal words for two that stand alone between the same neighbours
_ANCHOR_WORDS = 4  # shorter equal paragraphs are too common to hold the others in place
_MANY = 400  # comparisons from which equal paragraphs are taken out first


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph and the number of the article it stands in."""

    article: str
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is paired: a part or a paragraph, as weighted words, and the marker that says where it stands."""

    words: Counter[str]
    weight: float
    mark: tuple[str, str]


def pair_paragraphs(old: Sequence[Place], new: Sequence[Place]) -> list[tuple[Place | None, Place | None]]:
    """Pairs in the order of the new text; deleted paragraphs stand where they stood."""
    if not old or not new:
        return [*((place, None) for place in old), *((None, place) for place in new)]
    first = _same_run(old, new)
    last = _same_run(old[first:][::-1], new[first:][::-1])
    ends = len(old) - last, len(new) - last
    inner, outer = old[first : ends[0]], new[first : ends[1]]
    middle = [*zip(inner, outer, strict=True)] if _in_place(inner, outer) else _Pairing(inner, outer).rows()
    return [*zip(old[:first], new[:first], strict=True), *middle, *zip(old[ends[0] :], new[ends[1] :], strict=True)]


def _same_run(old: Sequence[Place], new: Sequence[Place]) -> int:
    """How many paragraphs from here on are the same, with the same marker in the same part."""
    count = 0
    for one, two in zip(old, new, strict=False):
        a, b = one.paragraph, two.paragraph
        if a.text != b.text or (a.part, a.level, a.role) != (b.part, b.level, b.role):
            break
        count += 1
    return count


def _in_place(old: Sequence[Place], new: Sequence[Place]) -> bool:
    """Whether nothing but words changed: the same parts and markers in the same order, each half the same at least."""
    return len(old) == len(new) and all(
        (a.part, a.level, a.role, a.marker) == (b.part, b.level, b.role, b.marker)
        and LCSseq.normalized_similarity(tokenize(a.text).keys, tokenize(b.text).keys) >= _IN_PLACE
        for a, b in ((one.paragraph, two.paragraph) for one, two in zip(old, new, strict=True))
    )


class _Pairing:
    def __init__(self, old: Sequence[Place], new: Sequence[Place]) -> None:
        self.old, self.new = old, new
        self.partner: dict[int, int] = {}  # new → old
        counted = [[_words(place.paragraph.text) for place in side] for side in (old, new)]
        standing = Counter(word for words in (*counted[0], *counted[1]) for word in words)
        self.rarity = {word: count**-0.5 for word, count in standing.items()}
        self.words = counted
        # Beside one article the order of parts means something; beside several only what they say.
        self.one_to_one = len({place.article for place in old}) == 1 == len({place.article for place in new})

    def rows(self) -> list[tuple[Place | None, Place | None]]:
        _match_equal(self.old, self.new, self.partner)
        old_blocks, new_blocks = _blocks(self.old), _blocks(self.new)
        old_units = [self._unit(0, block, part=True) for block in old_blocks]
        new_units = [self._unit(1, block, part=True) for block in new_blocks]
        for b, a in _paired(old_units, new_units, self.rarity, in_order=self.one_to_one).items():
            self._pair_within(old_blocks[a], new_blocks[b], in_order=True)
        self._pair_within(range(len(self.old)), range(len(self.new)), in_order=self.one_to_one)
        self._pair_facing()
        return _in_rows(self.old, self.new, self.partner)

    def _unit(self, side: int, numbers: Sequence[int], *, part: bool) -> _Unit:
        words: Counter[str] = Counter()
        for number in numbers:
            words.update(self.words[side][number])
        first = (self.old, self.new)[side][numbers[0]].paragraph
        mark = (first.role, first.part or "1") if part else (f"{first.role} {first.level}", first.marker)
        return _Unit(words, sum(count * self.rarity[word] for word, count in words.items()), mark)

    def _pair_within(self, olds: Sequence[int], news: Sequence[int], *, in_order: bool) -> None:
        taken = set(self.partner.values())
        olds = [a for a in olds if a not in taken]
        news = [b for b in news if b not in self.partner]
        if not (olds and news):
            return
        old_units = [self._unit(0, [a], part=False) for a in olds]
        new_units = [self._unit(1, [b], part=False) for b in news]
        found = _paired(old_units, new_units, self.rarity, in_order=in_order)
        self.partner.update((news[b], olds[a]) for b, a in found.items())

    def _pair_facing(self) -> None:
        """What is left alone between the same neighbours is one paragraph: "organised group" → "criminal group"."""
        taken = set(self.partner.values())
        for b in range(len(self.new)):
            a = self.partner.get(b - 1, -1) + 1
            if b in self.partner or a in taken or a >= len(self.old) or (a == 0) != (b == 0):
                continue
            below = self.partner.get(b + 1, len(self.old) if b + 1 == len(self.new) else -1)
            if below == a + 1 and self._may_face(a, b):
                self.partner[b] = a

    def _may_face(self, a: int, b: int) -> bool:
        one, two = self.old[a].paragraph, self.new[b].paragraph
        if (one.role, one.level) != (two.role, two.level):
            return False
        shared = (self.words[0][a] & self.words[1][b]).total()
        return shared >= _ALIKE_BETWEEN * max(self.words[0][a].total(), self.words[1][b].total())


def _match_equal(old: Sequence[Place], new: Sequence[Place], partner: dict[int, int]) -> None:
    """Long texts: paragraphs that stand once on each side, word for word, are pairs."""
    if len(old) * len(new) <= _MANY:
        return
    olds, news = _by_key(old), _by_key(new)
    for text, places in olds.items():
        if len(places) == 1 == len(news.get(text, ())) and text.count(" ") >= _ANCHOR_WORDS:
            partner[news[text][0]] = places[0]


def _by_key(places: Sequence[Place]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        found[key(place.paragraph.text)].append(number)
    return found


def _blocks(places: Sequence[Place]) -> list[list[int]]:
    """Numbers of the paragraphs of each part of each article."""
    parts = groupby(
        range(len(places)), key=lambda i: (places[i].article, places[i].paragraph.part, places[i].paragraph.role)
    )
    return [list(part) for _, part in parts]


def _words(text: str) -> Counter[str]:
    tokens = tokenize(text)
    return Counter(compress(tokens.keys, tokens.words))


def _paired(
    old: Sequence[_Unit], new: Sequence[_Unit], rarity: Mapping[str, float], *, in_order: bool
) -> dict[int, int]:
    """New → old: the likest pairing that keeps both orders (where they matter), then what is alike out of order."""
    likeness: dict[tuple[int, int], float] = {}
    for a, one in enumerate(old):
        for b, two in enumerate(new):
            same_place = in_order and one.mark == two.mark
            score = _share(one, two, rarity)
            if score >= (_ALIKE_IN_PLACE if same_place else _ALIKE):
                likeness[a, b] = score + (_SAME_PLACE if same_place else 0.0)
    partner = _in_order(likeness, len(old), len(new)) if in_order else {}
    taken = set(partner.values())
    for (a, b), score in sorted(likeness.items(), key=lambda item: -item[1]):
        if score >= (2 if in_order else 1) * _ALIKE and a not in taken and b not in partner:
            partner[b] = a
            taken.add(a)
    return partner


def _share(one: _Unit, two: _Unit, rarity: Mapping[str, float]) -> float:
    """Share of equal words by weight; a unit that stands whole in a longer one counts as half alike at least."""
    smaller, larger = (one, two) if len(one.words) <= len(two.words) else (two, one)
    shared = 0.0
    for word, count in smaller.words.items():
        other = larger.words.get(word)
        if other:
            shared += min(count, other) * rarity[word]
    if not shared:
        return 0.0
    whole = 0.5 * shared / min(one.weight, two.weight) if len(smaller.words) >= _ANCHOR_WORDS else 0.0
    return max(2 * shared / (one.weight + two.weight), whole)


def _in_order(likeness: dict[tuple[int, int], float], rows: int, columns: int) -> dict[int, int]:
    """The best pairing that keeps both orders (dynamic programming over the likeness)."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for a in range(rows - 1, -1, -1):
        below, line = best[a + 1], best[a]
        for b in range(columns - 1, -1, -1):
            skipped = max(below[b], line[b + 1])
            matched = likeness.get((a, b))
            line[b] = skipped if matched is None else max(skipped, matched + below[b + 1])
    partner = {}
    a = b = 0
    while a < rows and b < columns:
        matched = likeness.get((a, b))
        if matched is not None and best[a][b] == matched + best[a + 1][b + 1]:
            partner[b] = a
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return partner


def _in_rows(
    old: Sequence[Place], new: Sequence[Place], partner: dict[int, int]
) -> list[tuple[Place | None, Place | None]]:
    """New paragraphs in their order; an old one without partner follows the row of the old paragraph before it."""
    to_new = {a: b for b, a in partner.items()}
    after: defaultdict[int, list[int]] = defaultdict(list)
    row = -1
    for a in range(len(old)):
        if a in to_new:
            row = to_new[a]
        else:
            after[row].append(a)
    rows: list[tuple[Place | None, Place | None]] = [(old[a], None) for a in after[-1]]
    for b, place in enumerate(new):
        rows.append((old[partner[b]] if b in partner else None, place))
        rows += [(old[a], None) for a in after[b]]
    return rows
