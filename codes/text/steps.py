"""Bills step by step: an article that a step calls "not modified" has the words of the step before."""

from __future__ import annotations

from dataclasses import replace

from codes.text.nodes import Article, Role, Tree


def carried_over(tree: Tree, before: Tree) -> Tree:
    """The tree whose articles of status "unchanged" have the words and the heading of the step before.

    The mark is kept as a footnote. An article that the step before does not have, or has without words, stays as it is.
    """
    earlier = {article.number: article for article in before.articles if not article.status}
    return replace(
        tree,
        articles=tuple(
            _with_words(article, earlier[article.number])
            if article.status == "unchanged" and article.number in earlier
            else article
            for article in tree.articles
        ),
    )


def _with_words(article: Article, earlier: Article) -> Article:
    eid = earlier.paragraphs[0].eid.split("__")[0] if earlier.paragraphs else ""
    marks = tuple(
        replace(mark, role=Role.FOOTNOTE, level="text", marker="", part="", eid=f"{eid}__step_{count}")
        for count, mark in enumerate(article.paragraphs, 1)
    )
    return replace(
        article, heading=article.heading or earlier.heading, paragraphs=marks + earlier.paragraphs, status=""
    )
