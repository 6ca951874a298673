"""What a person should look at in a parsed text, worst first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from codes.text.grammars.shape import Grammar
from codes.text.nodes import Article, Line, Paragraph, Problem, Role, Tree
from codes.text.normalise import is_cyrillic, mixed_words
from codes.text.numbering import integer, sort_key

_LONG = 8  # an article this many times longer than the usual one is worth a look
_LONG_AT_LEAST = 4000  # characters; below this even a long article is read at a glance
_LONGEST_WORD_LIST = 5
_LONGEST_HEADING = 300  # characters of a line that may be the heading of an article
_LEAST_LENGTH = 13  # characters of a repeated line that may be a page header
_MANY = 6  # a capitalised line that stands in the text more often is likely a page header
_PAGE_LINE = re.compile(
    r"(?:[-–—\s]{0,5}\d{1,4}[-–—\s]{0,5}|(?:страница|стр\.|бет|page)\s*\d{1,4}\b.{0,40})$", re.IGNORECASE
)
_LOOKS_LIKE_ARTICLE = re.compile(
    r"(?:(?:[СC]татья|Стаття|Article|Section|SEC\.|Art\.|Artículo|Artigo|Articolul|Madde)\s+(?:[LRD]\.?\s?)?\d[\d.-]*|\d[\d.-]*\s*-\s*бап)\s*[.:–—-]*\s+[A-ZÀ-ÜА-ЯЁӘҒҚҢӨҰҮҺІ]",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_RUNNING = 100  # characters; a running header or footer is shorter
_LEAST_LETTERS = 6  # of a line that is more than a number
_COUNTING = 0.8  # share of its appearances at which its number is the next one
_CAPITAL_AFTER = re.compile(r"\d[\d.-]*[a-z]?\s*(?:-\s*бап)?\s*[.:–—-]*\s+[A-ZÀ-ÜА-ЯЁӘҒҚҢӨҰҮҺІ]")
_WORST_FIRST = (
    "no_article",
    "repeat",
    "gap",
    "empty",
    "long",
    "mixed_script",
    "stray_article",
    "furniture",
    "contents",
    "publisher_note",
    "notice",
)
_OF_LINES = frozenset({"stray_article", "furniture", "contents", "publisher_note", "notice"})


def find_problems(
    tree: Tree,
    *,
    lines: Sequence[Line] = (),
    grammar: Grammar | None = None,
    notices: Sequence[str] = (),
    left_out: range = range(0),
) -> tuple[Problem, ...]:
    """All that is unsure in a parse, worst first and in the order of the text.

    `lines` are the source's lines, where there are any; `left_out` the places of a list of contents among them.
    """
    found = [
        *_nothing(tree),
        *_repeats(tree.articles),
        *_gaps(tree.articles),
        *_parts(tree.articles),
        *_sizes(tree.articles),
        *_stray(tree, lines, left_out),
        *_furniture(tree, lines),
        *_contents(lines, left_out),
        *_mixed(tree),
        *_announcements(tree.articles, grammar),
        *(Problem("notice", "warning", notice) for notice in notices),
    ]
    return _worst_first(found)


def after_fix(tree: Tree, before: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems of a tree that a person has corrected; those of the source's lines are kept from before."""
    read = _opening_lines(tree)
    kept = [p for p in before if p.code in _OF_LINES and not (p.code == "stray_article" and p.line in read)]
    return _worst_first([*find_problems(tree), *kept])


def _worst_first(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.severity != "error", _WORST_FIRST.index(p.code), p.line)))


def _nothing(tree: Tree) -> Iterator[Problem]:
    if not tree.articles:
        yield Problem("no_article", "error", "No article was found. Check that this is the text of a law.")


def _repeats(articles: Sequence[Article]) -> Iterator[Problem]:
    for article in articles:
        printed, _, appearance = article.number.partition("~")
        if appearance:
            message = f"Number {printed} is printed {appearance} times."
            if appearance == "2":
                message = f"Number {printed} is printed twice."
            yield Problem("repeat", "warning", message, article.line, article.number)


def _gaps(articles: Sequence[Article]) -> Iterator[Problem]:
    for before, after in pairwise(articles):
        first, second = integer(before.number), integer(after.number)
        if first is None or second is None or before.path != after.path:
            continue
        if second > first + 1:
            message = f"A number is missing: {before.number} → {after.number}."
            yield Problem("gap", "warning", message, after.line, after.number)
        elif sort_key(after.number) < sort_key(before.number):
            message = f"Numbers go back: {before.number} → {after.number}."
            yield Problem("gap", "warning", message, after.line, after.number)


def _parts(articles: Sequence[Article]) -> Iterator[Problem]:
    """A part printed twice, or left out, may be a line that was read wrongly."""
    for article in articles:
        printed = [p for p in article.paragraphs if p.role is Role.BODY and p.level == "part" and p.marker]
        for before, after in pairwise(printed):
            yield from _part_step(article, before, after)


