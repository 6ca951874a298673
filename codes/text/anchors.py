"""Where quoted words stand in another version of their article. Only equal words in one place are carried over."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from codes.text.diff import compare
from codes.text.nodes import Article, OpKind, Paragraph, Row
from codes.text.normalise import fold
from codes.text.tokens import is_word, tokenize

AnchorOutcome = Literal["identical", "changed", "gone", "ambiguous"]

_KEPT = 0.4  # share of the quoted words, and of their letters, that a passage must hold to be shown as the changed one
_SPREAD = 2.5  # how much longer than the quote such a passage may be
_OWN = 5  # words from which a quote found in an article that is no counterpart is taken for the moved passage


@dataclass(frozen=True, slots=True)
class Anchor:
    """`outcome` is identical, changed, gone or ambiguous.

    Offsets are characters of the paragraph `eid` of `article`, `quote` the words there. They are given when the outcome
    is identical, or changed: then they show the nearest passage, for a person to confirm.
    """

    outcome: AnchorOutcome
    article: str
    eid: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A run of whole words in a paragraph, as half-open token places."""

    article: str
    paragraph: Paragraph
    first: int
    last: int

    @property
    def keys(self) -> tuple[str, ...]:
        return tokenize(self.paragraph.text).keys[self.first : self.last]

    def anchor(self, outcome: AnchorOutcome) -> Anchor:
        starts = tokenize(self.paragraph.text).starts
        text = self.paragraph.text[starts[self.first] : starts[self.last]]
        start = starts[self.first] + len(text) - len(text.lstrip())
        words = text.strip()
        return Anchor(outcome, self.article, self.paragraph.eid, start, start + len(words), words)


def locate(old: Article, new: Article, quote: str) -> Anchor:
    """Find the quote of `old` in its counterpart `new`. Raises `ValueError` when the quote does not stand in `old`."""
    return locate_among(old, [new], quote)


def locate_among(old: Article, counterparts: Sequence[Article], quote: str, others: Sequence[Article] = ()) -> Anchor:
    """Find the quote of `old` in the articles it became or, when in none of these, word for word in one of `others`.

    Raises `ValueError` when the quote does not stand in `old`.
    """
    spots = _quoted(old, quote)
    if not spots:
        raise ValueError(f"These words are not in Article {old.number}. Check spelling or choose another part.")
    wanted = spots[0].keys
    found = [spot for article in counterparts for spot in _equal_spots(article, wanted)]
    first = counterparts[0].number if counterparts else ""
    if found and (len(found) > 1 or len(spots) > 1):
        return Anchor("ambiguous", found[0].article, quote=quote)
    if found:
        return found[0].anchor("identical")
    moved = [spot for article in others for spot in _equal_spots(article, wanted)]
    if len(moved) == len(spots) == 1 and sum(map(is_word, wanted)) >= _OWN:
        return moved[0].anchor("identical")
    nearest = _nearest(old, counterparts, spots)
    return nearest.anchor("changed") if nearest is not None else Anchor("gone", first)


def _quoted(article: Article, quote: str) -> list[_Spot]:
    """Where the quote stands in its own article, as whole words. A quote that ends inside a word is widened to it."""
    words = fold(quote).split()
    if not words:
        return []
    spaced = r"\s+".join(map(re.escape, words))
    pattern = re.compile(f"(?=({spaced}))")  # looking ahead, so that overlapping places are all found
    whole: list[_Spot] = []
    cut: list[_Spot] = []
    for paragraph in article.body:
        text, starts = fold(paragraph.text), tokenize(paragraph.text).starts
        for match in pattern.finditer(text):
            start, end = match.span(1)
            first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
            clean = not text[starts[first] : start].strip() and not text[end : starts[last]].strip()
            (whole if clean else cut).append(_Spot(article.number, paragraph, first, last))
    return whole or cut


def _equal_spots(article: Article, wanted: Sequence[str]) -> Iterator[_Spot]:
    """Where exactly these words stand in the article."""
    for paragraph in article.body:
        keys = tokenize(paragraph.text).keys
        for first in range(len(keys) - len(wanted) + 1):
            if keys[first] == wanted[0] and keys[first : first + len(wanted)] == wanted:
                yield _Spot(article.number, paragraph, first, first + len(wanted))


def _nearest(old: Article, counterparts: Sequence[Article], spots: Sequence[_Spot]) -> _Spot | None:
    """The passage that the quoted words became: what stands opposite them, or else the likest passage."""
    if not counterparts:
        return None
    rows = compare([old], counterparts).rows
    for spot in spots:
        row = next(
            (row for row in rows if row.old is not None and row.old.eid == spot.paragraph.eid and row.new is not None),
            None,
        )
        opposite = _opposite(row, spot) if row is not None else None
        if opposite is not None:
            return opposite
    likest = (
        _likest(article.number, paragraph, spots[0].keys) for article in counterparts for paragraph in article.body
    )
    return max((found for found in likest if found is not None), key=lambda found: found[0], default=(0, None))[1]


def _opposite(row: Row, spot: _Spot) -> _Spot | None:
    """The new words from the first to the last that the quoted words kept, when they kept enough of them."""
    assert row.old is not None
    assert row.new is not None
    old_starts, new_starts = tokenize(row.old.text).starts, tokenize(row.new.text).starts
    kept: list[int] = []
    for op in row.ops:
        if op.kind is not OpKind.EQUAL:
            continue
        shift = bisect_left(new_starts, op.new[0]) - bisect_left(old_starts, op.old[0])
        low, high = bisect_left(old_starts, op.old[0]), bisect_left(old_starts, op.old[1])
        kept += [place + shift for place in range(max(low, spot.first), min(high, spot.last))]
    return _span(row.new_article, row.new, kept, spot.keys)


def _likest(article: str, paragraph: Paragraph, wanted: Sequence[str]) -> tuple[int, _Spot] | None:
    keys = tokenize(paragraph.text).keys
    blocks = LCSseq.opcodes(wanted, keys)
    kept = [place for code in blocks if code.tag == "equal" for place in range(code.dest_start, code.dest_end)]
    spot = _span(article, paragraph, kept, wanted)
    return (len(kept), spot) if spot is not None else None


def _span(article: str, paragraph: Paragraph, kept: Sequence[int], wanted: Sequence[str]) -> _Spot | None:
    """The passage around the kept words, when they are many and not only such as "in", "or" and "up to"."""
    keys = tokenize(paragraph.text).keys
    held = [keys[place] for place in kept if is_word(keys[place])]
    quoted = [key for key in wanted if is_word(key)]
    if not held or len(held) < _KEPT * len(quoted) or _letters(held) < _KEPT * _letters(quoted):
        return None
    first, last = kept[0], kept[-1] + 1
    return _Spot(article, paragraph, first, last) if last - first <= _SPREAD * len(wanted) + 2 else None


def _letters(keys: Sequence[str]) -> int:
    """Letters of the words. An amount identifies no passage: it is what changes most often."""
    return sum(len(key) for key in keys if key.isalpha())
