"""Two wordings of one thing, word by word: what stood only before and what stands only now."""

from __future__ import annotations

from dataclasses import dataclass

from codes.text.diff import diff_text
from codes.text.nodes import OpKind


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words. `kind`: "equal", "delete" or "insert"."""

    kind: str
    text: str


def compared(old: str, new: str) -> list[Words]:
    """The runs that turn one text into the other, in the order of reading; differences of typography are equal."""
    found = []
    for op in diff_text(old, new):
        if op.kind is OpKind.EQUAL:
            found.append(Words("equal", new[slice(*op.new)]))
            continue
        if op.old[0] < op.old[1]:
            found.append(Words("delete", old[slice(*op.old)]))
        if op.new[0] < op.new[1]:
            found.append(Words("insert", new[slice(*op.new)]))
    return found
