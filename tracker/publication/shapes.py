"""The shapes that several documents share: names, texts and laws in brief, verdicts, concerns, penalties.

Texts in several languages are `Names`: language code → text, with missing languages left out. Dates are ISO strings.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # the API describes these shapes, which Python 3.11's own cannot

Names = dict[str, str]
Value = Literal["fixed", "partly_fixed", "unchanged", "stricter", "new_restriction", "not_assessed"]
Base = Literal["recommendation", "current_law", "previous"]
# Where a provision stands in a text. `not_held`: the text is partial and lacks this place, which says nothing about
# the law.
# `no_text`: no text of this stage was obtained. `repealed`: only an "excluded" stub is left.
PlaceState = Literal["in_text", "repealed", "absent", "not_held", "no_text", "checking"]
# How articles of two texts relate. `not_in_old`/`not_in_new`: the other side is partial and lacks the place.
PairKind = Literal[
    "same",
    "renumbered",
    "moved",
    "split",
    "merged",
    "added",
    "dropped",
    "repealed",
    "not_in_old",
    "not_in_new",
    "unconfirmed",
]


class SourceRef(TypedDict):
    title: str
    publisher: str
    date: str | None
    url: str | None


class LawHead(TypedDict):
    slug: str
    names: Names
    jurisdiction: Names
    number: str
    date: str | None
    replaces: str | None  # slug of the law in force that this one would replace


class Coverage(TypedDict):
    """Which chapters a partial text holds whole, and of which it holds some articles."""

    whole_chapters: list[str]
    excerpts: list[str]


class VersionHead(TypedDict):
    slug: str
    law: str
    label: Names
    stage: Names
    stage_slug: str
    date: str
    date_precision: str  # day, week, month, season, year
    date_note: str
    edition: str  # "" or what fixes the edition
    obtained: bool  # False: no text of this stage is held
    coverage: Coverage | None  # None: the text is whole
    language: str
    languages: list[str]
    articles: int
    source: SourceRef
    verified: bool
    is_current_law: bool  # True: in force before the draft; the base "current law"
    previous: str | None  # the earlier text to compare with first
    draft: bool  # True: seen by members only


class VerdictData(TypedDict):
    value: Value
    reason: str
    basis: Literal["text", "source"]
    source: SourceRef
    verified: bool
    sample: bool
    caution: str
    text_held: bool  # False: rests on an article text that was read elsewhere and is not held here
    lifecycle: str  # "" | withdrawn | moved_to_another_code | split | merged | returned
    contradicts: list[str]  # codes of computed facts against it: amendments.services.verdicts.CONTRADICTIONS
    status: str  # published, or draft / in_review / returned for members
    rechecked: NotRequired[bool]  # a match or a penalty that it rests on was corrected; it is read again


class Range(TypedDict):
    minimum: int | None
    maximum: int | None
    unit: str


class PenaltyFact(TypedDict):
    fact: str  # max_up, min_appeared, alternative_removed … (codes.text.nodes.SanctionFact)
    direction: int
    sure: bool


class PenaltyCell(TypedDict):
    """One row of a penalty table: a kind of penalty in one part, before and after."""

    part: str
    old_part: str
    kind: str
    old: Range | None
    new: Range | None
    facts: list[PenaltyFact]


class ProvisionRef(TypedDict):
    key: str  # "{id}-{slug}"
    names: Names


class Concern(TypedDict):
    slug: str
    names: Names
    topics: list[str]
    ask: Literal["repeal", "narrow", "reduce", "do_not_add"]
    asked: Names
    quoted: list[str]  # the words we object to
    standards: list[str]  # slugs
    source: SourceRef
    verified: bool
    sample: bool


class SanctionData(TypedDict):
    part: str
    alternative: int
    kind: str
    minimum: int | None
    maximum: int | None
    unit: str
    optional: bool
    sure: bool
    quote: str


class ConcernHere(TypedDict):
    """A concern as it stands at one article of one text."""

    concern: Concern
    provision: ProvisionRef
    verdicts: dict[str, VerdictData]
