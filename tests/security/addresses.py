"""Every address of both sites, made from the URL configurations: a new parameter must say here what it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
MOST = 60  # addresses of one route and language


class Unknown(Exception):
    """A sentence that says which sample is missing, for the person who added the address."""


def routes(patterns: Any, above: str = "") -> Iterator[str]:
    """Every route below these patterns, e.g. "<language:lang>/laws/<slug:law>/"."""
    for each in patterns:
        route = above + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route


def fill(route: str, samples: Mapping[str, Sequence[str]], *, most: int = MOST) -> list[str]:
    """Addresses of a route, one for each choice of samples, at most `most`. Raises `Unknown`."""
    if "(?P" in route or "^" in route:
        raise Unknown(f"{route} is a regular expression. Write it as a path with converters, or the proofs miss it.")
    names = list(dict.fromkeys(PARAMETER.findall(route)))
    for name in names:
        if name not in samples:
            raise Unknown(
                f"{route} has the parameter {name!r}, of which tests/security/samples.py knows no value. Add what is "
                "published and what is not."
            )
    found = []
    for values in product(*(samples[name] for name in names)):
        chosen = dict(zip(names, values, strict=True))
        found.append("/" + PARAMETER.sub(lambda match, chosen=chosen: chosen[match.group(1)], route))  # type: ignore[misc]
    step = max(1, -(-len(found) // most))
    return found[::step]
