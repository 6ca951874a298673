"""How laws are parsed: articles found and expected, words lost or put in, problems, the way to Akoma Ntoso and back."""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from codes.text import akn, akn_writer, readers  # noqa: E402  the path to the project is set above
from codes.text.nodes import Tree  # noqa: E402
from codes.text.parse import parse_file  # noqa: E402
from codes.text.plain_text import without_places  # noqa: E402
from tests.text.laws import DATA, FRANCE, KAZAKHSTAN, words, words_of  # noqa: E402
from tests.text.test_parse_counts import KAZAKH_LAWS, OTHER_LAWS  # noqa: E402


def laws(folder: Path) -> Iterator[tuple[str, Path, int]]:
    """(name, file, articles that the source counts)."""
    yield from ((name, KAZAKHSTAN / name, count) for name, count in KAZAKH_LAWS.items())
    for date, count in (("1997-01-01", 929), ("2004-09-27", 1084), ("2009-12-10", 1155), ("2026-04-02", 1325)):
        yield f"code-penal_{date}.txt", FRANCE / "code-penal" / f"code-penal_{date}.txt", count
    for name, count in OTHER_LAWS.items():
        target = folder / name
        target.write_bytes(gzip.decompress((DATA / f"{name}.gz").read_bytes()))
        yield name, target, count


def lost_and_invented(tree: Tree, path: Path) -> tuple[int, int]:
    """Words of the document that the tree lacks, beside those that open a heading; words it has too many."""
    document = words(line.text for line in readers.read(path).lines)
    held = words_of(tree)
    return (document - held).total(), (held - document).total()


def main() -> None:
    print(f"{'law':<58} {'articles':>9} {'source':>7} {'lost':>6} {'new':>4} {'problems':>9} {'akn':>5} {'ms':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name, path, expected in laws(Path(folder)):
            began = time.perf_counter()
            tree = parse_file(path)
            spent = 1000 * (time.perf_counter() - began)
            lost, invented = lost_and_invented(tree, path) if not name.endswith(".xml") else (0, 0)
            back = akn.parse(akn_writer.write(tree).encode(), name)
            same = without_places(back) == without_places(tree)
            figures = f"{len(tree.articles):>9} {expected:>7} {lost:>6} {invented:>4} {len(tree.problems):>9}"
            print(f"{name:<58} {figures} {'same' if same else 'DIFF':>5} {spent:>6.0f}")
    print("lost: words of headings that only say what opens there (Article, Chapter) are counted too")


if __name__ == "__main__":
    main()
