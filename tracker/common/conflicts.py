"""Two people, one thing: whoever saves second is shown both texts, and nothing is lost."""

from __future__ import annotations

from typing import Any


class Conflict(Exception):
    """Somebody saved another revision meanwhile. `theirs` is the row as it stands, `mine` the fields not accepted."""

    def __init__(self, theirs: Any, mine: dict[str, Any]) -> None:
        super().__init__("Someone saved this while you were writing. Both texts are kept; nothing is lost.")
        self.theirs = theirs
        self.mine = mine
