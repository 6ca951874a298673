"""How readable the word comparison is, beside other tools on the same articles; one table.

Real articles and their counterparts. Every tool gets both texts folded (`codes.text.normalise`), so that quotes, dashes
and ё say nothing. Other libraries take part where .venv-bench exists (`make bench-text` makes it). Texts with a star
took no part in setting the thresholds.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path

from rapidfuzz.distance import LCSseq

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from codes.text.align import align  # noqa: E402  the path to the project is set above
from codes.text.diff import compare  # noqa: E402
from codes.text.merge import merge  # noqa: E402
from codes.text.nodes import Article, OpKind, Tree  # noqa: E402
from codes.text.normalise import fold  # noqa: E402
from codes.text.parse import parse_file  # noqa: E402
from codes.text.penalties.numbers import WORDS  # noqa: E402
from codes.text.printing import groups  # noqa: E402
from scripts.diff_peers import difflib  # noqa: E402
from scripts.eval_align import DATA, packed  # noqa: E402

TEXTS = ROOT / "demo" / "texts"
_KZ, _PENAL, _BILL = TEXTS / "kazakhstan", TEXTS / "france" / "code-penal", TEXTS / "france" / "transparence-2013"
_KZ_1997 = ("criminal-code-1997_last-edition_ch1-5-14_ru", "criminal-code-1997_last-edition_other-chapters_ru")
_KZ_2015 = ("criminal-code-2014_2015-11_ch1-5-16_ru", "criminal-code-2014_2015-11_other-chapters_ru")
_STEPS = (
    "00_1erelecture_assemblee_depot",
    "02_1erelecture_assemblee_hemicycle",
    "05_1erelecture_senat_hemicycle",
    "09_nouvlect_assemblee_hemicycle",
    "14_ldefinitive_assemblee_hemicycle",
)
_MOST = 60  # pairs of each two texts
PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"

Mark = tuple[str, str]
"""("=", "-" or "+", text): a run of equal, deleted or inserted text."""
Rows = list[list[Mark]]
"""What a reader sees of one pair: rows of runs. A paragraph of the engine is a row, other tools have a row a pair."""
Pair = tuple[tuple[Article, ...], tuple[Article, ...]]

_WORD = re.compile(r"\w+(?:[-'.,]\w+)*")
_NUMERAL = "|".join(sorted({w for table in WORDS.values() for w, n in table.items() if n > 1}, key=len, reverse=True))
_DIGITS = r"\d+(?:[ \u00a0]\d{3})+|\d+(?:-\d+)+|\d+(?:[.,]\d+(?!-))*"
_NUMBER = re.compile(rf"\b(?:{_DIGITS}|(?:{_NUMERAL})(?:\s(?:{_NUMERAL}))*)\b")
_SIGN = re.compile(r"[^\w\s]|\n")


@dataclass(slots=True)
class Readability:
    """Sums over pairs. The figures that are printed are defined by the properties."""

    pairs: int = 0
    marked: int = 0  # words marked as deleted or inserted, a moved word at both ends
    least: int = 0  # words that no alignment of the two texts can leave unmarked
    runs: int = 0  # changes that a reader steps through, a paragraph each at most
    inner: int = 0  # equal runs between two changes of one paragraph
    short: int = 0  # those of fewer than three words
    numbers: int = 0  # numbers with a marked part
    halves: int = 0  # those with an unmarked part as well
    edges: int = 0  # beginnings and ends of deleted and inserted runs
    clause_edges: int = 0  # those beside a sign or a paragraph's end

    @property
    def runs_per_100(self) -> float:
        """Changed runs per 100 marked words: how often the eye has to start anew."""
        return 100 * self.runs / self.marked if self.marked else 0.0

    @property
    def confetti(self) -> float:
        """Share of the equal runs between two changes that hold fewer than three words."""
        return self.short / self.inner if self.inner else 0.0

    @property
    def confetti_per_100(self) -> float:
        """Such short equal runs per 100 marked words. A share alone would praise a tool with many longer islands."""
        return 100 * self.short / self.marked if self.marked else 0.0

    @property
    def over_least(self) -> float:
        """Marked words for each word that has to be marked: those outside the longest common subsequence of words."""
        return self.marked / self.least if self.least else 1.0

    @property
    def halved(self) -> float:
        """Share of the changed numbers that are marked in part, such as "5 000" with only its 5."""
        return self.halves / self.numbers if self.numbers else 0.0

    @property
    def at_edges(self) -> float:
        """Share of the edges of changes that stand at the edge of a clause, a sentence or a paragraph."""
        return self.clause_edges / self.edges if self.edges else 1.0

    def add(self, rows: Rows, least: int) -> None:
        """Count one pair in."""
        self.pairs += 1
        self.least += least
        for row in rows:
            self._count_runs(row)
            for side in "-+":
                self._count_side([(mark != "=", text) for mark, text in row if mark in ("=", side)])

    def _count_runs(self, row: Sequence[Mark]) -> None:
        between = False  # a change stands before, in the same paragraph
        pending = ""
        for changed, run in groupby(row, key=lambda mark: mark[0] != "="):
            texts = list(run)
            if not changed:
                pending = "".join(text for _, text in texts)
                if "\n" in pending:
                    between = False
                continue
            if between:
                self.inner += 1
                self.short += len(_WORD.findall(pending)) < 3
            self.runs += max(
                sum(bool(line.strip()) for line in "".join(text for mark, text in texts if mark == side).split("\n"))
                for side in "-+"
            )
            between = True

    def _count_side(self, runs: Sequence[tuple[bool, str]]) -> None:
        """One side of a row: its text as (is it marked, run)."""
        text = "".join(run for _, run in runs)
        marks = [marked for marked, run in runs for _ in run]
        for word in _WORD.finditer(text):
            self.marked += any(marks[word.start() : word.end()])
        for number in _NUMBER.finditer(text):
            states = {marks[i] for i in range(*number.span()) if not text[i].isspace()}
            self.numbers += True in states
            self.halves += len(states) == 2
        for marked, places in groupby(range(len(text)), key=marks.__getitem__):
            if marked:
                run = list(places)
                self._count_edges(text[: run[0]], text[run[0] : run[-1] + 1], text[run[-1] + 1 :])

    def _count_edges(self, before: str, run: str, after: str) -> None:
        if _WORD.search(run):
            self.edges += 2
            self.clause_edges += _meets_sign(before[::-1], run) + _meets_sign(run[::-1], after)


def _meets_sign(backwards: str, onwards: str) -> bool:
    """Whether a sign or the end of the text stands directly on either side of a place."""
    sides = (text.lstrip(" \u00a0") for text in (backwards, onwards))
    return any(not text or _SIGN.match(text) for text in sides)


def pairs_of(old: Tree, new: Tree, most: int = _MOST) -> list[Pair]:
    """Changed pairs of articles, splits and merges as one, evenly over the text; both sides hold words."""
    olds, news = ({article.number: article for article in tree.articles} for tree in (old, new))
    found: list[Pair] = []
    for group in groups(align(old, new)):
        pair = tuple(olds[n] for n in group.old), tuple(news[n] for n in group.new)
        texts = [printed(side) for side in pair]
        if all(texts) and texts[0] != texts[1]:
            found.append(pair)
    step = max(1, len(found) // most)
    return found[::step][:most]


def printed(side: Sequence[Article]) -> str:
    """The words of one side, folded, a line for each paragraph."""
    return "\n".join(" ".join(fold(p.text).split()) for article in side for p in article.body)


def least(pair: Pair) -> int:
    """Words outside a longest common subsequence, both sides together."""
    old, new = (_WORD.findall(printed(side)) for side in pair)
    return len(old) + len(new) - 2 * int(LCSseq.similarity(old, new))


def engine(pairs: Sequence[Pair]) -> Iterator[Rows]:
    for old, new in pairs:
        rows: Rows = []
        for row in compare(old, new).rows:
            runs: list[Mark] = []
            for op in row.ops:
                if op.old[0] < op.old[1] and row.old and op.kind is not OpKind.EQUAL:
                    runs.append(("-", fold(row.old.text[slice(*op.old)])))
                elif op.new[0] < op.new[1] and row.new:
                    runs.append(("=" if op.kind is OpKind.EQUAL else "+", fold(row.new.text[slice(*op.new)])))
            rows.append(runs)
        yield rows


def by_difflib(pairs: Sequence[Pair]) -> Iterator[Rows]:
    for old, new in pairs:
        yield [difflib(printed(old), printed(new))]


def by_git(pairs: Sequence[Pair]) -> Iterator[Rows]:
    """One run of git over two folders with a file for each pair."""
    with tempfile.TemporaryDirectory() as folder:
        for side, name in enumerate(("old", "new")):
            (Path(folder) / name).mkdir()
            for number, pair in enumerate(pairs):
                (Path(folder) / name / f"{number:05}").write_text(printed(pair[side]) + "\n", encoding="utf-8")
        command = ["git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", "-U99999", "old", "new"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    files = re.split(r"^diff --git .*\n(?:(?!@@).*\n)*@@ .*\n", done.stdout, flags=re.MULTILINE)[1:]
    for file in files:
        yield [[_git_mark(line) for line in file.splitlines() if line]]


def _git_mark(line: str) -> Mark:
    """A line of `--word-diff=porcelain`: " ", "-" or "+" before a run of text, or "~" for a new line."""
    return ("=", "\n") if line == "~" else ("=" if line[0] == " " else line[0], f"{line[1:]} ")


def by_library(name: str, pairs: Sequence[Pair]) -> Iterator[Rows]:
    texts = json.dumps([(printed(old), printed(new)) for old, new in pairs])
    command = [str(PEERS_PYTHON), str(ROOT / "scripts" / "diff_peers.py"), name]
    done = subprocess.run(command, input=texts, capture_output=True, text=True, encoding="utf-8", check=True)
    for marks in json.loads(done.stdout):
        yield [[(mark, text) for mark, text in marks if text]]


def texts() -> Iterator[tuple[str, list[Pair]]]:
    """Each two texts with the pairs that are judged."""
    old, new = (merge([parse_file(_KZ / f"{name}.txt") for name in names]) for names in (_KZ_1997, _KZ_2015))
    yield "Kazakhstan 1997 → 2015", pairs_of(old, new)
    old, new = (
        parse_file(_KZ / f"{name}.txt")
        for name in ("criminal-code-1997_ch4-5_ru", "criminal-code-2014_ch4-5_ru_2020-07")
    )
    yield "Kazakhstan 2004 → 2020", pairs_of(old, new)
    old, new = (parse_file(_PENAL / f"code-penal_{day}.txt") for day in ("1997-01-01", "2004-09-27"))
    yield "Code pénal 1997 → 2004", pairs_of(old, new)
    steps = [parse_file(_BILL / f"{name}.txt") for name in _STEPS]
    yield "French bill in steps", [pair for a, b in pairwise(steps) for pair in pairs_of(a, b, _MOST // 4)]
    old, new = (parse_file(_PENAL / f"code-penal_{day}.txt") for day in ("2009-12-10", "2026-04-02"))
    yield "Code pénal 2009 → 2026 *", pairs_of(old, new)
    yield "H.R. 1500, two steps *", pairs_of(packed(DATA / "hr1500-ih.txt.gz"), packed(DATA / "hr1500-eh.xml.gz"))


def tools() -> dict[str, Callable[[Sequence[Pair]], Iterator[Rows]]]:
    """Ways to compare that are at hand."""
    found: dict[str, Callable[[Sequence[Pair]], Iterator[Rows]]] = {
        "engine": engine,
        "difflib over words": by_difflib,
    }
    if shutil.which("git"):
        found["git --word-diff"] = by_git
    if PEERS_PYTHON.exists():
        found["diff-match-patch, semantic"] = partial(by_library, "dmp")
        found["redlines"] = partial(by_library, "redlines")
    return found


def measured(pairs: Sequence[Pair], tool: Callable[[Sequence[Pair]], Iterator[Rows]]) -> Readability:
    total = Readability()
    for pair, rows in zip(pairs, tool(pairs), strict=True):
        total.add(rows, least(pair))
    return total


def main() -> None:
    print(
        f"{'texts':<25} {'tool':<28} {'pairs':>5} {'marked/least':>12} {'runs/100':>9} {'confetti':>9} {'per 100':>8}"
        f" {'numbers cut':>12} {'at edges':>9}"
    )
    for name, pairs in texts():
        for label, tool in tools().items():
            m = measured(pairs, tool)
            print(
                f"{name:<25} {label:<28} {m.pairs:>5} {m.over_least:>12.2f} {m.runs_per_100:>9.1f}"
                f" {100 * m.confetti:>7.1f} % {m.confetti_per_100:>8.2f} {100 * m.halved:>10.1f} %"
                f" {100 * m.at_edges:>7.1f} %"
            )


if __name__ == "__main__":
    main()
