"""Real laws for the tests of the text engine, and ways to compare what was read with what was printed."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from codes.text.nodes import Article, Document, Line, Tree
from codes.text.parse import parse, parse_file

ROOT = Path(__file__).parents[2]
KAZAKHSTAN = ROOT / "demo" / "texts" / "kazakhstan"
FRANCE = ROOT / "demo" / "texts" / "france"
DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"\w+")


def unpacked(name: str, folder: Path) -> Path:
    """A packed file of `data/`, unpacked into a folder of the test."""
    target = folder / name
    target.write_bytes(gzip.decompress((DATA / f"{name}.gz").read_bytes()))
    return target


def law(name: str) -> Tree:
    """A parsed text of Kazakhstan."""
    return parse_file(KAZAKHSTAN / name)


def lines(text: str) -> Document:
    return Document(tuple(Line(n, line) for n, line in enumerate(text.split("\n"), 1)), "text/plain")


def parsed(text: str, **options: str) -> Tree:
    return parse(lines(text), **options)


def article(tree: Tree, number: str) -> Article:
    return next(article for article in tree.articles if article.number == number)


def words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(text))


def words_of(tree: Tree) -> Counter[str]:
    """Every word that a tree holds, printed numbers included."""
    texts = [tree.title, *tree.preamble, *tree.closing]
    for division in tree.divisions:
        texts += [division.number, division.heading, *division.lines]
    for item in tree.articles:
        texts += [item.number.split("~")[0], item.heading, *(p.text for p in item.paragraphs)]
    return words(texts)
