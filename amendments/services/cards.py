"""What the wizard asks: cards of articles that belong together, and what an answer to one means. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from codes.models import Choice
from codes.text.nodes import Article, Link, LinkKind
from codes.text.normalise import key
from codes.text.printing import groups

MOST_TARGETS = 4
LEAST_SHARE = 200  # thousandths; 73 of 76 certain pairs of the two codes share more, 2 of 21 articles without one do
_LONGEST_KEY = 150
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Card:
    """Articles that hang together: `old` of the earlier text, `new` of the new one; one side may be empty.

    `asked`: some link among them is not certain, and a person is asked.
    """

    key: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: str
    reasons: tuple[str, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as numbers: what was chosen, and the articles that it links."""

    choice: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """An article that shares words with another one; `share` in thousandths of the words of both, rare ones more."""

    article: Article
    share: int

    @property
    def likely(self) -> bool:
        """Whether it is offered as the target of Same."""
        return self.share >= LEAST_SHARE


def links_data(links: Iterable[Link]) -> list[dict[str, Any]]:
    return [asdict(link) for link in links]


def links_of(data: Iterable[Mapping[str, Any]]) -> list[Link]:
    return [Link(**{**link, "kind": LinkKind(link["kind"])}) for link in data]


def cards(links: Sequence[Link]) -> list[Card]:
    """All articles of both texts in one card each, in the order of the new text."""
    reasons: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        for end in _ends(link):
            reasons.setdefault(end, []).append(link)
    found = []
    for group in groups(links):
        ends = [("old", number) for number in group.old] + [("new", number) for number in group.new]
        inside = [link for end in ends for link in reasons.get(end, [])]
        doubted = [link for link in inside if not link.certain]
        said = tuple(dict.fromkeys(link.reason for link in doubted or inside))
        old, new = tuple(group.old), tuple(group.new)
        found.append(Card(card_key(old, new), old, new, group.kind.value, said, bool(doubted)))
    return found


def _ends(link: Link) -> list[tuple[str, str]]:
    return [(side, number) for side, number in (("old", link.old), ("new", link.new)) if number is not None]


def card_key(old: Sequence[str], new: Sequence[str]) -> str:
    """What a card is called in forms and rows."""
    plain = f"{'+'.join(old) or '-'}>{'+'.join(new) or '-'}"
    return plain if len(plain) <= _LONGEST_KEY else hashlib.sha256(plain.encode()).hexdigest()


def answered(choice: str, old: Iterable[str], new: Iterable[str]) -> Answered:
    """An answer as a form sends it: one that links nothing names no article, whatever its fields hold."""
    if choice not in {Choice.SAME, Choice.SPLIT, Choice.MERGED}:
        return Answered(choice, (), ())
    return Answered(choice, tuple(old), tuple(new))


def pairs_of(card: Card, answer: Answered) -> Pairs:
    """The links that an answer says hold, "" for no counterpart. What the card asks about and the answer does not link
    has no counterpart, but for New and Removed, which speak of one side only.
    """
    if answer.choice == Choice.NEW:
        return [("", number) for number in card.new]
    if answer.choice == Choice.REMOVED:
        return [(number, "") for number in card.old]
    linked: Pairs = []
    if answer.choice in {Choice.SAME, Choice.SPLIT, Choice.MERGED}:
        linked = [(old, new) for old in answer.old for new in answer.new]
    alone = [(old, "") for old in card.old if all(old != one for one, _ in linked)]
    alone += [("", new) for new in card.new if all(new != two for _, two in linked)]
    return linked + alone


