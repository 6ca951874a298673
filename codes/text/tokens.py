"""Words of a text with their places, folded for comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from codes.text.normalise import fold

# A number with its groups ("5 000", "1-1", "30,5"), a word with inner hyphens or apostrophes, or one other sign.
_TOKEN = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[-.,]\d+)*|\w+(?:[-'’]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """`start` and `end` tile the text: a token owns the spaces after it, the first one those before it as well."""

    key: str
    start: int
    end: int
    word: bool


@lru_cache(maxsize=20_000)
def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text; together they cover every character. Kept, since a paragraph is compared with many texts."""
    folded = fold(text)
    found = list(_TOKEN.finditer(folded))
    if not found:
        return (Token(" ", 0, len(text), False),) if text else ()
    starts = [0, *(match.start() for match in found[1:])]
    ends = [*starts[1:], len(text)]
    return tuple(
        Token(_plain(match.group()), start, end, match.group()[0].isalnum())
        for match, start, end in zip(found, starts, ends, strict=True)
    )


def _plain(token: str) -> str:
    return token.replace(" ", "") if token[0].isdigit() else token
