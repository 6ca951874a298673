"""The shapes of the documents that pages are made of: plain JSON data, integers only, one shape per kind.

A collector builds each document with every field named; nothing else ever reaches a page. What several
of them share stands in `shapes.py`. Thousandths are called *permille*.

Paths of documents (also the `path` of a release entry):
    laws                                    LawsDocument       every law that is followed
    standards                               StandardsDocument  the catalogue of standards and topics
    laws/{law}/overview                     OverviewDocument
    laws/{law}/v/{v}                        VersionDocument
    laws/{law}/v/{v}/art-{n}                ArticleDocument
    laws/{law}/p/{key}                      LifeDocument       key = "{id}-{slug}", e.g. k7f2-inciting-discord
    laws/{law}/compare/{a}...{b}            ComparisonDocument
    laws/{law}/compare/{a}...{b}/{key}      PairDocument       key of a followed provision, else "art-{n}" (number
    in b; "old-{n}" when only in a)
    laws/{law}/notes/{id}                   NoteDocument       note_documents.py
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from tracker.publication.note_documents import NoteData
from tracker.publication.shapes import (
    Base,
    Concern,
    ConcernHere,
    Coverage,
    LawHead,
    Names,
    PairKind,
    PenaltyCell,
    PenaltyFact,
    PlaceState,
    ProvisionRef,
    Range,
    SanctionData,
    SourceRef,
    Value,
    VerdictData,
    VersionHead,
)

# The shared shapes belong to the documents: whoever reads a document finds them here.
__all__ = [
    "Base",
    "Concern",
    "ConcernHere",
    "Coverage",
    "LawHead",
    "Names",
    "PairKind",
    "PenaltyCell",
    "PenaltyFact",
    "PlaceState",
    "ProvisionRef",
    "Range",
    "SanctionData",
    "SourceRef",
    "Value",
    "VerdictData",
    "VersionHead",
]


class Cell(TypedDict):
    """One concern in one text."""

    version: str
    state: PlaceState
    numbers: list[str]  # printed numbers there; two after a split
    stated: bool  # the number is named by a source, not read from a text we hold
    renumbered: bool
    verdicts: dict[str, VerdictData]  # base → verdict
    short: list[PenaltyCell]  # at most two cells whose facts lead ("prison 5 → 7 years"), against current law


class MatrixRow(TypedDict):
    concern: Concern
    provision: ProvisionRef
    current_number: str  # number in current law, "" if none
    cells: list[Cell]  # one per text, in the order of `texts`


class Stage(TypedDict):
    slug: str
    names: Names
    version: str | None
    date: str | None
    date_precision: str
    state: Literal["done", "now", "todo", "no_text"]


class Topic(TypedDict):
    slug: str
    names: Names
    gist: str


class PenaltyRise(TypedDict):
    provision: ProvisionRef
    old_numbers: list[str]
    new_numbers: list[str]
    old_version: str
    new_version: str
    cell: PenaltyCell


class Event(TypedDict):
    date: str
    date_precision: str
    end: str | None
    what: str
    source: SourceRef
    verified: bool


class OverviewDocument(TypedDict):
    kind: Literal["overview"]
    law: LawHead
    titles: Names
    current_law: VersionHead | None
    stages: list[Stage]
    texts: list[VersionHead]  # columns: every stage text in order of date, current law left out
    rows: list[MatrixRow]
    topics: list[Topic]
    penalties: list[PenaltyRise]  # penalties that rise in the latest obtained text against current law
    pairs: list[list[str]]  # [a, b] that can be compared
    events: list[Event]


class LawCard(TypedDict):
    law: LawHead
    latest: VersionHead | None
    texts: int
    counts: dict[str, int]  # of the base "recommendation" in the latest text: see pages.headline.Counts
    article_count: int


class LawsDocument(TypedDict):
    kind: Literal["laws"]
    laws: list[LawCard]


class StandardData(TypedDict):
    slug: str
    cite: str
    gist: str
    topics: list[str]
    verified: bool
    source: SourceRef | None
    concerns: list[dict[str, str]]  # {"law": slug, "key": provision key, "title_en": …, "title_ru": …, "title_kk": …}


class StandardsDocument(TypedDict):
    kind: Literal["standards"]
    standards: list[StandardData]
    topics: list[Topic]


class ContentsArticle(TypedDict):
    number: str
    heading: str
    status: str  # "" | repealed | suppressed | unchanged
    provision: str | None  # key when followed
    changed: bool | None  # against the previous text; None when it holds no counterpart


class ContentsDivision(TypedDict):
    kind: str  # part, section, chapter, paragraph, title, book …
    number: str
    heading: str
    depth: int
    eid: str
    articles: list[ContentsArticle]
    article_count: int  # with subdivisions
    changed_count: int
    followed_count: int


class VersionDocument(TypedDict):
    kind: Literal["version"]
    law: LawHead
    version: VersionHead
    versions: list[VersionHead]
    divisions: list[ContentsDivision]  # in order; articles before the first division stand in a first one of kind ""
    pairs: list[list[str]]


class ParagraphData(TypedDict):
    eid: str
    marker: str
    level: str  # part, item, subitem, text
    part: str
    role: str  # body, note, footnote
    text: str


class ArticleText(TypedDict):
    language: str
    heading: str
    paragraphs: list[ParagraphData]


class Counterpart(TypedDict):
    version: str
    label: Names
    law: str
    numbers: list[str]
    kind: PairKind
    confirmed: bool
    compare: list[str] | None  # [a, b] when that pair can be compared
    key: str  # key of the pair document


class ArticleDocument(TypedDict):
    kind: Literal["article"]
    law: LawHead
    version: VersionHead
    latest: VersionHead | None  # the latest obtained text of this law, when it is not this one
    number: str
    heading: str
    status: str
    trail: list[str]  # headings of the divisions above, outermost first
    texts: list[ArticleText]  # the original language first, parallels after it
    sanctions: list[SanctionData]
    concerns: list[ConcernHere]
    notes: list[NoteData]  # in the order of the text
    counterparts: list[Counterpart]
    previous_article: str | None
    next_article: str | None
    previous_followed: str | None
    next_followed: str | None
    last_article: str


class LifeStep(TypedDict):
    version: VersionHead
    state: PlaceState
    numbers: list[str]
    stated: bool
    headings: list[str]
    link: PairKind | None  # how this text's article came from the text before it that holds the place
    confirmed: bool
    verdicts: dict[str, VerdictData]
    sanctions: list[SanctionData]
    compare: list[str] | None  # [a, b] of the comparison with the newest earlier text that holds the place
    pair: str  # key of the pair document there


class RiverNode(TypedDict):
    column: int  # index in `columns`
    numbers: list[str]
    state: PlaceState
    value: Value | None


class RiverLine(TypedDict):
    label: Names
    key: str  # provision key, "" for a line that is not followed
    followed: bool
    nodes: list[RiverNode]


class StatementData(TypedDict):
    slug: str
    title: str
    kind: str
    date: str | None
    date_precision: str
    signatories: list[dict[str, str]]  # sealed parts once published: {"name": …} or {"removed": date}
    addressees: list[Names]
    source: SourceRef
    verified: bool


class CrossCode(TypedDict):
    """Where the conduct stands in another tracked law."""

    law: LawHead
    version: VersionHead
    number: str
    parts: str


class LifeDocument(TypedDict):
    kind: Literal["life"]
    law: LawHead
    provision: ProvisionRef
    concerns: list[Concern]
    note: str
    current_law: VersionHead | None
    steps: list[LifeStep]  # oldest first, current law included as first step
    river_columns: list[VersionHead]
    river: list[RiverLine]
    counterparts: list[CrossCode]
    standards: list[StandardData]
    statements: list[StatementData]


class ComparedArticle(TypedDict):
    key: str
    old: list[str]
    new: list[str]
    kind: PairKind
    old_heading: str
    new_heading: str
    provision: ProvisionRef | None
    concerns: list[str]  # slugs of concerns raised about it
    topics: list[str]
    changed: bool
    changes: int
    share: int  # permille of words that changed
    outcome: str  # stricter, milder, mixed, same, uncertain, or "" when no penalties
    rises: int  # facts that point up
    falls: int
    value: (
        Value | None
    )  # verdict against current law if `old` is current law, else against the previous text, else our recommendation
    confirmed: bool


class ComparisonCounts(TypedDict):
    articles: int  # of the new text
    pairs: int
    changed: int
    identical: int
    renumbered_only: int
    stricter: int
    milder: int
    mixed: int
    uncertain: int
    split: int
    merged: int
    moved: int
    added: int
    dropped: int
    repealed: int
    not_in_old: int
    not_in_new: int
    unconfirmed: int


class ComparisonDocument(TypedDict):
    kind: Literal["comparison"]
    law: LawHead
    old_law: LawHead
    old: VersionHead
    new: VersionHead
    common: bool  # False: the two texts hold different parts of the law
    edition_note: str  # not "": the base is not the edition in force on the day of the draft
    counts: ComparisonCounts
    articles: list[ComparedArticle]  # in the order of the new text, those only in the old one where they stood
    versions: list[VersionHead]  # for the pickers
    pairs: list[list[str]]


class Segment(TypedDict):
    """A run of text in a row: op is equal, delete, insert, move_from or move_to."""

    op: str
    text: str
    old: NotRequired[str]  # how the old text prints an equal run, when it differs
    move: NotRequired[int]
    other: NotRequired[str]  # for a move: eid of the paragraph at the other end
    penalty: NotRequired[bool]  # the run lies in the words of a penalty


class Side(TypedDict):
    article: str
    eid: str
    part: str
    level: str
    marker: str
    role: str


class RowData(TypedDict):
    old: Side | None
    new: Side | None
    segments: list[Segment]
    changed: bool


class PairDocument(TypedDict):
    kind: Literal["pair"]
    law: LawHead
    old: VersionHead
    new: VersionHead
    summary: ComparedArticle
    heading: list[Segment]
    rows: list[RowData]
    penalties: list[PenaltyCell]
    outcomes: dict[str, str]  # part → outcome
    concerns: list[ConcernHere]
    notes: list[NoteData]  # on the articles of the new text
    not_held: str  # "" or which side is partial
