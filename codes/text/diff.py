"""What changed between two texts, word by word, with paragraphs kept beside their counterparts and moves as moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from unicodedata import is_normalized

from codes.text.moves import find_moves
from codes.text.nodes import Article, Op, OpKind, PairDiff, Row
from codes.text.normalise import Ignored, key
from codes.text.pairing import Place, pair_paragraphs
from codes.text.tokens import Tokens, tokenize
from codes.text.wording import Block, readable_blocks

_CHANGED = frozenset({OpKind.DELETE, OpKind.INSERT})


def compare(old: Sequence[Article], new: Sequence[Article], *, shown: frozenset[Ignored] = frozenset()) -> PairDiff:
    """Compare the article(s) of one side with those of the other. Footnotes of the publisher are left out.

    Differences of typography and letter case (`codes.text.normalise.IGNORED`) count only where they are `shown`.
    """
    before = [Place(article.number, paragraph) for article in old for paragraph in article.body]
    after = [Place(article.number, paragraph) for article in new for paragraph in article.body]
    heading = diff_text(" / ".join(a.heading for a in old), " / ".join(a.heading for a in new), shown)
    heading_equal = all(op.kind is OpKind.EQUAL for op in heading)
    if len(before) == len(after) and all(
        _equal(a.paragraph.text, b.paragraph.text, shown) for a, b in zip(before, after, strict=True)
    ):
        rows = [_row(a, b, shown) for a, b in zip(before, after, strict=True)]
        return PairDiff(tuple(rows), heading, 0, 0, heading_equal)
    rows = find_moves([_row(one, two, shown) for one, two in pair_paragraphs(before, after)])
    share, changes = _measure(rows)
    return PairDiff(tuple(rows), heading, share, changes, heading_equal and changes == 0)


def _row(old: Place | None, new: Place | None, shown: frozenset[Ignored]) -> Row:
    ops = diff_text(old.paragraph.text if old else "", new.paragraph.text if new else "", shown)
    return Row(
        old.paragraph if old else None,
        new.paragraph if new else None,
        old.article if old else "",
        new.article if new else "",
        ops,
    )


def diff_text(old: str, new: str, shown: frozenset[Ignored] = frozenset()) -> tuple[Op, ...]:
    """Word operations that turn one text into the other. They tile both texts; see `codes.text.nodes.Op`."""
    if not (old and new):
        everything = Op(OpKind.DELETE if old else OpKind.INSERT, (0, len(old)), (0, len(new)))
        return (everything,) if old or new else ()
    if _equal(old, new, shown):
        return (Op(OpKind.EQUAL, (0, len(old)), (0, len(new))),)
    before, after = tokenize(old, shown), tokenize(new, shown)
    return tuple(_ops(readable_blocks(before.keys, after.keys), before, after, old, new))


def _equal(old: str, new: str, shown: frozenset[Ignored]) -> bool:
    """Whether two texts differ at most in how letters are composed and what the comparison ignores."""
    if old == new:
        return True
    composed = is_normalized("NFC", old) and is_normalized("NFC", new)
    if composed or shown:
        return tokenize(old, shown).keys == tokenize(new, shown).keys
    return key(old) == key(new)


def _ops(blocks: Sequence[Block], before: Tokens, after: Tokens, old: str, new: str) -> Iterator[Op]:
    runs = [
        Block(
            block.equal,
            (before.starts[block.old[0]], before.starts[block.old[1]]),
            (after.starts[block.new[0]], after.starts[block.new[1]]),
        )
        for block in blocks
    ]
    for place in range(1, len(runs)):
        if runs[place - 1].equal:
            runs[place - 1 : place + 2] = _spaced(runs[place - 1 : place + 2], old, new)
    for equal, old_range, new_range in runs:
        if equal:
            yield Op(OpKind.EQUAL, old_range, new_range)
            continue
        if old_range[0] < old_range[1]:
            yield Op(OpKind.DELETE, old_range, (new_range[0], new_range[0]))
        if new_range[0] < new_range[1]:
            yield Op(OpKind.INSERT, (old_range[1], old_range[1]), new_range)


def _spaced(runs: Sequence[Block], old: str, new: str) -> Sequence[Block]:
    """An equal run, a change and perhaps another equal run, so that each space belongs to the words it sets apart.

    Where one text alone has a space after the equal words, that space is a part of the change: "A[- B-]." and not
    "A[-B-]."; and a space that follows the change on both sides comes after it: "A{+,+} B".
    """
    equal, change, *rest = runs
    if old[equal.old[1] - 1].isspace() == new[equal.new[1] - 1].isspace():
        return runs
    ranges = []
    for text, (start, end), (_, change_end) in ((old, equal.old, change.old), (new, equal.new, change.new)):
        word_end = start + len(text[start:end].rstrip())
        ranges.append((start, word_end, change_end, len(text[word_end:change_end].rstrip())))
    spaces_after = rest and all(word_end + kept < change_end for _, word_end, change_end, kept in ranges)
    moved = [(start, word_end, word_end + kept if spaces_after else end) for start, word_end, end, kept in ranges]
    (old_start, a, b), (new_start, c, d) = moved
    if old[a:b].isspace() or new[c:d].isspace():
        return runs
    shifted = [Block(True, (b, after.old[1]), (d, after.new[1])) for after in rest]
    return [Block(True, (old_start, a), (new_start, c)), Block(False, (a, b), (c, d)), *shifted]


def _measure(rows: Sequence[Row]) -> tuple[int, int]:
    """(thousandths of words changed, number of changes): a run of changed operations is one, a move's two ends too."""
    total = changed = runs = 0
    moves = set()
    for row in rows:
        for op in row.ops:
            words = _words(row, op)
            total += words
            if op.kind in _CHANGED:
                changed += 2 * words
            elif op.move:
                changed += words
                moves.add(op.move)
        runs += sum(1 for is_change, _ in groupby(row.ops, key=lambda op: op.kind in _CHANGED) if is_change)
    return (round(500 * changed / total) if total else 0), runs + len(moves)


def _words(row: Row, op: Op) -> int:
    """Words of both sides in an operation."""
    old = len(row.old.text[op.old[0] : op.old[1]].split()) if row.old else 0
    new = len(row.new.text[op.new[0] : op.new[1]].split()) if row.new else 0
    return old + new
