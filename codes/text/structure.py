"""The structure of a law from its lines: divisions, articles, headings over several lines, what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from codes.text.grammar import Grammar
from codes.text.nodes import Article, Division, Line, Paragraph, Role
from codes.text.openings import ArticleHeading, DivisionHeading, Opening
from codes.text.paragraphs import find_markers, paragraphs_of, slug

_ENDS_SENTENCE = (".", ";", ":", "!", "?", "»", '"', ",", "-", "–", "—")
LONGEST_HEADING = 700
_LONGEST_BELOW = 250  # characters of a heading that stands below its number
_LONGEST_CLOSING = 12  # lines of signatures and dates after the last article
_ABBREVIATIONS = {"section": "sec", "chapter": "chp", "subtitle": "subt", "subsection": "subsec", "paragraph": "para"}


def read_article(
    opening: ArticleHeading, printed: str, body: Sequence[Line], rules: Grammar, footnotes: frozenset[int]
) -> Article:
    """One article by its heading and the lines below it, which are numbered from 1; none of them opens another one."""
    reader = Reader(rules, [Line(0, printed), *body], {0: opening}, footnotes)
    reader.run()
    (article,) = reader.articles
    if not reader.closing:
        return article
    signed = paragraphs_of(f"{article.number}_end", reader.closing, rules, footnotes)
    return replace(article, paragraphs=article.paragraphs + signed)


@dataclass
class Reader:
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
            if len(text) > LONGEST_HEADING or (not heading and text.endswith((".", ";", ":")) and len(text) > 120):
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
        if len(heading) + len(text) > LONGEST_HEADING or self._status_of(text):
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
