"""A later version of a real law, made by known steps: the truth about its correspondences is known in full.

Neighbouring articles are merged in twos to fours (in a deep reform in threes to fives), others are split, dropped,
added, moved; all are numbered anew and some of their words replaced. Real reforms with hundreds of merges and a truth
read by people are rare; this stands in for them, in any language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from codes.text.nodes import Article, Paragraph, Tree

DROPPED, ADDED, MOVED = 0.07, 0.05, 0.03  # shares of articles


@dataclass(frozen=True, slots=True)
class Reform:
    """How much is merged and split (shares of groups of articles), and how many articles a merger takes."""

    merged: float
    split: float
    sizes: tuple[int, ...]


USUAL = Reform(0.25, 0.1, (2, 2, 2, 3, 4))
DEEP = Reform(0.4, 0.25, (3, 3, 4, 4, 5))


@dataclass
class _Maker:
    random: Random
    noise: float
    headings: bool
    words: Sequence[str]
    articles: list[Article] = field(default_factory=list)
    truth: set[tuple[str, str]] = field(default_factory=set)

    def add(self, olds: Sequence[Article], paragraphs: Sequence[Paragraph], heading: str) -> None:
        number = str(len(self.articles) + 1)
        texts = tuple(
            replace(p, text=self.reworded(p.text), eid=f"art_{number}__{place}") for place, p in enumerate(paragraphs)
        )
        self.articles.append(Article(number, self.reworded(heading) if self.headings else "", "", texts))
        self.truth |= {(old.number, number) for old in olds} or {("-", number)}

    def reworded(self, text: str) -> str:
        """Half of the changes replace a word, a quarter leave one out, a quarter put one in."""
        return " ".join(word for printed in text.split() for word in self._word(printed)) or text

    def _word(self, word: str) -> Sequence[str]:
        chance = self.random.random() / self.noise
        if chance >= 1:
            return (word,)
        other = self.random.choice(self.words)
        return (other,) if chance < 0.5 else () if chance < 0.75 else (word, other)


def made_version(
    law: Tree, *, noise: float, headings: bool = True, reform: Reform = USUAL, seed: int = 7
) -> tuple[Tree, Tree, set[tuple[str, str]]]:
    """(the law, its made later version, pairs of numbers with "-" for a missing side).

    `noise` is the share of words that are changed.
    """
    articles = [a for a in law.articles if a.body and not a.status and "~" not in a.number]
    random = Random(seed)
    words = [word for article in articles for paragraph in article.body for word in paragraph.text.split()]
    maker = _Maker(random, noise, headings, words)
    groups = list(_groups(articles, maker, reform))
    for _ in range(int(MOVED * len(groups))):
        moved = groups.pop(random.randrange(len(groups)))
        groups.insert(random.randrange(len(groups) + 1), moved)
    for is_split, group in groups:
        body = [paragraph for article in group for paragraph in article.body]
        cut = random.randrange(1, len(body)) if is_split else len(body)
        for piece in (body[:cut], body[cut:]):
            if piece:
                maker.add(group, piece, random.choice(group).heading)
        if random.random() < ADDED:
            maker.add((), [Paragraph("", "", " ".join(random.choices(words, k=random.randrange(20, 120))))], "")
    return replace(law, articles=tuple(articles)), replace(law, articles=tuple(maker.articles)), maker.truth


def _groups(articles: Sequence[Article], maker: _Maker, reform: Reform) -> Iterator[tuple[bool, list[Article]]]:
    """(whether it is split, the articles that become one) in order; what is dropped goes into the truth."""
    place = 0
    while place < len(articles):
        chance = maker.random.random()
        size = maker.random.choice(reform.sizes) if chance < reform.merged else 1
        group = list(articles[place : place + size])
        place += size
        if reform.merged + reform.split <= chance < reform.merged + reform.split + DROPPED:
            maker.truth.add((group[0].number, "-"))
        else:
            is_split = reform.merged <= chance < reform.merged + reform.split and len(group[0].body) > 1
            yield is_split, group