def _part_step(article: Article, before: Paragraph, after: Paragraph) -> Iterator[Problem]:
    first, second = integer(before.marker), integer(after.marker)
    if before.marker == after.marker:
        message = f"Part {after.marker} is printed twice in Article {article.number}."
        yield Problem("repeat", "warning", message, after.line, article.number)
    elif first is not None and second is not None and (second > first + 1 or second < first):
        message = f"Parts of Article {article.number} do not follow: {before.marker} → {after.marker}."
        yield Problem("gap", "warning", message, after.line, article.number)


def _sizes(articles: Sequence[Article]) -> Iterator[Problem]:
    sizes = {article.number: sum(len(p.text) for p in article.body) for article in articles}
    usual = sorted(sizes.values())[len(sizes) // 2] if sizes else 0
    for article in articles:
        size = sizes[article.number]
        if size == 0 and not article.status:
            yield Problem("empty", "warning", f"Article {article.number} has no text.", article.line, article.number)
        elif usual and size > _LONG * usual and size > _LONG_AT_LEAST:
            times = round(size / usual)
            message = f"Article {article.number} is {times} times longer than usual. Does another article hide in it?"
            yield Problem("long", "warning", message, article.line, article.number)


def _opening_lines(tree: Tree) -> set[int]:
    return {article.line for article in tree.articles} | {division.line for division in tree.divisions}


def _stray(tree: Tree, lines: Sequence[Line], left_out: range) -> Iterator[Problem]:
    """Lines that look like the heading of an article and were not read as one."""
    read = _opening_lines(tree)
    read |= {p.line for article in tree.articles for p in article.paragraphs if p.role is Role.FOOTNOTE}
    listed = {lines[place].number for place in left_out if place < len(lines)}
    for number, text in lines:
        found = _LOOKS_LIKE_ARTICLE.match(text) if len(text) <= _LONGEST_HEADING else None
        if found and number not in read and number not in listed and _CAPITAL_AFTER.search(found.group()):
            message = f"Line {number} looks like an article and was not read as one: {text[:60]}"
            yield Problem("stray_article", "warning", message, number)


def _furniture(tree: Tree, lines: Sequence[Line]) -> Iterator[Problem]:
    """Page numbers, and lines that come again and again: the same one, or one that counts the pages."""
    read = _opening_lines(tree)
    repeated: dict[str, list[int]] = {}
    counting: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for number, text in lines:
        if len(text) >= _RUNNING or number in read:
            continue
        if _PAGE_LINE.match(text):
            yield Problem("furniture", "warning", f"Line {number} looks like a page number: {text}", number)
        elif digits := _DIGITS.search(text):
            shape = text[: digits.start()], text[digits.end() :]
            counting.setdefault(shape, []).append((int(digits.group()[:9]), number))
        if text.isupper():
            repeated.setdefault(text, []).append(number)
    for text, places in repeated.items():
        if len(places) > _MANY and len(text) > _LEAST_LENGTH:
            message = f"This line stands in the text {len(places)} times, like a page header: {text}"
            yield Problem("furniture", "warning", message, places[0])
    for shape, found in counting.items():
        if len(found) > _MANY and _counts_pages(shape, [count for count, _ in found]):
            message = f"A line that counts stands in the text {len(found)} times, like a page header: {'…'.join(shape)}"
            yield Problem("furniture", "warning", message, found[0][1])


def _counts_pages(shape: tuple[str, str], counts: Sequence[int]) -> bool:
    steps = sum(after == before + 1 for before, after in pairwise(counts))
    return sum(map(str.isalpha, "".join(shape))) >= _LEAST_LETTERS and steps >= _COUNTING * (len(counts) - 1)


def _contents(lines: Sequence[Line], left_out: range) -> Iterator[Problem]:
    if left_out:
        first, last = lines[left_out[0]].number, lines[left_out[-1]].number
        message = f"Lines {first} to {last} were taken for a list of contents, not for articles."
        yield Problem("contents", "warning", message, first)


def _mixed(tree: Tree) -> Iterator[Problem]:
    headings = [*(division.heading for division in tree.divisions), *(article.heading for article in tree.articles)]
    if not is_cyrillic("".join([*headings, *(p.text for article in tree.articles for p in article.paragraphs)])):
        return
    for article in tree.articles:
        words = sorted({w for p in article.body for w in mixed_words(p.text)} | set(mixed_words(article.heading)))
        if words:
            shown = ", ".join(words[:_LONGEST_WORD_LIST]) + (" …" if len(words) > _LONGEST_WORD_LIST else "")
            message = f"Article {article.number}: Latin and Cyrillic letters are mixed in {shown}."
            yield Problem("mixed_script", "warning", message, article.line, article.number)
    for division in tree.divisions:
        if mixed_words(division.heading):
            message = f"Latin and Cyrillic letters are mixed in the heading {division.heading[:60]}."
            yield Problem("mixed_script", "warning", message, division.line)


def _announcements(articles: Sequence[Article], grammar: Grammar | None) -> Iterator[Problem]:
    for article in articles:
        for paragraph in article.paragraphs if grammar is not None else ():
            if paragraph.role is Role.FOOTNOTE and grammar is not None and grammar.publisher.match(paragraph.text):
                message = (
                    f"The publisher announces a wording of the future at Article {article.number}. "
                    "It is kept as a note, not as law."
                )
                yield Problem("publisher_note", "warning", message, paragraph.line, article.number)
