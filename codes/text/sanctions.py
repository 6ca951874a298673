"""Penalties of an article: kinds, ranges and alternatives as written. Facts of two texts:
`codes.text.penalties.compare`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from codes.text.grammar import language_of
from codes.text.nodes import Article, Paragraph, Role, Sanction
from codes.text.penalties.compare import compare, outcome_of
from codes.text.penalties.currencies import currencies
from codes.text.penalties.currencies import first as first_currency
from codes.text.penalties.languages import LANGUAGES
from codes.text.penalties.reading import (
    MAIN,
    NEVER,
    TERMS,
    WITHOUT_AMOUNT,
    Amount,
    Found,
    Language,
    amount,
    folded,
    kinds_in,
    statements,
)

__all__ = ["SEVERITY", "compare", "extract", "outcome_of"]

SEVERITY = MAIN
_OTHER_ARTICLE = re.compile(r"tentative[^.]*\b(?:articles? |section|chapitre)[^.]*$")
_FIRST_PART = re.compile(r"premier alinéa")
_MONEY = frozenset({"mci", "rub", "percent", "eur", "frf", "inr"})


def extract(article: Article, language: str = "auto") -> list[Sanction]:
    """One row per kind within an alternative, in the order of the text. Footnotes, notes and stubs give none."""
    if article.status:
        return []
    code = language if language != "auto" else language_of(" ".join(p.text for p in article.body))
    words = LANGUAGES.get(code)
    if words is None:
        return []
    rows: list[Sanction] = []
    leads = ""  # the part whose first line says that its items are penalties
    for paragraph in article.paragraphs:
        if paragraph.role is not Role.BODY:
            continue
        text = folded(paragraph.text)
        if any(cue in text for cue in words.cues):
            item = paragraph.level in {"item", "subitem"} and leads == f"{paragraph.part}:"
            found = list(_paragraph(paragraph, text, words, item=item))
            rows += found or _again(paragraph, text, words, rows)
        if not text.endswith((".", ";")) and words.lists.search(text):
            leads = f"{paragraph.part}:"
    return rows


def _again(paragraph: Paragraph, text: str, words: Language, rows: list[Sanction]) -> list[Sanction]:
    """ "The same penalties": the main ones of the part before, or of the first one when it is named.

    Unsure where several parts before provide penalties.
    """
    named = words.again.search(text)
    main = [row for row in rows if row.kind in MAIN and not row.optional]
    if named is None or not main or _OTHER_ARTICLE.search(text, 0, named.start()):
        return []
    chosen = main[0 if _FIRST_PART.search(text, 0, named.start()) else -1].eid
    quote, part = paragraph.text[named.start() : named.end()], _part(paragraph, words)
    sure = len({row.eid for row in main}) == 1
    return [
        replace(row, part=part, eid=paragraph.eid, quote=quote, sure=row.sure and sure)
        for row in main
        if row.eid == chosen
    ]


def _paragraph(paragraph: Paragraph, text: str, words: Language, *, item: bool) -> Iterator[Sanction]:
    before = 0
    every = words.every.search(text) if item else None
    if every is not None and not words.opens.search(text, 0, every.start()):
        condition = words.condition.search(text, every.end())
        end = condition.start() if condition else len(text)
        spans = [(every.start(), end), *(span for span in statements(text, words) if span[0] >= end)]
    else:
        spans = statements(text, words)
    for start, end in spans:
        rows = _statement(paragraph, text, start, end, words)
        yield from (replace(row, alternative=row.alternative + before) for row in rows)
        before += max((row.alternative for row in rows), default=0)


def _statement(paragraph: Paragraph, text: str, base: int, end: int, words: Language) -> list[Sanction]:
    term: Amount | None = None
    sum_: Amount | None = None
    said = _Said(text, end, words)
    rows: list[Sanction] = []
    for found in kinds_in(text[base:end], words):
        quote = paragraph.text[base + found.start : base + found.end]
        if found.repeats is not None:
            rows.append(replace(rows[found.repeats], alternative=found.alternative, quote=quote))
            continue
        piece = text[base + found.start : base + found.end]
        read = _read(found, _with_unit(found, piece, base + found.end, said, words), words, term, sum_)
        if read is not None and read.unit in TERMS:
            term = read
        elif read is not None:
            sum_ = read
        row = Sanction(
            part=_part(paragraph, words),
            alternative=found.alternative,
            kind=found.kind,
            minimum=read.minimum if read else None,
            maximum=read.maximum if read else None,
            unit=read.unit if read else "",
            quote=quote,
            eid=paragraph.eid,
            optional=bool(words.optional.search(piece)),
            sure=_sure(found, piece, read, words),
        )
        rows.append(row)
    return rows


class _Said:
    """The unit of money that is next said after a place of one statement; each stretch is looked at once."""

    def __init__(self, text: str, end: int, words: Language) -> None:
        self._text, self._end = text, end
        self._patterns = [pattern for unit, pattern in words.units if unit in _MONEY]
        self._from, self._start, self._words = 0, -1, ""

    def after(self, place: int) -> str:
        """Its words; "" when none is said any more."""
        if not self._from <= place <= self._start:
            found = [match for pattern in self._patterns if (match := pattern.search(self._text, place, self._end))]
            named = first_currency(self._text, place, self._end)
            said = min([*found, *([named] if named else [])], key=lambda match: match.start(), default=None)
            self._from, self._start = place, said.start() if said else self._end
            self._words = said.group() if said else ""
        return self._words


def _with_unit(found: Found, piece: str, place: int, said: _Said, words: Language) -> str:
    """A fine with the unit that is said once, after the last of several addressees; `place` is where it ends."""
    if words.addressee is NEVER or found.kind != "fine" or any(unit.search(piece) for _, unit in words.units):
        return piece
    if "кратн" in piece or currencies(piece):
        return piece
    return f"{piece} {said.after(place)}".rstrip()


def _part(paragraph: Paragraph, words: Language) -> str:
    if words.code == "en" and paragraph.level in {"item", "subitem"} and paragraph.marker:
        return f"{paragraph.part}({paragraph.marker})"
    return paragraph.part


def _read(found: Found, piece: str, words: Language, term: Amount | None, sum_: Amount | None) -> Amount | None:
    if found.kind in WITHOUT_AMOUNT:
        return None
    same = words.same.search(piece)
    if same is not None:
        return sum_ if "размер" in same.group() or "мөлшер" in same.group() else term
    read = amount(piece, words, fine=found.kind == "fine")
    if read is not None and found.kind == "fine" and read.unit in {"years", "months"}:
        factor = 12 if read.unit == "years" else 1
        low, high = (None if n is None else n * factor for n in (read.minimum, read.maximum))
        return Amount(low, high, "income_months", read.sure)
    return read


def _sure(found: Found, piece: str, read: Amount | None, words: Language) -> bool:
    if found.kind in WITHOUT_AMOUNT or found.kind in {"deportation", "licence_suspension"}:
        return True
    if read is None:
        if words.unlimited.search(piece) is None:
            return found.kind == "other" and not any(map(str.isdigit, piece))
        # where money is named, how much was not read
        money = found.kind == "fine" and (
            currencies(piece) or any(unit.search(piece) for name, unit in words.units if name in _MONEY)
        )
        return not money
    return read.sure
