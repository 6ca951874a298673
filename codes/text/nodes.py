"""The shapes the text engine speaks in: plain frozen values, offsets in characters, nothing of Django.

A *document* is read into *lines*, lines are parsed into a *tree* of divisions and articles, two trees are aligned into
*links*, a link is compared into *row differences*, and an article's paragraphs yield *sanctions*.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class TextError(Exception):
    """Input that cannot be used. The message is one plain sentence with the way out; the command line prints it."""


class Line(NamedTuple):
    """One line of a source document as a reader found it. `number` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file: lines, what it noticed on the way, numbers of lines that are footnotes of the
    file: the publisher's words, whatever they begin with.
    """

    lines: tuple[Line, ...]
    media_type: str
    notices: tuple[str, ...] = ()
    footnotes: frozenset[int] = frozenset()


class Role(StrEnum):
    """What a paragraph is. Only BODY and NOTE are the law's words; a FOOTNOTE is the publisher's and is never
    compared.
    """

    BODY = "body"
    NOTE = "note"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article.

    `marker` is the printed label without punctuation ("1", "3-1", "a", "I", "" when unnumbered). `level` is "part",
    "item",
    "subitem" or "text" (an unnumbered line, e.g. the sanction that follows a part). `part` is the number of the
    part that the
    paragraph belongs to ("" when the article has one unnumbered part). `eid` is the stable element id
    (`art_174__para_2__point_3`), unique inside the version. `text` is printed text including its marker.
    """

    marker: str
    eid: str
    text: str
    level: str = "text"
    part: str = ""
    role: Role = Role.BODY
    line: int = 0


@dataclass(frozen=True, slots=True)
class Division:
    """A part, section, chapter … `path` is the chain of its ancestors' eids ending in its own: "part_2/chp_4".

    `lines` are what is printed between the heading and the first article: the publisher's footnotes, an introduction.
    """

    kind: str
    number: str
    heading: str
    path: str
    line: int = 0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `number` as printed (`317-1`), with `~2` added to a number's second appearance.

    `path` is the path of the division it stands in ("" at top level). `status` is "" or "repealed" (an "excluded"
    stub),
    "suppressed" (French "(Supprimé)"), "unchanged" (French "(Non modifié)", "Conforme": the text of the step before).
    """

    number: str
    heading: str
    path: str
    paragraphs: tuple[Paragraph, ...]
    line: int = 0
    status: str = ""

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """The law's words: every paragraph but the publisher's footnotes."""
        footnote = Role.FOOTNOTE
        return tuple([p for p in self.paragraphs if p.role is not footnote])


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at. `severity` is "error" (blocks an import) or "warning"; lists are worst first.

    `code` is stable (gap, repeat, empty, long, mixed_script, stray_article, furniture, publisher_note); `message`
    is one
    English sentence for people that names the place.
    """

    code: str
    severity: str
    message: str
    line: int = 0
    article: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """One parsed text: title, divisions in order, articles in order, problems worst first.

    `preamble` is what stands between the title and the first division or article, `closing` the signature and date
    at the end.
    """

    title: str
    language: str
    grammar: str
    divisions: tuple[Division, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()
    preamble: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


class LinkKind(StrEnum):
    """How an article of one text relates to one of another."""

    SAME = "same"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Link:
    """One row of an alignment. `old` or `new` is None for an added or a dropped article.

    `score` is 0…1000 (thousandths of likeness, integers so that they can be published as they are). `certain` False
    means a
    person is asked; `reason` is what they read: "title equal, 82 % of words equal, number +10".
    """

    old: str | None
    new: str | None
    kind: LinkKind
    score: int
    certain: bool
    reason: str


class OpKind(StrEnum):
    """A word operation. A move has two ends: MOVE_FROM in the old text and MOVE_TO in the new one share a `move`
    number.
    """

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    MOVE_FROM = "move_from"
    MOVE_TO = "move_to"


class Op(NamedTuple):
    """A run of text. `old` and `new` are half-open character ranges into the row's old and new text.

    EQUAL has both ranges (the two texts may differ in what is ignored: spaces, quotes, ё/е); DELETE and MOVE_FROM
    have an
    empty `new` range, INSERT and MOVE_TO an empty `old` range. The ranges of a row's operations tile both texts
    without gap,
    so that applying them to the old text gives the new text exactly.
    """

    kind: OpKind
    old: tuple[int, int]
    new: tuple[int, int]
    move: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph beside its counterpart. One side is None when the paragraph was deleted or inserted whole.

    `old_article`/`new_article` name the article each side stands in, since a split or merge pairs paragraphs across
    several.
    """

    old: Paragraph | None
    new: Paragraph | None
    old_article: str
    new_article: str
    ops: tuple[Op, ...]

    @property
    def changed(self) -> bool:
        return any(op.kind is not OpKind.EQUAL for op in self.ops)


@dataclass(frozen=True, slots=True)
class PairDiff:
    """The comparison of the article(s) on the old side with the article(s) on the new side.

    `share` is the thousandths of words that changed (deleted + inserted over all words of both sides; moved words
    count half).
    `changes` counts what a reader steps through: a run of changed operations is one change, the two ends of a move
    are one.
    `heading_ops` compares the headings (joined by " / " when a side has several articles).
    """

    rows: tuple[Row, ...]
    heading_ops: tuple[Op, ...]
    share: int
    changes: int
    identical: bool


@dataclass(frozen=True, slots=True)
class Sanction:
    """One kind of penalty within one alternative, as `domain.md` §3 of the brief defines it (docs/method.md in the
    project).

    `part` as printed, "" when the article has one unnumbered part. `minimum`/`maximum` in `unit`, None when not stated.
    `optional` is True for a supplementary penalty that may be left out. `sure` False: a person must check the numbers.
    `quote` is an exact substring of the paragraph's text.
    """

    part: str
    alternative: int
    kind: str
    minimum: int | None
    maximum: int | None
    unit: str
    quote: str
    eid: str = ""
    optional: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class SanctionFact:
    """One computed fact about a part's penalties in two texts: never an adjective.

    `fact` is one of max_up, max_down, min_appeared, min_up, min_down, min_gone, alternative_added, alternative_removed,
    supplementary_added, supplementary_removed, supplementary_mandatory, supplementary_optional, unit_changed,
    part_added, part_removed,
    offence_added, offence_removed. `old`/`new` are amounts in `unit` (None = not stated). `direction` is 1 heavier,
    -1 lighter, 0 neither. `sure` False: rests on an unsure reading.
    """

    part: str
    kind: str
    fact: str
    old: int | None
    new: int | None
    unit: str
    direction: int
    sure: bool = True
    old_part: str = ""


class Outcome(StrEnum):
    """What the sanction facts of one part or one pair amount to."""

    STRICTER = "stricter"
    MILDER = "milder"
    MIXED = "mixed"
    SAME = "same"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class SanctionCell:
    """One row of the penalty table that readers see: one kind in one part, both ranges, and the facts about them.

    `old`/`new` are (minimum, maximum, unit) or None where that side does not provide the kind in this part.
    """

    part: str
    old_part: str
    kind: str
    old: tuple[int | None, int | None, str] | None
    new: tuple[int | None, int | None, str] | None
    facts: tuple[SanctionFact, ...]


@dataclass(frozen=True, slots=True)
class SanctionComparison:
    """Both sanction sets of a pair, part against counterpart. `outcomes` maps the new part (or old one if removed)
    to its outcome.
    """

    cells: tuple[SanctionCell, ...]
    facts: tuple[SanctionFact, ...]
    outcomes: tuple[tuple[str, Outcome], ...]
    outcome: Outcome
