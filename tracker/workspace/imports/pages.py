"""What the wizard's pages show, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from amendments.services import cards, staging
from amendments.services.cards import Answered, Card
from codes.models import Choice, Import, ImportAnswer, Version
from codes.services import trees
from codes.text.diff import compare
from codes.text.nodes import Article, Division, Op, OpKind, Paragraph, Row, Tree

SHOWN = 50  # rows of a list that is searched
_OLD_SIDE = {OpKind.EQUAL: "", OpKind.DELETE: "deleted", OpKind.MOVE_FROM: "moved"}
_NEW_SIDE = {OpKind.EQUAL: "", OpKind.INSERT: "added", OpKind.MOVE_TO: "moved"}


@dataclass
class Branch:
    """A division with the articles that stand right below it, and how many below it in all."""

    division: Division
    depth: int
    articles: list[Article] = field(default_factory=list)
    count: int = 0


def outline(tree: Tree) -> list[Branch]:
    branches = {d.path: Branch(d, d.path.count("/")) for d in tree.divisions}
    if any(article.path not in branches for article in tree.articles):
        nothing = Division("", "", "", "")
        branches = {"": Branch(nothing, 0)} | branches
    for article in tree.articles:
        branches[article.path if article.path in branches else ""].articles.append(article)
        steps = article.path.split("/")
        for path in {"/".join(steps[: depth + 1]) for depth in range(len(steps))}:
            if path in branches:
                branches[path].count += 1
    return list(branches.values())


def problems(tree: Tree) -> list[dict[str, Any]]:
    """Worst first, each with the words of its line."""
    lines = dict(_lines(tree))
    return [
        {"problem": problem, "words": lines.get(problem.line, "") if problem.line else ""} for problem in tree.problems
    ]


def _lines(tree: Tree) -> Iterator[tuple[int, str]]:
    for division in tree.divisions:
        yield division.line, division.heading
    for article in tree.articles:
        yield from ((paragraph.line, paragraph.text) for paragraph in article.paragraphs)
        yield article.line, f"{article.number}. {article.heading}".strip()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: "" as in both texts, else deleted, added or moved."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph beside its counterpart; no pieces where a side has none."""

    old: list[Piece]
    new: list[Piece]


def side_by_side(old: Sequence[Article], new: Sequence[Article]) -> list[Pair]:
    return [_pair(row) for row in compare(old, new).rows]


def _pair(row: Row) -> Pair:
    return Pair(_pieces(row.old, row.ops, _OLD_SIDE, "old"), _pieces(row.new, row.ops, _NEW_SIDE, "new"))


def _pieces(paragraph: Paragraph | None, ops: Sequence[Op], kinds: Mapping[OpKind, str], side: str) -> list[Piece]:
    if paragraph is None:
        return []
    found = []
    for op in ops:
        start, end = op.old if side == "old" else op.new
        if op.kind in kinds and start < end:
            found.append(Piece(kinds[op.kind], paragraph.text[start:end]))
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """A card in the list: which earlier text, and how it stands: open, answered, or settled by another answer."""

    old: Version
    card: Card
    answer: ImportAnswer | None
    settled: bool

    @property
    def open(self) -> bool:
        return self.answer is None and not self.settled

    @property
    def title(self) -> str:
        return title(self.card.old, self.card.new)


def title(old: Sequence[str], new: Sequence[str]) -> str:
    left = ", ".join(old) or gettext("nothing")
    return f"{left} → {', '.join(new) or gettext('nothing')}"


