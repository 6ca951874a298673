"""Lines of a document → divisions and articles, with a list of what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from codes.text import outline, readers
from codes.text.contents import contents_list
from codes.text.grammar import GRAMMARS, Grammar, choose, language_of
from codes.text.nodes import Document, Line, TextError, Tree
from codes.text.openings import find_openings
from codes.text.problems import find_problems
from codes.text.structure import LONGEST_HEADING, Reader

_SPACES = re.compile(r"\s{2,}|[\t\v\f\x1c-\x1f\x85]")  # a single no-break space stays, so that quotes are exact
_SHORT_TITLE = 30  # a first line shorter than this is a label, such as a bill's number; the title goes on
_SAMPLE = 2000  # paragraphs that are enough to tell a language
_NOT_TITLE = re.compile(r"\(|Принят|Одобрен|№|Вводная часть", re.IGNORECASE)


def parse_file(path: Path, *, grammar: str = "auto", language: str = "auto", tracked: str = "accepted") -> Tree:
    """Read and parse one file. Raises `TextError` with one plain sentence.

    `tracked` says whether the tracked changes of a Word file are "accepted" or "refused".
    """
    document = readers.read(path, tracked=tracked)
    if document.media_type == readers.AKOMA_NTOSO:
        from codes.text import akn  # noqa: PLC0415  brings an XML library, which most files do not need

        tree = akn.parse(path.read_bytes(), path.name)
        return tree if language == "auto" else replace(tree, language=language)
    return parse(document, grammar=grammar, language=language)


def media_type(path: Path) -> str:
    """The type of a file by its content."""
    return readers.media_type(path)


def parse(document: Document, *, grammar: str = "auto", language: str = "auto") -> Tree:
    """Parse the lines of a document. `grammar` and `language` are found out when "auto". Raises `TextError`."""
    if document.lines and document.lines[0].text.startswith(outline.FIRST):
        tree = outline.read(document.lines)
        return replace(tree, problems=find_problems(tree))
    lines = _cleaned(document.lines)
    if grammar != "auto" and grammar not in GRAMMARS:
        raise TextError(f"There is no grammar {grammar!r}. Choose one of: auto, {', '.join(GRAMMARS)}.")
    rules = choose(lines, language) if grammar == "auto" else GRAMMARS[grammar]
    openings = find_openings(lines, rules)
    if document.footnotes:
        openings = {place: o for place, o in openings.items() if lines[place].number not in document.footnotes}
    left_out = contents_list(openings, len(lines))
    kept = {place: o for place, o in openings.items() if place not in left_out}
    reader = Reader(rules, lines, kept, document.footnotes)
    reader.run()
    title, preamble = _title(reader.preamble, rules, document.footnotes)
    if language == "auto":
        words = islice((p.text for a in reader.articles for p in a.body), _SAMPLE)
        language = language_of(" ".join(words) or " ".join(line.text for line in lines[:_SAMPLE]))
    tree = Tree(
        title=title,
        language=language,
        grammar=rules.name,
        divisions=tuple(reader.divisions),
        articles=tuple(reader.articles),
        preamble=preamble,
        closing=tuple(line.text for line in reader.closing),
    )
    return replace(
        tree, problems=find_problems(tree, lines=lines, grammar=rules, notices=document.notices, left_out=left_out)
    )


def _cleaned(lines: Sequence[Line]) -> list[Line]:
    """The lines that are not blank, without outer spaces and with single spaces."""
    cleaned = []
    for line in lines:
        text = line.text.strip()
        if "  " in text or not text.isprintable():  # every space but the usual one counts as not printable
            text = _SPACES.sub(" ", text)
        if text:
            cleaned.append(line if text == line.text else Line(line.number, text))
    return cleaned


def _title(lines: list[Line], rules: Grammar, footnotes: frozenset[int]) -> tuple[str, tuple[str, ...]]:
    """The title, and what stands below it. A short first line is a label: the title goes on in the next line."""
    title, used = "", 0
    for line in lines:
        notes = line.number in footnotes or rules.footnote.match(line.text) or rules.publisher.match(line.text)
        blocked = notes or _NOT_TITLE.match(line.text)
        if len(title) >= _SHORT_TITLE or len(line.text) > LONGEST_HEADING or (title and blocked):
            break
        title = f"{title} {line.text}".strip()
        used += 1
    return title, tuple(line.text for line in lines[used:])
