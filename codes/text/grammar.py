"""Which drafting tradition and which language a text is in. The traditions themselves: `codes.text.grammars`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from codes.text.grammars.english import ARTICLES, COMMONWEALTH, US_BILL
from codes.text.grammars.french import FRENCH
from codes.text.grammars.generic import GENERIC
from codes.text.grammars.kazakh import KAZAKH
from codes.text.grammars.russian import RUSSIAN
from codes.text.grammars.shape import Grammar
from codes.text.nodes import Line

__all__ = ["GRAMMARS", "Grammar", "choose", "language_of"]

GRAMMARS = {g.name: g for g in (RUSSIAN, KAZAKH, FRENCH, ARTICLES, COMMONWEALTH, US_BILL, GENERIC)}
UNDETERMINED = "und"
_SAMPLE_LINES = 3000
_SAMPLE = 40_000  # characters that are enough to tell a language
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_KAZAKH_LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
_COMMON_WORDS = {
    "en": frozenset(["the", "of", "and", "shall", "to", "or", "in", "any", "by", "be"]),
    "fr": frozenset(["le", "la", "les", "des", "une", "est", "dans", "par", "pour", "du", "aux", "et"]),
    "sw": frozenset(["ya", "wa", "na", "kwa", "katika", "la", "za", "au", "ni", "hii", "kama"]),
}


def choose(lines: Sequence[Line], language: str = "auto") -> Grammar:
    """The grammar that finds most articles; where two find as many, the one of the text's language.

    `generic` is tried last: a number and a full stop begin many lines that are no articles.
    """
    sample = [line.text for line in lines[:_SAMPLE_LINES]]
    if language == "auto":
        language = language_of(" ".join(sample))
    best, most = GENERIC, 0
    for grammar in GRAMMARS.values():
        if grammar is GENERIC:
            continue
        found = sum(map(bool, map(grammar.article.match, sample)))
        if found > most or (
            found == most and found and language in grammar.languages and language not in best.languages
        ):
            best, most = grammar, found
    return best


def language_of(text: str) -> str:
    """ru, kk, fr, en or sw, by letters and by the commonest words; "und" when none is recognised."""
    sample = text[:_SAMPLE]
    cyrillic = len(_CYRILLIC.findall(sample))
    if cyrillic and cyrillic * 3 > sum(map(str.isalpha, sample)):
        kazakh = sum(map(sample.count, _KAZAKH_LETTERS))
        return "kk" if kazakh * 25 > cyrillic else "ru"
    words = Counter(sample.lower().split())
    counts = {language: sum(words[word] for word in common) for language, common in _COMMON_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else UNDETERMINED
