"""Numbers written in words, in every case that penalties use."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RU = {
    0: "ноль нуля", 1: "один одна одно одного одной одну одному", 2: "два две двух двум", 3: "три трех трем",
    4: "четыре четырех четырем",
    5: "пять пяти", 6: "шесть шести", 7: "семь семи", 8: "восемь восьми", 9: "девять девяти", 10: "десять десяти",
    11: "одиннадцать одиннадцати", 12: "двенадцать двенадцати", 13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати", 16: "шестнадцать шестнадцати", 17: "семнадцать семнадцати",
    18: "восемнадцать восемнадцати",
    19: "девятнадцать девятнадцати", 20: "двадцать двадцати", 30: "тридцать тридцати", 40: "сорок сорока",
    50: "пятьдесят пятидесяти",
    60: "шестьдесят шестидесяти", 70: "семьдесят семидесяти", 80: "восемьдесят восьмидесяти",
    90: "девяносто девяноста",
    100: "сто ста", 200: "двести двухсот", 300: "триста трехсот", 400: "четыреста четырехсот", 500: "пятьсот пятисот",
    600: "шестьсот шестисот", 700: "семьсот семисот", 800: "восемьсот восьмисот", 900: "девятьсот девятисот",
    1000: "тысяча тысячи тысяч тысячу", 1000000: "миллион миллиона миллионов",
}  # fmt: skip
_KK = {
    1: "бір", 2: "екі", 3: "үш", 4: "төрт", 5: "бес", 6: "алты", 7: "жеті", 8: "сегіз", 9: "тоғыз", 10: "он",
    20: "жиырма", 30: "отыз",
    40: "қырық", 50: "елу", 60: "алпыс", 70: "жетпіс", 80: "сексен", 90: "тоқсан", 100: "жүз", 1000: "мың",
}  # fmt: skip
_EN = {
    1: "one a an", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
    10: "ten", 11: "eleven",
    12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen",
    19: "nineteen", 20: "twenty",
    30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty",
    90: "ninety", 100: "hundred", 1000: "thousand",
    100000: "lakh lakhs lac lacs", 1000000: "million", 10000000: "crore crores",
}  # fmt: skip
_FR = {
    1: "un une", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf",
    10: "dix", 11: "onze", 12: "douze",
    13: "treize", 14: "quatorze", 15: "quinze", 16: "seize", 20: "vingt vingts",
    30: "trente", 40: "quarante", 50: "cinquante",
    60: "soixante", 100: "cent cents", 1000: "mille", 1000000: "million millions",
}  # fmt: skip
WORDS: dict[str, dict[str, int]] = {
    language: {form: value for value, forms in table.items() for form in forms.split()}
    for language, table in (("ru", _RU), ("kk", _KK), ("en", _EN), ("fr", _FR))
}
_KK_SUFFIX = re.compile(r"(?:ға|ге|қа|ке|дан|ден|тан|тен|нан|нен)$")
_LONGEST = 15  # digits; what is longer is no amount
_DIGITS = re.compile(r"\d[\d ,.]*")
NUMBER = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+|[\w'-]+")
"""A token that may be a number: digits with their groups, or a word."""


def value(words: Sequence[str], language: str) -> int | None:
    """The value of a run of folded number words or digits ("одной тысячи" → 1000); None when one is no number."""
    total = current = 0
    for word in words:
        number = word_value(word, language)
        if number is None:
            return None
        if number >= 1000 and not word[0].isdigit():
            total += max(current, 1) * number
            current = 0
        elif number == 100 and 1 <= current < 10:
            current *= 100
        else:
            current += number
    return total + current if words else None


def word_value(word: str, language: str) -> int | None:
    """The value of one folded number word, with its case ending; None when it is none."""
    if _DIGITS.fullmatch(word):
        digits = re.sub(r"\D", "", word)
        return int(digits) if len(digits) <= _LONGEST else None
    known = WORDS[language]
    if language == "fr":
        word = word.removeprefix("d'").removeprefix("l'")
    if word in known:
        return known[word]
    if "-" in word and language in {"en", "fr"}:
        return _compound(word, language)
    return known.get(_KK_SUFFIX.sub("", word)) if language == "kk" else None


def _compound(word: str, language: str) -> int | None:
    """A number whose words are joined by hyphens: twenty-five, quatre-vingt-dix, vingt-et-un."""
    parts = [WORDS[language].get(part) for part in word.replace("-et-", "-").split("-")]
    if any(part is None for part in parts):
        return None
    numbers = [part for part in parts if part is not None]
    score = numbers[:2] == [4, 20]  # four times twenty
    return sum(numbers) + (80 - 24 if score else 0)
