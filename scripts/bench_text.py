"""`make bench-text`: the engine beside git and the diff libraries, in one run; rewrites docs/benchmarks.md.

The whole way (parse two texts, align their articles, compare each pair's words) against tools that only compare.
Rounds take every tool in turn, so that a busy machine slows all of them. A tool past the limit counts as over it.
"""

from __future__ import annotations

import math
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PENAL = ROOT / "demo" / "texts" / "france" / "code-penal"
OLD, NEW = PENAL / "code-penal_1997-01-01.txt", PENAL / "code-penal_2004-09-27.txt"
RESULT = ROOT / "docs" / "benchmarks.md"
LIMIT, ROUNDS, SLOW = 30, 5, 10  # seconds; rounds; seconds from which one round is enough
OURS, PEERS = str(ROOT / ".venv/bin/python"), str(ROOT / ".venv-bench/bin/python")
SIZES = (100, 1000, 10_000)


@dataclass
class Tool:
    """A way to compare. `seconds` and `megabytes` of each round; none when it never ended in time."""

    label: str
    name: str = ""
    python: str = PEERS
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    failed: str = ""

    @property
    def best(self) -> float:
        return statistics.median(self.seconds) if self.seconds else math.inf


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        tools = side_by_side(Path(folder))
        growth = [(size, *_grown(size, Path(folder))) for size in SIZES]
    cold = _cold_start()
    report = "\n".join([*_head(), *_table(tools), "", *_growth(growth), "", *_cold(cold)]) + "\n"
    RESULT.write_text(report, encoding="utf-8")
    print(report)


def side_by_side(folder: Path) -> list[Tool]:
    tools = [
        Tool("this engine: parse, align, word diff of all pairs", "engine", OURS),
        Tool("`git diff --no-index --word-diff` (whole process; aligns nothing)", "git"),
        Tool("cydifflib over words", "cydifflib"),
        Tool("difflib over words", "difflib"),
        Tool("diff-match-patch, C++ build, over characters", "dmp_cpp"),
        Tool("diff-match-patch, Python, over words", "dmp_python"),
        Tool("redlines", "redlines"),
        Tool("xmldiff on the Akoma Ntoso", "xmldiff"),
    ]
    files = {False: (OLD, NEW), True: tuple(_akoma_ntoso(path, folder) for path in (OLD, NEW))}
    for _ in range(ROUNDS):
        for tool in tools:
            if not tool.failed and not (tool.seconds and tool.seconds[0] > SLOW):
                _run(tool, files[tool.name == "xmldiff"])
    return tools


def _run(tool: Tool, files: Sequence[Path]) -> None:
    if tool.name == "git":
        began = time.perf_counter()
        subprocess.run(
            ["git", "diff", "--no-index", "--word-diff", *map(str, files)], stdout=subprocess.DEVNULL, check=False
        )
        tool.seconds.append(time.perf_counter() - began)
        return
    command = [tool.python, str(ROOT / "scripts/bench_peers.py"), tool.name, *map(str, files)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=True)
    except subprocess.TimeoutExpired:
        tool.failed = f"over {LIMIT} s"
        return
    except subprocess.CalledProcessError as error:
        tool.failed = error.stderr.strip().splitlines()[-1] if error.stderr.strip() else f"stopped ({error.returncode})"
        return
    seconds, megabytes = map(float, done.stdout.split())
    tool.seconds.append(seconds)
    tool.megabytes.append(megabytes)


def _akoma_ntoso(path: Path, folder: Path) -> Path:
    from codes.text import akn_writer  # noqa: PLC0415
    from codes.text.parse import parse_file  # noqa: PLC0415

    target = folder / f"{path.stem}.xml"
    target.write_text(akn_writer.write(parse_file(path)), encoding="utf-8")
    return target


