"""Passages that were deleted in one place and inserted in another. What was edited inside a move stays marked."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from codes.text.nodes import Op, OpKind, Paragraph, Row
from codes.text.tokens import Tokens, is_word, tokenize
from codes.text.wording import readable_blocks

SHORTEST = 5  # words
_SENSE = 7  # words from which a passage is a move wherever it begins and ends
_SHORTEST_PRINTED = 2 * SHORTEST - 1  # characters of so many words of one letter, spaces between them
_EDITED = 12  # words that may be edited between two runs of one moved passage

_Gram = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A deleted or inserted run of a row, in characters and in tokens of the paragraph.

    `words` are its word tokens, `places` where they stand among the tokens.
    """

    row: int
    op: int
    tokens: Tokens
    start: int
    end: int
    first: int
    last: int
    words: tuple[str, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """Equal words: `length` words from `start` of the source run and from `begin` of the target run."""

    source: int
    target: int
    start: int
    begin: int
    length: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """One end of a moved run, in characters of the paragraph."""

    start: int
    end: int
    move: int


def find_moves(rows: Sequence[Row]) -> list[Row]:
    """The rows with deletions and insertions that are moves marked as such, both ends with the same number."""
    deleted = list(_runs(rows, OpKind.DELETE))
    inserted = list(_runs(rows, OpKind.INSERT)) if deleted else []
    if not inserted:
        return list(rows)
    pieces: defaultdict[tuple[int, int], list[_Piece]] = defaultdict(list)
    matches = _matches(deleted, inserted, _unique_grams(rows, deleted, inserted))
    passages = (found for found in _passages(matches, deleted, inserted) if _has_sense(found, deleted, inserted))
    for number, passage in enumerate(passages, 1):
        for match in passage:
            source, target = deleted[match.source], inserted[match.target]
            signs = _signs_around(source, target, match)
            pieces[source.row, source.op].append(_Piece(*_range(source, match.start, match.length, signs), number))
            pieces[target.row, target.op].append(_Piece(*_range(target, match.begin, match.length, signs), number))
    return [_recut(row, place, pieces) for place, row in enumerate(rows)]


def _runs(rows: Sequence[Row], kind: OpKind) -> Iterator[_Run]:
    """The deleted or inserted runs that are long enough to hold a move."""
    for place, row in enumerate(rows):
        for index, op in enumerate(row.ops):
            paragraph, (start, end) = (row.old, op.old) if kind is OpKind.DELETE else (row.new, op.new)
            if op.kind is not kind or paragraph is None or end - start < _SHORTEST_PRINTED:
                continue
            tokens = tokenize(paragraph.text)
            first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
            places = tuple(compress(range(first, last), tokens.words[first:last]))
            if len(places) >= SHORTEST:
                words = tuple(tokens.keys[i] for i in places)
                yield _Run(place, index, tokens, start, end, first, last, words, places)


def _unique_grams(rows: Sequence[Row], deleted: Sequence[_Run], inserted: Sequence[_Run]) -> set[_Gram]:
    """Passages of the shortest length that stand once on each side, in changed and unchanged words alike."""
    shared = {gram for run in deleted for gram in _grams(run.words)} & {
        gram for run in inserted for gram in _grams(run.words)
    }
    if not shared:
        return set()
    olds = _counted((row.old for row in rows), shared)
    news = _counted((row.new for row in rows), shared)
    return {gram for gram in shared if olds[gram] == 1 == news[gram]}


def _counted(paragraphs: Iterable[Paragraph | None], wanted: set[_Gram]) -> Counter[_Gram]:
    found: Counter[_Gram] = Counter()
    for paragraph in paragraphs:
        if paragraph is not None:
            tokens = tokenize(paragraph.text)
            words = list(compress(tokens.keys, tokens.words))
            found.update(gram for gram in _grams(words) if gram in wanted)
    return found


def _grams(words: Sequence[str]) -> Iterator[_Gram]:
    for start in range(len(words) - SHORTEST + 1):
        yield tuple(words[start : start + SHORTEST])


def _matches(deleted: Sequence[_Run], inserted: Sequence[_Run], unique: set[_Gram]) -> Iterator[_Match]:
    """Equal passages, as long as they go, none overlapping, in the order of the old text."""
    targets = {
        gram: (number, begin) for number, run in enumerate(inserted) for begin, gram in enumerate(_grams(run.words))
    }
    used: set[tuple[int, int]] = set()
    for source, run in enumerate(deleted):
        free = 0
        for start, gram in enumerate(_grams(run.words)):
            if start < free or gram not in unique:
                continue
            target, begin = targets[gram]
            other = inserted[target]
            if run.row == other.row and abs(run.op - other.op) == 1:
                continue  # a replacement in place is no move
            match = _grown(run, other, start, begin, free)
            if any((target, match.begin + i) in used for i in range(match.length)):
                continue
            used.update((target, match.begin + i) for i in range(match.length))
            free = match.start + match.length
            yield replace(match, source=source, target=target)


def _grown(source: _Run, target: _Run, start: int, begin: int, free: int) -> _Match:
    """The longest equal run of words through one place in both."""
    length = SHORTEST
    while start > free and begin > 0 and source.words[start - 1] == target.words[begin - 1]:
        start, begin, length = start - 1, begin - 1, length + 1
    while start + length < len(source.words) and begin + length < len(target.words):
        if source.words[start + length] != target.words[begin + length]:
            break
        length += 1
    return _Match(0, 0, start, begin, length)


def _passages(matches: Iterable[_Match], deleted: Sequence[_Run], inserted: Sequence[_Run]) -> Iterator[list[_Match]]:
    """Matches with a few edited words between them are one moved passage; equal words among the edits belong to it."""
    passage: list[_Match] = []
    for match in matches:
        if passage and not _continues(passage[-1], match):
            yield passage
            passage = []
        if passage:
            passage += _between(passage[-1], match, deleted[match.source], inserted[match.target])
        passage.append(match)
    if passage:
        yield passage


def _continues(last: _Match, match: _Match) -> bool:
    if (last.source, last.target) != (match.source, match.target):
        return False
    return match.start - last.start - last.length <= _EDITED and 0 <= match.begin - last.begin - last.length <= _EDITED


def _between(last: _Match, match: _Match, source: _Run, target: _Run) -> Iterator[_Match]:
    start, begin = last.start + last.length, last.begin + last.length
    blocks = readable_blocks(source.words[start : match.start], target.words[begin : match.begin])
    for block in blocks:
        if block.equal:
            length = block.old[1] - block.old[0]
            yield _Match(match.source, match.target, start + block.old[0], begin + block.new[0], length)


def _has_sense(passage: Sequence[_Match], deleted: Sequence[_Run], inserted: Sequence[_Run]) -> bool:
    """Whether a reader sees a passage that moved. Few words cut out of two clauses are a turn of phrase that both use.

    So a short passage begins and ends where a clause, or all that was deleted or inserted there, does.
    """
    if sum(match.length for match in passage) >= _SENSE:
        return True
    first, last = passage[0], passage[-1]
    source, target = deleted[first.source], inserted[first.target]
    begins = ((source, source.places[first.start] - 1), (target, target.places[first.begin] - 1))
    ends = (
        (source, source.places[last.start + last.length - 1] + 1),
        (target, target.places[last.begin + last.length - 1] + 1),
    )
    return all(any(not _is_word_at(run, place) for run, place in edge) for edge in (begins, ends))


def _is_word_at(run: _Run, place: int) -> bool:
    return run.first <= place < run.last and run.tokens.words[place]


def _signs_around(source: _Run, target: _Run, match: _Match) -> tuple[int, int]:
    """How many equal signs (quotes, full stops) stand before and after the words on both sides."""
    a, b = source.places[match.start], target.places[match.begin]
    left = 0
    while _sign(source, a - left - 1) is not None and _sign(source, a - left - 1) == _sign(target, b - left - 1):
        left += 1
    a, b = source.places[match.start + match.length - 1], target.places[match.begin + match.length - 1]
    right = 0
    while _sign(source, a + right + 1) is not None and _sign(source, a + right + 1) == _sign(target, b + right + 1):
        right += 1
    return left, right


def _sign(run: _Run, place: int) -> str | None:
    inside = run.first <= place < run.last
    return run.tokens.keys[place] if inside and not is_word(run.tokens.keys[place]) else None


def _range(run: _Run, first: int, length: int, signs: tuple[int, int]) -> tuple[int, int]:
    """The characters of `length` words of a run from its word `first` on, with the signs around them."""
    begin, end = run.places[first] - signs[0], run.places[first + length - 1] + signs[1] + 1
    starts = run.tokens.starts
    return run.start if begin == run.first else starts[begin], run.end if end == run.last else starts[end]


def _recut(row: Row, place: int, pieces: dict[tuple[int, int], list[_Piece]]) -> Row:
    if not any((place, index) in pieces for index in range(len(row.ops))):
        return row
    ops: list[Op] = []
    for index, op in enumerate(row.ops):
        ops += _split(op, sorted(pieces.get((place, index), []), key=lambda piece: piece.start))
    return replace(row, ops=tuple(ops))


def _split(op: Op, pieces: Sequence[_Piece]) -> Iterator[Op]:
    if not pieces:
        yield op
        return
    moved = OpKind.MOVE_FROM if op.kind is OpKind.DELETE else OpKind.MOVE_TO
    low, high = op.old if op.kind is OpKind.DELETE else op.new
    for piece in pieces:
        start = max(piece.start, low)  # two passages may share the sign between them
        if low < start:
            yield _part(op, op.kind, low, start, 0)
        if start < piece.end:
            yield _part(op, moved, start, piece.end, piece.move)
        low = max(low, piece.end)
    if low < high:
        yield _part(op, op.kind, low, high, 0)


def _part(op: Op, kind: OpKind, start: int, end: int, move: int) -> Op:
    """A part of an operation. The empty side of a deletion or insertion stays where it was."""
    if op.kind is OpKind.DELETE:
        return Op(kind, (start, end), op.new, move)
    return Op(kind, op.old, (start, end), move)
