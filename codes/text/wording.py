"""Which words of two texts are the same, in the form that a reader follows best.

The longest common subsequence finds equal words; insertions and deletions slide to the edge of a sentence where equal
words allow it, sentences that were rewritten are replaced whole, and equal words that stand lost between changes are
taken into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from codes.text.penalties.numbers import WORDS
from codes.text.tokens import is_word

REWRITTEN = 0.6  # a sentence with a larger share of changed words reads better as one deletion and one insertion
# Number words; the word for one is an article or a pronoun too often to count.
_NUMERALS = frozenset(word for words in WORDS.values() for word, value in words.items() if value > 1)
_ONES = frozenset(word for words in WORDS.values() for word, value in words.items() if value == 1)
_ENDS = frozenset(".;:!?")
# An equal run between two changes is lost with at most so many words and letters between so many changed words.
_LOST = ((0, 0, 0), (1, 3, 1), (1, 7, 4), (1, 12, 6), (2, 7, 4), (2, 14, 10), (2, 24, 16), (3, 12, 14))
_RECOGNISED = 5, 30  # words and letters from which equal words stay equal in a sentence that was rewritten
_AFTER_END, _AFTER_SIGN, _BEFORE_SIGN, _NO_ISLAND = 3, 2, 1, 9  # how well an edge of a change stands there


class Block(NamedTuple):
    """An equal or changed run: half-open ranges in tokens. Blocks alternate and cover both texts."""

    equal: bool
    old: tuple[int, int]
    new: tuple[int, int]


def readable_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Equal and changed runs of two token sequences, alternating, covering both."""
    blocks = _common(old, new)
    if len(blocks) < 2:
        return blocks
    sides = _Side(old), _Side(new)
    blocks = _joined(_by_sentence(_slid(blocks, *sides), *sides))
    return _whole_numbers(_joined(_without_lost(blocks, *sides)), old, new)


class _Side:
    """One text's tokens, with the number of words before each place."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tokens
        self.before = list(accumulate([token[0].isalnum() for token in tokens], initial=0))

    def words(self, run: tuple[int, int]) -> int:
        return self.before[run[1]] - self.before[run[0]]


def _common(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    return _joined(
        Block(code.tag == "equal", (code.src_start, code.src_end), (code.dest_start, code.dest_end))
        for code in LCSseq.opcodes(old, new)
    )


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """Neighbouring blocks of one kind as one."""
    joined: list[Block] = []
    for block in blocks:
        if joined and joined[-1].equal == block.equal:
            last = joined[-1]
            joined[-1] = Block(block.equal, (last.old[0], block.old[1]), (last.new[0], block.new[1]))
        else:
            joined.append(block)
    return joined


def _slid(blocks: Sequence[Block], old: _Side, new: _Side) -> list[Block]:
    """Insertions and deletions moved over equal words to where they begin and end best.

    "A [. B] ." becomes "A . [B .]": the words are the same, and the change is the sentence that was put in.
    """
    slid = list(blocks)
    for place in range(1, len(slid) - 1):
        before, block, after = slid[place - 1 : place + 2]
        if block.equal or (block.old[0] < block.old[1]) == (block.new[0] < block.new[1]):
            continue
        side, run = (old, block.old) if block.old[0] < block.old[1] else (new, block.new)
        room = before.old[1] - before.old[0], after.old[1] - after.old[0]
        by = _best_slide(side.tokens, run, room, islands=(place > 1, place + 2 < len(slid)))
        slid[place - 1 : place + 2] = (
            Block(True, (before.old[0], before.old[1] + by), (before.new[0], before.new[1] + by)),
            Block(False, (block.old[0] + by, block.old[1] + by), (block.new[0] + by, block.new[1] + by)),
            Block(True, (after.old[0] + by, after.old[1]), (after.new[0] + by, after.new[1])),
        )
    return _joined(block for block in slid if block.old[0] < block.old[1] or block.new[0] < block.new[1])


def _best_slide(tokens: Sequence[str], run: tuple[int, int], room: tuple[int, int], islands: tuple[bool, bool]) -> int:
    """By how many tokens a run slides best. `room` is how many equal ones stand before and after it.

    `islands` says whether a further change stands beyond them, so that a slide over all of them joins two changes.
    """
    start, end = run
    low = high = 0
    while -low < room[0] and tokens[start + low - 1] == tokens[end + low - 1]:
        low -= 1
    while high < room[1] and tokens[start + high] == tokens[end + high]:
        high += 1
    if low == high:
        return 0

    def worth(by: int) -> tuple[int, int]:
        joins = (islands[0] and by == -room[0]) or (islands[1] and by == room[1])
        edges = _edge(tokens, start + by) + _edge(tokens, end + by)
        return edges + (_NO_ISLAND if joins else 0), -abs(by)

    return max(range(low, high + 1), key=worth)


def _edge(tokens: Sequence[str], place: int) -> int:
    """How well a change may begin or end at a place."""
    if place in (0, len(tokens)) or tokens[place - 1] in _ENDS:
        return _AFTER_END
    if not is_word(tokens[place - 1]):
        return _AFTER_SIGN
    return 0 if is_word(tokens[place]) else _BEFORE_SIGN


def _by_sentence(blocks: Sequence[Block], old: _Side, new: _Side) -> list[Block]:
    """Blocks cut at the ends of sentences; a sentence that changed beyond recognition becomes one changed block.

    One that only grew or only shrank does not: all its words are still there.
    """
    found: list[Block] = []
    old_start = new_start = 0
    for old_end, new_end in _common_ends(blocks, old.tokens, new.tokens):
        inside = _clipped(blocks, (old_start, old_end), (new_start, new_end))
        equal = sum(old.words(block.old) for block in inside if block.equal)
        lengths = old.words((old_start, old_end)), new.words((new_start, new_end))
        if equal < min(lengths) and 2 * equal < (1 - REWRITTEN) * sum(lengths):
            found += _rewritten(inside, old)
        else:
            found += inside
        old_start, new_start = old_end, new_end
    return found


def _rewritten(blocks: Sequence[Block], old: _Side) -> Iterator[Block]:
    """A sentence replaced whole, but for how it begins and for the passages that anyone would recognise in it."""
    for place, block in enumerate(blocks):
        kept = block.equal and (place == 0 or _is_recognised(old.tokens[slice(*block.old)]))
        yield Block(kept, block.old, block.new)


def _is_recognised(tokens: Sequence[str]) -> bool:
    words = [token for token in tokens if is_word(token)]
    return len(words) >= _RECOGNISED[0] and sum(map(len, words)) >= _RECOGNISED[1]


def _common_ends(blocks: Sequence[Block], old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places where a sentence ends in both texts with the same equal words before it, up to the end of both."""
    old_ends = _ends(old, [(block.old, block.equal) for block in blocks])
    new_ends = _ends(new, [(block.new, block.equal) for block in blocks])
    ends = []
    waiting: dict[int, list[int]] = {}
    for place, equal_before in new_ends:
        waiting.setdefault(equal_before, []).append(place)
    for place, equal_before in old_ends:
        if waiting.get(equal_before):
            ends.append((place, waiting[equal_before].pop(0)))
    return [*ends, (len(old), len(new))]


