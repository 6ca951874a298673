"""A Site over documents held in memory, and a way to get a page from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from tracker.publication.links import Links
from tracker.publication.site import ReleaseInfo, Site


@dataclass(frozen=True)
class Seventh:
    number: int = 7
    time: datetime = datetime(2014, 5, 21, 12, 0, tzinfo=UTC)
    hash: str = "0" * 64


class Memory:
    """Documents of a release that exists only here."""

    release: ReleaseInfo | None = Seventh()

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self.documents = documents
        self.removed: dict[str, str] = {}

    def get(self, path: str) -> Any:
        return self.documents.get(path)

    def get_many(self, paths: Iterable[str]) -> dict[str, Any]:
        return {path: self.documents[path] for path in paths if path in self.documents}

    def newest(self, prefix: str, limit: int, before: int | None = None) -> list[Any]:
        found = [body for path, body in self.documents.items() if path.startswith(prefix) and "/changes/" in path]
        return [b for b in reversed(found) if before is None or b["release"] < before][:limit]

    def left(self, path: str) -> str:
        """The ISO date under `left/{path}`, when a test put one there."""
        return str(self.documents.get(f"left/{path}", ""))


def site_at(path: str, documents: Mapping[str, Any], language: str) -> Site:
    """The workspace below /w/, else the public site."""
    prefix = path.split("/")[1]
    return Site(Memory(documents), language, workspace=prefix == "w", at="", links=Links(prefix, path))


def page(view: Any, path: str, documents: Mapping[str, Any], *, language: str = "en", **values: Any) -> HttpResponse:
    """What a page view answers to a GET of `path` (with its query)."""
    request = RequestFactory().get(path)
    with translation.override(language):
        answer: HttpResponse = view(request, site_at(request.path, documents, language), **values)
        return answer
