"""PDF with a text layer: page headers, footers and numbers dropped, hyphenation and broken lines repaired."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2

from codes.text.nodes import Document, Line, TextError

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 3000
_PAGE_NUMBER = re.compile(r"^[-–—\s]*\d{1,4}[-–—\s]*$")
_NEW_LINE = re.compile(
    r"^(?:[СC]татья|Глава|Раздел|Сноска|Примечание|Article|Chapitre|Titre|Section|SEC|CHAPTER|PART|\d+-бап|\d+-тарау|\d+(?:[-.]\d+)*[.)]\s|\([\da-z]+\)|[IVX]+\.)",
    re.IGNORECASE,
)


def read(path: Path) -> Document:
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise TextError(
            f"{path.name} cannot be opened: it is damaged or has a password. Save it without one."
        ) from error
    if len(pdf) > MOST_PAGES:
        raise TextError(f"{path.name} has {len(pdf)} pages. The limit is {MOST_PAGES}. Split it.")
    pages = [page.get_textpage().get_text_range().replace("\r", "").split("\n") for page in pdf]
    if not any(line.strip() for page in pages for line in page):
        raise TextError("This PDF has no text. Run OCR or upload DOCX.")
    lines = _join(_without_furniture(pages))
    return Document(tuple(Line(n, line) for n, line in enumerate(lines, 1)), MEDIA_TYPE)


def _without_furniture(pages: list[list[str]]) -> list[str]:
    """Drop page numbers, and first or last lines that stand on more than half of the pages."""
    edges = Counter(line.strip() for page in pages for line in {*page[:2], *page[-2:]} if line.strip())
    running = {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}
    kept = []
    for page in pages:
        last = len(page) - 1
        for place, line in enumerate(page):
            at_edge = place < 2 or place > last - 2
            if line.strip() and not (at_edge and (line.strip() in running or _PAGE_NUMBER.match(line))):
                kept.append(line.strip())
    return kept


def _join(lines: list[str]) -> list[str]:
    """Put broken lines together: a line goes on when it does not end a sentence and the next begins nothing new."""
    joined: list[str] = []
    for line in lines:
        clean = line.replace("\ufffe", "-").replace("\u00ad", "-")
        if joined and not _NEW_LINE.match(clean) and not joined[-1].endswith((".", ";", ":")):
            before = joined[-1]
            hyphenated = before.endswith("-") and len(before) > 1 and before[-2].isalpha() and clean[0].islower()
            joined[-1] = before[:-1] + clean if hyphenated else f"{before} {clean}"
        else:
            joined.append(clean)
    return joined
