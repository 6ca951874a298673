"""`make lock`: resolve requirements/*.in into locks: versions and hashes, no address, and a mark of their source."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
# In the order in which one constrains the next.
NAMES = ("base", "embedded", "dev")
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
           "--no-emit-find-links", "--no-header", "--quiet")  # fmt: skip


def mark(name: str) -> str:
    """The lock's first line. It changes when the .in file, or a lock that constrains it, changes."""
    source = FOLDER / f"{name}.in"
    lines = source.read_text(encoding="utf-8").splitlines()
    constraints = [FOLDER / line.removeprefix("-c ").strip() for line in lines if line.startswith("-c ")]
    made_from = hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in [source, *constraints]))
    return f"# Resolved from {source.name} by make lock; sha256 of what it was made from: {made_from.hexdigest()}"


def main() -> int:
    for name in NAMES:
        command = [sys.executable, "-m", "uv", "pip", "compile", f"{name}.in", "-o", f"{name}.txt", *OPTIONS]
        done = subprocess.run(command, cwd=FOLDER, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            return done.returncode
        lock = FOLDER / f"{name}.txt"
        lock.write_text(f"{mark(name)}\n{lock.read_text(encoding='utf-8')}", encoding="utf-8")
        print(f"requirements/{name}.txt is resolved.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
