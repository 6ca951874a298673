"""What a person corrects in a parse: a heading read wrongly, not read, or read where there is none. No word is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from codes.text.grammar import GRAMMARS, Grammar, choose
from codes.text.nodes import Article, Line, Paragraph, Role, TextError, Tree
from codes.text.openings import ArticleHeading, find_openings
from codes.text.paragraphs import paragraphs_of, slug
from codes.text.problems import after_fix
from codes.text.structure import read_article

LONGEST_NUMBER = 40  # characters
Words = tuple[str, Role, int]  # text, role, line of the source


class FixKind(StrEnum):
    """`RENAME`: another number or heading. `SPLIT`: an article begins at a paragraph. `JOIN`: the article goes on the
    one before. `NOT_ARTICLE`: the same, but where nothing stands before it its words go to the chapter or the preamble.
    """

    RENAME = "rename"
    SPLIT = "split"
    JOIN = "join"
    NOT_ARTICLE = "not_article"


@dataclass(frozen=True, slots=True)
class Fix:
    """`article` and `line` name the article as it stands when the fix is applied; both must fit.

    `number` and `heading`: of a renamed article. `at`: the element id where a split begins; `number` then counts only
    if no number is printed there.
    """

    kind: FixKind
    article: str
    line: int
    number: str = ""
    heading: str = ""
    at: str = ""


def fix_all(tree: Tree, fixes: Sequence[Fix]) -> Tree:
    """The tree after all fixes, in order. Raises `TextError` with one sentence for one that cannot be."""
    for fix in fixes:
        tree = apply(tree, fix)
    return tree


def apply(tree: Tree, fix: Fix) -> Tree:
    """The tree after one fix, its problems found anew."""
    place = next((p for p, a in enumerate(tree.articles) if (a.number, a.line) == (fix.article, fix.line)), None)
    if place is None:
        raise TextError(f"There is no Article {fix.article} on line {fix.line} any more. Load the page again.")
    if fix.kind is FixKind.RENAME:
        fixed = _rename(tree, place, fix)
    elif fix.kind is FixKind.SPLIT:
        fixed = _split(tree, place, fix)
    else:
        fixed = _fold(tree, place, only_join=fix.kind is FixKind.JOIN)
    fixed = replace(fixed, articles=_counted(fixed.articles))
    return replace(fixed, problems=after_fix(fixed, tree.problems))


def printed(tree: Tree, article: Article) -> str:
    """The heading of an article as its tradition prints it."""
    rules = _rules(tree)
    number = rules.printed_article.format(number=article.number.partition("~")[0])
    return f"{number}{rules.printed_separator}{article.heading}" if article.heading else number


def begins_article(tree: Tree, article: Article, paragraph: Paragraph) -> str:
    """The number that a paragraph prints if it reads like the heading of an article, else ""."""
    opening = _opening(tree, article, paragraph.text)
    return opening.number if opening is not None else ""


def _rules(tree: Tree) -> Grammar:
    """The tradition of the text; of a text that came with its structure, the one that fits its words best."""
    if tree.grammar in GRAMMARS:
        return GRAMMARS[tree.grammar]
    return choose([Line(p.line, p.text) for a in tree.articles for p in a.body], tree.language)


def _opening(tree: Tree, article: Article, text: str) -> ArticleHeading | None:
    lines = [Line(0, printed(tree, article)), Line(1, text)]
    opening = find_openings(lines, _rules(tree)).get(1)
    return opening if isinstance(opening, ArticleHeading) else None


def _rename(tree: Tree, place: int, fix: Fix) -> Tree:
    article = tree.articles[place]
    number, heading = " ".join(fix.number.split()), " ".join(fix.heading.split())
    _check_number(number)
    if number != article.number and any(other.number == number for other in tree.articles):
        raise TextError(f"There is an Article {number} already. Correct or join that one first.")
    if article.heading and not heading:
        raise TextError("The heading would be lost. Correct it, or say that this is no article.")
    return _with(tree, place, 1, [replace(_numbered(article, number), heading=heading)])


def _check_number(number: str) -> None:
    if len(number) > LONGEST_NUMBER or "~" in number or not any(map(str.isdigit, number)):
        raise TextError("The number of an article has digits, and 40 characters at most.")


def _split(tree: Tree, place: int, fix: Fix) -> Tree:
    """The new article is read as any other: its number, heading and parts from the words that stand there."""
    article = tree.articles[place]
    at = next((at for at, paragraph in enumerate(article.paragraphs) if paragraph.eid == fix.at), None)
    if at is None:
        raise TextError(f"This place is not in Article {article.number} any more. Load the page again.")
    here, rest = article.paragraphs[at], article.paragraphs[at + 1 :]
    words = [(p.text, p.role, p.line) for p in rest]
    opening = _opening(tree, article, here.text)
    if opening is None:
        number = " ".join(fix.number.split())
        if not number:
            raise TextError("No number is printed here. Type the number of the article that begins here.")
        _check_number(number)
        opening = ArticleHeading(number, "")
        words.insert(0, (here.text, here.role, here.line))
    opening = replace(opening, span=1)
    lines = [Line(count, text) for count, (text, _, _) in enumerate(words, 1)]
    footnotes = frozenset(count for count, (_, role, _) in enumerate(words, 1) if role is Role.FOOTNOTE)
    found = read_article(opening, here.text, lines, _rules(tree), footnotes)
    source = [here.line, *(line for _, _, line in words)]
    paragraphs = tuple(replace(p, line=source[p.line]) for p in found.paragraphs)
    second = replace(found, path=article.path, line=here.line, paragraphs=paragraphs)
    return _with(tree, place, 1, [replace(article, paragraphs=article.paragraphs[:at]), second])


def _fold(tree: Tree, place: int, *, only_join: bool) -> Tree:
    """The heading becomes a line of words again, and all words go to what stands before them."""
    article, before = tree.articles[place], tree.articles[place - 1] if place else None
    words: list[Words] = [(printed(tree, article), Role.BODY, article.line)]
    words += [(p.text, p.role, p.line) for p in article.paragraphs]
    if before is not None and before.path == article.path:
        return _with(tree, place - 1, 2, [_longer(tree, before, words)])
    if only_join:
        raise TextError(f"No article stands before Article {article.number} in its chapter. Say that it is no article.")
    texts = tuple(text for text, _, _ in words)
    shorter = _with(tree, place, 1, [])
    for at, division in enumerate(tree.divisions):
        if division.path == article.path:
            longer = replace(division, lines=(*division.lines, *texts))
            return replace(shorter, divisions=(*tree.divisions[:at], longer, *tree.divisions[at + 1 :]))
    if before is not None:
        return _with(tree, place - 1, 2, [_longer(tree, before, words)])
    return replace(shorter, preamble=(*tree.preamble, *texts))


def _longer(tree: Tree, article: Article, more: Sequence[Words]) -> Article:
    """The article with more words after its own, its parts numbered anew. A stub that gets words is no stub."""
    words = [*((p.text, p.role, p.line) for p in article.paragraphs), *more]
    lines = [Line(count, text) for count, (text, _, _) in enumerate(words)]
    publisher = frozenset(count for count, (_, role, _) in enumerate(words) if role is Role.FOOTNOTE)
    found = paragraphs_of(article.number, lines, _rules(tree), publisher)
    paragraphs = tuple(replace(p, line=words[p.line][2]) for p in found)
    return replace(article, paragraphs=paragraphs, status="")


def _with(tree: Tree, place: int, taken: int, articles: Sequence[Article]) -> Tree:
    return replace(tree, articles=(*tree.articles[:place], *articles, *tree.articles[place + taken :]))


def _counted(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Numbers with the mark of their second and later appearance."""
    seen: dict[str, int] = {}
    found = []
    for article in articles:
        number = article.number.partition("~")[0]
        count = seen[number] = seen.get(number, 0) + 1
        found.append(_numbered(article, number if count == 1 else f"{number}~{count}"))
    return tuple(found)


def _numbered(article: Article, number: str) -> Article:
    """The article under another number, its element ids with it."""
    if number == article.number:
        return article
    old, new = f"art_{slug(article.number)}", f"art_{slug(number)}"
    paragraphs = tuple(
        replace(p, eid=new + p.eid[len(old) :]) if p.eid.startswith(old) else p for p in article.paragraphs
    )
    return replace(article, number=number, paragraphs=paragraphs)