def _grown(size: int, folder: Path) -> tuple[float, float]:
    """(seconds, MB) for two texts of so many articles: copies of the pair, each with words of its own."""
    files = []
    for path in (OLD, NEW):
        blocks = re.split(r"(?m)^(?=Article )", path.read_text(encoding="utf-8"))[1:]
        target = folder / f"{path.stem}_{size}.txt"
        copies = (_copy(blocks[place % len(blocks)], place // len(blocks)) for place in range(size))
        target.write_text("".join(copies), encoding="utf-8")
        files.append(target)
    tool = Tool("", "engine", OURS)
    _run(tool, files)
    if tool.failed:
        raise SystemExit(f"{size} articles: {tool.failed}")
    return tool.seconds[0], tool.megabytes[0]


def _copy(block: str, number: int) -> str:
    """An article under a number of its own; its longer words are turned round, so that copies are not alike."""
    if not number:
        return block
    heading, _, body = block.partition("\n")
    heading = re.sub(r"^Article ([A-Z]*)(?=\d)", rf"Article \g<1>{number}", heading)
    turned = re.sub(
        r"[^\W\d_]{6,}", lambda found: found[0][number % 5 + 1 :] + found[0][: number % 5 + 1] + "qxz"[number % 3], body
    )
    return f"{heading}\n{turned}"


def _cold_start() -> tuple[float, float]:
    """Seconds of the bare interpreter and of a command on a small file, medians of interleaved runs."""
    small = ROOT / "demo/texts/kazakhstan/criminal-code-2014_ch1-excerpt_ru_after-2024-06.txt"
    commands = ([OURS, "-c", "pass"], [OURS, "-m", "codes.text", "parse", str(small)])
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(9):
        for command, seconds in zip(commands, spent, strict=True):
            began = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, cwd=ROOT, check=True)
            seconds.append(time.perf_counter() - began)
    return statistics.median(spent[0]), statistics.median(spent[1])


def _head() -> list[str]:
    sizes = " and ".join(f"{path.stat().st_size / 1e6:.2f} MB" for path in (OLD, NEW))
    return [
        "# The engine beside other ways to compare two texts",
        "",
        "Written by `make bench-text`; do not edit. Ratios count, not seconds: all was measured in one run, tool by",
        f"tool in turn, medians of up to {ROUNDS} rounds, on Python {platform.python_version()}.",
        f"The texts: the French penal code of 1997 and of 2004 ({sizes}, 929 and 1,084 articles).",
        "",
        "| way | seconds | × git | peak MB |",
        "|---|---:|---:|---:|",
    ]


def _table(tools: Sequence[Tool]) -> list[str]:
    git = next(tool.best for tool in tools if tool.name == "git")
    rows = []
    for tool in tools:
        if tool.failed:
            rows.append(f"| {tool.label} | {tool.failed} | – | – |")
        else:
            memory = f"{max(tool.megabytes):.0f}" if tool.megabytes else "–"
            rows.append(f"| {tool.label} | {tool.best:.3f} | {tool.best / git:.1f} | {memory} |")
    ours = tools[0].best
    others = [tool for tool in tools[2:] if not tool.failed]
    fastest = min(others, key=lambda tool: tool.best, default=None)
    if fastest is not None:
        rows += [
            "",
            f"The fastest other library ({fastest.label}) takes {fastest.best / ours:.1f} × the engine's time.",
        ]
    return rows


def _growth(growth: Sequence[tuple[int, float, float]]) -> list[str]:
    rows = ["| articles on each side | seconds | peak MB |", "|---:|---:|---:|"]
    rows += [f"| {size:,} | {seconds:.2f} | {megabytes:.0f} |" for size, seconds, megabytes in growth]
    (first, low, _), (last, high, _) = growth[0], growth[-1]
    exponent = math.log(high / low) / math.log(last / first)
    return [*rows, "", f"Seconds grow with the number of articles to the power of {exponent:.2f}."]


def _cold(cold: tuple[float, float]) -> list[str]:
    bare, command = (round(1000 * seconds) for seconds in cold)
    return [f"A cold `parse` of a small file takes {command - bare} ms more than the bare interpreter ({bare} ms)."]


if __name__ == "__main__":
    main()
