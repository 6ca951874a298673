"""What a drafting tradition says about itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property


class Pattern:
    """A regular expression that is compiled when first used: the traditions have a hundred, a text needs few."""

    def __init__(self, text: str, flags: int = 0) -> None:
        self._text, self._flags = text, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._text, self._flags)

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.match

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        return self._compiled.search


def exact(text: str) -> Pattern:
    return Pattern(text)


def pattern(text: str) -> Pattern:
    """A pattern without regard to case."""
    return Pattern(text, re.IGNORECASE)


NEVER = exact(r"(?!)")
Patterns = tuple[Pattern, ...]
HEADING = r"(?P<heading>.*)"
NUMBER = r"(?P<number>\d{1,5}(?:[-.–]\d+)*)"


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """How one tradition prints its divisions, articles, parts, items, notes and stubs.

    Every pattern is matched at the start of a line without outer spaces; none may backtrack without bound.
    """

    name: str
    languages: tuple[str, ...]
    divisions: tuple[tuple[str, Pattern], ...]
    """(kind, pattern with groups `number` and `heading`), outermost first."""
    article: Pattern
    """A heading that cannot be anything else; groups `number` and `heading`, in bills `status`."""
    printed_article: str
    """How the heading is printed again: a format with `number`."""
    printed_divisions: tuple[tuple[str, str], ...]
    """(kind, format with `number`) for each kind of division."""
    parts: Patterns
    """Beginnings of numbered parts, with a group `marker`; likewise the two levels below."""
    items: Patterns
    subitems: Patterns
    printed_separator: str = " "
    """What stands between the number and the heading."""
    loose_article: Pattern = NEVER
    """A line that is a heading only if its number comes next, such as one that lost its full stop."""
    footnote: Pattern = NEVER
    """The publisher's words about amendments."""
    trailing_footnote: Pattern = NEVER
    """The same in brackets at the end of a line of law; matched at its last opening bracket."""
    note: Pattern = NEVER
    """A note of the law itself."""
    publisher: Pattern = NEVER
    """The publisher's announcement of a wording of the future; the line after it belongs to it."""
    announces: Pattern = NEVER
    """Words, anywhere in a line, that mark further lines of such an announcement."""
    first_words: Pattern = NEVER
    """Words behind an article's number that are its first sentence and not its heading."""
    repealed: Pattern = NEVER
    suppressed: Pattern = NEVER
    unchanged: Pattern = NEVER
    closing: Pattern = NEVER
    """The signature and date after the last article."""
    link_words: frozenset[str] = frozenset()
    """Words no heading ends with: a line that ends so goes on in the next one."""
    counts_paragraphs: bool = False
    """Paragraphs without a number count 1, 2, … as parts."""
    headings: bool = True
    """Articles carry headings, which may stand on the line below the number."""
    heading_above: bool = False
    """An article's heading is printed on the line above its number."""
    note_to_end: bool = True
    """A note of the law runs to the end of its article; otherwise to the next numbered part."""
    ranks_by_appearance: bool = False
    """Whether parts hold chapters or chapters hold parts is seen from which comes first."""
