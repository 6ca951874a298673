"""Words of a text with their places, folded for comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from codes.text.normalise import Ignored, fold

_HIDDEN = "\u00ad\u200b-\u200d\u2060\ufeff"
# A plain word (most are, so it is tried first), a number with its groups ("5 000", "1-1", "30,5"; a list such as
# "131-14,131-16" is two), also as a marker ("1-1)", "2°"), a word with inner hyphens or apostrophes, or one other sign;
# with the spaces after it.
_TOKEN = re.compile(
    rf"(?:[^\W\d]\w*(?![\w'{_HIDDEN}-])|\d+(?: \d{{3}})+(?!\d)|(?<!\S)\d+(?:-\d+)*[)°]"
    rf"|\d+(?:\.\d+)*(?:-\d+(?:\.\d+)*)+°?|\d++(?:[.,]\d++(?!-\d))*°?|\w+(?:[-'{_HIDDEN}]+\w+)*|[^\w\s])\s*"
)
_TO_REMOVE = re.compile(rf"(?<=\d) (?=\d{{3}})|[{_HIDDEN}]")
_GROUPED = re.compile(r"\d \d{3}")
_HIDDEN_CHARACTER = re.compile(rf"[{_HIDDEN}]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """`keys` are folded tokens; token i is `text[starts[i]:starts[i + 1]]`, so that they cover every character.

    A token owns the spaces after it, the first one those before it as well. `words` says which are words or numbers.
    """

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    words: tuple[bool, ...]


def tokenize(text: str, shown: frozenset[Ignored] = frozenset()) -> Tokens:
    """The tokens of a text; together they cover it. Differences that are `shown` stay in the keys."""
    return _tokenized(text, shown)


@lru_cache(maxsize=2048)
def _tokenized(text: str, shown: frozenset[Ignored]) -> Tokens:
    folded = fold(text, shown)
    pieces = _TOKEN.findall(folded)
    if not pieces:
        return Tokens((" ",), (0, len(text)), (False,)) if text else Tokens((), (0,), ())
    starts = list(accumulate(map(len, pieces), initial=len(folded) - len(folded.lstrip())))
    starts[0] = 0
    keys = pieces if "spaces" in shown else list(map(str.rstrip, pieces))
    to_remove = _GROUPED.search(folded) or (not folded.isascii() and _HIDDEN_CHARACTER.search(folded))
    if "spaces" not in shown and to_remove:
        keys = [token if token.isalnum() else _TO_REMOVE.sub("", token) or token for token in keys]
    return Tokens(tuple(keys), tuple(starts), tuple([key[0].isalnum() for key in keys]))


def is_word(token: str) -> bool:
    """Whether a token's key is a word or a number, not a sign."""
    return token[:1].isalnum()
