"""The query of a public page: only the parameters that a page reads can change what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict


class Asked(QueryDict):
    """The query of one request, which remembers the parameters that a page reads.

    A page that looks at all of them at once has an answer that depends on any: `everything`.
    """

    def __init__(self, query: str) -> None:
        self.names: set[str] = set()
        self.everything = False
        super().__init__(query)
        self.names.clear()  # filling it looked at every name
        self.everything = False

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return super().__contains__(name)

    def getlist(self, name: str, default: Any = None) -> list[Any]:
        self.names.add(name)
        return super().getlist(name, default)

    def __iter__(self) -> Iterator[str]:
        self.everything = True
        return super().__iter__()

    def keys(self) -> Any:
        self.everything = True
        return super().keys()

    def lists(self) -> Any:
        self.everything = True
        return super().lists()

    def items(self) -> Any:
        self.everything = True
        return super().items()

    def values(self) -> Any:
        self.everything = True
        return super().values()

    def urlencode(self, safe: str | None = None) -> str:
        self.everything = True
        return super().urlencode(safe)

    def read(self) -> str:
        """The parameters that were read so far, as a query: what links to this page in another language keep."""
        found = QueryDict(mutable=True)
        for name in sorted(self.names):
            if values := super().getlist(name):
                found.setlist(name, values)
        return found.urlencode()