def check(
    card: Card,
    answer: Answered,
    *,
    links: Sequence[Link],
    others: Mapping[str, Pairs],
    known: tuple[Mapping[str, Article], Mapping[str, Article]],
) -> None:
    """Refuse an answer that cannot be, or that would silently undo a certain match or another answer.

    `others` are the links of the other answers by card; `known` the articles of both texts. Raises `ValidationError`.
    """
    _check_shape(card, answer)
    for numbers, articles, where in (
        (answer.old, known[0], gettext("the earlier text")),
        (answer.new, known[1], gettext("the new text")),
    ):
        for number in numbers:
            if number not in articles:
                raise ValidationError(
                    gettext("There is no Article %(number)s in %(text)s. Check the number.")
                    % {"number": number, "text": where}
                )
    pairs = pairs_of(card, answer)
    theirs = [pair for other, found in others.items() if other != card.key for pair in found]
    taken = (_linked(pairs) & _alone(theirs)) | (_alone(pairs) & _linked(theirs))
    for _, number in sorted(taken):
        raise ValidationError(
            gettext("Another answer says otherwise of Article %(number)s. Undo that answer first.") % {"number": number}
        )
    mine = ({one for one, _ in pairs}, {two for _, two in pairs})
    named = (mine[0] | {one for one, _ in theirs}, mine[1] | {two for _, two in theirs})
    for link in links:
        if not link.certain or not link.old or not link.new or (link.old in card.old and link.new in card.new):
            continue  # of the card's own links the answer speaks
        touched = link.old in mine[0] or link.new in mine[1]
        if touched and (link.old in named[0]) != (link.new in named[1]):
            raise ValidationError(
                gettext(
                    "Article %(old)s is certainly Article %(new)s. Name both in this answer, or add the text first "
                    "and correct that match afterwards."
                )
                % {"old": link.old, "new": link.new}
            )


def _linked(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The articles, as (side, number), that these links give a counterpart."""
    return {end for one, two in pairs if one and two for end in (("old", one), ("new", two))}


def _alone(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The articles that these links say have none."""
    return {("old", one) if one else ("new", two) for one, two in pairs if not (one and two)}


def _check_shape(card: Card, answer: Answered) -> None:
    counts = (len(set(answer.old)), len(set(answer.new)))
    if max(counts) > MOST_TARGETS:
        raise ValidationError(gettext("An article can be split into four, or merged from four, at most."))
    wrong = {
        Choice.SAME: counts != (1, 1) and gettext("Same needs one article on each side."),
        Choice.SPLIT: (counts[0] != 1 or counts[1] < 2)
        and gettext("Split needs one article of the earlier text and two to four of the new one."),
        Choice.MERGED: (counts[1] != 1 or counts[0] < 2)
        and gettext("Merged needs two to four articles of the earlier text and one of the new one."),
        Choice.NEW: not card.new and gettext("This card asks about no article of the new text."),
        Choice.REMOVED: not card.old and gettext("This card asks about no article of the earlier text."),
        Choice.DIFFERENT: False,
    }[Choice(answer.choice)]
    if wrong:
        raise ValidationError(wrong)


def settled(links: Sequence[Link], pairs: Sequence[tuple[str, str]]) -> Pairs:
    """The confirmed links with two sides, once these answers are given: the certain ones and what people said."""
    named = ({one for one, _ in pairs if one}, {two for _, two in pairs if two})
    certain = [(link.old, link.new) for link in links if link.certain and link.old and link.new]
    kept = [(one, two) for one, two in certain if one not in named[0] and two not in named[1]]
    return kept + [(one, two) for one, two in pairs if one and two]


def nearest(article: Article, others: Sequence[Article]) -> Near | None:
    """The article that shares most of its words, rare ones counting more: what a person looks at first. It decides
    nothing.
    """
    wanted, held = _words(article), [_words(other) for other in others]
    spread = Counter(word for words in held for word in words)
    best, most = None, 0.0
    for other, words in zip(others, held, strict=True):
        common = sum(1 / spread[word] for word in wanted & words)
        share = common / (sum(1 / spread.get(word, 1) for word in wanted | words) or 1)
        if share > most:
            best, most = other, share
    return Near(best, round(1000 * most)) if best is not None else None


def _words(article: Article) -> frozenset[str]:
    return frozenset(
        word
        for text in (article.heading, *(paragraph.text for paragraph in article.body))
        for word in key(text).split()
        if len(word) > 3
    )
