"""The shapes of published notes: what the public reads of an annotation, and nothing of its making.

Further path of documents:
    laws/{law}/notes/{id}                   NoteDocument       id = the note's lasting public id
"""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from tracker.publication.shapes import ConcernHere, LawHead, ProvisionRef, VersionHead


class NotePlace(TypedDict):
    """Marked words in one paragraph of the article's text: half-open character offsets into `ParagraphData.text`."""

    eid: str
    start: int
    end: int


class NoteData(TypedDict):
    """A note on quoted words of one article (W3C: a text quote with its position).

    `text` is plain paragraphs, one to a line. Verdicts stand with the concern of this slug, in the same document.
    """

    id: str  # lasting and random: tells neither order nor number
    number: str  # the article, as printed in this text
    text: str
    text_language: str  # computed from its words; "" when they do not tell
    quote: str  # exactly as printed, several paragraphs joined by a line end
    language: str  # of the quote
    prefix: str
    suffix: str
    places: list[NotePlace]  # one for each paragraph that the quote touches, in order; [] when it stands there no more
    topics: list[str]  # slugs
    standards: list[str]  # slugs
    concern: str  # slug, "" when the note is about no concern
    by: str  # the organisation, never a person; "" when none is named
    sample: bool
    status: str  # published, or draft / in_review … for members


class NoteDocument(TypedDict):
    kind: Literal["note"]
    law: LawHead
    version: VersionHead
    heading: str  # of the article
    note: NoteData
    provision: ProvisionRef | None
    concerns: list[ConcernHere]  # the note's concern with its verdicts in this text; [] when it has none
