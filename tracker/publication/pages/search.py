"""Search results as a reader sees them: by provision, then by text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, ngettext

from codes.text.numbering import sort_key
from codes.text.queries import Excerpt
from tracker.publication.documents import Names
from tracker.publication.finding import MOST, Hit
from tracker.publication.pages import words

HITS = 8  # texts shown of one article; the others are counted


@dataclass(slots=True)
class Group:
    """One provision, or one article through its texts. `key` is "" where it is not followed."""

    law: str
    number: str
    key: str
    names: Names
    hits: list[Hit] = field(default_factory=list)
    excerpts: dict[int, Excerpt] = field(default_factory=dict)

    @property
    def named(self) -> bool:
        return any(hit.named for hit in self.hits)

    @property
    def shown(self) -> list[tuple[Hit, Excerpt]]:
        return [(hit, self.excerpts[hit.row]) for hit in self.hits[:HITS] if hit.row in self.excerpts]

    @property
    def more(self) -> int:
        return max(0, len(self.hits) - HITS)


def groups(hits: Sequence[Hit]) -> list[Group]:
    """What was asked for by its number first, then what is followed, then in the order of the law."""
    found: dict[tuple[str, str], Group] = {}
    joined = _joined(hits)
    for hit in sorted(_once(hits), key=lambda each: (each.place["date"], each.language), reverse=True):
        place = hit.place
        key = ("provision", place["provision"]) if place["provision"] else ("article", joined[_article(hit)])
        group = found.setdefault(key, Group(hit.law, place["number"], place["provision"], place["names"]))
        group.hits.append(hit)
    return sorted(found.values(), key=lambda g: (not g.named, not g.key, g.law, sort_key(g.number)))


def _once(hits: Sequence[Hit]) -> list[Hit]:
    """A text of current law is published with each law that would replace it: shown once, with its provision."""
    best: dict[tuple[str, str, str, str], Hit] = {}
    for hit in hits:
        key = (hit.place["version_law"], hit.place["version"], hit.place["number"], hit.language)
        if key not in best or (hit.place["provision"] and not best[key].place["provision"]):
            best[key] = hit
    return list(best.values())


def _article(hit: Hit) -> str:
    return f"{hit.place['version']}/{hit.place['number']}"


def _joined(hits: Sequence[Hit]) -> dict[str, str]:
    """Article → the name of its line: articles that are confirmed to be the same share one."""
    line: dict[str, str] = {}

    def first(name: str) -> str:
        while line.setdefault(name, name) != name:
            name = line[name]
        return name

    for hit in hits:
        for version, number in hit.place["elsewhere"]:
            line[first(f"{version}/{number}")] = first(_article(hit))
    return {_article(hit): first(_article(hit)) for hit in hits}


def counted(hits: Sequence[Hit], found: Sequence[Group]) -> str:
    """ "23 results in 9 articles"."""
    if len(hits) > MOST:
        return gettext("More than %(n)s results. Add a word.") % {"n": words.number(MOST)}
    shown: Any = sum(len(group.hits) for group in found)
    articles = ngettext("%(n)s article", "%(n)s articles", len(found)) % {"n": len(found)}
    said = ngettext("%(n)s result in %(articles)s", "%(n)s results in %(articles)s", shown)
    return said % {"n": shown, "articles": articles}
