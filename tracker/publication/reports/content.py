"""What a report holds: plain frozen data, made once and given to every format.

A report is built from the same documents as the pages (`material.py`, `build.py`); a renderer (`render/`) is a pure
function of `ReportContent` to bytes and knows every kind of block listed in `Block`. All words are in the language of
the report already; nothing here is translated later. Texts are plain: a renderer escapes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from codes.text.nodes import Article
from tracker.publication.documents import Base, Value
from tracker.publication.pages.headline import Counts

Preset = Literal["brief", "annex", "table", "treaty", "since"]
PRESETS: tuple[Preset, ...] = ("brief", "annex", "table", "treaty", "since")
# How a run of words looks. `added`/`deleted` are underlined/struck through, never shown by colour alone; the ends of a
# move are double-underlined where the words arrived and struck through where they left.
Look = Literal["plain", "strong", "muted", "added", "deleted", "moved_here", "moved_away"]


class Unreportable(Exception):
    """There is no such report; the message is one translated sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for. Empty `text` means the latest text; empty `topics` and `verdicts` mean all of them.

    `topics` decides which concerns the report is about, so the headline counts them alone; `verdicts` only which of
    them are listed one by one. `texts` are the slugs that the history shows (all when empty). `since` is the day after
    which changes count, for the preset of that name.
    """

    preset: Preset
    language: str
    text: str = ""
    texts: tuple[str, ...] = ()
    base: Base = "recommendation"
    topics: tuple[str, ...] = ()
    verdicts: tuple[Value, ...] = ()
    quotes: bool = True
    cover: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. `verdict`: the words are a verdict, shown with its icon and colour. `law`: words of the law,
    set in the serif face. `language` is "" when it is the report's. `address`: an absolute web address, or "".
    """

    text: str
    look: Look = "plain"
    verdict: Value | Literal[""] = ""
    law: bool = False
    language: str = ""
    address: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`role`: text; lead (the headline sentence); note (small print); caution (a warning that must not be missed)."""

    runs: Runs
    role: Literal["text", "lead", "note", "caution"] = "text"


@dataclass(frozen=True, slots=True)
class Points:
    """A list without numbers."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what they say: "We ask" – "repeal …"."""

    pairs: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`width`: its share of the table in permille; they add up to 1000. `number`: digits, set to the right."""

    title: str
    width: int
    number: bool = False


# The paragraphs of one cell; () is an empty cell.
Cell = tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row that repeats on each page. The first cell of a row is its header if `row_headers`."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_headers: bool = True


@dataclass(frozen=True, slots=True)
class PenaltyRow:
    """One kind of penalty in one part. `changes`: what is said of it and where it points (1 heavier, -1 lighter)."""

    name: str
    before: str
    after: str
    changes: tuple[tuple[str, int], ...]
    # The greatest terms in whole years, for a chart; None where they are not both stated in years.
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Penalties:
    """Penalties before and after. `sentences` is the heading ("Penalties rise in part 2."); `columns` are titles."""

    sentences: tuple[str, ...]
    columns: tuple[str, str, str, str]  # penalty, before, after, change
    rows: tuple[PenaltyRow, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the law, exactly as printed there. `place` names article and text; `path` is the document it stands in
    and `number` its article, by which it is checked before the report goes out.
    """

    text: str
    language: str
    place: str
    path: str
    number: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One paragraph of the compared text. `place`: "Part 1", "" when it goes on with the same part; `was`: its place in
    the old text, where that differs. `eid`s as in Akoma Ntoso, "" on the side that lacks the paragraph.
    """

    place: str
    was: str
    runs: Runs
    changed: bool
    old_eid: str
    new_eid: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The words of an article before and after. `rows` with `changed=False` may be left out by `folded` sentences."""

    title: str  # "Article 164 → Article 174"
    old: str  # name of the old text
    new: str
    old_version: str  # slugs
    new_version: str
    old_numbers: tuple[str, ...]
    new_numbers: tuple[str, ...]
    language: str
    rows: tuple[DifferenceRow, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    value: Value
    name: str


@dataclass(frozen=True, slots=True)
class UnitChart:
    """One tile per recommendation, worst first. `tally` says the same in words: (verdict, "5 made stricter")."""

    title: str
    tiles: tuple[Tile, ...]
    tally: tuple[tuple[Value, str], ...]


@dataclass(frozen=True, slots=True)
class StageColumn:
    name: str
    date: str
    counts: tuple[tuple[Value, int], ...]  # worst first, of the recommendations alone; zeros are left out


@dataclass(frozen=True, slots=True)
class StagesChart:
    """Verdicts text by text. `said`: the same in words, one sentence for each text."""

    title: str
    columns: tuple[StageColumn, ...]
    total: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    name: str
    old: int
    new: int
    said: str  # "5 years → 7 years"


@dataclass(frozen=True, slots=True)
class TermsChart:
    """The greatest terms of imprisonment and the like before and after, in years."""

    title: str
    old: str  # name of the old text
    new: str
    rows: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of an address, with the address in words beside it."""

    address: str
    words: str


Block = (
    Paragraph | Points | Facts | Table | Penalties | Quote | Difference | UnitChart | StagesChart | TermsChart | QrCode
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. `level` 1 to 3; an `id` is unique in the report. Sections stand in a row,
    as they are read: one of level 2 belongs to the one of level 1 before it. `language`: of the title, "" when it is
    the report's.
    """

    id: str
    level: int
    title: str
    blocks: tuple[Block, ...] = ()
    language: str = ""


Kind = Literal["text", "number", "date"]


@dataclass(frozen=True, slots=True)
class DataColumn:
    """`key`: its lasting name for machines, documented in docs/reports.md. `title` and `meaning`: for people, in their
    language.
    """

    key: str
    title: str
    kind: Kind
    meaning: str


DataValue = str | int | date | None


@dataclass(frozen=True, slots=True)
class Data:
    """The same findings as rows, for spreadsheets: one header, one kind of value per column."""

    name: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[DataValue, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One concern as it was counted. `extra`: it asks not to add something, so it is in no total."""

    concern: str
    provision: str
    value: Value
    extra: bool
    withdrawn: bool  # of an extra one that is Fixed: an earlier text had it


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation with what it is about, for formats that hold amendments. `numbers` are the articles in the
    text `version` ("" where no text that we hold has them). `objected` are the words it objects to, as they stand
    there; where it names none, `articles` are the articles themselves.
    """

    concern: str
    name: Run
    ask: Run
    value: Value
    verdict: str  # the value in words
    reason: str
    standards: tuple[str, ...]
    version: str
    text: str  # the text in words
    place: str  # the articles in words
    numbers: tuple[str, ...]
    language: str  # of the articles
    objected: tuple[Quote, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Which state of the record the report was made from. `release` 0: an internal report over the workspace."""

    release: int
    hash: str
    day: date
    address: str  # of the frozen state; absolute where the home address is known
    organisation: str
    draft: bool = False  # internal: every page says DRAFT
    export: str = ""  # export number of an internal report


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words of the frame, in the report's language, so that renderers translate nothing."""

    product: str
    draft: str  # "DRAFT. Internal, not for publication."
    as_of: str  # "As of 21 May 2014"
    contents: str
    page: str  # "Page {page} of {pages}", with both placeholders
    deleted: str  # what is read aloud before such words: "deleted"
    added: str
    moved_away: str
    moved_here: str
    key: str  # one line that explains underline and strike-through
    about: str  # name of the sheet that says what a workbook was made from
    columns: tuple[str, str, str]  # heads of its list of columns: key, title, meaning


@dataclass(frozen=True, slots=True)
class ReportContent:
    options: Options
    title: str
    law: str  # slug
    law_name: str
    text: str  # slug of the text that is reported on
    text_name: str
    origin: Origin
    labels: Labels
    headline: tuple[str, ...]  # whole sentences; () only where nothing is followed
    counts: Counts
    findings: tuple[Finding, ...]  # what the headline counts
    recommendations: tuple[Recommendation, ...]  # those that are listed one by one
    cover: tuple[str, ...]  # paragraphs of the sender's own
    sections: tuple[Section, ...]
    data: Data
    about: tuple[tuple[str, DataValue], ...]  # name and value: state of the record, options
    contents: bool = False  # long: with a list of contents
    sample: bool = False  # holds sample data, which the report says
    landscape: bool = False  # its main table needs the width
    drafts: tuple[str, ...] = field(default=())  # paths of unpublished things that it shows; () in public reports
