"""The shapes of the change log: what each release changed that a reader would call a change, written once.

Further path of documents:
    laws/{law}/changes/{release}            ChangesDocument    release as six digits
"""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from tracker.publication.documents import Base, LawHead, Names, Value

What = Literal["verdict", "note", "text", "concern", "statement", "standard"]
How = Literal["added", "changed", "removed"]


class ChangeItem(TypedDict):
    what: What
    how: How
    path: str  # of the document to open
    names: Names  # what it is about
    version: str  # slug of the text, or ""
    base: Base | Literal[""]
    before: Value | None
    after: Value | None
    reason: str
    correction: bool  # something that was published was wrong


class ChangesDocument(TypedDict):
    kind: Literal["changes"]
    law: LawHead
    release: int
    time: str  # of the release, UTC
    items: list[ChangeItem]
