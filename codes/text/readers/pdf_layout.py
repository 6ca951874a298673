"""From printed lines with their places to paragraphs: furniture dropped, columns unfolded, broken lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

BROKEN = "\u00ad"  # at the end of a line: the word goes on in the next one
_EDGE = 2  # lines at the top and bottom of a page that may be furniture
_PAGE_NUMBER = re.compile(r"[-–—\s]{0,5}\d{1,4}[-–—\s]{0,5}$")
_DIGITS = re.compile(r"\d+")
_NEW_LINE = re.compile(
    r"(?:[СC]татья\s+\d|Глава\s+\d|Раздел\s|Сноска|Примечани|Article\s|Chapitre\s|Titre\s|Section\s|SEC\.|CHAPTER\s|PART\s|"
    r"\d+\s*-\s*(?:бап|тарау)|\d{1,3}(?:[-.]\d{1,3})*[.)]\s|\([\da-z]{1,4}\)|[IVX]{1,5}\.)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_INDENT = 8.0  # points to the right of the margin from which a line begins a paragraph
_SHORT = 0.85  # share of the text's width below which a line ends its paragraph
_SHORT_OF_EVEN = 0.985  # the same where lines end evenly at the right margin
_EVEN, _EVEN_SHARE = 6.0, 0.5  # points from the margin, and share of lines, that make a text even
_LEAST_LETTERS = 3  # of each half of a compound that is known by its halves
_WIDE_GAP = 1.3  # times the usual distance between lines
_LEAST_LINES = 10  # of a page that may have columns
_LEAST_SHARE = 0.25  # of its lines in the column that has fewer
_MOST_TURNS = 4  # from column to column and back, headings and notes across both included


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line with its edges in points; `gap` is the distance from the line before, 0 at the top of a page.

    `bottom` is that of its first character, `end` that of its last.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    end: float = 0.0
    gap: float = 0.0


def without_furniture(pages: Sequence[list[Printed]]) -> Iterator[list[Printed]]:
    """Drop page numbers, and first or last lines that stand (but for their digits) on more than half of the pages.

    What begins like a unit of the law is never dropped.
    """
    edges = Counter(
        text
        for page in pages
        for text in {_DIGITS.sub("#", x.text) for x in page[:_EDGE] + page[-_EDGE:] if not _NEW_LINE.match(x.text)}
    )
    running = {text for text, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}
    for page in pages:
        last = len(page) - 1
        kept = [
            line
            for place, line in enumerate(page)
            if _EDGE <= place <= last - _EDGE
            or not (_DIGITS.sub("#", line.text) in running or _PAGE_NUMBER.match(line.text))
        ]
        yield [replace(kept[0], gap=0.0), *kept[1:]] if kept else []


def unfolded(page: list[Printed]) -> tuple[list[Printed], bool]:
    """The lines of a page with its right column moved below its left one; whether the columns stand in order."""
    placed = [line for line in page if line.right > line.left]
    if len(placed) < _LEAST_LINES:
        return page, True
    first = min(line.left for line in placed)
    middle = (first + max(line.right for line in placed)) / 2
    starts = Counter(round(line.left) for line in placed if line.left > middle - _INDENT)
    if not starts:
        return page, True
    second = float(starts.most_common(1)[0][0])
    on_right = [line.left > second - _INDENT for line in page]
    across = sum(line.right > second for line in placed if line.left <= second - _INDENT)
    share = sum(on_right) / len(page)
    if not _LEAST_SHARE <= share <= 1 - _LEAST_SHARE or across > len(placed) * (1 - share) / 4:
        return page, True
    shift = second - Counter(round(x.left) for x in placed if x.left <= second - _INDENT).most_common(1)[0][0]
    moved = [
        replace(line, left=line.left - shift, right=line.right - shift) if right else line
        for line, right in zip(page, on_right, strict=True)
    ]
    return moved, sum(one != other for one, other in pairwise(on_right)) <= _MOST_TURNS


def paragraphs(lines: Sequence[Printed]) -> list[str]:
    """Put broken lines and words together again."""
    margins, words = _Margins(lines), _Words(lines)
    joined: list[str] = []
    before: Printed | None = None
    for line in lines:
        if before is None or (not _is_broken(before.text, line.text) and margins.begins_paragraph(before, line)):
            joined.append(line.text)
        else:
            joined[-1] = words.join(joined[-1], line.text)
        before = line
    return [text.removesuffix(BROKEN) + "-" if text.endswith(BROKEN) else text for text in joined]


def _is_broken(before: str, after: str) -> bool:
    """Whether a word or a number goes on from the end of one line to the beginning of the next."""
    return len(before) > 1 and before[-1] in f"-/{BROKEN}" and before[-2].isalnum() and after[0].isalnum()


class _Words:
    """The whole words of a document, to tell the hyphen of a broken word from one that belongs to it."""

    def __init__(self, lines: Sequence[Printed]) -> None:
        self.known: set[str] = set()
        for before, line in pairwise([Printed(""), *lines]):
            found = [word.lower() for word in _WORD.findall(line.text)]
            start = 1 if before.text[-1:] in f"-{BROKEN}" else 0
            self.known.update(found[start : len(found) - (1 if line.text[-1] in f"-{BROKEN}" else 0)])

    def join(self, before: str, after: str) -> str:
        stem, sign = (before[:-1], "-") if before.endswith(BROKEN) else (before, "")
        if not _is_broken(before, after):
            return f"{stem}{sign} {after}"
        stem = before[:-1]
        left, right = _LAST_WORD.search(stem), _FIRST_WORD.match(after)
        if before[-1] != "/" and left and right and self._is_one_word(left.group(), right.group()):
            return f"{stem}{after}"
        return f"{stem}{'/' if before[-1] == '/' else '-'}{after}"

    def _is_one_word(self, left: str, right: str) -> bool:
        """As the document writes it elsewhere; else two words that stand alone elsewhere keep their hyphen."""
        if not (right[0].islower() or (left[-1].isupper() and right[:2].isupper())):
            return False
        left, right = left.lower(), right.lower()
        if left + right in self.known:
            return True
        stand_alone = min(len(left), len(right)) >= _LEAST_LETTERS and left in self.known and right in self.known
        return f"{left}-{right}" not in self.known and not stand_alone


class _Margins:
    """Where the text block lies, as most lines say."""

    def __init__(self, lines: Sequence[Printed]) -> None:
        placed = [line for line in lines if line.right > line.left]
        self.known = bool(placed)
        lefts = Counter(round(line.left) for line in placed)
        rights = sorted(line.right for line in placed)
        gaps = sorted(line.gap for line in placed if line.gap > 0)
        self.left = float(lefts.most_common(1)[0][0]) if lefts else 0.0
        self.right = rights[int(len(rights) * 0.95)] if rights else 0.0
        self.gap = gaps[len(gaps) // 2] if gaps else 0.0
        even = sum(abs(right - self.right) < _EVEN for right in rights)
        self.short = _SHORT_OF_EVEN if even > _EVEN_SHARE * len(rights) else _SHORT

    def begins_paragraph(self, before: Printed, line: Printed) -> bool:
        """By indent, by a short line before, by a wide gap; without geometry by how the lines begin and end."""
        if _NEW_LINE.match(line.text):
            return True
        if not self.known:
            return before.text.endswith((".", ";", ":"))
        goes_on = line.text[0].islower() and before.text[-1].isalnum()  # in the middle of a sentence
        is_short = not goes_on and before.right - self.left < self.short * (self.right - self.left)
        is_indented = line.left > self.left + _INDENT and before.left <= line.left - _INDENT
        return is_short or is_indented or (self.gap > 0 and line.gap > _WIDE_GAP * self.gap)
