"""A tree as plain text that parses back to the same tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from codes.text import outline
from codes.text.grammar import GRAMMARS, Grammar
from codes.text.nodes import Article, Division, Document, Line, Tree
from codes.text.order import in_order
from codes.text.parse import parse


def write(tree: Tree) -> str:
    """The law as its tradition prints it, a line for each heading and paragraph; else, to lose nothing, an outline."""
    grammar = GRAMMARS.get(tree.grammar)
    if grammar is not None:
        text = "\n".join(_lines(tree, grammar)) + "\n"
        document = Document(tuple(Line(n, line) for n, line in enumerate(text.split("\n"), 1)), "text/plain")
        if without_places(parse(document)) == without_places(tree):
            return text
    return outline.write(tree)


def without_places(tree: Tree) -> Tree:
    """The tree without line numbers and problems, which belong to a file and not to the law."""
    return replace(
        tree,
        problems=(),
        divisions=tuple(replace(division, line=0) for division in tree.divisions),
        articles=tuple(
            replace(article, line=0, paragraphs=tuple(replace(paragraph, line=0) for paragraph in article.paragraphs))
            for article in tree.articles
        ),
    )


def _lines(tree: Tree, grammar: Grammar) -> Iterator[str]:
    yield from filter(None, [tree.title, *tree.preamble])
    words = dict(grammar.printed_divisions)
    for item in in_order(tree):
        yield ""
        if isinstance(item, Division):
            printed = words.get(item.kind, "{number}").format(number=item.number)
            yield " ".join(f"{printed} {item.heading}".split())
            yield from item.lines
        else:
            yield from _heading(item, grammar)
            yield from (paragraph.text for paragraph in item.paragraphs)
    yield from tree.closing


def _heading(article: Article, grammar: Grammar) -> Iterator[str]:
    printed = grammar.printed_article.format(number=article.number.split("~")[0])
    if grammar.heading_above:
        yield from filter(None, [article.heading, printed])
    else:
        yield f"{printed}{grammar.printed_separator}{article.heading}".rstrip() if article.heading else printed
