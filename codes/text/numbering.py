"""Printed numbers of articles and divisions, and the order they stand in."""

from __future__ import annotations

import re
from functools import lru_cache

_LATIN_ORDINALS = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "nonies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
    "quaterdecies",
    "quindecies",
    "sexdecies",
    "septdecies",
    "octodecies",
    "novodecies",
    "vicies",
]
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_INTEGER = re.compile(r"\d+")
_ROMAN = re.compile(r"(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

# What a step of a number is, in the order in which such numbers follow one another: "2 A" before "2", "2 bis" after it.
_NUMBER, _LETTER_BEFORE, _END, _ORDINAL, _LETTER_AFTER, _INSERTED, _WORD = range(7)
Step = tuple[int, int, str]


@lru_cache(maxsize=4096)
def sort_key(number: str) -> tuple[Step, ...]:
    """Order of printed numbers: 130, 130-1, 131; 104, 104.1; 34, 34A; 2 A, 2, 2 bis A, 2 bis, 2 ter; Roman by value.

    A letter after a space comes before the number without it (French practice), a letter that touches its number after
    it. A letter before digits is a prefix, never a numeral: "L. 121-3". A second appearance ("~2") follows the first.
    """
    base, _, appearance = number.partition("~")
    base = base.replace("1er", "1").replace("Ier", "I")
    numeral = not any(char.isdigit() for char in base)
    steps = [_step(found, base, numeral=numeral) for found in _TOKEN.finditer(base)]
    last = (_END, int(appearance) if appearance.isdigit() else 0, "")
    return (*steps, last)


def _step(found: re.Match[str], base: str, *, numeral: bool) -> Step:
    token, first = found.group(), found.start() == 0
    if token.isdigit():
        return (_NUMBER if first else _INSERTED, int(token), "")
    if token.lower() in _LATIN_ORDINALS:
        return (_ORDINAL, _LATIN_ORDINALS.index(token.lower()), "")
    if numeral and first and token.isupper() and _ROMAN.fullmatch(token):
        return (_NUMBER, roman_value(token), "")
    if first or len(token) > 2:
        return (_WORD, 0, token)
    return (_LETTER_BEFORE if base[found.start() - 1] == " " else _LETTER_AFTER, 0, token)


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral up to 399."""
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def integer(number: str) -> int | None:
    """The leading whole number of "174", "174-1" or "174~2"; None for "L. 121-3"."""
    found = _INTEGER.match(number)
    return int(found.group()) if found else None
