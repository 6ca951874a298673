"""The change log as a reader sees it: what each release changed, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from tracker.publication.change_documents import ChangeItem
from tracker.publication.documents import LawHead
from tracker.publication.pages.reading import BASES

WHATS = {
    ("verdict", "added"): gettext_lazy("Verdict added"),
    ("verdict", "changed"): gettext_lazy("Verdict changed"),
    ("verdict", "removed"): gettext_lazy("Verdict withdrawn"),
    ("note", "added"): gettext_lazy("Note published"),
    ("note", "changed"): gettext_lazy("Note changed"),
    ("note", "removed"): gettext_lazy("Note withdrawn"),
    ("text", "added"): gettext_lazy("Text added"),
    ("text", "changed"): gettext_lazy("Text changed"),
    ("text", "removed"): gettext_lazy("Text withdrawn"),
    ("concern", "added"): gettext_lazy("Recommendation added"),
    ("concern", "changed"): gettext_lazy("Recommendation changed"),
    ("concern", "removed"): gettext_lazy("Recommendation withdrawn"),
    ("statement", "added"): gettext_lazy("Statement added"),
    ("statement", "changed"): gettext_lazy("Statement changed"),
    ("statement", "removed"): gettext_lazy("Statement withdrawn"),
    ("standard", "added"): gettext_lazy("Standard added"),
    ("standard", "changed"): gettext_lazy("Standard changed"),
    ("standard", "removed"): gettext_lazy("Standard withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log. `gone`: there is nothing to open any more."""

    law: LawHead
    release: int
    time: datetime
    item: ChangeItem

    @property
    def what(self) -> str:
        return str(WHATS[self.item["what"], self.item["how"]])

    @property
    def base(self) -> str:
        return str(BASES[self.item["base"]]) if self.item["base"] else ""

    @property
    def gone(self) -> bool:
        return self.item["how"] == "removed" and self.item["what"] != "verdict"


def changes(documents: Iterable[Any]) -> list[Change]:
    """Every line of these logs, in their order."""
    return [
        Change(document["law"], document["release"], datetime.fromisoformat(document["time"]), item)
        for document in documents
        for item in document["items"]
    ]


def corrections(documents: Iterable[Any]) -> list[Change]:
    return [change for change in changes(documents) if change.item["correction"]]


@dataclass(frozen=True, slots=True)
class Day:
    """One release of a law with its lines."""

    release: int
    time: datetime
    changes: list[Change]


def by_release(documents: Iterable[Any]) -> list[Day]:
    return [Day(d["release"], datetime.fromisoformat(d["time"]), changes([d])) for d in documents]
