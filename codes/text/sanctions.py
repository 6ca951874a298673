"""Penalties of an article: kinds, ranges and alternatives as written. Facts of two texts:
`codes.text.penalties.compare`.
"""

from __future__ import annotations

from collections.abc import Iterator

from codes.text.grammar import language_of
from codes.text.nodes import Article, Paragraph, Role, Sanction
from codes.text.penalties.compare import compare, outcome_of
from codes.text.penalties.languages import LANGUAGES
from codes.text.penalties.reading import MAIN, WITHOUT_AMOUNT, Amount, Found, Language, amount, folded, kinds_in

__all__ = ["SEVERITY", "compare", "extract", "outcome_of"]

SEVERITY = MAIN
_TERM_UNITS = frozenset({"years", "months", "days", "hours"})
_SENTENCES_KK = ("жазаланады", "әкеп соғады")


def extract(article: Article, language: str = "auto") -> list[Sanction]:
    """One row per kind within an alternative, in the order of the text. Footnotes, notes and stubs give none."""
    if article.status:
        return []
    code = language if language != "auto" else language_of(" ".join(p.text for p in article.body))
    words = LANGUAGES.get(code)
    if words is None:
        return []
    return [
        row for paragraph in article.paragraphs if paragraph.role is Role.BODY for row in _paragraph(paragraph, words)
    ]


def _paragraph(paragraph: Paragraph, words: Language) -> Iterator[Sanction]:
    text = folded(paragraph.text)
    opening = words.opens.search(text)
    if opening is None or (words.code == "kk" and not any(end in text for end in _SENTENCES_KK)):
        return
    base = opening.end()
    term: Amount | None = None
    sum_: Amount | None = None
    for found in kinds_in(text[base:], words):
        piece = text[base + found.start : base + found.end]
        read = _read(found, piece, words, term, sum_)
        if read is not None and read.unit in _TERM_UNITS:
            term = read
        elif read is not None:
            sum_ = read
        yield Sanction(
            part=_part(paragraph, words),
            alternative=found.alternative,
            kind=found.kind,
            minimum=read.minimum if read else None,
            maximum=read.maximum if read else None,
            unit=read.unit if read else "",
            quote=paragraph.text[base + found.start : base + found.end],
            eid=paragraph.eid,
            optional=bool(words.optional.search(piece)),
            sure=_sure(found, read, words),
        )


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
    read = amount(piece, words)
    if read is not None and found.kind == "fine" and read.unit in {"years", "months"}:
        factor = 12 if read.unit == "years" else 1
        low, high = (None if n is None else n * factor for n in (read.minimum, read.maximum))
        return Amount(low, high, "income_months", read.sure)
    return read


def _sure(found: Found, read: Amount | None, words: Language) -> bool:
    if found.kind in WITHOUT_AMOUNT or found.kind in {"deportation", "licence_suspension"}:
        return True
    if read is None:
        return words.code == "en" and found.kind == "fine"
    return read.sure
