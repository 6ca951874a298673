"""Joining several files of one edition into one text, its chapters in the order of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from codes.text.nodes import Article, Division, Problem, Tree
from codes.text.numbering import sort_key


def merge(trees: Sequence[Tree]) -> Tree:
    """One tree of all divisions and articles. A division or article met twice (same path, same number) keeps its first.

    A chapter held in two files becomes one, its articles in the order of their numbers. Numbers printed twice inside
    one
    file keep their `~2`; the same number in two files is a problem that is listed.
    """
    if len(trees) == 1:
        return trees[0]
    divisions = _unique_divisions(trees)
    articles: dict[str, Article] = {}
    problems = list(chain.from_iterable(tree.problems for tree in trees))
    for article in chain.from_iterable(tree.articles for tree in trees):
        if article.number in articles:
            message = f"Article {article.number} stands in two of the files; the first is kept."
            problems.append(Problem("repeat", "warning", message, article.line, article.number))
        else:
            articles[article.number] = article
    ordered = sorted(articles.values(), key=lambda a: (_path_key(a.path, divisions), sort_key(a.number)))
    return replace(
        trees[0],
        divisions=tuple(sorted(divisions.values(), key=lambda d: _path_key(d.path, divisions))),
        articles=tuple(ordered),
        problems=tuple(sorted(problems, key=lambda p: p.severity)),
    )


def _unique_divisions(trees: Sequence[Tree]) -> dict[str, Division]:
    divisions: dict[str, Division] = {}
    for division in chain.from_iterable(tree.divisions for tree in trees):
        divisions.setdefault(division.path, division)
    return divisions


def _path_key(path: str, divisions: dict[str, Division]) -> tuple[object, ...]:
    """Sort by the numbers of the divisions from the top down; text above any division comes first."""
    steps = path.split("/") if path else []
    chain_of_paths = ["/".join(steps[: depth + 1]) for depth in range(len(steps))]
    return tuple(sort_key(divisions[step].number) if step in divisions else () for step in chain_of_paths)
