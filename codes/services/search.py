"""Finding words and numbers in article texts: PostgreSQL's stemming where a language has it, beginnings and likeness
of words where it has not (Kazakh).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from codes.models import STEMMED, ArticleText
from codes.services.search_index import body_of, number_key
from codes.text.normalise import fold

MOST = 500  # texts of one search; more is said as "more than 500"
LONGEST = 200  # characters of a query that are looked at
_NUMBER = r"(?:[lrda]\.?\s?)?\d+(?:[-.]\d+)*(?:\s(?:bis|ter|quater)\b)?"
_MARKED = re.compile(rf"(?:\b(?:стат(?:ья|ьи|ье|ью|ьей|ей)|ст|articles?|arts?|бап)\b\.?|§+)\s*№?\s*({_NUMBER})")
_KAZAKH = re.compile(rf"\b({_NUMBER})\s*-?\s*ба[пб]\w*")
_BARE = re.compile(rf"\s*({_NUMBER})\s*")
_PHRASE = re.compile(r'"([^"]*)"')
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.;!?:])\s+|\n")
_START, _STOP = "\x01", "\x02"
_MARKS = re.compile(f"([{_START}{_STOP}])")
_SENTENCE_LENGTH = 320
_SHORTEST_SENTENCE = 40  # "1." and "Сноска." end in a stop and are no sentences
_MOST_ALIKE = 20  # words of the texts that are taken for one that was asked for


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, folded. `mentioned`: a bare number, which may be an article's or stand in its words."""

    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    mentioned: str = ""

    def __bool__(self) -> bool:
        return bool(self.numbers or self.words or self.phrases or self.mentioned)

    @property
    def in_words(self) -> bool:
        return bool(self.words or self.phrases)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text, marked when it is what was looked for."""

    text: str
    marked: bool = False


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


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a reader sees of a hit: the printed heading, and the first sentence that holds what was looked for."""

    heading: tuple[Segment, ...]
    sentence: tuple[Segment, ...]


def understand(asked: str) -> Query:
    """Read a query: `174`, `ст. 174`, `174-бап`, `art. 174`, `§ 174`, words, and phrases in quotes."""
    text = fold(asked[:LONGEST])
    bare = _BARE.fullmatch(text)
    if bare is not None:
        return Query(mentioned=number_key(bare.group(1)))
    phrases = tuple(" ".join(found.split()) for found in _PHRASE.findall(text) if found.strip())
    text = _PHRASE.sub(" ", text)
    numbers: list[str] = []
    for pattern in (_KAZAKH, _MARKED):
        numbers += [number_key(found) for found in pattern.findall(text)]
        text = pattern.sub(" ", text)
    return Query(tuple(dict.fromkeys(numbers)), tuple(_WORD.findall(text)), phrases)


def find(query: Query, *, laws: Sequence[int], version: int | None = None, limit: int = MOST + 1) -> list[Hit]:
    """Texts of these laws that hold all that is asked, newest first, at most `limit`. Words of a language without
    stemming are looked for by likeness when their beginnings are not found.
    """
    if not query or not laws:
        return []
    hits = _select(query, laws, version, limit, _words_clause(query))
    if hits or not query.words:
        return hits
    like = _like(query)
    return _select(query, laws, version, limit, like) if like is not None else []


Clause = tuple[str, dict[str, Any]]


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


def _words_clause(query: Query) -> Clause:
    """Stemmed words of any stemmed language, or beginnings of words in any other."""
    stemmed = " || ".join(f"({_stemmed(query, config)})" for config in STEMMED.values())
    clause = f"(s.vector @@ ({stemmed}) or ({_UNSTEMMED} and s.vector @@ ({_beginnings(query)})))"
    return clause, _word_values(query)


_UNSTEMMED = f"not (s.language in ({', '.join(repr(language) for language in STEMMED)}))"


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
    return f"({_UNSTEMMED} and s.vector @@ (to_tsquery('simple', %(alike)s){phrases}))", {
        **_word_values(query),
        "alike": words,
    }


def _stemmed(query: Query, config: str) -> str:
    terms = [f"plainto_tsquery('{config}', %(words)s)"] if query.words else []
    terms += [f"phraseto_tsquery('{config}', %(phrase{place})s)" for place in range(len(query.phrases))]
    return " && ".join(terms)


