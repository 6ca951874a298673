"""Words with notes on them, cut so that overlapping passages can be marked. Pure, one paragraph at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A note as it is drawn in the text: its number on the page, whether it is published, and what its link says."""

    note: int
    number: int
    published: bool
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two ends of passages. `begins` and `ends`: the passages that do so here, not in another
    paragraph."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a passage that stands in one paragraph; offsets in characters."""

    mark: Mark
    start: int
    end: int
    begins: bool
    ends: bool


def pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    """The paragraph's text cut at every end of a passage, in order. The pieces' texts joined are the text."""
    cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
    found = []
    for start, end in pairwise(cuts):
        over = [span for span in spans if span.start <= start and end <= span.end]
        found.append(
            Piece(
                text[start:end],
                tuple(span.mark for span in over),
                tuple(span.mark for span in over if span.begins and span.start == start),
                tuple(span.mark for span in over if span.ends and span.end == end),
            )
        )
    return found