def _ends(tokens: Sequence[str], ranges: Iterable[tuple[tuple[int, int], bool]]) -> list[tuple[int, int]]:
    """(place after a sentence's end, number of equal tokens before it)."""
    found = []
    equal_before = 0
    for (start, end), equal in ranges:
        for place in range(start, end):
            equal_before += equal
            if tokens[place] in _ENDS:
                found.append((place + 1, equal_before))
    return found


def _clipped(blocks: Sequence[Block], old: tuple[int, int], new: tuple[int, int]) -> list[Block]:
    """The blocks' parts inside a region that begins and ends at common ends."""
    inside = []
    for block in blocks:
        old_range = (max(block.old[0], old[0]), min(block.old[1], old[1]))
        new_range = (max(block.new[0], new[0]), min(block.new[1], new[1]))
        old_length, new_length = old_range[1] - old_range[0], new_range[1] - new_range[0]
        if old_length < 0 or new_length < 0 or old_length == new_length == 0:
            continue
        inside.append(Block(block.equal, old_range, new_range))
    return inside


def _without_lost(blocks: Sequence[Block], old: _Side, new: _Side) -> list[Block]:
    """No confetti: equal words that stand lost between two changes become part of the change."""
    kept: list[Block] = []
    for block in blocks:
        kept.append(block)
        while len(kept) > 2 and not kept[-1].equal:
            first, island, last = kept[-3:]
            around = sum(max(old.words(beside.old), new.words(beside.new)) for beside in (first, last))
            if not _lost(old.tokens[slice(*island.old)], around):
                break
            kept[-3:] = [Block(False, (first.old[0], last.old[1]), (first.new[0], last.new[1]))]
    return kept


def _lost(island: Sequence[str], around: int) -> bool:
    """Whether equal words have no weight beside so many changed ones. An amount alone never has: it is another one."""
    words = [token for token in island if is_word(token)]
    letters = sum(map(len, words))
    if any(len(words) <= most and letters <= long and around >= changed for most, long, changed in _LOST):
        return True
    return around > 0 and not _NUMERALS.isdisjoint(words) and all(word in _NUMERALS or word in _ONES for word in words)


def _whole_numbers(blocks: Sequence[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """A changed number is changed whole: "ста восьмидесяти" → "ста двадцати", not its last word alone."""
    kept = list(blocks)
    for place, block in enumerate(blocks):
        if block.equal:
            continue
        (a, b), (c, d) = block.old, block.new
        if place:
            while (
                a > blocks[place - 1].old[0]
                and old[a - 1] in _NUMERALS
                and _numeral_at(old, a, b) | _numeral_at(new, c, d)
            ):
                a, c = a - 1, c - 1
        if place + 1 < len(blocks):
            end = blocks[place + 1].old[1]
            while b < end and old[b] in _NUMERALS and _numeral_at(old, b - 1, b, a) | _numeral_at(new, d - 1, d, c):
                b, d = b + 1, d + 1
        kept[place] = Block(False, (a, b), (c, d))
    for place, block in enumerate(kept):
        if block.equal:
            before = kept[place - 1] if place else None
            after = kept[place + 1] if place + 1 < len(kept) else None
            kept[place] = Block(
                True,
                (before.old[1] if before else block.old[0], after.old[0] if after else block.old[1]),
                (before.new[1] if before else block.new[0], after.new[0] if after else block.new[1]),
            )
    return _joined(block for block in kept if block.old[0] < block.old[1] or block.new[0] < block.new[1])


def _numeral_at(tokens: Sequence[str], place: int, end: int, start: int = 0) -> bool:
    return start <= place < end and tokens[place] in _NUMERALS
