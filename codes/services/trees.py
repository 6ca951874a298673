"""The engine's view of a stored version: the tree that was parsed, built again from its rows."""

from __future__ import annotations

from collections.abc import Sequence

from codes.models import ArticleText, Version
from codes.text import nodes


def tree(version: Version) -> nodes.Tree:
    """The version's text in its own language, in two queries."""
    divisions = tuple(
        nodes.Division(kind=row.kind, number=row.number, heading=row.heading, path=row.path)
        for row in version.divisions.order_by("order")
    )
    texts = (
        ArticleText.objects.filter(article__version=version, language=version.language)
        .select_related("article__division")
        .order_by("article__order")
    )
    return nodes.Tree(
        title="",
        language=version.language,
        grammar="",
        divisions=divisions,
        articles=tuple(article(text) for text in texts),
    )


def article(text: ArticleText) -> nodes.Article:
    """One stored article as the engine's value. `text.article.division` should be loaded already."""
    row = text.article
    return nodes.Article(
        number=row.number,
        heading=text.heading,
        path=row.division.path if row.division else "",
        paragraphs=paragraphs(text.paragraphs),
        status=row.status,
    )


def paragraphs(data: Sequence[dict[str, str]]) -> tuple[nodes.Paragraph, ...]:
    return tuple(
        nodes.Paragraph(
            marker=item["marker"],
            eid=item["eid"],
            text=item["text"],
            level=item["level"],
            part=item["part"],
            role=nodes.Role(item["role"]),
        )
        for item in data
    )
