"""Lines of a document → divisions and articles, with a list of what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from codes.text import akn, readers
from codes.text.grammar import GRAMMARS, Grammar, choose, language_of
from codes.text.nodes import Article, Division, Document, Line, Paragraph, Problem, Role, TextError, Tree
from codes.text.problems import find_problems

_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_ANNOUNCES = re.compile(r"предусмотрен|вводится в действие|в редакции Закона|қолданысқа енгізіледі", re.IGNORECASE)
_ENDS_SENTENCE = (".", ";", ":", "!", "?", "»", '"', ",", "-", "–", "—")
_ABBREVIATIONS = {"part": "part", "book": "book", "section": "sec", "chapter": "chp", "title": "title", "subtitle": "subt",
                  "subsection": "subsec", "paragraph": "para"}  # fmt: skip


def parse_file(path: Path, *, grammar: str = "auto", language: str = "auto") -> Tree:
    """Read and parse one file. Raises `TextError` with one plain sentence."""
    document = readers.read(path)
    if document.media_type == akn.MEDIA_TYPE:
        return akn.parse(path.read_bytes())
    return parse(document, grammar=grammar, language=language)


def media_type(path: Path) -> str:
    """The type of a file by its content."""
    return readers.media_type(path)


def parse(document: Document, *, grammar: str = "auto", language: str = "auto") -> Tree:
    """Parse the lines of a document. `grammar` and `language` are found out when "auto"."""
    lines = [Line(line.number, text) for line in document.lines if (text := _SPACES.sub(" ", line.text).strip())]
    if grammar != "auto" and grammar not in GRAMMARS:
        raise TextError(f"There is no grammar {grammar!r}. Choose one of: auto, {', '.join(GRAMMARS)}.")
    rules = choose(lines) if grammar == "auto" else GRAMMARS[grammar]
    reader = _Reader(rules, lines)
    reader.run()
    found_language = language if language != "auto" else language_of(" ".join(line.text for line in lines))
    articles, divisions = tuple(reader.articles), tuple(reader.divisions)
    problems = find_problems(articles, divisions, lines=lines, preamble=reader.preamble, notices=document.notices)
    return Tree(
        title=" ".join(line.text for line in reader.preamble),
        language=found_language,
        grammar=rules.name,
        divisions=divisions,
        articles=articles,
        problems=problems,
    )


@dataclass
class _Reader:
    """Walks the lines once. What stands before the first division or article is the preamble."""

    rules: Grammar
    lines: list[Line]
    articles: list[Article] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
    preamble: list[Line] = field(default_factory=list)
    stack: list[tuple[int, str]] = field(default_factory=list)  # (rank, path) of the open divisions
    waiting: list[Line] = field(default_factory=list)  # the publisher's words before an article
    seen_numbers: dict[str, int] = field(default_factory=dict)
    seen_paths: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        position = 0
        while position < len(self.lines):
            position = self._step(position)
        if self.waiting and self.articles:
            self._append_footnotes()

    def _step(self, position: int) -> int:
        line = self.lines[position]
        if self.rules.publisher.match(line.text):
            return self._publisher_words(position)
        division = self._division(line)
        if division is not None:
            return self._open_division(position, *division)
        heading = self.rules.article.match(line.text)
        if heading is not None:
            return self._article(position, heading)
        if self.divisions:  # words between a division and its first article belong to the division's heading
            last = self.divisions[-1]
            self.divisions[-1] = Division(last.kind, last.number, f"{last.heading} {line.text}".strip(), last.path, last.line)
        else:
            self.preamble.append(line)
        return position + 1

    def _publisher_words(self, position: int) -> int:
        """The announcement and what it announces wait for the article that follows."""
        end = self._end_of_announcement(position)
        self.waiting += self.lines[position:end]
        return end

    def _end_of_announcement(self, position: int) -> int:
        """An announcement, the line after it, and further lines that speak of a wording of the future."""
        end = min(position + 2, len(self.lines))
        while end < len(self.lines) and not self._opens(self.lines[end]) and _ANNOUNCES.search(self.lines[end].text):
            end += 1
        return end

    def _opens(self, line: Line) -> bool:
        return self._division(line) is not None or self.rules.article.match(line.text) is not None

    def _division(self, line: Line) -> tuple[int, str, re.Match[str]] | None:
        for rank, (kind, pattern) in enumerate(self.rules.divisions):
            found = pattern.match(line.text)
            if found is not None:
                return rank, kind, found
        return None

    def _open_division(self, position: int, rank: int, kind: str, found: re.Match[str]) -> int:
        while self.stack and self.stack[-1][0] >= rank:
            self.stack.pop()
        above = self.stack[-1][1] + "/" if self.stack else ""
        number = (found["number"] or "").strip()
        path = self._unique_path(f"{above}{_ABBREVIATIONS.get(kind, kind)}_{_slug(number) or len(self.divisions) + 1}")
        self.stack.append((rank, path))
        self.divisions.append(Division(kind, number, (found["heading"] or "").strip(), path, self.lines[position].number))
        return position + 1

    def _unique_path(self, path: str) -> str:
        count = self.seen_paths[path] = self.seen_paths.get(path, 0) + 1
        return path if count == 1 else f"{path}~{count}"

    def _article(self, position: int, found: re.Match[str]) -> int:
        line = self.lines[position]
        printed = re.sub(r"\s+", " ", found["number"].replace("–", "-")).strip()
        heading, position = self._heading((found["heading"] or "").strip(), position + 1)
        status = self._status(heading, found)
        body: list[Line] = []
        announced: set[int] = set()
        while position < len(self.lines) and not self._opens(self.lines[position]):
            if self.rules.publisher.match(self.lines[position].text):
                end = self._end_of_announcement(position)
                if end >= len(self.lines) or self._opens(self.lines[end]):
                    break  # it speaks of the article that follows
                announced.update(line.number for line in self.lines[position:end])
                body += self.lines[position:end]
                position = end
                continue
            body.append(self.lines[position])
            position += 1
        number = self._unique_number(printed)
        notes = [_Piece(Role.FOOTNOTE, "text", "", waiting.text, waiting.number) for waiting in self.waiting]
        self.waiting = []
        pieces = [*notes, *self._pieces(body, announced)]
        paragraphs = tuple(_number_paragraphs(pieces, number, counts=self.rules.counts_paragraphs))
        path = self.stack[-1][1] if self.stack else ""
        self.articles.append(
            Article(number, heading, path, paragraphs, line.number, status or self._body_status(paragraphs))
        )
        return position

    def _append_footnotes(self) -> None:
        last = self.articles[-1]
        pieces = [_Piece(Role.FOOTNOTE, "text", "", line.text, line.number) for line in self.waiting]
        extra = tuple(_number_paragraphs(pieces, f"{last.number}_end", counts=False))
        self.articles[-1] = Article(last.number, last.heading, last.path, last.paragraphs + extra, last.line, last.status)

    def _unique_number(self, printed: str) -> str:
        count = self.seen_numbers[printed] = self.seen_numbers.get(printed, 0) + 1
        return printed if count == 1 else f"{printed}~{count}"

    def _heading(self, heading: str, position: int) -> tuple[str, int]:
        """Join a heading that is printed over several lines: what follows begins in lower case, or part 1 comes after it."""
        while heading and position < len(self.lines) and self._continues(heading, position):
            heading = f"{heading} {self.lines[position].text}"
            position += 1
        return heading, position

    def _continues(self, heading: str, position: int) -> bool:
        text = self.lines[position].text
        blocks = (self.rules.footnote, self.rules.note, self.rules.publisher)
        if self._opens(self.lines[position]) or self._marked(text) or any(pattern.match(text) for pattern in blocks):
            return False
        if heading.endswith((".", ";", ":", "!", "?")) and not heading.endswith(" г."):
            return False
        if text[0].islower():
            return True
        following = self.lines[position + 1].text if position + 1 < len(self.lines) else ""
        return len(text) < 90 and not text.endswith(_ENDS_SENTENCE) and bool(re.match(r"(?:1\.|\(1\)|I\.)\s", following))

    def _marked(self, text: str) -> bool:
        return any(pattern.match(text) for pattern in (*self.rules.parts, *self.rules.items, *self.rules.subitems))

    def _status(self, heading: str, found: re.Match[str]) -> str:
        said = found.groupdict().get("status") or ""
        for status, pattern in self._status_patterns():
            if pattern.match(heading) or (said and pattern.match(said)):
                return status
        return ""

    def _status_patterns(self) -> Iterator[tuple[str, re.Pattern[str]]]:
        yield "repealed", self.rules.repealed
        yield "suppressed", self.rules.suppressed
        yield "unchanged", self.rules.unchanged

    def _body_status(self, paragraphs: tuple[Paragraph, ...]) -> str:
        """A stub is an article whose whole body says so, or which has no body and a footnote that says so."""
        body = [p.text for p in paragraphs if p.role is not Role.FOOTNOTE]
        if not body:
            notes = [re.sub(r"^(?:Сноска|Ескерту|Footnote)\s*[.:]\s*", "", p.text) for p in paragraphs]
            return "repealed" if any(self._says_repealed(text) for text in notes) else ""
        if len(body) == 1 and len(body[0]) < 200:
            for status, pattern in self._status_patterns():
                if pattern.match(body[0]):
                    return status
        return ""

    def _says_repealed(self, text: str) -> bool:
        return bool(self.rules.repealed.match(text) or re.match(r"(?:.{0,40}|.*;\s*)(?:исключена|алып тасталды|excluded|repealed)\b", text))

    def _pieces(self, body: list[Line], announced: set[int]) -> Iterator[_Piece]:
        noted = False
        for line in body:
            text = line.text
            if line.number in announced or self.rules.footnote.match(text):
                yield _Piece(Role.FOOTNOTE, "text", "", text, line.number)
                continue
            if self.rules.note.match(text):
                noted = True
                yield _Piece(Role.NOTE, "text", "", text, line.number)
                continue
            level, marker = self._level(text)
            # after a note of the law, items belong to the note; a new numbered part ends it only before the note's own numbering
            yield _Piece(Role.NOTE if noted else Role.BODY, level, marker, text, line.number)

    def _level(self, text: str) -> tuple[str, str]:
        for level, patterns in (("part", self.rules.parts), ("item", self.rules.items), ("subitem", self.rules.subitems)):
            for pattern in patterns:
                found = pattern.match(text)
                if found is not None:
                    return level, re.sub(r"\s+", " ", found["marker"]).strip()
        return "text", ""


@dataclass(frozen=True, slots=True)
class _Piece:
    role: Role
    level: str
    marker: str
    text: str
    line: int


def _number_paragraphs(pieces: list[_Piece], number: str, *, counts: bool) -> Iterator[Paragraph]:
    """Give every paragraph its part and its element id."""
    used: dict[str, int] = {}
    base = f"art_{_slug(number)}"
    part = item = ""
    counted = 0
    for piece in pieces:
        level, marker = piece.level, piece.marker
        if piece.role is Role.BODY and level == "part":
            part, item = marker, ""
        elif piece.role is Role.BODY and counts and level == "text":
            counted += 1
            level, part, item = "part", str(counted), ""
        elif level == "item":
            item = marker
        owner = part if piece.role is Role.BODY else ""
        steps = [base, *([f"para_{_slug(owner)}"] if owner else [])]
        if piece.role is not Role.BODY:
            steps.append(piece.role.value)
        if level == "item":
            steps.append(f"point_{_slug(marker)}")
        elif level == "subitem":
            steps += [*([f"point_{_slug(item)}"] if item else []), f"subpoint_{_slug(marker)}"]
        elif level == "text" and piece.role is Role.BODY:
            steps.append("text")
        eid = "__".join(steps)
        count = used[eid] = used.get(eid, 0) + 1
        yield Paragraph(marker, eid if count == 1 else f"{eid}_{count}", piece.text, level, owner, piece.role, piece.line)


def _slug(number: str) -> str:
    return re.sub(r"[^\w.~]+", "-", number.replace("°", "")).strip("-")