@dataclass(frozen=True)
class Matching:
    """All cards of an import, against every text that it is compared with."""

    run: Import
    listed: list[Listed]
    answers: dict[tuple[int, str], ImportAnswer]

    @classmethod
    def of(cls, run: Import) -> Matching:
        rows = {
            (row.old_id, row.card): row for row in ImportAnswer.objects.filter(run=run).select_related("answered_by")
        }
        listed = []
        for staged in run.staged_links.select_related("old"):
            found = cards.cards(cards.links_of(staged.links))
            said = [
                (card.key, pair)
                for card in found
                if (row := rows.get((staged.old_id, card.key))) is not None and row.choice
                for pair in cards.pairs_of(card, Answered(row.choice, tuple(row.old_numbers), tuple(row.new_numbers)))
            ]
            for card in found:
                row = rows.get((staged.old_id, card.key))
                others = [pair for key, pair in said if key != card.key]
                named = {("old", one) for one, _ in others} | {("new", two) for _, two in others}
                subjects = {("old", one) for one in card.old} | {("new", two) for two in card.new}
                listed.append(Listed(staged.old, card, row if row and row.choice else None, subjects <= named))
        return cls(run, listed, rows)

    @property
    def asked(self) -> list[Listed]:
        return [one for one in self.listed if one.card.asked]

    @property
    def waiting(self) -> list[Listed]:
        return [one for one in self.asked if one.open]

    @property
    def matched(self) -> int:
        """Matches that nobody is asked about."""
        return sum(not one.card.asked and bool(one.card.old and one.card.new) for one in self.listed)

    def find(self, old: str, key: str) -> Listed | None:
        """The card of an address, or the first that waits, or the first."""
        for one in self.listed:
            if one.card.key == key and str(one.old.pk) == old:
                return one
        return next(iter(self.waiting or self.asked), None)

    def revision(self, one: Listed) -> int:
        row = self.answers.get((one.old.pk, one.card.key))
        return row.revision if row else 0

    def after(self, one: Listed) -> Listed | None:
        """The next card that waits."""
        order = self.asked
        place = order.index(one) + 1 if one in order else 0
        return next((other for other in order[place:] + order[:place] if other.open and other != one), None)

    def search(self, words: str) -> list[Listed]:
        """The matches that nobody is asked about, those with this number first and alone when there are any."""
        rest = [one for one in self.listed if not one.card.asked]
        return [one for one in rest if not words or words in one.card.old or words in one.card.new][:SHOWN]


@dataclass(frozen=True)
class Shown:
    """One card with the words of both sides. `old` and `new` are shown; they fill the fields, so that one key answers
    Same, but for a nearest article that is here only to compare.
    """

    listed: Listed
    revision: int
    old: list[Article]
    new: list[Article]
    rows: list[Pair]
    near: cards.Near | None
    numbers: tuple[list[str], list[str]]

    @property
    def old_fields(self) -> list[str]:
        return four([article.number for article in self.old if self._proposed(article)])

    @property
    def new_fields(self) -> list[str]:
        return four([article.number for article in self.new if self._proposed(article)])

    def _proposed(self, article: Article) -> bool:
        return self.near is None or article is not self.near.article or self.near.likely


def four(numbers: list[str]) -> list[str]:
    """The values of the four fields of one side."""
    return (numbers + [""] * cards.MOST_TARGETS)[: cards.MOST_TARGETS]


def show_card(matching: Matching, listed: Listed, asked: tuple[list[str], list[str]]) -> Shown:
    """`asked`: the numbers that the person wants to see beside one another, instead of the card's own."""
    old = {article.number: article for article in trees.tree(listed.old).articles}
    new = {article.number: article for article in staging.staged_tree(matching.run).articles}
    olds = [old[number] for number in asked[0] or _numbers(listed, "old") if number in old]
    news = [new[number] for number in asked[1] or _numbers(listed, "new") if number in new]
    near: cards.Near | None = None
    if not olds and news:
        near = cards.nearest(news[0], list(old.values()))
        olds = [near.article] if near else []
    elif not news and olds:
        near = cards.nearest(olds[0], list(new.values()))
        news = [near.article] if near else []
    return Shown(listed, matching.revision(listed), olds, news, side_by_side(olds, news), near, (list(old), list(new)))


def _numbers(listed: Listed, side: str) -> Sequence[str]:
    """What an answer named, else what the card asks about."""
    if listed.answer is not None and (listed.answer.old_numbers or listed.answer.new_numbers):
        found: list[str] = listed.answer.old_numbers if side == "old" else listed.answer.new_numbers
        return found
    return listed.card.old if side == "old" else listed.card.new


CHOICES = [
    (Choice.SAME, "1", gettext_lazy("Same")),
    (Choice.DIFFERENT, "2", gettext_lazy("Different")),
    (Choice.SPLIT, "3", gettext_lazy("Split")),
    (Choice.MERGED, "4", gettext_lazy("Merged")),
    (Choice.NEW, "5", gettext_lazy("New")),
    (Choice.REMOVED, "6", gettext_lazy("Removed")),
]


def choices(card: Card) -> list[dict[str, Any]]:
    """The six answers with their keys; those that make no sense for a card are not offered."""
    off = {Choice.NEW: not card.new, Choice.REMOVED: not card.old}
    return [
        {"value": choice.value, "key": key, "word": word, "off": off.get(choice, False)}
        for choice, key, word in CHOICES
    ]


def choice_word(choice: str) -> str:
    return str(next((word for value, _, word in CHOICES if value == choice), ""))
