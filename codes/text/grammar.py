"""Drafting traditions as data: how each prints its divisions, articles, parts, items, notes and stubs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codes.text.nodes import Line


@dataclass(frozen=True, slots=True)
class Grammar:
    """One tradition. Every pattern is matched at the start of a folded-space line.

    `divisions` are in rank order, outermost first: (kind, pattern with groups `number` and `heading`).
    `article` has groups `number` and `heading`. `parts` and `items` have groups `marker` and `text`.
    """

    name: str
    languages: tuple[str, ...]
    divisions: tuple[tuple[str, re.Pattern[str]], ...]
    article: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]
    items: tuple[re.Pattern[str], ...]
    subitems: tuple[re.Pattern[str], ...]
    footnote: re.Pattern[str]
    note: re.Pattern[str]
    publisher: re.Pattern[str]
    repealed: re.Pattern[str]
    suppressed: re.Pattern[str]
    unchanged: re.Pattern[str]
    counts_paragraphs: bool = False


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_NEVER = re.compile(r"(?!)")
_NUMBER = r"(?P<number>\d+(?:[-.–]\d+)*)"
_HEADING = r"(?P<heading>.*)"
# The first letter of a heading word is often typed on the wrong keyboard: Latin C for Cyrillic С.
_ARTICLE_RU = r"[СC]тать[яи]"
_LAW = r"(?:Закон|ФЗ|№|N )"

RUSSIAN = Grammar(
    name="kz-ru",
    languages=("ru",),
    divisions=(
        ("part", _pattern(rf"(?:(?P<number>ОБЩАЯ|ОСОБЕННАЯ)\s+ЧАСТЬ)\s*{_HEADING}$")),
        ("section", _pattern(rf"РАЗДЕЛ\s+(?P<number>[IVXLC]+|\d+(?:-\d+)?)\s*[.:]?\s*{_HEADING}$")),
        ("chapter", _pattern(rf"ГЛАВА\s+{_NUMBER}\s*[.:]?\s*{_HEADING}$")),
        ("paragraph", _pattern(rf"(?:Параграф|§)\s*{_NUMBER}\s*[.:]?\s*{_HEADING}$")),
    ),
    article=_pattern(rf"{_ARTICLE_RU}\s+{_NUMBER}\s*(?:\.\s*{_HEADING})?$"),
    parts=(re.compile(r"(?P<marker>\d+(?:[-.]\d+)*)\.\s+(?P<text>\S.*)$"),),
    items=(re.compile(r"(?P<marker>\d+(?:[-.]\d+)*)\)\s*(?P<text>\S.*)$"),),
    subitems=(re.compile(r"(?P<marker>[а-яё])\)\s*(?P<text>\S.*)$"),),
    footnote=_pattern(
        rf"(?:Сноска\s*[.:])|(?:\((?:Стать|Част|Пункт|Абзац|Примечани|Наименовани|Глав|В редакции|Дополнен|Введен|Утратил|Подпункт)"
        rf"[^)]*{_LAW}[^)]*\)\s*$)"
    ),
    note=_pattern(r"Примечани[ея]\s*(?:\d+\s*)?[.:]"),
    publisher=_pattern(r"Примечание\s+(?:РЦПИ|ИЗПИ)|ВНИМАНИЕ!"),
    repealed=_pattern(r"\(?(?:Статья\s+(?:[\d.-]+\s+)?)?(?:исключена?|утратил[аи]?\s+силу)\b"),
    suppressed=_NEVER,
    unchanged=_NEVER,
)

KAZAKH = Grammar(
    name="kz-kk",
    languages=("kk",),
    divisions=(
        ("part", _pattern(rf"(?:(?P<number>ЖАЛПЫ|ЕРЕКШЕ)\s+БӨЛІК)\s*{_HEADING}$")),
        ("section", _pattern(rf"{_NUMBER}\s*-\s*б[өe]л[іi]м\s*[.:]?\s*{_HEADING}$")),
        ("chapter", _pattern(rf"{_NUMBER}\s*-\s*тарау\s*[.:]?\s*{_HEADING}$")),
        ("paragraph", _pattern(rf"{_NUMBER}\s*-\s*параграф\s*[.:]?\s*{_HEADING}$")),
    ),
    article=_pattern(rf"{_NUMBER}\s*-\s*бап\s*(?:\.\s*{_HEADING})?$"),
    parts=RUSSIAN.parts,
    items=RUSSIAN.items,
    subitems=(re.compile(r"(?P<marker>[а-яёәіңғүұқөһ])\)\s*(?P<text>\S.*)$"),),
    footnote=_pattern(r"Ескерту\s*[.:](?=.{0,400}(?:Заң(?:ы|дар)|№))"),
    note=_pattern(r"(?:Ескерту|Түс[іi]н[іi]ктеме)\s*[.:]"),
    publisher=_pattern(r"РҚАО-ның ескертпес"),
    repealed=_pattern(r"(?:Алып тасталды|Күш[іi] жойылды)"),
    suppressed=_NEVER,
    unchanged=_NEVER,
)

_FR_SUFFIX = r"(?:\s+(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies|undecies|duodecies|[A-Z]{1,2})\b)*"
_FR_NUMBER = rf"(?P<number>(?:[LRD]\.?\s?\*?)?(?:\d+(?:er)?|[IVXLC]+(?:er)?|[A-Z])(?:-\d+)*{_FR_SUFFIX}(?:-\d+)*)"
_FR_DIVISION = r"\s+(?P<number>[IVXLC]+(?:er)?|\d+(?:er)?|préliminaire|unique|[A-Z])?{suffix}\s*(?:[:—–-]\s*|$){heading}$"


def _french(word: str) -> re.Pattern[str]:
    return _pattern(word + _FR_DIVISION.format(suffix=_FR_SUFFIX, heading=_HEADING))


FRENCH = Grammar(
    name="fr",
    languages=("fr",),
    divisions=(
        ("part", _pattern(rf"Partie\s+(?P<number>législative|réglementaire)\s*{_HEADING}$")),
        ("book", _french("Livre")),
        ("title", _french("Titre")),
        ("subtitle", _french("Sous-titre")),
        ("chapter", _french("Chapitre")),
        ("section", _french("Section")),
        ("subsection", _french("Sous-section")),
        ("paragraph", _french("Paragraphe")),
    ),
    article=_pattern(rf"Article\s+{_FR_NUMBER}\s*(?:\((?P<status>[^)]*)\))?(?:\s*[.:–—-]\s*{_HEADING})?$"),
    parts=(
        re.compile(r"(?P<marker>[IVXLC]+(?:\s+(?:bis|ter|quater|quinquies|sexies)|\s+[A-Z])*)\s*[.–—-]+\s*[–—-]?\s*(?P<text>\S.*)$"),
    ),
    items=(
        re.compile(r"(?P<marker>\d+°(?:\s+(?:bis|ter|quater|quinquies|sexies|[A-Z]))*)\s*(?P<text>\S.*)$"),
        re.compile(r"(?P<marker>[A-Z])\s*[.–—-]+\s*[–—-]\s*(?P<text>\S.*)$"),
    ),
    subitems=(re.compile(r"(?P<marker>[a-z](?:\s+(?:bis|ter|quater))?)\)\s*(?P<text>\S.*)$"),),
    footnote=_NEVER,
    note=_NEVER,
    publisher=_NEVER,
    repealed=_pattern(r"\(?\s*abrogée?s?\s*\)?\.?$"),
    suppressed=_pattern(r"\(?\s*supprimée?s?\s*\)?\.?$"),
    unchanged=_pattern(r"\(?\s*(?:non modifiée?s?|conformes?)\s*\)?\.?$"),
    counts_paragraphs=True,
)

_EN_ROMAN = r"(?P<number>[IVXLC]+|\d+[A-Z]*|[A-Z])"
ENGLISH = Grammar(
    name="en",
    languages=("en", "sw"),
    divisions=(
        ("part", re.compile(rf"(?:PART|Part)\s+{_EN_ROMAN}\s*(?:[.:–—-]\s*{_HEADING})?$")),
        ("title", re.compile(rf"(?:TITLE|Title)\s+{_EN_ROMAN}\s*(?:[.:–—-]+\s*{_HEADING})?$")),
        ("chapter", re.compile(rf"(?:CHAPTER|Chapter)\s+{_EN_ROMAN}\s*(?:[.:–—-]\s*{_HEADING})?$")),
        ("section", re.compile(r"(?:Section|SECTION)\s+(?P<number>[IVXLC]+)\s*(?:[.:–—-]\s*(?P<heading>.*))?$")),
    ),
    article=re.compile(
        r"(?:Article|ARTICLE|Section|SECTION|SEC\.|Sec\.)\s+(?P<number>\d+(?:[-.]\d+)*[A-Z]{0,3})\s*(?:[.:–—-]+\s*(?P<heading>.*))?$"
    ),
    parts=(
        re.compile(r"\((?P<marker>\d+[A-Z]?)\)\s*(?P<text>\S.*)$"),
        re.compile(r"(?P<marker>\d+(?:-\d+)?)\.\s+(?P<text>\S.*)$"),
    ),
    items=(
        re.compile(r"\((?P<marker>[a-z]{1,2})\)\s*(?P<text>\S.*)$"),
        re.compile(r"(?P<marker>\d+(?:-\d+)?)\)\s*(?P<text>\S.*)$"),
    ),
    subitems=(re.compile(r"\((?P<marker>[ivxlc]+|[A-Z]{1,2})\)\s*(?P<text>\S.*)$"),),
    footnote=_pattern(r"Footnote\s*[.:]|\[?(?:Subs|Ins|Omitted|Rep)\.\s+by\b"),
    note=re.compile(r"(?:Explanation|Illustration|Note)s?\s*(?:\d+)?\s*[.:–—-]"),
    publisher=_NEVER,
    repealed=_pattern(r"\[?\s*(?:Article\s+[\d-]+\s+)?(?:repealed|excluded|deleted|is excluded)\b"),
    suppressed=_NEVER,
    unchanged=_NEVER,
)

# Indian and other Commonwealth codes print "12. Heading" alone on a line; tried only when nothing else finds articles.
NUMBERED = Grammar(
    name="generic",
    languages=("",),
    divisions=ENGLISH.divisions,
    article=re.compile(r"(?P<number>\d+[A-Z]{0,2})\.\s*(?P<heading>\S.*)$"),
    parts=(ENGLISH.parts[0],),
    items=ENGLISH.items,
    subitems=ENGLISH.subitems,
    footnote=ENGLISH.footnote,
    note=ENGLISH.note,
    publisher=_NEVER,
    repealed=ENGLISH.repealed,
    suppressed=_NEVER,
    unchanged=_NEVER,
)

GRAMMARS = {grammar.name: grammar for grammar in (RUSSIAN, KAZAKH, FRENCH, ENGLISH, NUMBERED)}
_KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_FRENCH_WORDS = frozenset("le la les des une est dans par pour du aux".split())
_ENGLISH_WORDS = frozenset("the of and shall to or in any by".split())


def choose(lines: Sequence[Line]) -> Grammar:
    """The grammar that finds most articles in the text; `generic` when none finds any."""
    found = {grammar.name: sum(1 for line in lines if grammar.article.match(line.text)) for grammar in GRAMMARS.values()}
    found["generic"] = 0
    best = max(found, key=lambda name: found[name])
    if best in {"fr", "en"} and found["fr"] and found["en"]:
        best = "fr" if language_of(" ".join(line.text for line in lines[:400])) == "fr" else "en"
    return GRAMMARS[best] if found[best] else NUMBERED


def language_of(text: str) -> str:
    """ru, kk, fr or en, by letters and by the commonest words."""
    cyrillic = sum("\u0400" <= char <= "\u052f" for char in text[:20000])
    if cyrillic * 3 > sum(char.isalpha() for char in text[:20000]):
        kazakh = sum(char in _KAZAKH_LETTERS for char in text[:20000])
        return "kk" if kazakh * 25 > cyrillic else "ru"
    words = text[:20000].lower().split()
    french = sum(word in _FRENCH_WORDS for word in words)
    return "fr" if french > sum(word in _ENGLISH_WORDS for word in words) else "en"
