"""Accuracy of carried quotes, against outcomes known by construction; one table.

Passages are taken from articles of real laws, whose next version is made: `identical`, words were put before and after;
`ambiguous`, the passage was printed once more; `changed`, one word inside was replaced, left out or put in; `gone`, it
was cut out. The error nobody can forgive is `identical` where the words or the place are not the same.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from codes.text.anchors import locate_among  # noqa: E402  the path to the project is set above
from codes.text.nodes import Article, Paragraph, Tree  # noqa: E402
from codes.text.normalise import key  # noqa: E402
from codes.text.parse import parse_file  # noqa: E402

TEXTS = ROOT / "demo" / "texts"
LAWS = {
    "Criminal Code (ru)": TEXTS / "kazakhstan" / "criminal-code-2014_2015-11_other-chapters_ru.txt",
    "Criminal Code (kk)": TEXTS / "kazakhstan" / "criminal-code-2014_ch4_kk_after-2022-01.txt",
    "Constitution (en)": TEXTS / "kazakhstan" / "constitution_en.txt",
    "Code pénal": TEXTS / "france" / "code-penal" / "code-penal_2004-09-27.txt",
}
OUTCOMES = ("identical", "changed", "gone", "ambiguous")
_EACH = 60  # quotes of each outcome and law


def cases(law: Tree, seed: int = 5) -> Iterator[tuple[str, Article, Article, str]]:
    """(expected outcome, old article, new article under another number, quote)."""
    random = Random(seed)
    articles = [a for a in law.articles if sum(len(p.text.split()) for p in a.body) >= 30]
    words = [word for article in articles for paragraph in article.body for word in paragraph.text.split()]
    for outcome in OUTCOMES:
        made = 0
        while made < _EACH:
            article = random.choice(articles)
            place = random.randrange(len(article.body))
            found = _case(outcome, article, place, random, words)
            if found is not None:
                made += 1
                yield (outcome, article, *found)


def _case(outcome: str, article: Article, place: int, random: Random, words: list[str]) -> tuple[Article, str] | None:
    """The new article and the quote; None where this paragraph does not fit."""
    text = article.body[place].text
    printed = text.split()
    length = random.randrange(6, 31)
    if len(printed) < length + 2:
        return None
    start = random.randrange(1, len(printed) - length)
    quoted = printed[start : start + length]
    if quoted[0][0].isdigit() or quoted[-1][-1].isdigit():
        return None  # it may begin or end inside a number such as 45 000
    quote = " ".join(quoted)
    whole = key("\n".join(p.text for p in article.body))
    if whole.count(key(quote)) != 1 or key(text).count(key(quote)) != 1:
        return None
    if outcome == "identical":
        text = f"{random.choice(words)} {text} {random.choice(words)}"
    elif outcome == "changed":
        middle = random.randrange(2, length - 2)
        other = random.choice(words)
        left_out, put_in = [*quoted[:middle], *quoted[middle + 1 :]], [*quoted[:middle], other, *quoted[middle:]]
        edited = random.choice((left_out, put_in, [*quoted[:middle], other, *quoted[middle + 1 :]]))
        if key(" ".join(edited)) == key(quote):
            return None
        text = " ".join([*printed[:start], *edited, *printed[start + length :]])
    elif outcome == "gone":
        text = " ".join([*printed[:start], *printed[start + length :]])
    else:
        text = f"{text} {quote}"
    body = tuple(replace(p, text=text) if n == place else p for n, p in enumerate(article.body))
    if outcome == "gone" and _still_there(quoted, body):
        return None
    return replace(article, number=f"9{article.number}", paragraphs=body), quote


def _still_there(quoted: list[str], body: tuple[Paragraph, ...]) -> bool:
    """Whether another passage shares so many words that a person should see it as the changed one."""
    rest = {word for p in body for word in key(p.text).split()}
    return sum(key(word) in rest for word in quoted) >= 0.4 * len(quoted)


def confusion(law: Tree) -> Counter[tuple[str, str]]:
    return Counter((expected, locate_among(old, [new], quote).outcome) for expected, old, new, quote in cases(law))


def main() -> None:
    print(f"{'law':<22} {'expected':<10} {'right':>7}   found as")
    for name, path in LAWS.items():
        found = confusion(parse_file(path))
        for expected in OUTCOMES:
            row = {outcome: count for (told, outcome), count in found.items() if told == expected}
            right = row.get(expected, 0) / sum(row.values())
            print(f"{name:<22} {expected:<10} {100 * right:>5.1f} %   {', '.join(f'{k} {v}' for k, v in row.items())}")
        wrong = sum(count for (expected, outcome), count in found.items() if outcome == "identical" != expected)
        print(f"{name:<22} {'':<10} carried wrongly as identical: {wrong}")


if __name__ == "__main__":
    main()
