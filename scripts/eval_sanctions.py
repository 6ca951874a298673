"""Accuracy of the penalties that are read, against rows read by people, printed as one table.

Truth and what it was read from: tests/text/data/sanctions (its README has the rules). A row counts as found when
article, part, kind, maximum and unit are equal. `held out` articles took no part in writing the rules.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TRUTH = ROOT / "tests" / "text" / "data" / "sanctions"

Row = tuple[str, str, str, str, str]
"""Article, part, kind, maximum, unit; "-" where the text states none."""


@dataclass(frozen=True, slots=True)
class Score:
    """Rows of one file: those its text provides, those that were read, and those in both."""

    name: str
    language: str
    held_out: bool
    parts: int
    truth: frozenset[Row]
    found: frozenset[Row]

    @property
    def right(self) -> int:
        return len(self.truth & self.found)

    @property
    def precision(self) -> float:
        return self.right / len(self.found) if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / len(self.truth) if self.truth else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (len(self.truth) + len(self.found)) if self.truth or self.found else 1.0


def scores() -> Iterator[Score]:
    """One score per file and set, in the order of texts.tsv."""
    for name, text, language, held_out in table(TRUTH / "texts.tsv"):
        truth, doubtful, articles = _truth(name)
        found = _found(ROOT / text, language)
        held = frozenset(held_out.strip("-").split(",")) if held_out != "-" else frozenset()
        for is_held, numbers in ((False, articles - held), (True, articles & held)):
            if numbers:
                told = frozenset(row for row in truth if row[0] in numbers)
                read = frozenset(row for row in found if row[0] in numbers) - doubtful
                yield Score(name, language, is_held, len({row[:2] for row in told}), told, read)


def joined(several: Sequence[Score], name: str) -> Score:
    """Several files as one: their rows are kept apart by the file's name."""
    truth, found = (
        frozenset((f"{s.name} {row[0]}", *row[1:]) for s in several for row in (s.truth if side else s.found))
        for side in (True, False)
    )
    return Score(name, several[0].language, several[0].held_out, sum(s.parts for s in several), truth, found)


def table(path: Path) -> list[list[str]]:
    """The rows of a tab-separated file without its first line."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line]


def _truth(name: str) -> tuple[frozenset[Row], frozenset[Row], frozenset[str]]:
    """Rows that count, rows in doubt, and the articles that were read."""
    rows = table(TRUTH / f"{name}.tsv")
    sure, doubtful = (
        frozenset((r[0], r[1], r[2], r[3], r[4]) for r in rows if (r[7] == "1") is doubt) for doubt in (False, True)
    )
    return sure, doubtful, frozenset(r[0] for r in rows)


def _found(path: Path, language: str) -> frozenset[Row]:
    from codes.text.parse import parse_file  # noqa: PLC0415  the path to the project is set above
    from codes.text.sanctions import extract  # noqa: PLC0415

    return frozenset(
        (a.number, s.part or "-", s.kind, "-" if s.maximum is None else str(s.maximum), s.unit or "-")
        for a in parse_file(path).articles
        for s in extract(a, language)
    )


def main() -> None:
    every = list(scores())
    groups = [
        joined(chosen, f"all, {language}")
        for language in dict.fromkeys(s.language for s in every)
        for is_held in (False, True)
        if (chosen := [s for s in every if s.language == language and s.held_out is is_held])
    ]
    print(f"{'file':<38} {'set':<9} {'parts':>5} {'rows':>5} {'precision':>9} {'recall':>7} {'F1':>6}")
    for s in [*every, *groups]:
        print(
            f"{s.name:<38} {'held out' if s.held_out else 'dev':<9} {s.parts:>5} {len(s.truth):>5} "
            f"{s.precision:>9.3f} {s.recall:>7.3f} {s.f1:>6.3f}"
        )


if __name__ == "__main__":
    main()
