"""Which lines open a division or an article, before anything else is decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from codes.text.grammars.shape import Grammar
from codes.text.nodes import Line
from codes.text.numbering import integer, sort_key
from codes.text.paragraphs import find_markers

_LONGEST_CAPTION = 200  # characters
_OUTERMOST = ("annex", "schedule")  # kinds that close every other division


@dataclass(frozen=True, slots=True)
class DivisionHeading:
    """A line that opens a division. `rank` is its depth: a division closes those of equal or higher rank."""

    rank: int
    kind: str
    number: str
    heading: str


@dataclass(frozen=True, slots=True)
class ArticleHeading:
    """A line that opens an article. `status` is what brackets on the same line say, brackets included.

    Where the heading is printed above the number, `words` are those behind the number and `span` counts the lines.
    """

    number: str
    heading: str
    status: str = ""
    words: str = ""
    span: int = 1


Opening = DivisionHeading | ArticleHeading


def find_openings(lines: Sequence[Line], grammar: Grammar) -> dict[int, Opening]:
    """Place in `lines` → what opens there."""
    found: dict[int, Opening] = {}
    announced = -1
    last = ""
    announces, opens, may_open = grammar.publisher.match, grammar.article.match, grammar.loose_article.match
    divisions = [(rank, kind, pattern.match) for rank, (kind, pattern) in enumerate(grammar.divisions)]
    for place, (_, text) in enumerate(lines):
        if announces(text):
            announced = place + 1
            continue
        article = opens(text)
        if article is None and place != announced:
            article = _in_sequence(may_open(text), last)
        if article is not None:
            opening = _article(article)
            found[place], last = opening, opening.number
            continue
        for rank, kind, divides in divisions:
            if division := divides(text):
                found[place] = _division(rank, kind, division)
                break
    if grammar.heading_above:
        found = _with_captions(found, lines, grammar)
    return _ranked(found) if grammar.ranks_by_appearance else found


def _with_captions(found: dict[int, Opening], lines: Sequence[Line], grammar: Grammar) -> dict[int, Opening]:
    """Articles that begin with the heading on the line above their number, where there is one."""
    placed: dict[int, Opening] = {}
    for place, opening in found.items():
        if isinstance(opening, DivisionHeading):
            placed[place] = opening
        elif place - 1 in found or place == 0 or not is_caption(lines[place - 1].text, grammar):
            placed[place] = replace(opening, heading="", words=opening.heading)
        else:
            caption = lines[place - 1].text
            placed[place - 1] = replace(opening, heading=caption, words=opening.heading, span=2)
    return placed


def is_caption(text: str, grammar: Grammar) -> bool:
    """Whether a line can be the heading of the article whose number stands below it."""
    plain = not (grammar.footnote.match(text) or find_markers(text, grammar))
    return (
        plain and len(text) <= _LONGEST_CAPTION and text[:1].isupper() and not text.endswith((".", ";", ",", "!", "?"))
    )


def _article(found: re.Match[str]) -> ArticleHeading:
    groups = found.groupdict()
    number = groups["number"]
    if not number.isascii():
        number = number.replace("–", "-").replace(".º", "").replace("º", "")
    number = " ".join(number.split())
    words = groups.get("words")
    return ArticleHeading(number, _heading(groups), groups.get("status") or "", words.strip() if words else "")


def _heading(groups: dict[str, str | None]) -> str:
    """The words after the number, by what stands between."""
    found = groups["heading"] or groups.get("title") or groups.get("bracketed") or groups.get("sentence")
    return found.strip() if found else ""


def _in_sequence(found: re.Match[str] | None, last: str) -> re.Match[str] | None:
    """A doubtful heading is one only where its number comes next."""
    if found is None:
        return None
    number, before = integer(found["number"]), integer(last) if last else 0
    follows = number is not None and before is not None and before <= number <= before + 1
    return found if follows and (not last or sort_key(found["number"]) > sort_key(last)) else None


def _division(rank: int, kind: str, found: re.Match[str]) -> DivisionHeading:
    return DivisionHeading(rank, kind, (found["number"] or "").strip(), _heading(found.groupdict()))


def _ranked(found: dict[int, Opening]) -> dict[int, Opening]:
    """Ranks by first appearance of the kinds: in some laws parts hold chapters, in others chapters hold parts."""
    kinds = dict.fromkeys(opening.kind for opening in found.values() if isinstance(opening, DivisionHeading))
    ranks = {kind: 0 if kind in _OUTERMOST else rank for rank, kind in enumerate(kinds, 1)}
    return {
        place: replace(opening, rank=ranks[opening.kind]) if isinstance(opening, DivisionHeading) else opening
        for place, opening in found.items()
    }
