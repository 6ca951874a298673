"""Where quoted words stand in an article: looked up without regard to typography, kept exactly as printed."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from amendments.models import Annotation
from codes.text.normalise import INVISIBLE, fold, key

AROUND = 40  # characters of prefix and suffix
LONGEST = 20_000
Paragraphs = Sequence[Mapping[str, str]]


class NotThere(ValidationError):
    """The quoted words do not stand where they are looked for, or stand there more than once."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text quote and a text position (W3C selectors); offsets are characters of the paragraphs' texts.

    `quote` joins the words of several paragraphs by a line end.
    """

    first_eid: str
    start: int
    last_eid: str
    end: int
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class _Joined:
    """The law's words of an article as one text, its paragraphs joined by a line end."""

    text: str
    eids: tuple[str, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, paragraphs: Paragraphs) -> _Joined:
        own = [p for p in paragraphs if p["role"] != "footnote"]
        starts, at = [], 0
        for paragraph in own:
            starts.append(at)
            at += len(paragraph["text"]) + 1
        return cls("\n".join(p["text"] for p in own), tuple(p["eid"] for p in own), tuple(starts))

    def place(self, offset: int) -> tuple[str, int]:
        """Paragraph and offset in it."""
        at = bisect_right(self.starts, offset) - 1
        return self.eids[at], offset - self.starts[at]

    def offset(self, eid: str, start: int) -> int:
        return self.starts[self.eids.index(eid)] + start if eid in self.eids else start

    def passage(self, start: int, end: int) -> Passage:
        first, from_ = self.place(start)
        last, to = self.place(end - 1)
        text = self.text
        return Passage(
            first, from_, last, to + 1, text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND]
        )


def find(
    paragraphs: Paragraphs,
    quote: str,
    *,
    place: str,
    within: Sequence[str] = (),
    near: tuple[str, int] | None = None,
) -> Passage:
    """The passage that a quote names, widened to whole words.

    Looked for in the paragraphs `within` (all when empty). `near` is where a person selected it; without it the words
    must stand there once. `place` is said when they do not: "part 2 of Article 174". Raises `NotThere`.
    """
    joined = _Joined.of(paragraphs)
    spots = [spot for spot in _spots(joined.text, quote) if not within or joined.place(spot[0])[0] in within]
    if not spots:
        said = gettext("These words are not in %(place)s. Check spelling or choose another part.")
        raise NotThere(said % {"place": place})
    if near is not None:
        wanted = joined.offset(*near)
        return joined.passage(*min(spots, key=lambda spot: abs(spot[0] - wanted)))
    if len(spots) > 1:
        said = gettext("These words stand in %(place)s more than once. Add the words before or after them.")
        raise NotThere(said % {"place": place})
    return joined.passage(*spots[0])


def selected(paragraphs: Paragraphs, first: tuple[str, int], last: tuple[str, int], *, place: str) -> Passage:
    """The passage between two places of a selection, widened to whole words. Raises `NotThere`."""
    joined = _Joined.of(paragraphs)
    known = first[0] in joined.eids and last[0] in joined.eids
    start, end = (joined.offset(*first), joined.offset(*last)) if known else (0, 0)
    words = joined.text[max(0, start) : end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if not words.strip() or end > len(joined.text) or len(words) > LONGEST:
        raise NotThere(gettext("Select words of %(place)s first.") % {"place": place})
    return joined.passage(*_whole_words(joined.text, start, end))


def spans(paragraphs: Paragraphs, note: Annotation | Passage) -> list[tuple[str, int, int]]:
    """The passage of a note as (eid, start, end) of each paragraph it touches; [] when its words do not stand there."""
    joined = _Joined.of(paragraphs)
    if note.first_eid not in joined.eids or note.last_eid not in joined.eids:
        return []
    start, end = joined.offset(note.first_eid, note.start), joined.offset(note.last_eid, note.end)
    if joined.text[start:end] != note.quote:
        return []
    first, last = joined.eids.index(note.first_eid), joined.eids.index(note.last_eid)
    found = []
    for at in range(first, last + 1):
        below = joined.starts[at]
        above = joined.starts[at + 1] - 1 if at + 1 < len(joined.starts) else len(joined.text)
        found.append((joined.eids[at], max(start, below) - below, min(end, above) - below))
    return found


def words_of(paragraphs: Paragraphs, eids: Sequence[str]) -> str:
    """The words of some paragraphs, as the quote of a whole part."""
    return "\n".join(p["text"] for p in paragraphs if p["eid"] in eids and p["role"] != "footnote")


def _spots(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of a quote in a text, as whole words first; places inside longer words only when there is no other.

    Half-open offsets into `text`.
    """
    wanted = key(quote)
    if not wanted or len(quote) > LONGEST:
        return []
    folded = _Folded.of(text)
    whole: list[tuple[int, int]] = []
    widened: list[tuple[int, int]] = []
    for at in _every(folded.text, wanted):
        start, end = folded.starts[at], folded.ends[at + len(wanted) - 1]
        spot = _whole_words(text, start, end)
        (whole if spot == (start, end) else widened).append(spot)
    return whole or list(dict.fromkeys(widened))


def _every(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and _of_word(text[start - 1]) and _of_word(text[start]):
        start -= 1
    while end < len(text) and _of_word(text[end - 1]) and _of_word(text[end]):
        end += 1
    return start, end


def _of_word(char: str) -> bool:
    return char.isalnum() or unicodedata.combining(char) != 0


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared, and for each of its characters where it starts and ends in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Folded:
        """As `codes.text.normalise.key` folds, which looks at whole words: composed first, unseen characters away."""
        composed = unicodedata.is_normalized("NFC", text)
        chars: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        while at < len(text):
            stop = at + 1
            while not composed and stop < len(text) and unicodedata.combining(text[stop]):
                stop += 1
            piece = text[at:stop] if composed else unicodedata.normalize("NFC", text[at:stop])
            if piece.isspace() and chars and chars[-1] == " ":
                ends[-1] = stop
            elif piece not in INVISIBLE:
                for char in " " if piece.isspace() else piece:
                    chars.append(char)
                    starts.append(at)
                    ends.append(stop)
            at = stop
        return cls(fold("".join(chars)), tuple(starts), tuple(ends))
