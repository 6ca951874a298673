"""Passages that were deleted in one place and inserted word for word in another: moves, not losses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from codes.text.nodes import Op, OpKind, Row
from codes.text.tokens import Token, tokenize

SHORTEST = 5  # words


@dataclass(frozen=True, slots=True)
class _Run:
    """A deleted or inserted run: where it is and its tokens, placed in the row's text."""

    row: int
    op: int
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    word_tokens: tuple[int, ...]  # index into tokens of each word


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int
    move: int


def find_moves(rows: Sequence[Row]) -> list[Row]:
    """The rows with deletions and insertions that are moves marked as such, both ends with the same number."""
    deleted = [run for run in _runs(rows, OpKind.DELETE) if len(run.words) >= SHORTEST]
    inserted = [run for run in _runs(rows, OpKind.INSERT) if len(run.words) >= SHORTEST]
    if not deleted or not inserted:
        return list(rows)
    cuts: dict[tuple[int, int], list[_Cut]] = defaultdict(list)
    for number, (source, target, start, begin, length) in enumerate(_matches(deleted, inserted), 1):
        cuts[source.row, source.op].append(_cut(source, start, length, number))
        cuts[target.row, target.op].append(_cut(target, begin, length, number))
    return [_recut(row, place, cuts) for place, row in enumerate(rows)]


def _runs(rows: Sequence[Row], kind: OpKind) -> Iterator[_Run]:
    for place, row in enumerate(rows):
        for index, op in enumerate(row.ops):
            if op.kind is not kind:
                continue
            paragraph = row.old if kind is OpKind.DELETE else row.new
            start, end = op.old if kind is OpKind.DELETE else op.new
            if paragraph is None:
                continue
            tokens = tuple(replace(t, start=t.start + start, end=t.end + start) for t in tokenize(paragraph.text[start:end]))
            placed = [(i, t.key) for i, t in enumerate(tokens) if t.word]
            yield _Run(place, index, tokens, tuple(k for _, k in placed), tuple(i for i, _ in placed))


def _matches(deleted: Sequence[_Run], inserted: Sequence[_Run]) -> Iterator[tuple[_Run, _Run, int, int, int]]:
    """(source, target, word in source, word in target, words) for passages that are unique on both sides, none overlapping."""
    sources, targets = _grams(deleted), _grams(inserted)
    used: set[tuple[int, int, str]] = set()
    for gram, places in sources.items():
        if len(places) != 1 or len(targets.get(gram, ())) != 1:
            continue
        (source, start), (target, begin) = places[0], targets[gram][0]
        one, two = deleted[source], inserted[target]
        if one.row == two.row and abs(one.op - two.op) == 1:
            continue  # a replacement in place is no move
        if (source, start, "d") in used or (target, begin, "i") in used:
            continue
        while start and begin and one.words[start - 1] == two.words[begin - 1] and (source, start - 1, "d") not in used and (target, begin - 1, "i") not in used:
            start, begin = start - 1, begin - 1
        length = 0
        while (start + length < len(one.words) and begin + length < len(two.words) and one.words[start + length] == two.words[begin + length]
               and (source, start + length, "d") not in used and (target, begin + length, "i") not in used):  # fmt: skip
            length += 1
        if length >= SHORTEST:
            used.update((source, start + i, "d") for i in range(length))
            used.update((target, begin + i, "i") for i in range(length))
            yield one, two, start, begin, length


def _grams(runs: Sequence[_Run]) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    found: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for place, run in enumerate(runs):
        for start in range(len(run.words) - SHORTEST + 1):
            found[run.words[start : start + SHORTEST]].append((place, start))
    return found


def _cut(run: _Run, first: int, length: int, move: int) -> _Cut:
    start = run.tokens[run.word_tokens[first]].start
    end = run.tokens[run.word_tokens[first + length - 1]].end
    return _Cut(start, end, move)


def _recut(row: Row, place: int, cuts: dict[tuple[int, int], list[_Cut]]) -> Row:
    ops: list[Op] = []
    for index, op in enumerate(row.ops):
        ops += _split(op, sorted(cuts.get((place, index), []), key=lambda cut: cut.start))
    return replace(row, ops=tuple(ops))


def _split(op: Op, cuts: Sequence[_Cut]) -> Iterator[Op]:
    deletion = op.kind is OpKind.DELETE
    low, high = op.old if deletion else op.new
    for cut in cuts:
        if low < cut.start:
            yield _piece(op, low, cut.start, op.kind, 0)
        yield _piece(op, cut.start, cut.end, OpKind.MOVE_FROM if deletion else OpKind.MOVE_TO, cut.move)
        low = cut.end
    if low < high or not cuts:
        yield _piece(op, low, high, op.kind, 0) if cuts else op


def _piece(op: Op, start: int, end: int, kind: OpKind, move: int) -> Op:
    if op.kind is OpKind.DELETE:
        return Op(kind, (start, end), op.new, move)
    return Op(kind, op.old, (start, end), move)
