"""SQL for words in a table of folded texts: stemming where PostgreSQL has it, beginnings of words where it has not.

The table stands in the statement as `s`, with the columns language, heading, body and vector.
"""

from __future__ import annotations

from typing import Any

from codes.text.queries import START, STEMMED, STOP, Query

Clause = tuple[str, dict[str, Any]]
UNSTEMMED = f"not (s.language in ({', '.join(repr(language) for language in STEMMED)}))"


def words_clause(query: Query) -> Clause:
    """Stemmed words of any stemmed language, or beginnings of words in any other."""
    any_stemmed = " || ".join(f"({stemmed(query, config)})" for config in STEMMED.values())
    clause = f"(s.vector @@ ({any_stemmed}) or ({UNSTEMMED} and s.vector @@ ({beginnings(query)})))"
    return clause, word_values(query)


def stemmed(query: Query, config: str) -> str:
    terms = [f"plainto_tsquery('{config}', %(words)s)"] if query.words else []
    terms += [f"phraseto_tsquery('{config}', %(phrase{place})s)" for place in range(len(query.phrases))]
    return " && ".join(terms)


def beginnings(query: Query) -> str:
    terms = ["to_tsquery('simple', %(beginnings)s)"] if query.words else []
    terms += [f"phraseto_tsquery('simple', %(phrase{place})s)" for place in range(len(query.phrases))]
    return " && ".join(terms)


def word_values(query: Query) -> dict[str, Any]:
    phrases = {f"phrase{place}": phrase for place, phrase in enumerate(query.phrases)}
    # Only letters, digits and _ are in a word, so that none can be taken for an operator.
    return {"words": " ".join(query.words), "beginnings": " & ".join(f"{word}:*" for word in query.words), **phrases}


def headlines(query: Query) -> tuple[str, str, dict[str, Any]]:
    """Expressions for the folded heading and body with the found words between two control characters, and their
    values.
    """
    values = {**word_values(query), "mentioned": query.mentioned}
    values["options"] = f"HighlightAll=true, StartSel={START}, StopSel={STOP}"
    return _marked_column("heading", query), _marked_column("body", query), values


def _marked_column(column: str, query: Query) -> str:
    cases = [
        f"when '{language}' then {_headline(column, config, stemmed(query, config))}"
        for language, config in STEMMED.items()
    ]
    return f"case s.language {' '.join(cases)} else {_headline(column, 'simple', beginnings(query))} end"


def _headline(column: str, config: str, words: str) -> str:
    terms = words or "phraseto_tsquery('simple', %(mentioned)s)"
    return f"ts_headline('{config}', s.{column}, {terms}, %(options)s)"
