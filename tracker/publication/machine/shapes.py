"""The shapes that only the API answers with; all others are those of the documents."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from ninja import Field, Schema
from typing_extensions import TypedDict

from tracker.publication.documents import (
    Base,
    Concern,
    ContentsArticle,
    LawHead,
    Names,
    ProvisionRef,
    Stage,
    Topic,
    VerdictData,
    VersionHead,
)

T = TypeVar("T")
MOST = 200  # items of one page
SINCE = r"^([0-9]{1,7}|[0-9]{4}-[0-9]{2}-[0-9]{2})?$"


class Problem(Schema):
    """What is wrong, in one sentence."""

    error: str


class Paging(Schema):
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=MOST)
    release: int = Field(0, ge=0, le=2**31 - 1, description="Read this release; 0 is the newest one.")


class At(Schema):
    release: int = Field(0, ge=0, le=2**31 - 1, description="Read this release; 0 is the newest one.")


class Since(Paging):
    since: str = Field(
        "",
        pattern=SINCE,
        description="Only what changed after this release (a number), or on this day or later (YYYY-MM-DD).",
    )


class Listed(Schema, Generic[T]):
    """One page of a list. Follow `next`, relative to this address: it stays in the same release."""

    release: int
    total: int
    page: int
    size: int
    next: str | None
    items: list[T]


class Law(TypedDict):
    """One law with its stages and the texts that can be compared."""

    law: LawHead
    titles: Names
    current_law: VersionHead | None
    stages: list[Stage]
    topics: list[Topic]
    pairs: list[list[str]]


class Provision(TypedDict):
    """A followed provision: `numbers` are its printed numbers by text."""

    provision: ProvisionRef
    current_number: str
    concerns: list[str]
    numbers: dict[str, list[str]]


class ConcernItem(TypedDict):
    concern: Concern
    provision: ProvisionRef


class ArticleItem(ContentsArticle):
    """An article of a text with the headings of the divisions above it."""

    divisions: list[str]


class VerdictItem(TypedDict):
    """A verdict. Without `since` each one stands, else `how` says what became of it; `verdict` is null when gone."""

    concern: str
    provision: str
    version: str
    base: Base
    how: Literal["stands", "added", "changed", "removed"]
    verdict: VerdictData | None


class SignatureData(TypedDict):
    key: str
    kind: str
    signature: str  # in hex


class ReleaseHead(TypedDict):
    """A header of the chain: docs/adr/0003-release-format.md says how `hash` is made of the other fields."""

    number: int
    time: str
    root: str
    previous: str
    key_document: str
    tombstones: str
    hash: str
    signatures: list[SignatureData]


class ReleaseWhole(ReleaseHead):
    """`roots` are those of every law in force; `root` is made of them."""

    roots: dict[str, str]
