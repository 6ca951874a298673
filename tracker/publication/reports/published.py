"""Reports that were published, as a document of their law in the record: which state they report, and what was asked.

A reader's file is made from that state again, by the functions that made the member's; so it holds no word that the
record does not, and what is erased from the record is gone from it too.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from typing_extensions import TypedDict

from tracker.publication.shapes import LawHead
from tracker.publication.site import DocumentSource


class PublishedReport(TypedDict):
    """`options` as `options.as_json`; `day` is that of the release."""

    slug: str
    preset: str
    language: str
    release: int
    day: str
    options: dict[str, Any]
    formats: list[str]
    headline: list[str]


class ReportsDocument(TypedDict):
    """`laws/{law}/reports`, newest first."""

    kind: Literal["reports"]
    law: LawHead
    reports: list[PublishedReport]


def path_of(law: str) -> str:
    return f"laws/{law}/reports"


Found = tuple[LawHead, PublishedReport]


def all_reports(source: DocumentSource) -> list[Found]:
    """Every published report with its law, the newest state first."""
    laws: Any = source.get("laws") or {"laws": []}
    documents: Any = source.get_many(path_of(card["law"]["slug"]) for card in laws["laws"])
    found = [(each["law"], report) for each in documents.values() for report in each["reports"]]
    return sorted(found, key=lambda pair: (-date.fromisoformat(pair[1]["day"]).toordinal(), pair[1]["slug"]))


def one(source: DocumentSource, slug: str) -> Found | None:
    return next((pair for pair in all_reports(source) if pair[1]["slug"] == slug), None)


def published_slugs(source: DocumentSource) -> list[str]:
    return [report["slug"] for _, report in all_reports(source)]
