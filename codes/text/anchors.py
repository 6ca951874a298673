"""Where quoted words stand in another version of their article. Only equal words in one place are carried over."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import LCSseq

from codes.text.diff import compare
from codes.text.nodes import Article, OpKind, Row
from codes.text.normalise import fold
from codes.text.tokens import is_word, tokenize

AnchorOutcome = Literal["identical", "changed", "gone", "ambiguous"]

_KEPT = 0.4  # share of the quoted words, and of their letters, that a passage must hold to be shown as the changed one
_SPREAD = 2.5  # how much longer than the quote such a passage may be
_OWN = 5  # words from which a quote found in an article that is no counterpart is taken for the moved passage


@dataclass(frozen=True, slots=True)
class Anchor:
    """`outcome` is identical, changed, gone or ambiguous.

    `start` counts characters of the paragraph `eid` of `article`, `end` those of the paragraph `end_eid`, another one
    when the quote crosses paragraphs. `quote` is the words there, a line for each paragraph. They are given when the
    outcome is identical, or changed: then they show the nearest passage, for a person to confirm.
    """

    outcome: AnchorOutcome
    article: str
    eid: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    end_eid: str = ""


class _Words:
    """The body of an article as one run of tokens. Token i is `text[starts[i]:starts[i + 1]]`."""

    def __init__(self, article: Article) -> None:
        self.number, self.body = article.number, article.body
        self.text = "\n".join(paragraph.text for paragraph in self.body)
        self.bases: list[int] = []  # where each paragraph begins, in characters
        self.firsts: dict[str, int] = {}  # and its first token, by element id
        self.keys: list[str] = []
        self.starts: list[int] = []
        base = 0
        for paragraph in self.body:
            tokens = tokenize(paragraph.text)
            self.bases.append(base)
            self.firsts[paragraph.eid] = len(self.keys)
            self.keys += tokens.keys
            self.starts += [base + start for start in tokens.starts[:-1]]
            base += len(paragraph.text) + 1
        self.starts.append(len(self.text))

    def at(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.starts[last]]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A run of whole words in an article, as half-open token places."""

    words: _Words
    first: int
    last: int

    @property
    def keys(self) -> list[str]:
        return self.words.keys[self.first : self.last]

    def anchor(self, outcome: AnchorOutcome) -> Anchor:
        text = self.words.at(self.first, self.last)
        start = self.words.starts[self.first] + len(text) - len(text.lstrip())
        end = start + len(text.strip())
        one, two = (bisect_right(self.words.bases, place) - 1 for place in (start, end - 1))
        return Anchor(
            outcome,
            self.words.number,
            self.words.body[one].eid,
            start - self.words.bases[one],
            end - self.words.bases[two],
            text.strip(),
            self.words.body[two].eid,
        )


def locate(old: Article, new: Article, quote: str) -> Anchor:
    """Find the quote of `old` in its counterpart `new`. Raises `ValueError` when the quote does not stand in `old`."""
    return locate_among(old, [new], quote)


def locate_among(old: Article, counterparts: Sequence[Article], quote: str, others: Sequence[Article] = ()) -> Anchor:
    """Find the quote of `old` in the articles it became or, when nothing stands in its place, in one of `others`.

    In an article that is no counterpart it is found word for word only.

    Raises `ValueError` when the quote does not stand in `old`.
    """
    spots = _quoted(_Words(old), quote)
    if not spots:
        raise ValueError(f"These words are not in Article {old.number}. Check spelling or choose another part.")
    wanted = spots[0].keys
    found = [spot for article in counterparts for spot in _equal_spots(_Words(article), wanted)]
    first = counterparts[0].number if counterparts else ""
    if found and (len(found) > 1 or len(spots) > 1):
        return Anchor("ambiguous", found[0].words.number, quote=quote)
    if found:
        return found[0].anchor("identical")
    opposite = _opposite(old, counterparts, spots)
    if opposite is not None:  # what stands in its place; the same words elsewhere are another provision's
        return opposite.anchor("changed")
    moved = [spot for article in others for spot in _equal_spots(_Words(article), wanted)]
    if len(moved) == len(spots) == 1 and sum(map(is_word, wanted)) >= _OWN:
        return moved[0].anchor("identical")
    likest = _likest(counterparts, spots[0])
    return likest.anchor("changed") if likest is not None else Anchor("gone", first)


