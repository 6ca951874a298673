"""What every page view is given: where documents come from, in which language, and how to address other pages.

The public site and the workspace call the same views with another `Site`; nothing else tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tracker.publication.links import Links

Document = Mapping[str, Any]


class Missing(Exception):
    """There is no such page. The message is one translated sentence for the reader; the answer is a plain 404 page."""


class ReleaseInfo(Protocol):
    """The release that a public page was made from. `hash` is that of its header."""

    @property
    def number(self) -> int: ...

    @property
    def time(self) -> datetime: ...

    @property
    def hash(self) -> str: ...


class DocumentSource(Protocol):
    """Documents by path (`documents.py` lists the paths): of one release, or collected now for a member."""

    @property
    def release(self) -> ReleaseInfo | None: ...

    def get(self, path: str) -> Document | None: ...

    def get_many(self, paths: Iterable[str]) -> dict[str, Document]: ...


@dataclass(frozen=True, slots=True)
class Site:
    """One request's view of the site. `at` is "" or the ISO date of the frozen state that is shown."""

    source: DocumentSource
    language: str
    workspace: bool
    at: str
    links: Links
    switcher: tuple[Document, ...] = ()  # the laws of a member, as {"slug": …, "names": …}

    def document(self, path: str, otherwise: str) -> Any:
        """The document at a path. Raises Missing with the sentence `otherwise` when there is none."""
        found = self.source.get(path)
        if found is None:
            raise Missing(otherwise)
        return found
