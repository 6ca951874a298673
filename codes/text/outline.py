"""A tree as plain lines, each with its place spelled out, for texts whose print does not say enough to be read again.

The first line names the form. Every other line is a mark, the facts of that place and the words, separated by tabs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codes.text.nodes import Article, Division, Line, Paragraph, Role, TextError, Tree

FIRST = "@law outline 1"


def write(tree: Tree) -> str:
    """All of the tree but line numbers and problems."""
    return "\n".join("\t".join(cells) for cells in _rows(tree)) + "\n"


def _rows(tree: Tree) -> Iterator[Sequence[str]]:
    yield FIRST, tree.language, tree.grammar
    yield "@title", tree.title
    yield from (("@preamble", text) for text in tree.preamble)
    for division in tree.divisions:
        yield "@division", division.kind, division.number, division.path, division.heading
        yield from (("@line", text) for text in division.lines)
    for article in tree.articles:
        yield "@article", article.number, article.path, article.status, article.heading
        for p in article.paragraphs:
            yield "@paragraph", p.level, p.marker, p.part, p.role.value, p.eid, p.text
    yield from (("@closing", text) for text in tree.closing)


def read(lines: Sequence[Line]) -> Tree:
    """The tree that `write` wrote. Raises `TextError` for a line that is not of this form."""
    reader = _Reader()
    for line in lines:
        cells = line.text.split("\t")
        try:
            reader.take(cells[0], cells[1:], line.number)
        except (ValueError, IndexError) as error:
            raise TextError(f"Line {line.number} is not of the outline form. Convert the law again.") from error
    return reader.tree()


class _Reader:
    def __init__(self) -> None:
        self.language = self.grammar = self.title = ""
        self.preamble: list[str] = []
        self.closing: list[str] = []
        self.divisions: list[Division] = []
        self.articles: list[tuple[list[str], int, list[Paragraph]]] = []

    def take(self, mark: str, cells: list[str], line: int) -> None:
        match mark:
            case "@law outline 1":
                self.language, self.grammar = cells
            case "@title":
                (self.title,) = cells
            case "@preamble" | "@closing":
                (self.preamble if mark == "@preamble" else self.closing).append(cells[0])
            case "@division":
                kind, number, path, heading = cells
                self.divisions.append(Division(kind, number, heading, path, line))
            case "@line":
                last = self.divisions[-1]
                self.divisions[-1] = Division(
                    last.kind, last.number, last.heading, last.path, last.line, (*last.lines, cells[0])
                )
            case "@article":
                number, path, status, heading = cells
                self.articles.append(([number, path, status, heading], line, []))
            case "@paragraph":
                level, marker, part, role, eid, text = cells
                self.articles[-1][2].append(Paragraph(marker, eid, text, level, part, Role(role), line))
            case "" if not cells:
                return
            case _:
                raise ValueError(mark)

    def tree(self) -> Tree:
        articles = tuple(
            Article(number, heading, path, tuple(paragraphs), line, status)
            for (number, path, status, heading), line, paragraphs in self.articles
        )
        return Tree(
            title=self.title,
            language=self.language,
            grammar=self.grammar,
            divisions=tuple(self.divisions),
            articles=articles,
            preamble=tuple(self.preamble),
            closing=tuple(self.closing),
        )
