"""Refuse to start on a database that may lose what it said was saved (docs/operations.md)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker import env

REQUIRED = {
    "synchronous_commit": {"on", "local", "remote_write", "remote_apply"},
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "data_checksums": {"on"},
}


def complaints(params: Mapping[str, Any]) -> list[str]:
    """One sentence per setting of the server that breaks the promise "accepted means on disk"."""
    with psycopg.connect(
        dbname=params["NAME"],
        user=params["USER"],
        password=params["PASSWORD"] or None,
        host=params["HOST"] or None,
        port=params["PORT"] or None,
        connect_timeout=10,
    ) as connection:
        found = {name: str((connection.execute(f"show {name}").fetchone() or [""])[0]) for name in REQUIRED}
    return [
        f"PostgreSQL runs with {name}={value}: what was accepted could be lost. Set it to on, then start again."
        for name, value in found.items()
        if value not in REQUIRED[name]
    ]


def main() -> int:
    try:
        connections = [params for params in env.databases().values() if params.get("NAME")]
        problems = complaints(connections[0])
    except env.ImproperlyConfigured as error:
        problems = [str(error)]
    except psycopg.OperationalError as error:
        problems = [f"The database does not answer: {str(error).splitlines()[0]}"]
    print("\n".join(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
