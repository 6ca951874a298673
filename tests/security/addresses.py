"""Every address of both sites, made from the URL configurations: a new parameter must say here what it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import URLPattern, URLResolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


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


def fill(route: str, samples: Mapping[str, Sequence[str]]) -> list[str]:
    """Addresses of a route: all first samples, then each other sample beside the first ones. Raises `Unknown`."""
    if "(?P" in route or "^" in route:
        raise Unknown(f"{route} is a regular expression. Write it as a path with converters, or the proofs miss it.")
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
