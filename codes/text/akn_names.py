"""Names shared by reading and writing Akoma Ntoso."""

from __future__ import annotations

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:draft-law-monitor:text"
"""Namespace of the one element in which the engine keeps what Akoma Ntoso has no place for: grammar and language."""

DIVISIONS = frozenset(
    [
        "part",
        "book",
        "title",
        "subtitle",
        "chapter",
        "section",
        "subsection",
        "paragraph",
        "subpart",
        "subchapter",
        "division",
        "tome",
        "subdivision",
    ]
)
ARTICLE_STATUSES = frozenset({"repealed", "suppressed", "unchanged"})
PART, ITEM, SUBITEM, TEXT = "part", "item", "subitem", "text"
ELEMENT_OF = {PART: "paragraph", ITEM: "point", SUBITEM: "indent", TEXT: "alinea"}
LEVEL_OF = {element: level for level, element in ELEMENT_OF.items()} | {"hcontainer": TEXT}
NAMED = {PART: "para", ITEM: "point", SUBITEM: "subpoint"}


def printed_marker(printed: str) -> str:
    """The marker in a printed number: "1-1. " → "1-1", "(a) " → "a"."""
    return " ".join(printed.strip(" .()–—-").split())
