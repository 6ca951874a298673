"""PDF files with a text layer: printed lines with their places; `pdf_layout` makes paragraphs of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from codes.text.nodes import Document, Line, TextError
from codes.text.readers.pdf_layout import BROKEN, Printed, paragraphs, unfolded, without_furniture

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 3000
_SAME_LINE = 2.0  # points
_WIDE = 18.0  # points between two columns at least
_ALIGNED = 6.0  # points within which the beginnings of lines stand below one another
_LEAST_CUTS = 6  # lines that are cut at one place make a column
_HYPHENS = "\ufffe\x02"  # what PDFium puts for the hyphen of a word that goes on in the next line, in place of its end
_LINE = re.compile(rf"[^\r\n{_HYPHENS}]+[{_HYPHENS}]?")


def read(path: Path) -> Document:
    """Raises `TextError` for files that are damaged, locked, too long, hold pictures of pages only, or whose columns
    stand in an order that cannot be told.
    """
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
    bare = [unfolded(page) for page in without_furniture(pages)]
    mixed = [str(number) for number, (_, in_order) in enumerate(bare, 1) if not in_order]
    if len(mixed) * 2 > len(pages):
        raise TextError(f"{path.name} is set in columns whose order cannot be told. Upload DOCX, or one column.")
    lines = paragraphs([line for page, _ in bare for line in page])
    notices = (f"Columns stand side by side on pages: {', '.join(mixed)}. Check the order of their lines.",)
    return Document(tuple(Line(n, line) for n, line in enumerate(lines, 1)), MEDIA_TYPE, notices if mixed else ())


def _page_lines(pdf: pypdfium2.PdfDocument, number: int) -> list[Printed]:
    page = pdf[number]
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        found = [span for line in _LINE.finditer(text) if (span := _span(text, line.start(), line.end()))]
        if len(text) != textpage.count_chars():
            return [Printed(_whole(text[start:end])) for start, end in found]
        lines: list[Printed] = []
        for start, end in _cut_at_gutter(textpage, text, found):
            line = _place(textpage, text, start, end)
            if lines and _is_one_line(lines[-1], line):
                words = f"{lines[-1].text[:-1]}-{line.text}"
                lines[-1] = replace(lines[-1], text=words, right=line.right, end=line.end)
            else:
                lines.append(replace(line, gap=lines[-1].end - line.bottom if lines else 0.0))
        return lines
    finally:
        textpage.close()
        page.close()


def _whole(words: str) -> str:
    """The words without soft hyphens that do not show, and the same sign after a word that is broken off."""
    end = BROKEN if words[-1] in f"{_HYPHENS}{BROKEN}" else ""
    return words.rstrip(f"{_HYPHENS}{BROKEN}").replace(BROKEN, "") + end


def _span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The places of a line's words without the spaces around; None for a line without words."""
    words = text[start:end].strip()
    if not words.strip(f"{_HYPHENS}{BROKEN}"):
        return None
    start = text.index(words[0], start)
    return start, start + len(words)


def _place(textpage: pypdfium2.PdfTextPage, text: str, start: int, end: int) -> Printed:
    """The line with the edges of its first and last printed characters."""
    last = start + len(text[start:end].rstrip(f"{_HYPHENS} \t")) - 1
    left, bottom, _, _ = textpage.get_charbox(start, loose=True)
    _, level, right, _ = textpage.get_charbox(last, loose=True)
    return Printed(_whole(text[start:end]), left, right, bottom, level)


def _cut_at_gutter(
    textpage: pypdfium2.PdfTextPage, text: str, spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The spans, those of two columns cut in two: PDFium joins what stands on one level."""
    cuts = {span: cut for span in spans if (cut := _gutter(textpage, text, span)) is not None}
    usual = Counter(round(left / _ALIGNED) for _, left in cuts.values()).most_common(1)
    column, count = usual[0] if usual else (0, 0)
    is_column = count >= max(_LEAST_CUTS, len(spans) / 4)
    for start, end in spans:
        place, left = cuts.get((start, end), (end, 0.0))
        is_cut = is_column and place < end and abs(left / _ALIGNED - column) <= 1
        for first, last in ((start, place), (place, end)) if is_cut else ((start, end),):
            piece = _span(text, first, last)
            if piece is not None:
                yield piece


def _gutter(textpage: pypdfium2.PdfTextPage, text: str, span: tuple[int, int]) -> tuple[int, float] | None:
    """Where a line goes on far to the right: place in the text, and points from the left."""
    start, end = span
    count = textpage.count_rects(start, end - start)
    pieces = [textpage.get_rect(number) for number in range(count)] if count > 1 else []
    for (_, bottom, right, top), (left, low, _, high) in pairwise(pieces):
        if left - right > _WIDE and bottom < high and low < top:
            for place in range(start + 1, end):
                if text[place - 1].isspace() and textpage.get_charbox(place, loose=True)[0] > right + _WIDE / 2:
                    return place, left
    return None


def _is_one_line(before: Printed, line: Printed) -> bool:
    """Whether a hyphen that looked like the end of a line is none."""
    is_level = abs(before.end - line.bottom) < _SAME_LINE and before.right > before.left
    return before.text.endswith(BROKEN) and is_level and line.left >= before.right - _SAME_LINE