def _beginnings(query: Query) -> str:
    terms = ["to_tsquery('simple', %(beginnings)s)"] if query.words else []
    terms += [f"phraseto_tsquery('simple', %(phrase{place})s)" for place in range(len(query.phrases))]
    return " && ".join(terms)


def _word_values(query: Query) -> dict[str, Any]:
    phrases = {f"phrase{place}": phrase for place, phrase in enumerate(query.phrases)}
    # Only letters, digits and _ are in a word, so that none can be taken for an operator.
    return {"words": " ".join(query.words), "beginnings": " & ".join(f"{word}:*" for word in query.words), **phrases}


def excerpts(query: Query, hits: Sequence[Hit]) -> Mapping[int, Excerpt]:
    """Text id → what to show of it, with the words that were found marked. Two queries for all hits."""
    texts = ArticleText.objects.in_bulk([hit.text for hit in hits])
    marked = _marked(query, [hit.text for hit in hits])
    found = {}
    for pk, text in texts.items():
        heading, body = marked.get(pk, ("", ""))
        printed = body_of(text)
        found[pk] = Excerpt(
            _segments(text.heading, _positions(heading, text.heading)), _sentence(printed, _positions(body, printed))
        )
    return found


def _marked(query: Query, texts: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Folded heading and body with the found words between two control characters."""
    if not query.in_words and not query.mentioned:
        return {}
    cases = [f"when '{language}' then {{{config}}}" for language, config in STEMMED.items()]
    values = {**_word_values(query), "texts": list(texts), "mentioned": query.mentioned}
    values["options"] = f"HighlightAll=true, StartSel={_START}, StopSel={_STOP}"

    def headline(column: str) -> str:
        each = {config: _headline(column, config, _stemmed(query, config)) for config in STEMMED.values()}
        other = _headline(column, "simple", _beginnings(query))
        return f"case s.language {' '.join(cases).format(**each)} else {other} end"

    with connection.cursor() as cursor:
        cursor.execute(
            f"select s.text_id, {headline('heading')}, {headline('body')} from codes_searchentry s "
            "where s.text_id = any(%(texts)s)",
            values,
        )
        return {pk: (heading, body) for pk, heading, body in cursor.fetchall()}


def _headline(column: str, config: str, words: str) -> str:
    terms = words or "phraseto_tsquery('simple', %(mentioned)s)"
    return f"ts_headline('{config}', s.{column}, {terms}, %(options)s)"


def _positions(marked: str, printed: str) -> list[tuple[int, int]]:
    """Where the found words stand. The folded text is as long as the printed one; where it is not, nothing is marked
    rather than the wrong words.
    """
    found: list[tuple[int, int]] = []
    at = begin = 0
    for run in _MARKS.split(marked):
        if run == _START:
            begin = at
        elif run == _STOP:
            found.append((begin, at))
        else:
            at += len(run)
    return found if at == len(printed) else []


def _segments(text: str, marks: Sequence[tuple[int, int]], offset: int = 0) -> tuple[Segment, ...]:
    found, at = [], 0
    for begin, end in marks:
        one, two = begin - offset, end - offset
        if one < at or two > len(text):
            continue
        if one > at:
            found.append(Segment(text[at:one]))
        found.append(Segment(text[one:two], marked=True))
        at = two
    return (*found, *([Segment(text[at:])] if at < len(text) else []))


def _sentence(text: str, marks: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
    """The sentence of the first mark, or the first one; cut around the mark when it is very long."""
    target = marks[0][0] if marks else 0
    start = 0
    end = len(text)
    for gap in _SENTENCE.finditer(text):
        if gap.end() <= target:
            start = gap.end()
        elif gap.start() > target and gap.start() - start >= _SHORTEST_SENTENCE:
            end = gap.start()
            break
    before = after = ""
    if end - start > _SENTENCE_LENGTH:
        if target - start > _SENTENCE_LENGTH // 2:
            start, before = text.rfind(" ", start, target - _SENTENCE_LENGTH // 3) + 1, "… "
        if end - start > _SENTENCE_LENGTH:
            end, after = max(text.rfind(" ", start, start + _SENTENCE_LENGTH), target + 1), " …"
    inside = [(one, two) for one, two in marks if one >= start and two <= end]
    segments = _segments(text[start:end], inside, start)
    return (*([Segment(before)] if before else []), *segments, *([Segment(after)] if after else []))
