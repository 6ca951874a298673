"""What changed between two texts, word by word, with paragraphs kept beside their counterparts and moves as moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rapidfuzz.distance import LCSseq

from codes.text.moves import find_moves
from codes.text.nodes import Article, Op, OpKind, PairDiff, Row
from codes.text.normalise import key
from codes.text.pairing import Place, pair_paragraphs
from codes.text.tokens import Token, tokenize

REWRITTEN = 0.6  # a sentence with a larger share of changed words reads better as one deletion and one insertion
_SMALL_ISLAND = 2  # equal words between two changes that are too few to help a reader


def compare(old: Sequence[Article], new: Sequence[Article]) -> PairDiff:
    """Compare the article(s) of one side with those of the other. Footnotes of the publisher are left out."""
    before = [Place(article.number, paragraph) for article in old for paragraph in article.body]
    after = [Place(article.number, paragraph) for article in new for paragraph in article.body]
    heading = diff_text(" / ".join(a.heading for a in old), " / ".join(a.heading for a in new))
    pairs = pair_paragraphs(before, after)
    rows = find_moves([_row(one, two) for one, two in pairs]) if before or after else []
    share, changes = _measure(rows)
    identical = changes == 0 and all(op.kind is OpKind.EQUAL for op in heading)
    return PairDiff(tuple(rows), heading, share, changes, identical)


def _row(old: Place | None, new: Place | None) -> Row:
    if old is not None and new is not None:
        ops = diff_text(old.paragraph.text, new.paragraph.text)
    elif old is not None:
        ops = (Op(OpKind.DELETE, (0, len(old.paragraph.text)), (0, 0)),)
    elif new is not None:
        ops = (Op(OpKind.INSERT, (0, 0), (0, len(new.paragraph.text))),)
    return Row(
        old.paragraph if old else None,
        new.paragraph if new else None,
        old.article if old else "",
        new.article if new else "",
        ops,
    )


def diff_text(old: str, new: str) -> tuple[Op, ...]:
    """Word operations that turn one text into the other. They tile both texts; see `codes.text.nodes.Op`."""
    if old == new or key(old) == key(new):
        return (Op(OpKind.EQUAL, (0, len(old)), (0, len(new))),) if old or new else ()
    before, after = tokenize(old), tokenize(new)
    blocks = _readable(_blocks(before, after), before, after)
    return tuple(_ops(blocks, before, after, (len(old), len(new))))


# A block is (equal?, old range, new range) in tokens.
_Block = tuple[bool, int, int, int, int]


def _blocks(before: Sequence[Token], after: Sequence[Token]) -> list[_Block]:
    """Alternating equal and changed blocks; a changed block has deletions, insertions or both."""
    codes = LCSseq.opcodes([t.key for t in before], [t.key for t in after])
    blocks: list[_Block] = []
    for equal, group in groupby(codes, key=lambda code: code.tag == "equal"):
        run = list(group)
        blocks.append((equal, run[0].src_start, run[-1].src_end, run[0].dest_start, run[-1].dest_end))
    return blocks


def _readable(blocks: list[_Block], before: Sequence[Token], after: Sequence[Token]) -> list[_Block]:
    """No confetti: tiny equal islands between changes are taken into them, and a rewritten text is replaced whole."""
    equal_words = sum(t.word for is_equal, a, b, _, _ in blocks if is_equal for t in before[a:b])
    larger = max(sum(t.word for t in before), sum(t.word for t in after))
    if larger > 3 and equal_words < (1 - REWRITTEN) * larger:
        return [(False, 0, len(before), 0, len(after))]
    kept: list[_Block] = []
    for place, block in enumerate(blocks):
        is_island = 0 < place < len(blocks) - 1 and block[0]
        if is_island and _too_small(before[block[1] : block[2]], blocks[place - 1], blocks[place + 1]):
            block = (False, *block[1:])
        if kept and not kept[-1][0] and not block[0]:
            kept[-1] = (False, kept[-1][1], block[2], kept[-1][3], block[4])
        else:
            kept.append(block)
    return kept


def _too_small(island: Sequence[Token], left: _Block, right: _Block) -> bool:
    words = [token for token in island if token.word]
    around = sum(max(block[2] - block[1], block[4] - block[3]) for block in (left, right))
    letters = sum(len(token.key) for token in words)
    return len(words) <= _SMALL_ISLAND and (letters <= 3 or (around >= 6 and letters <= 9 and len(words) == 1) or not words)


def _ops(blocks: list[_Block], before: Sequence[Token], after: Sequence[Token], ends: tuple[int, int]) -> Iterator[Op]:
    old_starts = [*(t.start for t in before), ends[0]]
    new_starts = [*(t.start for t in after), ends[1]]
    for equal, a, b, c, d in blocks:
        old_range = (old_starts[a], old_starts[b])
        new_range = (new_starts[c], new_starts[d])
        if equal:
            yield Op(OpKind.EQUAL, old_range, new_range)
            continue
        if a < b:
            yield Op(OpKind.DELETE, old_range, (new_range[0], new_range[0]))
        if c < d:
            yield Op(OpKind.INSERT, (old_range[1], old_range[1]), new_range)


def _measure(rows: Sequence[Row]) -> tuple[int, int]:
    """(thousandths of words changed, number of changes): a run of changed operations counts once, a move's two ends too."""
    total = changed = runs = 0
    moves = set()
    for row in rows:
        for words, op in _counted(row):
            total += 2 * words if op.kind is OpKind.EQUAL else words
            changed += words if op.kind in {OpKind.DELETE, OpKind.INSERT} else 0
            if op.move:
                changed += words // 2 if op.kind is OpKind.MOVE_FROM else 0
                moves.add(op.move)
        runs += sum(1 for is_change, _ in groupby(row.ops, key=lambda op: op.kind in {OpKind.DELETE, OpKind.INSERT}) if is_change)
    return (round(1000 * changed / total) if total else 0), runs + len(moves)


def _counted(row: Row) -> Iterator[tuple[int, Op]]:
    for op in row.ops:
        if op.new[1] > op.new[0] and row.new is not None:
            yield len(row.new.text[op.new[0] : op.new[1]].split()), op
        elif row.old is not None:
            yield len(row.old.text[op.old[0] : op.old[1]].split()), op
