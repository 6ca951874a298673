"""The list of contents that a law may print before its text: the same headings twice."""

from __future__ import annotations

from collections.abc import Mapping

from codes.text.normalise import key
from codes.text.openings import ArticleHeading, Opening

_TRIED = 4  # a list of contents begins with one of the first headings
_LEAST = 3  # headings that make a list
_LONGEST = 300  # characters of an entry; a longer one is an article on one line
_MOST_BETWEEN = 0.8  # other lines per article heading; a law has more, a list of contents hardly any


def contents_list(openings: Mapping[int, Opening], length: int) -> range:
    """Places of the lines that are a list of contents and no law; empty when there is none.

    It runs from a heading to that heading's second appearance, if nothing but headings stands between. A list of
    divisions alone is recognised by holding no article at all.
    """
    places = sorted(openings)
    keys = [_key(openings[place]) for place in places]
    for first in range(min(_TRIED, len(places))):
        try:
            again = keys.index(keys[first], first + 1)
        except ValueError:
            continue
        listed = range(places[first], places[again])
        articles = sum(isinstance(openings[place], ArticleHeading) for place in places[first:again])
        if any(_length(openings[place]) > _LONGEST for place in places[first:again]):
            continue
        between = len(listed) - (again - first)
        if again - first >= _LEAST and (articles == 0 or between <= _MOST_BETWEEN * articles):
            return listed
    return range(length, length)


def _length(opening: Opening) -> int:
    return len(opening.heading) + (len(opening.words) if isinstance(opening, ArticleHeading) else 0)


def _key(opening: Opening) -> tuple[str, str]:
    kind = "article" if isinstance(opening, ArticleHeading) else opening.kind
    return (kind, opening.number or key(opening.heading))
