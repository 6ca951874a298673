"""Finding words and numbers in the published texts, as the public role, in an index derived from the record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from django.db import connections

from codes.services.search_sql import headlines, words_clause
from codes.text.queries import Excerpt, Query, positions, segments, sentence
from tracker.publication.documents import Names
from tracker.publication.record import ALIAS

MOST = 500  # texts of one search; more is said as "more than 500"


class Place(TypedDict):
    """What a result says of an article besides its words. `elsewhere`: [version, number] that are the same article."""

    number: str
    version: str
    version_law: str
    label: Names
    date: str
    date_precision: str
    provision: str  # key, "" when it is not followed
    names: Names
    elsewhere: list[list[str]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that was found. `named`: its number is the one that was asked for."""

    row: int
    law: str
    language: str
    named: bool
    place: Place


def find(query: Query) -> list[Hit]:
    """Texts that hold all that is asked, at most one more than `MOST`, the newest first."""
    if not query:
        return []
    conditions, values, named = ["true"], dict[str, Any](limit=MOST + 1), "false"
    if query.numbers:
        conditions.append("s.number = any(%(numbers)s)")
        values["numbers"], named = list(query.numbers), "true"
    if query.in_words:
        clause, words = words_clause(query)
        conditions.append(clause)
        values |= words
    if query.mentioned:
        named = "s.number = %(mentioned)s"
        conditions.append(f"({named} or s.vector @@ phraseto_tsquery('simple', %(mentioned)s))")
        values["mentioned"] = query.mentioned
    statement = (
        f"select s.id, s.law, s.language, {named}, s.place from publication_findabletext s "
        f"where {' and '.join(conditions)} order by 4 desc, s.place->>'date' desc, s.id limit %(limit)s"
    )
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, values)
        return [Hit(row, law, language, bool(known), _loaded(place)) for row, law, language, known, place in cursor]


def excerpts(query: Query, hits: Sequence[Hit]) -> dict[int, Excerpt]:
    """Row → what to show of it, with the words that were found marked; of an article asked for by its number how it
    begins. One query.
    """
    begins = {hit.row for hit in hits if hit.named and not query.in_words}
    heading, body, values = headlines(query) if query.in_words or query.mentioned else ("''", "''", dict[str, Any]())
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            f"select s.id, s.printed_heading, s.printed, {heading}, {body} "
            "from publication_findabletext s where s.id = any(%(rows)s)",
            {**values, "rows": [hit.row for hit in hits]},
        )
        return {
            row: Excerpt(
                segments(printed_heading, positions(marked_heading, printed_heading)),
                sentence(printed, [] if row in begins else positions(marked, printed)),
            )
            for row, printed_heading, printed, marked_heading, marked in cursor
        }


def _loaded(place: Any) -> Place:
    found: Place = json.loads(place) if isinstance(place, str) else place
    return found
