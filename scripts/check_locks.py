"""Locks are in step with what they were made from, hold hashes for everything, and hold no address."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lock import FOLDER, NAMES, mark

FORBIDDEN = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "pylock*.toml")


def complaints() -> list[str]:
    found = [f"{path.name} is committed. Locks live in requirements/ only." for path in _foreign_locks()]
    for name in NAMES:
        lock = FOLDER / f"{name}.txt"
        content = lock.read_text(encoding="utf-8")
        if not content.startswith(mark(name) + "\n"):
            found.append(f"requirements/{name}.txt is stale. Run make lock.")
        if "://" in content:
            found.append(f"requirements/{name}.txt holds an address. Run make lock.")
        found += [f"requirements/{name}.txt: {pin} has no hash. Run make lock." for pin in _pins_without_hash(content)]
    return found


def _pins_without_hash(content: str) -> list[str]:
    entries = re.split(r"^(?=[A-Za-z0-9])", content, flags=re.MULTILINE)[1:]
    return [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


def _foreign_locks() -> list[Path]:
    return [path for pattern in FORBIDDEN for path in FOLDER.parent.glob(pattern)]


if __name__ == "__main__":
    problems = complaints()
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
