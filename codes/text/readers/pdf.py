"""PDF with a text layer: page headers, footers and numbers dropped, hyphenation and broken lines repaired."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from codes.text.nodes import Document, Line, TextError

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 3000
_EDGE = 2  # lines at the top and bottom of a page that may be furniture
_PAGE_NUMBER = re.compile(r"[-–—\s]{0,5}\d{1,4}[-–—\s]{0,5}$")
_DIGITS = re.compile(r"\d+")
_NEW_LINE = re.compile(
    r"(?:[СC]татья\s+\d|Глава\s+\d|Раздел\s|Сноска|Примечани|Article\s|Chapitre\s|Titre\s|Section\s|SEC|CHAPTER|PART|"
    r"\d+\s*-\s*(?:бап|тарау)|\d{1,3}(?:[-.]\d{1,3})*[.)]\s|\([\da-z]{1,4}\)|[IVX]{1,5}\.)",
    re.IGNORECASE,
)
_SOFT_HYPHEN = re.compile("[\ufffe\u00ad\x02](?=(\\w)?)")  # where PDFium joined a word that was broken over two lines
_INDENT = 8.0  # points to the right of the margin from which a line begins a paragraph
_SHORT = 0.85  # share of the text's width below which a line ends its paragraph
_WIDE_GAP = 1.6  # times the usual distance between lines


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed line with its edges in points; `gap` is the distance from the line before, 0 at the top of a page.

    `bottom` is that of its first character, `end` that of its last: a word broken over two lines joins them in one.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    end: float = 0.0
    gap: float = 0.0


def read(path: Path) -> Document:
    """Raises `TextError` for files that are damaged, locked, too long, or hold pictures of pages only."""
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise TextError(f"{path.name} is damaged or has a password. Save it again as PDF without one.") from error
    try:
        if raw.FPDF_GetSecurityHandlerRevision(pdf.raw) != -1:
            raise TextError(f"{path.name} is encrypted. Save it again as PDF without protection.")
        if len(pdf) > MOST_PAGES:
            raise TextError(f"{path.name} has {len(pdf)} pages. The limit is {MOST_PAGES}. Split it.")
        pages = [_page_lines(pdf, number) for number in range(len(pdf))]
    except pypdfium2.PdfiumError as error:
        raise TextError(f"{path.name} is damaged. Save it again as PDF, or upload DOCX.") from error
    finally:
        pdf.close()
    if not any(pages):
        raise TextError("This PDF has no text. Run OCR or upload DOCX.")
    lines = _paragraphs([line for page in _without_furniture(pages) for line in page])
    return Document(tuple(Line(n, line) for n, line in enumerate(lines, 1)), MEDIA_TYPE)


def _page_lines(pdf: pypdfium2.PdfDocument, number: int) -> list[_Printed]:
    page = pdf[number]
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        placed = len(text) == textpage.count_chars()
        lines: list[_Printed] = []
        for found in re.finditer(r"[^\r\n]+", text):
            if not found.group().strip():
                continue
            line = _place(textpage, found) if placed else _Printed(found.group())
            gap = lines[-1].end - line.bottom if lines else 0.0
            lines.append(replace(line, text=_SOFT_HYPHEN.sub(_unbroken, line.text.strip()), gap=gap))
        return lines
    finally:
        textpage.close()
        page.close()


def _place(textpage: pypdfium2.PdfTextPage, found: re.Match[str]) -> _Printed:
    """The line with the edges of its first and last printed characters."""
    words = found.group()
    first = found.start() + len(words) - len(words.lstrip())
    last = found.start() + len(words.rstrip()) - 1
    left, bottom, _, _ = textpage.get_charbox(first, loose=True)
    _, end, right, _ = textpage.get_charbox(last, loose=True)
    return _Printed(words, left, right, bottom, end)


def _unbroken(found: re.Match[str]) -> str:
    return "" if (found[1] or "").islower() else "-"


def _without_furniture(pages: list[list[_Printed]]) -> Iterator[list[_Printed]]:
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
        yield [
            line
            for place, line in enumerate(page)
            if _EDGE <= place <= last - _EDGE
            or not (_DIGITS.sub("#", line.text) in running or _PAGE_NUMBER.match(line.text))
        ]


def _paragraphs(lines: list[_Printed]) -> list[str]:
    """Put broken lines together again."""
    margins = _Margins(lines)
    joined: list[str] = []
    before: _Printed | None = None
    for line in lines:
        if before is None or margins.begins_paragraph(before, line):
            joined.append(line.text)
        else:
            joined[-1] = _join(joined[-1], line.text)
        before = line
    return joined


def _join(before: str, after: str) -> str:
    broken = before.endswith("-") and len(before) > 1 and before[-2].isalpha() and after[0].islower()
    return before[:-1] + after if broken else f"{before} {after}"


class _Margins:
    """Where the text block lies, as most lines say."""

    def __init__(self, lines: list[_Printed]) -> None:
        placed = [line for line in lines if line.right > line.left]
        self.known = bool(placed)
        lefts = Counter(round(line.left) for line in placed)
        rights = sorted(line.right for line in placed)
        gaps = sorted(line.gap for line in placed if line.gap > 0)
        self.left = float(lefts.most_common(1)[0][0]) if lefts else 0.0
        self.right = rights[int(len(rights) * 0.95)] if rights else 0.0
        self.gap = gaps[len(gaps) // 2] if gaps else 0.0

    def begins_paragraph(self, before: _Printed, line: _Printed) -> bool:
        """By indent, by a short line before, by a wide gap; without geometry by how the lines begin and end."""
        if _NEW_LINE.match(line.text):
            return True
        if not self.known:
            return before.text.endswith((".", ";", ":"))
        is_short = before.right - self.left < _SHORT * (self.right - self.left)
        is_indented = line.left > self.left + _INDENT and before.left <= line.left - _INDENT
        return is_short or is_indented or (self.gap > 0 and line.gap > _WIDE_GAP * self.gap)
