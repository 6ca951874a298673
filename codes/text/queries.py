"""Queries for words and numbers in laws, and the sentence that answers one. What looks them up stands elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codes.text.normalise import fold

# Language → how PostgreSQL stems it. Words of other languages (Kazakh) are found by their beginning and by likeness.
STEMMED = {"ru": "russian", "en": "english", "fr": "french"}
LONGEST = 200  # characters of a query that are looked at
_NUMBER = r"(?:[lrda]\.?\s?)?\d+(?:[-.]\d+)*(?:\s(?:bis|ter|quater)\b)?"
_MARKED = re.compile(rf"(?:\b(?:стат(?:ья|ьи|ье|ью|ьей|ей)|ст|articles?|arts?|бап)\b\.?|§+)\s*№?\s*({_NUMBER})")
_KAZAKH = re.compile(rf"\b({_NUMBER})\s*-?\s*ба[пб]\w*")
_BARE = re.compile(rf"\s*({_NUMBER})\s*")
_PHRASE = re.compile(r'"([^"]*)"')
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.;!?:])\s+|\n")
_PREFIX = re.compile(r"^([^\W\d_]+)[.\s]+(?=\d)")
START, STOP = "\x01", "\x02"
_MARKS = re.compile(f"([{START}{STOP}])")
_SENTENCE_LENGTH = 320
_SHORTEST_SENTENCE = 40  # "1." and "Сноска." end in a stop and are no sentences


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, folded. `mentioned`: a bare number, which may be an article's or stand in its words."""

    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    mentioned: str = ""

    def __bool__(self) -> bool:
        return bool(self.numbers or self.words or self.phrases or self.mentioned)

    @property
    def in_words(self) -> bool:
        return bool(self.words or self.phrases)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text, marked when it is what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a reader sees of a hit: the printed heading, and the first sentence that holds what was looked for."""

    heading: tuple[Segment, ...]
    sentence: tuple[Segment, ...]


def understand(asked: str) -> Query:
    """Read a query: `174`, `ст. 174`, `174-бап`, `art. 174`, `§ 174`, words, and phrases in quotes."""
    text = fold(asked[:LONGEST])
    bare = _BARE.fullmatch(text)
    if bare is not None:
        return Query(mentioned=number_key(bare.group(1)))
    phrases = tuple(" ".join(found.split()) for found in _PHRASE.findall(text) if found.strip())
    text = _PHRASE.sub(" ", text)
    numbers: list[str] = []
    for pattern in (_KAZAKH, _MARKED):
        numbers += [number_key(found) for found in pattern.findall(text)]
        text = pattern.sub(" ", text)
    return Query(tuple(dict.fromkeys(numbers)), tuple(_WORD.findall(text)), phrases)


def number_key(number: str) -> str:
    """A printed number as it is looked for: "174~2" → "174", "L. 121-3" → "l121-3", "317‑1" → "317-1"."""
    return _PREFIX.sub(r"\1", fold(number.partition("~")[0]).strip())


def positions(marked: str, printed: str) -> list[tuple[int, int]]:
    """Where the found words stand. The folded text is as long as the printed one; where it is not, nothing is marked
    rather than the wrong words.
    """
    found: list[tuple[int, int]] = []
    at = begin = 0
    for run in _MARKS.split(marked):
        if run == START:
            begin = at
        elif run == STOP:
            found.append((begin, at))
        else:
            at += len(run)
    return found if at == len(printed) else []


def segments(text: str, marks: Sequence[tuple[int, int]], offset: int = 0) -> tuple[Segment, ...]:
    found, at = [], 0
    for begin, end in marks:
        one, two = begin - offset, end - offset
        if one < at or two > len(text):
            continue
        if one > at:
            found.append(Segment(text[at:one]))
        found.append(Segment(text[one:two], marked=True))
        at = two
    return (*found, *([Segment(text[at:])] if at < len(text) else []))


def sentence(text: str, marks: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
    """The sentence of the first mark, or the first one; cut around the mark when it is very long."""
    target = marks[0][0] if marks else 0
    start = 0
    end = len(text)
    for gap in _SENTENCE.finditer(text):
        if gap.end() <= target:
            start = gap.end()
        elif gap.start() > target and gap.start() - start >= _SHORTEST_SENTENCE:
            end = gap.start()
            break
    before = after = ""
    if end - start > _SENTENCE_LENGTH:
        if target - start > _SENTENCE_LENGTH // 2:
            start, before = text.rfind(" ", start, target - _SENTENCE_LENGTH // 3) + 1, "… "
        if end - start > _SENTENCE_LENGTH:
            end, after = max(text.rfind(" ", start, start + _SENTENCE_LENGTH), target + 1), " …"
    inside = [(one, two) for one, two in marks if one >= start and two <= end]
    shown = segments(text[start:end], inside, start)
    return (*([Segment(before)] if before else []), *shown, *([Segment(after)] if after else []))
