"""Which addresses of the site are in the copy, and in which file each one stands. Pure.

An address is a path from the root of the site with its query in a fixed order: "/en/laws/kz/?base=law". A query
becomes part of the file's name, since a disk answers none: "en/laws/kz/index~base-law.html".
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

# What a query may change in a copy, by kind of page: each of these sets of names, with whatever value pages link to.
# All else would be a file for every combination; such a link leads home, and nowhere where no home is known.
KEPT: dict[str, tuple[frozenset[str], ...]] = {
    "overview": tuple(
        map(frozenset, ({"base"}, {"topic"}, {"text"}, {"texts"}, {"changed"}, {"base", "texts"}, {"base", "topic"}))
    ),
    "contents": tuple(map(frozenset, ({"changed"}, {"all"}, {"expand"}, {"all", "changed"}))),
    "compare": tuple(map(frozenset, ({"view"}, {"show"}, {"page"}, {"show", "page"}))),
    "changes": (frozenset({"before"}),),
}
# Names that change nothing in a copy: single keys can only be switched off where a page asks for them.
IGNORED = {"compare": {"keys"}, "pair": {"keys"}}
_FOREIGN = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def is_foreign(link: str) -> bool:
    """True for a link that names its scheme or host."""
    return _FOREIGN.match(link) is not None


def split(here: str, link: str) -> tuple[str, dict[str, str], str]:
    """A link found on the page at `here` as path from the root, query and fragment."""
    parts = urlsplit(urljoin(here.partition("?")[0], link))
    query = dict(parse_qsl(parts.query)) if parts.query or not link.startswith("#") else {}
    return parts.path, query, parts.fragment


def address(path: str, query: Mapping[str, str]) -> str:
    return path + (f"?{urlencode(sorted(query.items()))}" if query else "")


def reduced(kind: str, query: Mapping[str, str]) -> dict[str, str] | None:
    """What of a query the copy holds; None where it holds no such page. `kind`: the name of the page's view.

    A division of a large contents is opened by showing all of them: the fragment leads to it. Comparisons show what we
    follow in every view, all that changed in the usual one.
    """
    asked = {name: value for name, value in query.items() if value and name not in IGNORED.get(kind, ())}
    if kind == "contents" and "open" in asked:
        del asked["open"]
        asked["all"] = "1"
    if kind == "compare":
        if asked.get("show") == "all":
            return None
        if "view" in asked and asked.get("show") == "followed":
            del asked["show"]
    return asked if not asked or frozenset(asked) in KEPT.get(kind, ()) else None


def chosen_pair(path: str, query: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """A comparison with other texts chosen is another comparison: ".../compare/a...b/?from=c" is ".../c...b/"."""
    folder, _, pair = path.rstrip("/").rpartition("/")
    old, _, new = pair.partition("...")
    rest = {name: value for name, value in query.items() if name not in {"from", "to"}}
    return f"{folder}/{quote(query.get('from') or old)}...{quote(query.get('to') or new)}/", rest


def file_of(found: str) -> str:
    """The file of an address, from the root of the copy."""
    path, _, query = found.partition("?")
    name = unquote(path)[1:] + ("index.html" if path.endswith("/") else "")
    if not query:
        return name
    stem, dot, ending = name.rpartition(".")
    said = "".join(f"~{_plain(key)}-{_plain(value)}" for key, value in parse_qsl(query))
    return f"{stem}{said}{dot}{ending}"


def _plain(value: str) -> str:
    """A part of a file name that every disk takes; two different values stay different."""
    return re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", value)


def relative(here: str, target: str, fragment: str = "") -> str:
    """The link from one file of the copy to another."""
    found = quote(posixpath.relpath(target, posixpath.dirname(here) or "."), safe="/~")
    return found + (f"#{quote(fragment, safe='~')}" if fragment else "")


def page_of(path: str) -> str:
    """The address, below a language, of the page that a document has of its own; "" where it has none."""
    steps = path.split("/")
    if steps[0] != "laws" or len(steps) < 3:
        return ""
    if steps[2] == "overview":
        return f"laws/{quote(steps[1])}/"
    own = len(steps) > 3 and steps[2] in {"v", "p", "compare", "notes"}
    return "/".join(quote(step, safe="~") for step in steps) + "/" if own else ""


def clashing(files: Iterable[str]) -> list[str]:
    """Files that a disk without upper and lower case would take for one."""
    seen: dict[str, str] = {}
    return [name for name in sorted(files) if seen.setdefault(name.casefold(), name) != name]
