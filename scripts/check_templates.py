"""Templates hold no inline code, no inline style, and nothing that switches escaping off (docs/architecture.md)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each with the reason that is printed. The Content-Security-Policy would block the first five at run time anyway.
RULES = [
    (re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE), "a style attribute; write a class in static/css"),
    (re.compile(r"<style\b", re.IGNORECASE), "a style element; write it in static/css"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE), "inline code; write it in static/js"),
    (re.compile(r"\bhx-on\b|\bhx-on:", re.IGNORECASE), "inline code; write it in static/js"),
    (re.compile(r"\b(?:javascript|js):", re.IGNORECASE), "evaluated code; write it in static/js"),
    (re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE), "an inline script; write it in static/js"),
    (re.compile(r"\|\s*safe(?:seq)?\b"), "the safe filter; text is text"),
    (re.compile(r"\{%-?\s*autoescape\s+off"), "autoescape off; text is text"),
    (re.compile(r"\b(?:src|href|action|hx-get|hx-post)\s*=\s*[\"']?\s*//"), "an address of somebody else's server"),
    (re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*[\"']?https?:", re.IGNORECASE),
     "a file from somebody else's server"),
]  # fmt: skip


def complaints(source: str) -> Iterator[tuple[int, str]]:
    """Line number and reason of each breach. Tags that span lines are looked at whole."""
    for pattern, reason in RULES:
        for match in pattern.finditer(source):
            yield source.count("\n", 0, match.end()) + 1, reason


def main() -> int:
    found = 0
    templates = [
        path for folder in ROOT.rglob("templates") if ".venv" not in folder.parts for path in folder.rglob("*")
    ]
    for path in sorted(set(templates)):
        if path.suffix not in {".html", ".svg", ".txt", ".xml"}:
            continue
        for line, reason in sorted(complaints(path.read_text(encoding="utf-8"))):
            print(f"{path.relative_to(ROOT)}:{line}: {reason}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
