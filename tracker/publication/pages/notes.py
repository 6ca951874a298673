"""Notes as pages show them: numbered in the order of the text, beside the part they stand on, their words marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import get_language, gettext, pgettext_lazy

from tracker.publication.note_documents import NoteData

# Names of languages as they stand in "available in …" and "shown in …".
IN_LANGUAGE = {
    "en": pgettext_lazy("after “available in” and “shown in”", "English"),
    "ru": pgettext_lazy("after “available in” and “shown in”", "Russian"),
    "kk": pgettext_lazy("after “available in” and “shown in”", "Kazakh"),
}


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note with its number on the page."""

    order: int
    data: NoteData

    @property
    def anchor(self) -> str:
        return f"note-{self.data['id']}"

    @property
    def paragraphs(self) -> list[str]:
        return [line for line in self.data["text"].splitlines() if line.strip()]

    @property
    def missing_translation(self) -> str:
        return missing_translation(self.data["text_language"])


@dataclass(frozen=True, slots=True)
class Noted:
    """Where a note's words stand in one paragraph; `last`: the passage ends here, so its number stands here."""

    view: NoteView
    start: int
    end: int
    last: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a paragraph: whether we object to them, how many notes they carry, and whose words end here."""

    text: str
    objected: bool
    notes: int
    ends: tuple[NoteView, ...]


def numbered(notes: Iterable[NoteData]) -> list[NoteView]:
    return [NoteView(order, data) for order, data in enumerate(notes, 1)]


def by_paragraph(views: Iterable[NoteView]) -> dict[str, list[Noted]]:
    """The notes of each paragraph, by its eid."""
    found: dict[str, list[Noted]] = defaultdict(list)
    for view in views:
        places = view.data["places"]
        for place in places:
            found[place["eid"]].append(Noted(view, place["start"], place["end"], place is places[-1]))
    return found


def standing_in(views: Iterable[NoteView], eids: Sequence[str]) -> list[NoteView]:
    """The notes whose words end in one of these paragraphs."""
    return [view for view in views if view.data["places"] and view.data["places"][-1]["eid"] in eids]


def pieces(text: str, quoted: Sequence[str], noted: Sequence[Noted]) -> list[Piece]:
    """A paragraph cut where marks begin and end. `quoted`: words we object to, marked where they stand whole."""
    objected = _spots(text, quoted)
    ends: Mapping[int, list[NoteView]] = defaultdict(list)
    for each in noted:
        if each.last:
            ends[each.end].append(each.view)
    bounds = {0, len(text), *(at for spot in objected for at in spot), *(at for n in noted for at in (n.start, n.end))}
    cuts = sorted(at for at in bounds if at <= len(text))
    return [
        Piece(
            text[start:end],
            objected=any(a <= start and end <= b for a, b in objected),
            notes=sum(each.start <= start and end <= each.end for each in noted),
            ends=tuple(ends[end]),
        )
        for start, end in pairwise(cuts)
    ]


def _spots(text: str, quoted: Sequence[str]) -> list[tuple[int, int]]:
    wanted = sorted({quote for quote in quoted if quote.strip()}, key=len, reverse=True)
    if not wanted:
        return []
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(quote) for quote in wanted) + r")(?!\w)", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]


def missing_translation(language: str) -> str:
    """What to say of our words in another language than the page's; "" when they are in it, or in an unknown one."""
    wanted = (get_language() or "en")[:2]
    if not language or language == wanted or language not in IN_LANGUAGE or wanted not in IN_LANGUAGE:
        return ""
    return gettext("This note is not yet available in %(wanted)s. Shown in %(shown)s.") % {
        "wanted": IN_LANGUAGE[wanted],
        "shown": IN_LANGUAGE[language],
    }
