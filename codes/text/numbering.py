"""Printed numbers of articles and divisions, and the order they stand in."""

from __future__ import annotations

import re

_LATIN_ORDINALS = (
    "bis ter quater quinquies sexies septies octies nonies decies undecies duodecies terdecies quaterdecies quindecies"
).split()
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_ROMAN = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def sort_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """Order of printed numbers: 130, 130-1, 131; 104, 104.1; "2", "2 bis A", "2 bis", "2 ter"; Roman numerals by value.

    A letter after "bis" comes before the bare "bis" (French practice: 2 bis A stands before 2 bis).
    """
    base, _, appearance = number.partition("~")
    tokens = _TOKEN.findall(base.replace("1er", "1").replace("Ier", "I"))
    steps = [_step(token, first=place == 0) for place, token in enumerate(tokens)]
    if steps and steps[-1][0] == 1:
        steps.append((3, 0, ""))
    if appearance:
        steps.append((9, int(appearance), ""))
    return tuple(steps)


def _step(token: str, *, first: bool) -> tuple[int, int, str]:
    if token.isdigit():
        return (1, int(token), "")
    if token.lower() in _LATIN_ORDINALS:
        return (4, _LATIN_ORDINALS.index(token.lower()), "")
    if first and token.isupper() and _ROMAN.fullmatch(token):
        return (1, roman_value(token), "")
    return (2, 0, token)


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral up to 399."""
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def integer(number: str) -> int | None:
    """The leading whole number of "174", "174-1" or "174~2"; None for "L. 121-3"."""
    found = re.match(r"\d+", number)
    return int(found.group()) if found else None