def _quoted(words: _Words, quote: str) -> list[_Spot]:
    """Where the quote stands in its own article. A quote that begins or ends inside a word is widened to it."""
    printed = fold(quote).split()
    if not printed:
        return []
    whole = list(_equal_spots(words, tokenize(quote).keys))
    if whole:
        return whole
    spaced = r"\s+".join(map(re.escape, printed))
    pattern = re.compile(f"(?=({spaced}))")  # looking ahead, so that overlapping places are all found
    places = (match.span(1) for match in pattern.finditer(fold(words.text)))
    return [
        _Spot(words, bisect_right(words.starts, start) - 1, bisect_left(words.starts, end)) for start, end in places
    ]


def _equal_spots(words: _Words, wanted: Sequence[str]) -> Iterator[_Spot]:
    """Where exactly these words stand in an article."""
    wanted = list(wanted)
    for first in range(len(words.keys) - len(wanted) + 1):
        if words.keys[first] == wanted[0] and words.keys[first : first + len(wanted)] == wanted:
            yield _Spot(words, first, first + len(wanted))


def _opposite(old: Article, counterparts: Sequence[Article], spots: Sequence[_Spot]) -> _Spot | None:
    """The new words from the first to the last that the quoted words kept, when they kept enough of them."""
    articles = {article.number: _Words(article) for article in counterparts}
    rows = compare([old], counterparts).rows if counterparts else ()
    pairs = [(row, row.old, row.new) for row in rows if row.old is not None and row.new is not None]
    for spot in spots:
        kept: dict[str, list[int]] = {}
        for row, before, after in pairs:
            base, new_base = spot.words.firsts[before.eid], articles[row.new_article].firsts[after.eid]
            places = (new_base + place for place in _kept(row, spot.first - base, spot.last - base))
            kept.setdefault(row.new_article, []).extend(places)
        # Of a quote that was torn apart, the article that holds more of it.
        number = max(kept, key=lambda one: len(kept[one]), default="")
        found = _span(articles[number], sorted(kept[number]), spot.keys) if number else None
        if found is not None:
            return found
    return None


def _kept(row: Row, low: int, high: int) -> Iterator[int]:
    """Tokens of a row's new paragraph that its old tokens from `low` to `high` kept."""
    assert row.old is not None
    assert row.new is not None
    old_starts, new_starts = tokenize(row.old.text).starts, tokenize(row.new.text).starts
    for op in row.ops:
        if op.kind is OpKind.EQUAL:
            first, last = (bisect_left(old_starts, place) for place in op.old)
            shift = bisect_left(new_starts, op.new[0]) - first
            yield from (place + shift for place in range(max(low, first), min(high, last)))


def _likest(counterparts: Sequence[Article], spot: _Spot) -> _Spot | None:
    """The likest passage in a paragraph of the counterparts or, for a quote over several paragraphs, in an article."""
    crosses = any(spot.first < first < spot.last for first in spot.words.firsts.values())
    found: list[tuple[int, _Spot]] = []
    for article in counterparts:
        words = _Words(article)
        edges = [0, len(words.keys)] if crosses else [*words.firsts.values(), len(words.keys)]
        for first, last in pairwise(edges):
            codes = LCSseq.opcodes(spot.keys, words.keys[first:last])
            kept = [first + i for code in codes if code.tag == "equal" for i in range(code.dest_start, code.dest_end)]
            passage = _span(words, kept, spot.keys)
            if passage is not None:
                found.append((len(kept), passage))
    return max(found, key=lambda one: one[0], default=(0, None))[1]


def _span(words: _Words, kept: Sequence[int], wanted: Sequence[str]) -> _Spot | None:
    """The passage around the kept words, when they are many and not only such as "in", "or" and "up to"."""
    held = [words.keys[place] for place in kept if is_word(words.keys[place])]
    quoted = [key for key in wanted if is_word(key)]
    if not held or len(held) < _KEPT * len(quoted) or _letters(held) < _KEPT * _letters(quoted):
        return None
    first, last = kept[0], kept[-1] + 1
    return _Spot(words, first, last) if last - first <= _SPREAD * len(wanted) + 2 else None


def _letters(keys: Sequence[str]) -> int:
    """Letters of the words. An amount identifies no passage: it is what changes most often."""
    return sum(len(key) for key in keys if key.isalpha())
