"""Every address of both sites, made from the URL configurations: a new parameter must say here what it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RegexPattern

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P(<\w+>)[^()]*\)")


class Unknown(Exception):
    """A sentence that says which sample is missing, for the person who added the address."""


def routes(patterns: Any, above: str = "") -> Iterator[str]:
    """Every route below these patterns, e.g. "<language:lang>/laws/<slug:law>/"."""
    for each in patterns:
        route = above + _plain(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route


def _plain(pattern: Any) -> str:
    """A pattern as a route; of a regular expression, its named groups become parameters."""
    if not isinstance(pattern, RegexPattern):
        return str(pattern)
    return GROUP.sub(r"\1", str(pattern).removeprefix("^").removesuffix("$"))


def fill(route: str, samples: Mapping[str, Sequence[str]]) -> list[str]:
    """Addresses of a route: all first samples, then each other sample beside the first ones. Raises `Unknown`."""
    if set(route) & set("^$()[]?*+\\"):
        raise Unknown(f"{route} is more than named groups. Write it as a path with converters, or the proofs miss it.")
    names = list(dict.fromkeys(PARAMETER.findall(route)))
    for name in names:
        if name not in samples:
            raise Unknown(
                f"{route} has the parameter {name!r}, of which tests/security/samples.py knows no value. Add what is "
                "published and what is not."
            )
    first = {name: samples[name][0] for name in names}
    choices = [first, *({**first, name: value} for name in names for value in samples[name][1:])]
    return [f"/{_filled(route, chosen)}" for chosen in choices]


def _filled(route: str, chosen: Mapping[str, str]) -> str:
    return PARAMETER.sub(lambda match: chosen[match.group(1)], route)
