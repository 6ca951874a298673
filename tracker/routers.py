"""Which role a query runs under when nobody says: the application's. Migrations run as the owner, by `--database
owner`.
"""

from __future__ import annotations

from typing import Any


class RoleRouter:
    """All aliases are one database seen through four roles, so relations between their objects are allowed."""

    def allow_relation(self, *_objects: Any, **_hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, *_args: Any, **_hints: Any) -> bool:
        return db == "owner"
