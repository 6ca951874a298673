"""Divisions and articles of a tree in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codes.text.nodes import Article, Division, Tree


def in_order(tree: Tree) -> Iterator[Division | Article]:
    """Each division before the first article that stands in it or below it, empty divisions in their place."""
    waiting = list(tree.divisions)
    for article in tree.articles:
        chain = {article.path, *(article.path[: found.start()] for found in re.finditer("/", article.path))}
        last = max((place for place, division in enumerate(waiting) if division.path in chain), default=-1)
        yield from waiting[: last + 1]
        del waiting[: last + 1]
        yield article
    yield from waiting
