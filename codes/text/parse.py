"""Lines of a document → divisions and articles, with a list of what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from codes.text import outline, readers
from codes.text.contents import contents_list
from codes.text.grammar import GRAMMARS, Grammar, choose, language_of
from codes.text.nodes import Article, Division, Document, Line, Paragraph, Role, TextError, Tree
from codes.text.openings import ArticleHeading, DivisionHeading, Opening, find_openings
from codes.text.paragraphs import find_markers, paragraphs_of, slug
from codes.text.problems import find_problems

_SPACES = re.compile(r"\s{2,}|[\t\v\f\x1c-\x1f\x85]")  # a single no-break space stays, so that quotes are exact
_ENDS_SENTENCE = (".", ";", ":", "!", "?", "»", '"', ",", "-", "–", "—")
_LONGEST_HEADING = 700
_LONGEST_BELOW = 250  # characters of a heading that stands below its number
_LONGEST_CLOSING = 12  # lines of signatures and dates after the last article
_SHORT_TITLE = 30  # a first line shorter than this is a label, such as a bill's number; the title goes on
_SAMPLE = 2000  # paragraphs that are enough to tell a language
_NOT_TITLE = re.compile(r"\(|Принят|Одобрен|№|Вводная часть", re.IGNORECASE)
_ABBREVIATIONS = {"section": "sec", "chapter": "chp", "subtitle": "subt", "subsection": "subsec", "paragraph": "para"}


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
    reader = _Reader(rules, lines, kept, document.footnotes)
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


def read_article(
    opening: ArticleHeading, printed: str, body: Sequence[Line], rules: Grammar, footnotes: frozenset[int]
) -> Article:
    """One article by its heading and the lines below it, which are numbered from 1; none of them opens another one."""
    reader = _Reader(rules, [Line(0, printed), *body], {0: opening}, footnotes)
    reader.run()
    (article,) = reader.articles
    if not reader.closing:
        return article
    signed = paragraphs_of(f"{article.number}_end", reader.closing, rules, footnotes)
    return replace(article, paragraphs=article.paragraphs + signed)


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
        if len(title) >= _SHORT_TITLE or len(line.text) > _LONGEST_HEADING or (title and blocked):
            break
        title = f"{title} {line.text}".strip()
        used += 1
    return title, tuple(line.text for line in lines[used:])


@dataclass
class _Reader:
    """Walks the lines once. What stands before the first division or article is the preamble."""

    rules: Grammar
    lines: list[Line]
    openings: dict[int, Opening]
    footnotes: frozenset[int] = frozenset()  # numbers of lines that are footnotes of the file
    articles: list[Article] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
    preamble: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    stack: list[tuple[int, str]] = field(default_factory=list)  # (rank, path) of the open divisions
    waiting: list[Line] = field(default_factory=list)  # the publisher's words before an article
    seen_numbers: dict[str, int] = field(default_factory=dict)
    seen_paths: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        position = 0
        while position < len(self.lines):
            position = self._step(position)
        if self.waiting:
            self._give_back_waiting()

    def _step(self, position: int) -> int:
        line = self.lines[position]
        opening = self.openings.get(position)
        if isinstance(opening, DivisionHeading):
            return self._open_division(position, opening)
        if isinstance(opening, ArticleHeading):
            return self._article(position, opening)
        if self.rules.publisher.match(line.text):
            end = self._end_of_announcement(position)
            self.waiting += self.lines[position:end]
            return end
        if self.divisions:
            last = self.divisions[-1]
            self.divisions[-1] = replace(last, lines=(*last.lines, line.text))
        else:
            self.preamble.append(line)
        return position + 1

    def _end_of_announcement(self, position: int) -> int:
        """An announcement, the line after it, and further lines that speak of a wording of the future."""
        end = position + 1
        if end < len(self.lines) and end not in self.openings:
            end += 1
        while end < len(self.lines) and end not in self.openings and self.rules.announces.search(self.lines[end].text):
            end += 1
        return end

    def _give_back_waiting(self) -> None:
        """Words of the publisher after which no article came stay with the last division, or the last article."""
        texts = tuple(line.text for line in self.waiting)
        if self.articles:
            last = self.articles[-1]
            numbers = frozenset(line.number for line in self.waiting)
            extra = paragraphs_of(f"{last.number}_end", self.waiting, self.rules, numbers)
            self.articles[-1] = replace(last, paragraphs=last.paragraphs + extra)
        elif self.divisions:
            last_division = self.divisions[-1]
            self.divisions[-1] = replace(last_division, lines=last_division.lines + texts)
        else:
            self.preamble += self.waiting

    def _open_division(self, position: int, opening: DivisionHeading) -> int:
        while self.stack and self.stack[-1][0] >= opening.rank:
            self.stack.pop()
        above = self.stack[-1][1] + "/" if self.stack else ""
        step = f"{above}{_ABBREVIATIONS.get(opening.kind, opening.kind)}_"
        path = self._unique(f"{step}{slug(opening.number)}") if opening.number else self._unnumbered(step)
        self.stack.append((opening.rank, path))
        heading, end = self._division_heading(opening.heading, position + 1)
        self.divisions.append(Division(opening.kind, opening.number, heading, path, self.lines[position].number))
        return end

    def _unique(self, path: str) -> str:
        count = self.seen_paths[path] = self.seen_paths.get(path, 0) + 1
        return path if count == 1 else f"{path}~{count}"

    def _unnumbered(self, step: str) -> str:
        count = 1
        while f"{step}{count}" in self.seen_paths:
            count += 1
        return self._unique(f"{step}{count}")

    def _division_heading(self, heading: str, position: int) -> tuple[str, int]:
        """Join a division's heading that is printed below its number or over several lines."""
        while position < len(self.lines) and self._is_plain(position):
            text = self.lines[position].text
            capitals = heading.isupper() and text.isupper()
            if heading and not (capitals or text[0].islower() or self._goes_on(heading)):
                break
            if len(text) > _LONGEST_HEADING or (not heading and text.endswith((".", ";", ":")) and len(text) > 120):
                break
            heading = f"{heading} {text}".strip()
            position += 1
        return heading, position

    def _article(self, position: int, opening: ArticleHeading) -> int:
        line = self.lines[position + opening.span - 1]
        heading, position = opening.heading, position + opening.span
        if not opening.words:
            heading, position = self._heading(heading, position)
        body, publisher, end = self._body(position, opening.number)
        lead = (
            opening.words if opening.span > 1 else opening.words or self._out_of_heading(heading, has_body=bool(body))
        )
        status = self._status_of(lead or heading) or self._status_of(opening.status)
        if opening.status:
            body.insert(0, Line(line.number, opening.status))
            publisher |= set() if self._status_of(opening.status) else {line.number}
        if lead:
            heading = heading if opening.words else ""
            body.insert(0, Line(line.number, lead))
        body = [*self.waiting, *body]
        publisher |= {waiting.number for waiting in self.waiting}
        self.waiting = []
        number = self._unique_number(opening.number)
        paragraphs = paragraphs_of(number, body, self.rules, frozenset(publisher))
        path = self.stack[-1][1] if self.stack else ""
        status = status or self._body_status(paragraphs)
        self.articles.append(Article(number, heading, path, paragraphs, line.number, status))
        return end

    def _body(self, position: int, number: str) -> tuple[list[Line], set[int], int]:
        """Lines up to the next heading, the numbers of those that are the publisher's, and where the next begins."""
        body: list[Line] = []
        publisher: set[int] = set()
        while position < len(self.lines) and position not in self.openings:
            text = self.lines[position].text
            if self.rules.publisher.match(text):
                end = self._end_of_announcement(position)
                if self._speaks_of_next(position, end, number):
                    break
                publisher |= {line.number for line in self.lines[position:end]}
                body += self.lines[position:end]
                position = end
                continue
            if self.rules.closing.match(text) and self._closes(position):
                self.closing = self.lines[position:]
                return body, publisher, len(self.lines)
            if self.footnotes and self.lines[position].number in self.footnotes:
                publisher.add(self.lines[position].number)
            body.append(self.lines[position])
            position += 1
        return body, publisher, position

    def _speaks_of_next(self, position: int, end: int, number: str) -> bool:
        """An announcement right before the next heading is about that article, unless it names the one being read."""
        if end < len(self.lines) and end not in self.openings:
            return False
        said = " ".join(line.text for line in self.lines[position:end])
        return re.search(rf"(?<![\d.№-]){re.escape(number)}(?![\d.-]*\d)", said) is None

    def _closes(self, position: int) -> bool:
        rest = range(position, len(self.lines))
        return len(rest) <= _LONGEST_CLOSING and not any(place in self.openings for place in rest)

    def _unique_number(self, printed: str) -> str:
        count = self.seen_numbers[printed] = self.seen_numbers.get(printed, 0) + 1
        return printed if count == 1 else f"{printed}~{count}"

    def _heading(self, heading: str, position: int) -> tuple[str, int]:
        """Join a heading that is printed below its number or over several lines."""
        if not self.rules.headings:
            return heading, position
        while position < len(self.lines) and self._is_plain(position) and self._continues(heading, position):
            heading = f"{heading} {self.lines[position].text}".strip()
            position += 1
        return heading, position

    def _continues(self, heading: str, position: int) -> bool:
        """Whether the line goes on with the heading: small letters, a link word before it, or part 1 right after it."""
        text = self.lines[position].text
        if len(heading) + len(text) > _LONGEST_HEADING or self._status_of(text):
            return False
        following = self.lines[position + 1].text if position + 1 < len(self.lines) else ""
        if not heading:
            listed = any(level == "item" for level, _ in find_markers(following, self.rules))
            is_last = not following or position + 1 in self.openings
            return len(text) < _LONGEST_BELOW and not text.endswith(_ENDS_SENTENCE) and not listed and not is_last
        if self._goes_on(heading):
            return True
        if heading.endswith((".", ";", ":", "!", "?")) and not heading.endswith(" г."):
            return False
        if text[0].islower():
            return True
        begins_part = any(
            level == "part" and marker in {"1", "I"} for level, marker in find_markers(following, self.rules)
        )
        return len(text) < 90 and not text.endswith(_ENDS_SENTENCE) and begins_part

    def _goes_on(self, heading: str) -> bool:
        return heading.rsplit(" ", 1)[-1].lower() in self.rules.link_words or heading.endswith(",")

    def _is_plain(self, position: int) -> bool:
        """Neither a heading, nor numbered, nor a note of anybody."""
        text = self.lines[position].text
        patterns = (self.rules.footnote, self.rules.note, self.rules.publisher)
        return (
            position not in self.openings
            and self.lines[position].number not in self.footnotes
            and not find_markers(text, self.rules)
            and not any(p.match(text) for p in patterns)
        )

    def _out_of_heading(self, heading: str, *, has_body: bool) -> str:
        """A "heading" that is the article's first words: a numbered part, a note, a stub, or a lone sentence."""
        if not heading:
            return ""
        is_law = (
            bool(find_markers(heading, self.rules))
            or heading.endswith(":")
            or self.rules.first_words.match(heading) is not None
            or (not has_body and heading.endswith((".", ";")))
        )
        return heading if is_law or self.rules.footnote.match(heading) or self._status_of(heading) else ""

    def _status_of(self, text: str) -> str:
        if not text:
            return ""
        rules = (
            ("repealed", self.rules.repealed),
            ("suppressed", self.rules.suppressed),
            ("unchanged", self.rules.unchanged),
        )
        bare = text.strip("()")
        return next((status for status, pattern in rules if pattern.match(text) or pattern.match(bare)), "")

    def _body_status(self, paragraphs: tuple[Paragraph, ...]) -> str:
        """A stub is an article whose whole body says so, or which has no body and a footnote that says so."""
        body = [p.text for p in paragraphs if p.role is not Role.FOOTNOTE]
        if len(body) == 2 and not any(map(str.isalnum, body[1])):
            body.pop()  # a dash in place of the words
        if not body:
            notes = [re.sub(r"^(?:Сноска|Ескерту|Footnote)\s*[.:]\s*", "", p.text) for p in paragraphs]
            return "repealed" if any(self._says_repealed(text) for text in notes) else ""
        return self._status_of(body[0]) if len(body) == 1 and len(body[0]) < 200 else ""

    def _says_repealed(self, text: str) -> bool:
        return bool(
            self._status_of(text)
            or re.search(
                r"исключена|утратила силу|ал(?:ын)?ып тастал(?:ды|ған)|күш[іi] жойыл(?:ды|ған)|excluded|repealed", text
            )
        )
