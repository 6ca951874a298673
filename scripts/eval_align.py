"""Accuracy of the correspondences against truths read by people, and against laws changed by known steps; one table.

`held out` laws took no part in setting the thresholds. Texts and truths: demo/texts and tests/text/data/alignment.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from codes.text.align import align  # noqa: E402  the path to the project is set above
from codes.text.merge import merge  # noqa: E402
from codes.text.nodes import Link, Tree  # noqa: E402
from codes.text.parse import parse_file  # noqa: E402
from scripts.made_laws import DEEP, USUAL, made_version  # noqa: E402

KAZAKHSTAN = ROOT / "demo" / "texts" / "kazakhstan"
TRUTHS = KAZAKHSTAN / "correspondences"
PENAL = ROOT / "demo" / "texts" / "france" / "code-penal"
DATA = ROOT / "tests" / "text" / "data"
PAIRS = DATA / "alignment"
_KZ, _RF = "truth_criminal-code_1997", "truth_criminal-code-2014"

Pairs = set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Links of one pair of texts. `asked` is the share of articles, on both sides, that a person is asked about.

    `merged` and `split` are (found, true) links of articles that became one with others, or several.
    """

    name: str
    held_out: bool
    truth: int
    found: int
    right: int
    certain: int
    certain_right: int
    asked: float
    merged: tuple[int, int]
    split: tuple[int, int]

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.truth + self.found)


def of_people() -> Iterator[Score]:
    """Texts whose correspondences were read by people or are stable numbers in an official source."""
    reform = ("criminal-code-1997_last-edition_ch1-5-14_ru", "criminal-code-2014_2015-11_ch1-5-16_ru")
    rest = ("criminal-code-1997_last-edition_other-chapters_ru", "criminal-code-2014_2015-11_other-chapters_ru")
    excerpt, excerpt_b = "criminal-code-1997_ch14-excerpt", "criminal-code-2014_ch16-excerpt"
    yield _kazakh(
        "Kazakhstan 1997 → 2015, ch. 1–5, 14", [reform[0]], [reform[1]], f"{_KZ}-last-edition_to_2015-11_ch1-5-14"
    )
    yield _kazakh(
        "the whole, judged on ch. 15–17",
        [reform[0], rest[0]],
        [reform[1], rest[1]],
        f"{_KZ}-last-edition_to_2015-11_ch15-17",
    )
    yield _kazakh(
        "1997 → 2020, ch. 4–5",
        ["criminal-code-1997_ch4-5_ru"],
        ["criminal-code-2014_ch4-5_ru_2020-07"],
        f"{_KZ}-to-2014_ch4-5",
    )
    yield _kazakh(
        "2012 → 2025, insult",
        [f"{excerpt}_ru_after-2012-07"],
        [f"{excerpt_b}_ru_after-2025-09"],
        f"{_KZ}-to-2014_ch14-16",
    )
    yield _kazakh(
        "2011 → 2020, assembly",
        [f"{excerpt}-b_ru_after-2011-01"],
        [f"{excerpt_b}-b_ru_2020-05"],
        f"{_KZ}-to-2014_ch14-16-b",
    )
    yield _kazakh(
        "2020 → 2025, ch. 4–5",
        ["criminal-code-2014_ch4-5_ru_2020-07"],
        ["criminal-code-2014_ch4-5_ru_after-2025-09"],
        f"{_RF}_2020-2022-2025_ch4-5",
    )
    for folder in sorted(path for path in PAIRS.iterdir() if path.is_dir()):
        old, new = (packed(folder / f"{side}.txt.gz") for side in ("old", "new"))
        yield score(
            f"bill: {folder.name[:34]}", align(old, new), truth(folder / "truth.tsv"), "constitution" in folder.name
        )
    old, new = packed(DATA / "before_2016-10-01.txt.gz"), packed(PAIRS / "code-civil_after_2016-10-01.txt.gz")
    yield score("Code civil, 2016, labelled part", align(old, new), truth(PAIRS / "code-civil-2016_truth.tsv"))
    old, new = packed(DATA / "hr1500-ih.txt.gz"), packed(DATA / "hr1500-eh.xml.gz")
    yield score("H.R. 1500, introduced → engrossed", align(old, new), truth(PAIRS / "hr1500_truth.tsv"), True)
    for before, after in (("1997-01-01", "2004-09-27"), ("2004-09-27", "2009-12-10"), ("2009-12-10", "2026-04-02")):
        old, new = (parsed(PENAL / f"code-penal_{date}.txt") for date in (before, after))
        yield score(f"Code pénal {before[:4]} → {after[:4]}, by number", align(old, new), _stable(old, new))


