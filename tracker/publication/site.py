"""What every page view is given: where documents come from, in which language, and how to address other pages.

The public site and the workspace call the same views with another `Site`; nothing else tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext

from tracker.publication.links import Links
from tracker.publication.pages import words

Document = Mapping[str, Any]


class Missing(Exception):
    """There is no such page. The message is one translated sentence for the reader; the answer is a plain 404 page.

    `instead`: address of the page that was probably meant, "" when none is known.
    """

    def __init__(self, sentence: str, *, instead: str = "") -> None:
        super().__init__(sentence)
        self.instead = instead


class Removed(Missing):
    """What the page showed was erased from the record. The answer is 410, with the day, in every state."""


class Withdrawn(Missing):
    """What the page showed was withdrawn; earlier states still show it. `history`: where its changes are listed."""

    def __init__(self, sentence: str, *, history: str) -> None:
        super().__init__(sentence)
        self.history = history


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

    @property
    def removed(self) -> Mapping[str, str]:
        """Of the paths asked for so far, those whose text was erased: path → ISO date."""

    def get(self, path: str) -> Document | None: ...

    def get_many(self, paths: Iterable[str]) -> dict[str, Document]: ...

    def newest(self, prefix: str, limit: int, before: int | None = None) -> list[Document]:
        """Change logs below a prefix, newest first (`change_documents.py`)."""
        ...

    def left(self, path: str) -> str:
        """The ISO date on which the path was taken out of the record; "" when it is there, or never was."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """One request's view of the site. `at` is "" or the ISO date of the frozen state that is shown."""

    source: DocumentSource
    language: str
    workspace: bool
    at: str
    links: Links
    switcher: tuple[Document, ...] = ()  # the laws of a member, as {"slug": …, "names": …}
    waiting: int = 0  # what waits in the member's inbox
    follow: bool = False  # whether this site takes requests to follow something by mail; a mirror does not
    copies: bool = False  # whether offline copies lie here to be downloaded
    offline: bool = False  # a page of a copy that is read without the site

    def document(self, path: str, otherwise: str) -> Any:
        """The document at a path. Raises Removed when it was erased, else Missing with the sentence `otherwise`."""
        found = self.source.get(path)
        if found is None:
            raise self.erased(path) or Missing(otherwise)
        return found

    def erased(self, path: str) -> Removed | None:
        """What to answer with when the document, asked for before, was erased."""
        day = self.source.removed.get(path)
        if day is None:
            return None
        return Removed(gettext("This page was removed on %(date)s.") % {"date": words.when(day)})
