"""Locks: versions and hashes of everything in requirements/*.in, without addresses, each with a mark of its source.

python scripts/lock.py            resolve anew (needs the network)
python scripts/lock.py --check    report locks that are stale, lack a hash or hold an address; exit 1 if any
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
# In the order in which one constrains the next.
NAMES = ("base", "embedded", "dev", "bench")
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
           "--no-emit-find-links", "--no-header", "--quiet")  # fmt: skip
FOREIGN = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "pylock*.toml")


def mark(name: str) -> str:
    """The lock's first line. It changes when the .in file, or a lock that constrains it, changes."""
    source = FOLDER / f"{name}.in"
    lines = source.read_text(encoding="utf-8").splitlines()
    constraints = [FOLDER / line.removeprefix("-c ").strip() for line in lines if line.startswith("-c ")]
    made_from = hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in [source, *constraints]))
    return f"# Resolved from {source.name} by make lock; sha256 of what it was made from: {made_from.hexdigest()}"


def resolve() -> int:
    for name in NAMES:
        command = [sys.executable, "-m", "uv", "pip", "compile", f"{name}.in", "-o", f"{name}.txt", *OPTIONS]
        done = subprocess.run(command, cwd=FOLDER, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            return done.returncode
        lock = FOLDER / f"{name}.txt"
        lock.write_text(f"{mark(name)}\n{lock.read_text(encoding='utf-8')}", encoding="utf-8")
        print(f"requirements/{name}.txt is resolved.")
    return 0


def complaints() -> list[str]:
    foreign = [path.name for pattern in FOREIGN for path in FOLDER.parent.glob(pattern)]
    found = [f"{name} does not belong here. Locks live in requirements/ only." for name in foreign]
    for name in NAMES:
        content = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        if not content.startswith(mark(name) + "\n"):
            found.append(f"requirements/{name}.txt is stale. Run make lock.")
        if "://" in content:
            found.append(f"requirements/{name}.txt holds an address. Run make lock.")
        found += [f"requirements/{name}.txt: {pin} has no hash. Run make lock." for pin in _pins_without_hash(content)]
    return found


def _pins_without_hash(content: str) -> list[str]:
    entries = re.split(r"^(?=[A-Za-z0-9])", content, flags=re.MULTILINE)[1:]
    return [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


def main(arguments: list[str]) -> int:
    if arguments != ["--check"]:
        return resolve()
    problems = complaints()
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