def of_made_laws() -> Iterator[Score]:
    """Real laws in five languages, each changed by known steps; of the longest, hundreds of articles are merged."""
    laws = (
        ("Code pénal", parsed(PENAL / "code-penal_2009-12-10.txt"), False),
        ("Criminal Code (ru)", parsed(KAZAKHSTAN / "criminal-code-2014_2015-11_other-chapters_ru.txt"), False),
        ("Criminal Code (kk)", parsed(KAZAKHSTAN / "criminal-code-2014_ch4_kk_after-2022-01.txt"), True),
        ("Constitution (en)", parsed(KAZAKHSTAN / "constitution_en.txt"), True),
        ("Consumer Act (en)", packed(DATA / "south-africa-consumer-protection-act_bluebell.txt.gz"), True),
        ("Constitution (sw)", packed(DATA / "tanzania-constitution-1977_swahili_akn.xml.gz"), True),
    )
    for name, law, held_out in laws:
        for label, noise, headings, reform in (
            ("5 % of words", 0.05, True, USUAL),
            ("20 %", 0.2, True, USUAL),
            ("10 %, no headings", 0.1, False, USUAL),
            ("10 %, deep", 0.1, True, DEEP),
        ):
            old, new, expected = made_version(law, noise=noise, headings=headings, reform=reform)
            yield score(f"made: {name}, {label}", align(old, new), expected, held_out)


@cache
def parsed(path: Path) -> Tree:
    return parse_file(path)


@cache
def packed(path: Path) -> Tree:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path.name.removesuffix(".gz")
        file.write_bytes(gzip.decompress(path.read_bytes()))
        return parse_file(file)


def truth(path: Path) -> Pairs:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return {(old, new) for old, new in (line.split("\t")[:2] for line in lines if line.strip())}


def _kazakh(name: str, before: Sequence[str], after: Sequence[str], labels: str) -> Score:
    old, new = (merge([parsed(KAZAKHSTAN / f"{file}.txt") for file in files]) for files in (before, after))
    olds, news = ({article.number for article in tree.articles} | {"-"} for tree in (old, new))
    expected = {(a, b) for a, b in truth(TRUTHS / f"{labels}.tsv") if a in olds and b in news}
    return score(name, align(old, new), expected)


def _stable(old: Tree, new: Tree) -> Pairs:
    """In this code a number stays with its article: equal numbers, and those that one side has alone."""
    olds, news = ({a.number for a in tree.articles if "~" not in a.number} for tree in (old, new))
    return {(n, n) for n in olds & news} | {(n, "-") for n in olds - news} | {("-", n) for n in news - olds}


def score(name: str, links: Sequence[Link], expected: Pairs, held_out: bool = False) -> Score:
    """Links that touch a labelled article count; a number's second appearance is labelled nowhere and does not."""
    olds, news = {a for a, _ in expected} - {"-"}, {b for _, b in expected} - {"-"}
    judged = [link for link in links if (link.old in olds or link.new in news) and "~" not in f"{link.old}{link.new}"]
    found = {(link.old or "-", link.new or "-") for link in judged}
    certain = {(link.old or "-", link.new or "-") for link in judged if link.certain}
    ends = {
        (side, number): link.certain for link in judged for side, number in ((0, link.old), (1, link.new)) if number
    }
    for link in judged:
        for side, number in ((0, link.old), (1, link.new)):
            if number:
                ends[side, number] = ends[side, number] and link.certain
    asked = 1 - sum(ends.values()) / len(ends)
    merged, split = _several(expected, 1), _several(expected, 0)
    return Score(
        name,
        held_out,
        len(expected),
        len(found),
        len(expected & found),
        len(certain),
        len(certain & expected),
        asked,
        (len(merged & found), len(merged)),
        (len(split & found), len(split)),
    )


def _several(pairs: Pairs, side: int) -> Pairs:
    """Pairs whose article on that side (0 old, 1 new) has several counterparts."""
    linked = {pair for pair in pairs if "-" not in pair}
    counts = Counter(pair[side] for pair in linked)
    return {pair for pair in linked if counts[pair[side]] > 1}


def main() -> None:
    columns = f"{'links':>6} {'F1':>6} {'certain right':>14} {'asked':>7} {'merges':>12} {'splits':>10}"
    print(f"{'texts':<52} {'set':<9} {columns}")
    for title, scores in (("read by people", list(of_people())), ("made", list(of_made_laws()))):
        for s in scores:
            print(_line(s.name, [s], held_out=s.held_out))
        for held_out in (False, True):
            chosen = [s for s in scores if s.held_out is held_out]
            print(_line(f"mean of the {len(chosen)} {title}", chosen, held_out=held_out))


def _line(name: str, scores: Sequence[Score], *, held_out: bool) -> str:
    """F1 and the asked share are means over texts, all else is counted over all links."""
    f1, asked = (sum(getattr(s, column) for s in scores) / len(scores) for column in ("f1", "asked"))
    links, right, certain = (
        sum(getattr(s, column) for s in scores) for column in ("truth", "certain_right", "certain")
    )
    figures = f"{links:>6} {f1:>6.3f} {100 * right / certain:>12.2f} % {100 * asked:>5.1f} %"
    merged, split = (
        "{} of {}".format(*(sum(getattr(s, kind)[place] for s in scores) for place in (0, 1)))
        for kind in ("merged", "split")
    )
    return f"{name:<52} {'held out' if held_out else 'dev':<9} {figures} {merged:>12} {split:>10}"


if __name__ == "__main__":
    main()
