"""One way to compare two texts, timed once in a process of its own: python scripts/bench_peers.py NAME OLD NEW.

Prints seconds from reading the two files to the list of differences, and the process's peak memory in MB. Runs in
.venv-bench, where the other libraries are; the engine itself runs in .venv.
"""

# mypy: ignore-errors
# ruff: noqa: PLC0415

from __future__ import annotations

import re
import resource
import sys
import time
from pathlib import Path

_WORDS = re.compile(r"\w+|[^\w\s]|\s+")


def engine(old: Path, new: Path) -> object:
    """The way `python -m codes.text` goes, which does not look for garbage in a process that ends with its answer."""
    import gc

    from codes.text.align import align
    from codes.text.diff import compare
    from codes.text.parse import parse_file
    from codes.text.printing import groups

    gc.disable()
    began = time.perf_counter()
    before, after = parse_file(old), parse_file(new)
    olds, news = ({article.number: article for article in tree.articles} for tree in (before, after))
    for group in groups(align(before, after)):
        compare([olds[number] for number in group.old], [news[number] for number in group.new])
    return began


def difflib(old: Path, new: Path) -> object:
    from difflib import SequenceMatcher

    return _matched(SequenceMatcher, old, new)


def cydifflib(old: Path, new: Path) -> object:
    from cydifflib import SequenceMatcher

    return _matched(SequenceMatcher, old, new)


def _matched(matcher, old: Path, new: Path) -> object:
    began = time.perf_counter()
    matcher(None, _WORDS.findall(old.read_text()), _WORDS.findall(new.read_text())).get_opcodes()
    return began


def dmp_python(old: Path, new: Path) -> object:
    """Each different word as one character, the way the library's documentation tells to compare words."""
    from diff_match_patch import diff_match_patch

    began = time.perf_counter()
    chars: dict[str, str] = {}
    one, two = (
        "".join(chars.setdefault(word, chr(0xE000 + len(chars))) for word in _WORDS.findall(path.read_text()))
        for path in (old, new)
    )
    dmp = diff_match_patch()
    dmp.Diff_Timeout = 0
    dmp.diff_main(one, two, False)
    return began


def dmp_cpp(old: Path, new: Path) -> object:
    from fast_diff_match_patch import diff

    began = time.perf_counter()
    diff(old.read_text(), new.read_text(), timelimit=0)
    return began


def redlines(old: Path, new: Path) -> object:
    from redlines import Redlines

    began = time.perf_counter()
    _ = Redlines(old.read_text(), new.read_text()).opcodes
    return began


def xmldiff(old: Path, new: Path) -> object:
    """On the Akoma Ntoso that the engine's `convert` writes."""
    from xmldiff.main import diff_files

    began = time.perf_counter()
    diff_files(str(old), str(new))
    return began


if __name__ == "__main__":
    name, first, second = sys.argv[1:4]
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    start = globals()[name](Path(first), Path(second))
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
