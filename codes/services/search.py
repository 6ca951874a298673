"""Finding words and numbers in article texts: PostgreSQL's stemming where a language has it, beginnings and likeness
of words where it has not (Kazakh).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from codes.models import ArticleText
from codes.services.search_index import body_of
from codes.services.search_sql import UNSTEMMED, Clause, headlines, word_values, words_clause
from codes.text.queries import Excerpt, Query, Segment, positions, segments, sentence, understand

__all__ = ["Excerpt", "Hit", "Query", "Segment", "excerpts", "find", "understand"]

MOST = 500  # texts of one search; more is said as "more than 500"
_MOST_ALIKE = 20  # words of the texts that are taken for one that was asked for


@dataclass(frozen=True, slots=True)
class Hit:
    """One article text that was found. `named`: its number is the one that was asked for."""

    text: int
    article: int
    version: int
    law: int
    language: str
    number: str
    named: bool


def find(query: Query, *, laws: Sequence[int], version: int | None = None, limit: int = MOST + 1) -> list[Hit]:
    """Texts of these laws that hold all that is asked, newest first, at most `limit`. Words of a language without
    stemming are looked for by likeness when their beginnings are not found.
    """
    if not query or not laws:
        return []
    hits = _select(query, laws, version, limit, words_clause(query))
    if hits or not query.words:
        return hits
    like = _like(query)
    return _select(query, laws, version, limit, like) if like is not None else []


def _select(query: Query, laws: Sequence[int], version: int | None, limit: int, words: Clause) -> list[Hit]:
    conditions = ["s.law_id = any(%(laws)s)"]
    values: dict[str, Any] = {"laws": list(laws), "limit": limit}
    named = "false"
    if version is not None:
        conditions.append("s.version_id = %(version)s")
        values["version"] = version
    if query.numbers:
        conditions.append("s.number = any(%(numbers)s)")
        values["numbers"] = list(query.numbers)
        named = "true"
    if query.in_words:
        conditions.append(words[0])
        values |= words[1]
    if query.mentioned:
        named = "s.number = %(mentioned)s"
        conditions.append(f"({named} or s.vector @@ phraseto_tsquery('simple', %(mentioned)s))")
        values["mentioned"] = query.mentioned
    statement = (
        f"select s.text_id, s.article_id, s.version_id, s.law_id, s.language, s.number, {named} "
        f"from codes_searchentry s where {' and '.join(conditions)} order by s.id desc limit %(limit)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Hit(*row) for row in cursor.fetchall()]


def _like(query: Query) -> Clause | None:
    """The same for words that are like those asked for, in languages without stemming. None: no word is like one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select asked.place, near.word from unnest(%s::text[]) with ordinality asked(word, place) join lateral "
            "(select w.word from codes_searchword w where w.word %% asked.word "
            "order by similarity(w.word, asked.word) desc, w.word limit %s) near on true",
            [list(query.words), _MOST_ALIKE],
        )
        near: dict[int, list[str]] = {place: [] for place in range(1, len(query.words) + 1)}
        for place, word in cursor.fetchall():
            near[place].append(word)
    if not all(near.values()):
        return None
    words = " & ".join(f"({' | '.join(alike)})" for alike in near.values())
    phrases = "".join(f" && phraseto_tsquery('simple', %(phrase{place})s)" for place in range(len(query.phrases)))
    return f"({UNSTEMMED} and s.vector @@ (to_tsquery('simple', %(alike)s){phrases}))", {
        **word_values(query),
        "alike": words,
    }


def excerpts(query: Query, hits: Sequence[Hit]) -> Mapping[int, Excerpt]:
    """Text id → what to show of it, with the words that were found marked. Two queries for all hits."""
    texts = ArticleText.objects.in_bulk([hit.text for hit in hits])
    marked = _marked(query, [hit.text for hit in hits])
    found = {}
    for pk, text in texts.items():
        heading, body = marked.get(pk, ("", ""))
        printed = body_of(text)
        found[pk] = Excerpt(
            segments(text.heading, positions(heading, text.heading)), sentence(printed, positions(body, printed))
        )
    return found


def _marked(query: Query, texts: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Folded heading and body with the found words between two control characters."""
    if not query.in_words and not query.mentioned:
        return {}
    heading, body, values = headlines(query)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select s.text_id, {heading}, {body} from codes_searchentry s where s.text_id = any(%(texts)s)",
            {**values, "texts": list(texts)},
        )
        return {pk: (heading, body) for pk, heading, body in cursor.fetchall()}
