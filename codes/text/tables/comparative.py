"""A comparative table → the text that is compared, and the amendments proposed to it.

Columns are known by the words of their header, never by their place. Doubt is said: kind or outcome "unsure", and a
problem that names the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from codes.text.grammars.shape import Pattern
from codes.text.nodes import Document, Line, Problem, TextError, Tree
from codes.text.normalise import key
from codes.text.parse import parse
from codes.text.readers import docx, media_type
from codes.text.tables import words

_KNOWN = 3  # columns that a header must name, among them the proposal
_HEADER_ROWS = 4  # a header stands among the first rows of its table
_LONGEST_HEADER = 200  # characters of a header's cell; a cell of law is longer
_LONGEST_AUTHOR = 120

Cells = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Amendment:
    """A proposal as the table prints it.

    `kind` is add, change, delete or unsure. `outcome` is accepted, partly, rejected, withdrawn, unsure, or "" where
    nothing is said. `article` and `part` are "" where they could not be told. `row` counts rows of the file's tables
    from 1.
    """

    number: str
    element: str
    article: str
    part: str
    before: str
    proposed: str
    kind: str
    author: str
    justification: str
    decision: str
    outcome: str
    row: int


@dataclass(frozen=True, slots=True)
class ComparativeTable:
    """`base` is the text in the first column of wording, `final` that of the last one where the table has one."""

    base: Tree
    final: Tree | None
    amendments: tuple[Amendment, ...]
    problems: tuple[Problem, ...]


def read_table(path: Path) -> ComparativeTable:
    """Read the comparative tables of a Word file, one after another. Raises `TextError` with one plain sentence."""
    kind = media_type(path)
    if kind != docx.MEDIA_TYPE:
        raise TextError(f"{path.name} is no Word file. Save the comparative table as DOCX.")
    reader = _Reader()
    for grid in docx.read_tables(path):
        reader.read(grid)
    if not reader.roles:
        raise TextError(
            f"{path.name} holds no comparative table: no header names the wording and the proposal. "
            "Name the columns in the first row, or upload the text of the law alone."
        )
    return reader.result()


@dataclass
class _Reader:
    roles: dict[int, str] = field(default_factory=dict)
    base: list[Line] = field(default_factory=list)
    final: list[Line] = field(default_factory=list)
    rows: list[tuple[int, Cells, int]] = field(default_factory=list)  # (row, cells, base lines read by then)
    problems: list[Problem] = field(default_factory=list)
    row: int = 0

    def read(self, grid: docx.Grid) -> None:
        header, start = _header(grid)
        if header:
            self.roles = header
        self.row += start
        if not self.roles:
            self.row += len(grid) - start
            return
        above: Cells = {}
        for cells in grid[start:]:
            self.row += 1
            above = self._row(cells, above)

    def _row(self, cells: Sequence[docx.Cell], above: Cells) -> Cells:
        texts = [line for cell in cells for line in cell.lines]
        if not texts or _is_count(cells) or _roles(cells) == self.roles:
            return above  # empty, "1 2 3 4", or the header again on a new page
        if len([cell for cell in cells if cell.lines]) == 1 and max(cell.span for cell in cells) >= len(self.roles) - 1:
            self._take(texts, texts)  # a heading across the table belongs to every wording
            return {}
        found: dict[str, tuple[str, ...]] = {}
        going_on = set()
        column = 0
        for cell in cells:
            role = self.roles.get(column, "")
            if role:
                found[role] = above.get(role, ()) if cell.goes_on else cell.lines
                going_on |= {role} if cell.goes_on else set()
            column += cell.span
        self._take(
            () if "current" in going_on else found.get("current", ()),
            () if "final" in going_on else found.get("final", ()),
        )
        if "proposed" not in going_on:
            self.rows.append((self.row, found, len(self.base)))
        return found

    def _take(self, base: Sequence[str], final: Sequence[str]) -> None:
        for lines, taken in ((self.base, base), (self.final, final)):
            if not words.ABSENT.match(" ".join(taken)):
                lines += [Line(len(lines) + place, text) for place, text in enumerate(taken, 1)]

    def result(self) -> ComparativeTable:
        base = parse(Document(tuple(self.base), docx.MEDIA_TYPE))
        final = parse(Document(tuple(self.final), docx.MEDIA_TYPE)) if "final" in self.roles.values() else None
        amendments = [
            amendment
            for row, cells, line in self.rows
            for amendment in self._amendments(row, cells, _article_at(base, line))
        ]
        return ComparativeTable(base, final, tuple(amendments), tuple(self.problems))

    def _amendments(self, row: int, cells: Cells, standing: str) -> Iterator[Amendment]:
        texts = {role: "\n".join(lines) for role, lines in cells.items()}
        before, decision = texts.get("current", ""), texts.get("decision", "")
        before = "" if words.ABSENT.match(before) else before
        for author, proposed in _proposals(cells.get("proposed", ())):
            element = texts.get("element", "")
            article = _number(words.ARTICLE, element) or _number(words.ARTICLE, proposed.split("\n")[0]) or standing
            found = Amendment(
                number=texts.get("number", ""),
                element=element,
                article=article,
                part=_number(words.PART, element),
                before=before,
                proposed=proposed,
                kind=_kind(before, proposed),
                author=author or texts.get("author", ""),
                justification=texts.get("justification", ""),
                decision=decision,
                outcome=_outcome(decision),
                row=row,
            )
            self._doubt(found)
            yield found

    def _doubt(self, found: Amendment) -> None:
        doubts = (
            (not found.article, "names no article that could be read"),
            (found.kind == "unsure", "proposes the words that stand there already"),
            (found.outcome == "unsure", f"has a decision that could not be read: {found.decision[:60]}"),
            ("decision" in self.roles.values() and not found.author, "names no author"),
        )
        for is_so, said in doubts:
            if is_so:
                self.problems.append(Problem("table", "warning", f"Row {found.row} {said}.", found.row, found.article))


def _header(grid: docx.Grid) -> tuple[dict[int, str], int]:
    """Column → role, and the first row below the header; a header may take two rows, one below the other."""
    rows = grid[:_HEADER_ROWS]
    for place, cells in enumerate(rows):
        if _is_header(found := _roles(cells)):
            return found, place + 1
    for place, (first, second) in enumerate(pairwise(rows)):
        if len(first) == len(second):
            joined = [one._replace(lines=(*one.lines, *two.lines)) for one, two in zip(first, second, strict=True)]
            if _is_header(found := _roles(joined)):
                return found, place + 2
    return {}, 0


def _is_header(roles: Mapping[int, str]) -> bool:
    return len(roles) >= _KNOWN and {"current", "proposed"} <= set(roles.values())


def _roles(cells: Sequence[docx.Cell]) -> dict[int, str]:
    roles: dict[int, str] = {}
    column = 0
    for cell in cells:
        text = " ".join(cell.lines)
        role = next((role for role, pattern in words.COLUMNS if pattern.match(text)), "")
        if role and role not in roles.values() and len(text) <= _LONGEST_HEADER:
            roles[column] = role
        column += cell.span
    return roles


def _is_count(cells: Sequence[docx.Cell]) -> bool:
    """A row that counts the columns: 1, 2, 3, 4."""
    texts = [" ".join(cell.lines).strip(". ") for cell in cells]
    return len(texts) > 1 and texts == [str(place) for place in range(1, len(texts) + 1)]


def _proposals(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(author, words) of each proposal in a cell.

    A line that names an author closes the proposal above it or, where it stands first, opens the one below.
    """
    if words.ABSENT.match(" ".join(lines)):
        return
    first = _is_author(lines[0])
    author, proposed = "", list[str]()
    for line in lines:
        if not _is_author(line):
            proposed.append(line)
        elif proposed:
            yield (author if first else line), "\n".join(proposed)
            author, proposed = line, []
        else:
            author = f"{author}\n{line}".strip()
    if proposed:
        yield (author if first else ""), "\n".join(proposed)


def _is_author(line: str) -> bool:
    return len(line) <= _LONGEST_AUTHOR and words.AUTHOR.match(line) is not None


def _kind(before: str, proposed: str) -> str:
    if words.DELETE.match(proposed.replace("\n", " ")) and not words.WORDS_ONLY.match(proposed):
        return "delete"
    if not before or (words.ADD.match(proposed) and not words.WORDS_ONLY.match(proposed)):
        return "add"
    return "unsure" if key(before) == key(proposed) else "change"


def _outcome(decision: str) -> str:
    said = decision.replace("\n", " ")
    if words.ABSENT.match(said):
        return ""
    return next((outcome for outcome, pattern in words.OUTCOMES if pattern.match(said)), "unsure")


def _number(patterns: Sequence[Pattern], text: str) -> str:
    matches = (pattern.match(" ".join(text.split())) for pattern in patterns)
    return next((found["number"].rstrip(".-") for found in matches if found is not None), "")


def _article_at(tree: Tree, line: int) -> str:
    """The article that stands open after so many lines of the text."""
    number = ""
    for article in tree.articles:
        if article.line > line:
            break
        number = article.number
    return number
