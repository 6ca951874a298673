"""Folding text for comparison. The original is always what is shown and quoted."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

# Letters that look alike in the two alphabets, Latin → Cyrillic. Applied inside words that hold Cyrillic letters only.
LOOK_ALIKES = str.maketrans("AaBCcEeHIiJjKMOoPpSsTXxYyh", "АаВСсЕеНІіЈјКМОоРрЅѕТХхУуһ")
Ignored = Literal["spaces", "quotes", "dashes", "yo", "look_alikes", "case"]
IGNORED: tuple[Ignored, ...] = ("spaces", "quotes", "dashes", "yo", "look_alikes", "case")
"""Differences that a comparison ignores unless it is told to show them."""

# Replaced one after another: `str.translate` looks at every letter and takes ten times as long.
_Pairs = tuple[tuple[str, str], ...]
_USUAL: dict[Ignored, _Pairs] = {
    "quotes": (*((char, '"') for char in "«»„“”‟″❝❞"), *((char, "'") for char in "‘’‚‛′´")),
    "dashes": tuple((char, "-") for char in "‐‑‒–—―−"),
    "spaces": tuple((char, " ") for char in "\u00a0\u2002\u2003\u2007\u2009\u202f\u2028\u2029"),
    "yo": (("ё", "е"), ("Ё", "Е")),
}
_USUAL_IN_ASCII: dict[Ignored, _Pairs] = {
    "quotes": (("`", "'"),),
    "spaces": (("\t", " "), ("\r", " "), ("\n", " ")),
}
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"[A-Za-z]")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


def fold(text: str, shown: frozenset[Ignored] = frozenset()) -> str:
    """Lower case, е for ё, one style of quote, dash and space, Cyrillic for look-alike Latin letters in Cyrillic words.

    Every character maps to exactly one, so that offsets into the result are offsets into `text`. What is `shown` stays
    as it is.
    """
    in_ascii, beyond = _replacements(shown)
    for char, usual in in_ascii:
        text = text.replace(char, usual)
    if not text.isascii():
        for char, usual in beyond:
            text = text.replace(char, usual)
        if "look_alikes" not in shown and _CYRILLIC.search(text) and _MIXED.search(text):
            text = _WORD.sub(_unmix, text)
    if "case" in shown:
        return text
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(_lower_one(char) for char in text)


@cache
def _replacements(shown: frozenset[Ignored]) -> tuple[_Pairs, _Pairs]:
    """What is replaced in any text, and in one with characters beyond ASCII."""
    in_ascii, beyond = (
        tuple(pair for kind, pairs in table.items() if kind not in shown for pair in pairs)
        for table in (_USUAL_IN_ASCII, _USUAL)
    )
    return in_ascii, beyond


def key(text: str) -> str:
    """`fold` of composed text (NFC), without regard to the number of spaces and to invisible characters.

    Equal keys mean equal words: what differs is at most typography, letter case, ё for е, or a look-alike letter.
    """
    visible = text
    if not text.isascii():
        visible = unicodedata.normalize("NFC", text)
        for char in INVISIBLE:
            visible = visible.replace(char, "")
    return " ".join(fold(visible).split())


def is_cyrillic(text: str) -> bool:
    """Whether a text holds a Cyrillic letter."""
    return _CYRILLIC.search(text) is not None


def mixed_words(text: str) -> list[str]:
    """Words in which Latin and Cyrillic letters stand side by side."""
    if not (_CYRILLIC.search(text) and _MIXED.search(text)):
        return []
    return [word for word in _WORD.findall(text) if _CYRILLIC.search(word) and _MIXED.search(word)]


def _unmix(found: re.Match[str]) -> str:
    word = found.group()
    return word.translate(LOOK_ALIKES) if _CYRILLIC.search(word) and _MIXED.search(word) else word


def _lower_one(char: str) -> str:
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char
