"""Money that the list of units does not have: dollars, shillings, penalty units, base amounts.

Such a fine is its number without a unit. It is read surely where its words name exactly one of these; the amounts of
two texts are compared only where both name the same one. A level of a scale of fines is such a number; a class that
has only a letter or an ordinal ("a class B fine", "la 5e classe") states no amount.
"""

from __future__ import annotations

import re

_NAMES = {
    "dollars": r"[$]|\bdollars?\b",
    "pounds": r"£|\bpounds?\b|\bsdg\b|\blivres? (?:sterling|égyptiennes?|syriennes?|libanaises?)\b",
    "shillings": r"\bshillings?\b|\b[ktu]?shs?\b|\bk[es]s\b|\b[tu]gx\b|\b[tu]zs\b",
    "rand": r"\brands?\b|\br(?= ?\d)",
    "kwacha": r"\bkwacha\b|\bk(?= ?\d)",
    "naira": r"\bnairas?\b|₦",
    "cedis": r"\bcedis?\b",
    "pula": r"\bpulas?\b|\bp(?= ?\d)",
    "ringgit": r"\bringgits?\b|\brm(?= ?\d)",
    "taka": r"\btakas?\b",
    "pesos": r"\bpesos?\b",
    "penalty units": r"\b(?:penalty|fee|fine) units?\b",
    "currency points": r"\bcurrency points?\b",
    "level": r"\blevel(?= \d)",
    "day-fines": r"\bjours?-amendes?\b",
    "francs cfa": r"\b(?:francs?|f) ?cfa\b|\bfcfa\b|\bxof\b|\bxaf\b",
    "other francs": r"\bfrancs? (?:suisses?|congolais|guinéens?|rwandais)\b",
    "dirhams": r"\bdirhams?\b",
    "dinars": r"\bdinars?\b",
    "ariary": r"\bariarys?\b",
    "gourdes": r"\bgourdes?\b",
    "base amounts": r"\bбазов\w+ (?:расчетн\w+ )?величин\w*",
    "calculation indices": r"\bрасчетн\w+ показател\w*",
    "minimum wages": r"\bминимальн\w+ (?:размер\w* )?(?:месячн\w+ )?(?:заработн\w+ плат\w*|оплат\w+ труда)",
    "tax-free minima": r"\bнеоблагаем\w+ (?:налогом )?минимум\w*",
    "tenge": r"\bтенге\b",
    "som": r"\bсом(?:ов|а)?\b|\bсум(?:ов)?\b(?! взятки)",
    "hryvnias": r"\bгрив(?:ен|ны|на)\b",
    "somoni": r"\bсомони\b",
    "manat": r"\bманат\w*",
    "dram": r"\bдрам(?:ов|а)?\b",
    "lari": r"\bлари\b",
    "lei": r"\bлеев\b",
    "tenge in kazakh": r"\bтеңге\w*",
}
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _NAMES.items())
_ANY = re.compile("|".join(_NAMES.values()))
_CLASS = re.compile(r"\bclass [a-z]\b|\b\w+ classe\b|\bcategory \d\b")


def currencies(folded: str) -> frozenset[str]:
    """Those that some folded words name."""
    if not _ANY.search(folded):
        return frozenset()
    return frozenset(name for name, pattern in _PATTERNS if pattern.search(folded))


def first(folded: str, start: int, end: int) -> re.Match[str] | None:
    """Where a stretch of folded words first names one of these."""
    return _ANY.search(folded, start, end)


def measure(folded: str) -> str:
    """What the amount of a fine without a unit is counted in, as far as its words say; "" when they do not."""
    return " ".join([*sorted(currencies(folded)), *_CLASS.findall(folded)])
