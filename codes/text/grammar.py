"""Which drafting tradition and which language a text is in. The traditions themselves: `codes.text.grammars`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from codes.text.grammars.english import ARTICLES, COMMONWEALTH, UNITED_KINGDOM, US_BILL, US_CODE
from codes.text.grammars.french import FRENCH
from codes.text.grammars.generic import GENERIC, SIDE_NOTES
from codes.text.grammars.kazakh import KAZAKH
from codes.text.grammars.others import OTHERS
from codes.text.grammars.russian import RUSSIAN
from codes.text.grammars.shape import Grammar
from codes.text.nodes import Line
from codes.text.openings import ArticleHeading, find_openings, is_caption

__all__ = ["GRAMMARS", "Grammar", "choose", "language_of"]

_ALWAYS_TRIED = (RUSSIAN, KAZAKH, FRENCH, ARTICLES, COMMONWEALTH, US_BILL)  # the others, for texts in their language
_IN_LANGUAGE = (US_CODE, *OTHERS)
_FALLBACKS = (UNITED_KINGDOM, SIDE_NOTES, GENERIC)
GRAMMARS = {grammar.name: grammar for grammar in (*_ALWAYS_TRIED, *_IN_LANGUAGE, *_FALLBACKS)}
UNDETERMINED = "und"
_SENTENCE_ENDS = (".", ":", ";", "—", "–", "-", ",")
_SAMPLE_LINES = 3000
_SAMPLE = 40_000  # characters that are enough to tell a language
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_KAZAKH_LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
_UKRAINIAN_LETTERS = "їєґЇЄҐ"
_COMMON_WORDS = {
    "en": "the of and shall to or in any by be",
    "fr": "le la les des une est dans par pour du aux et",
    "sw": "ya wa na kwa katika la za au ni hii kama",
    "de": "der die das und des den oder ist nicht nach dem wird einer eine",
    "es": "el la los las del y en por que se una con o al no",
    "it": "il la di che del della è per un con o dei delle nel si",
    "pt": "o a os as do da dos e em por que se uma com ou não no na",
    "ro": "și de în la a sau cu din pe care prin se şi al ale",
    "pl": "i w z na do lub nie się o jest albo oraz od po za",
    "tr": "ve veya bir bu ile olan için olarak göre de da ya",
    "cs": "a v se na nebo o je podle k s z za do kdo by li",
    "nl": "de het van een en in of is op te aan dat die niet voor met",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _COMMON_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_language)


def choose(lines: Sequence[Line], language: str = "auto") -> Grammar:
    """The grammar that finds most different numbers of articles; of equals, the one of the text's language.

    `generic` is tried last: a number and a full stop begin many lines that are no articles.
    """
    sample = [line.text for line in lines[:_SAMPLE_LINES]]
    if language == "auto":
        language = language_of(" ".join(sample))
    best, most = GENERIC, 0
    for grammar in (*_ALWAYS_TRIED, *(other for other in _IN_LANGUAGE if language in other.languages)):
        found = len({heading["number"] for heading in map(grammar.article.match, sample) if heading is not None})
        if found > most or (
            found == most and found and language in grammar.languages and language not in best.languages
        ):
            best, most = grammar, found
    return _fallback(lines[:_SAMPLE_LINES]) if best is GENERIC else best


def _fallback(lines: Sequence[Line]) -> Grammar:
    """For a law that does not name its articles: by what stands behind and above their numbers."""
    if _has_side_notes(lines):
        return SIDE_NOTES
    pointed = {found["number"] for line in lines if (found := GENERIC.article.match(line.text)) is not None}
    bare = sum(isinstance(opening, ArticleHeading) for opening in find_openings(lines, UNITED_KINGDOM).values())
    return UNITED_KINGDOM if bare > len(pointed) else GENERIC


def _has_side_notes(lines: Sequence[Line]) -> bool:
    """Whether most numbers stand before a sentence and below a heading."""
    numbered = noted = 0
    for above, line in pairwise(lines):
        found = SIDE_NOTES.article.match(line.text)
        if found is not None:
            numbered += 1
            noted += found["heading"].endswith(_SENTENCE_ENDS) and is_caption(above.text, SIDE_NOTES)
    return noted > numbered / 2


def language_of(text: str) -> str:
    """ru, kk, uk, en, fr or another with common words here, by letters and by those; "und" when none is recognised."""
    sample = text[:_SAMPLE]
    cyrillic = len(_CYRILLIC.findall(sample))
    if cyrillic and cyrillic * 3 > sum(map(str.isalpha, sample)):
        if sum(map(sample.count, _UKRAINIAN_LETTERS)) * 100 > cyrillic:
            return "uk"
        kazakh = sum(map(sample.count, _KAZAKH_LETTERS))
        return "kk" if kazakh * 25 > cyrillic else "ru"
    counts: Counter[str] = Counter()
    for word, times in Counter(sample.lower().split()).items():
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += times
    return max(_COMMON_WORDS, key=lambda language: counts[language]) if counts else UNDETERMINED
