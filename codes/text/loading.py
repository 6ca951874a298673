"""The parse JSON of the command line → a tree, strictly: whatever is not of the agreed shape is refused.

The JSON may come from a reader that a hostile file has taken over. Raises `ValueError`, never anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from codes.text.nodes import Article, Division, Paragraph, Problem, Role, Tree

MOST_ARTICLES, MOST_DIVISIONS, MOST_PARAGRAPHS, MOST_PROBLEMS = 50_000, 20_000, 500_000, 5_000
_LONG, _SHORT, _NAME = 5_000_000, 2_000, 60  # characters
_LEVELS = ("part", "item", "subitem", "text")
_STATUSES = ("", "repealed", "suppressed", "unchanged")
_TREE = ("title", "language", "grammar", "preamble", "divisions", "articles", "closing", "problems")
Value = TypeVar("Value")


def parsed(data: Any) -> tuple[str, Tree]:
    """The media type and the tree of one parsed file."""
    found = _object(data, ("media_type", *_TREE))
    return _text(found["media_type"], 100), tree({name: value for name, value in found.items() if name != "media_type"})


def tree(data: Any) -> Tree:
    """The tree that `printing.tree_data` printed."""
    found = _object(data, _TREE)
    articles = _list(found["articles"], _article, MOST_ARTICLES)
    numbers = {article.number for article in articles}
    if len(numbers) != len(articles) or "" in numbers:
        raise ValueError("an article has no number, or two have one")
    if sum(len(article.paragraphs) for article in articles) > MOST_PARAGRAPHS:
        raise ValueError("too many paragraphs")
    return Tree(
        title=_text(found["title"], _SHORT),
        language=_text(found["language"], 5),
        grammar=_text(found["grammar"], 40),
        divisions=_list(found["divisions"], _division, MOST_DIVISIONS),
        articles=articles,
        problems=_list(found["problems"], _problem, MOST_PROBLEMS),
        preamble=_list(found["preamble"], _line, MOST_PARAGRAPHS),
        closing=_list(found["closing"], _line, MOST_PARAGRAPHS),
    )


def _article(data: Any) -> Article:
    found = _object(data, ("number", "heading", "path", "line", "status", "paragraphs"))
    return Article(
        number=_text(found["number"], _NAME),
        heading=_text(found["heading"], _LONG),
        path=_text(found["path"], _SHORT),
        paragraphs=_list(found["paragraphs"], _paragraph, MOST_PARAGRAPHS),
        line=_number(found["line"]),
        status=_one_of(found["status"], _STATUSES),
    )


def _paragraph(data: Any) -> Paragraph:
    found = _object(data, ("marker", "eid", "text", "level", "part", "role", "line"))
    return Paragraph(
        marker=_text(found["marker"], _NAME),
        eid=_text(found["eid"], 200),
        text=_text(found["text"], _LONG),
        level=_one_of(found["level"], _LEVELS),
        part=_text(found["part"], _NAME),
        role=Role(_one_of(found["role"], tuple(role.value for role in Role))),
        line=_number(found["line"]),
    )


def _division(data: Any) -> Division:
    found = _object(data, ("kind", "number", "heading", "path", "line", "lines"))
    return Division(
        kind=_text(found["kind"], 30),
        number=_text(found["number"], 40),
        heading=_text(found["heading"], _LONG),
        path=_text(found["path"], _SHORT),
        line=_number(found["line"]),
        lines=_list(found["lines"], _line, MOST_PARAGRAPHS),
    )


def _problem(data: Any) -> Problem:
    found = _object(data, ("code", "severity", "message", "line", "article"))
    return Problem(
        code=_text(found["code"], 40),
        severity=_one_of(found["severity"], ("error", "warning")),
        message=_text(found["message"], _SHORT),
        line=_number(found["line"]),
        article=_text(found["article"], _NAME),
    )


def _line(data: Any) -> str:
    return _text(data, _LONG)


def _object(data: Any, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(data, dict) or set(data) != set(names):
        raise ValueError(f"an object with {', '.join(names)} was expected")
    return data


def _list(data: Any, each: Callable[[Any], Value], most: int) -> tuple[Value, ...]:
    if not isinstance(data, list) or len(data) > most:
        raise ValueError(f"a list of at most {most} was expected")
    return tuple([each(item) for item in data])


def _text(data: Any, longest: int) -> str:
    """A string that the database can hold: no NUL, no lone surrogate."""
    if not isinstance(data, str) or len(data) > longest or "\x00" in data:
        raise ValueError(f"a text of at most {longest} characters was expected")
    data.encode("utf-8")
    return data


def _one_of(data: Any, known: tuple[str, ...]) -> str:
    if not isinstance(data, str) or data not in known:
        raise ValueError(f"one of {', '.join(known)} was expected")
    return data


def _number(data: Any) -> int:
    if type(data) is not int or not 0 <= data < 2**31:
        raise ValueError("a line number was expected")
    return data
