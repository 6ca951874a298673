"""What a person should look at in a parsed text, worst first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from codes.text.nodes import Article, Division, Line, Problem
from codes.text.normalise import mixed_words
from codes.text.numbering import integer

_LONG = 8  # an article this many times longer than the usual one is worth a look
_LONGEST_WORD_LIST = 5
_PAGE_LINE = re.compile(r"^(?:[-–—\s]*\d{1,4}[-–—\s]*|(?:страница|стр\.|бет|page)\s*\d+.*)$", re.IGNORECASE)
_LOOKS_LIKE_ARTICLE = re.compile(r"^(?:статья|article|section|\d+-бап)\b", re.IGNORECASE)
_WORST_FIRST = ("no_article", "repeat", "gap", "empty", "stray_article", "furniture", "long", "mixed_script", "publisher_note", "notice")


def find_problems(
    articles: Sequence[Article],
    divisions: Sequence[Division],
    *,
    lines: Sequence[Line],
    preamble: Sequence[Line],
    notices: Sequence[str] = (),
) -> tuple[Problem, ...]:
    """All that is unsure in a parse, worst first and in the order of the text."""
    found = [
        *_nothing(articles),
        *_numbering(articles),
        *_sizes(articles),
        *_stray(preamble),
        *_furniture(lines),
        *_mixed(articles, divisions),
        *(Problem("notice", "warning", notice) for notice in notices),
    ]
    return tuple(sorted(found, key=lambda p: (p.severity != "error", _WORST_FIRST.index(p.code), p.line)))


def _nothing(articles: Sequence[Article]) -> Iterator[Problem]:
    if not articles:
        yield Problem("no_article", "error", "No article was found. Check that this is the text of a law.")


def _numbering(articles: Sequence[Article]) -> Iterator[Problem]:
    for article in articles:
        if "~" in article.number:
            printed = article.number.split("~")[0]
            yield Problem("repeat", "warning", f"Number {printed} is printed twice.", article.line, article.number)
    for before, after in zip(articles, articles[1:], strict=False):
        first, second = integer(before.number), integer(after.number)
        if first is None or second is None or before.path != after.path:
            continue
        if second > first + 1:
            yield Problem("gap", "warning", f"A number is missing: {before.number} → {after.number}.", after.line, after.number)
        elif second < first:
            yield Problem("gap", "warning", f"Numbers go back: {before.number} → {after.number}.", after.line, after.number)


def _sizes(articles: Sequence[Article]) -> Iterator[Problem]:
    sizes = {article.number: sum(len(p.text) for p in article.body) for article in articles}
    usual = median(sizes.values()) if sizes else 0
    for article in articles:
        size = sizes[article.number]
        if size == 0 and not article.status:
            yield Problem("empty", "warning", f"Article {article.number} has no text.", article.line, article.number)
        elif usual and size > _LONG * usual and size > 4000:
            times = round(size / usual)
            message = f"Article {article.number} is {times} times longer than usual. Does another article hide in it?"
            yield Problem("long", "warning", message, article.line, article.number)


def _stray(preamble: Sequence[Line]) -> Iterator[Problem]:
    for line in preamble:
        if _LOOKS_LIKE_ARTICLE.match(line.text):
            message = f"Line {line.number} looks like an article and was not read as one: {line.text[:60]}"
            yield Problem("stray_article", "warning", message, line.number)


def _furniture(lines: Sequence[Line]) -> Iterator[Problem]:
    repeated = {text for text, count in Counter(line.text for line in lines if len(line.text) < 80).items() if count > 6}
    for line in lines:
        if _PAGE_LINE.match(line.text):
            yield Problem("furniture", "warning", f"Line {line.number} looks like a page number: {line.text}", line.number)
    running = [text for text in repeated if text.isupper() and len(text) > 12]
    for text in running:
        yield Problem("furniture", "warning", f"This line stands in the text many times, like a page header: {text}")


def _mixed(articles: Sequence[Article], divisions: Sequence[Division]) -> Iterator[Problem]:
    for article in articles:
        words = sorted({word for p in article.body for word in mixed_words(p.text)} | set(mixed_words(article.heading)))
        if words:
            shown = ", ".join(words[:_LONGEST_WORD_LIST]) + (" …" if len(words) > _LONGEST_WORD_LIST else "")
            message = f"Article {article.number}: Latin and Cyrillic letters are mixed in {shown}."
            yield Problem("mixed_script", "warning", message, article.line, article.number)
    for division in divisions:
        if mixed_words(division.heading):
            message = f"Latin and Cyrillic letters are mixed in the heading {division.heading[:60]}."
            yield Problem("mixed_script", "warning", message, division.line)
