"""XML texts: Akoma Ntoso, and the bill format of the United States House."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from codes.text.nodes import Document, Line, TextError

MEDIA_TYPE = "application/akn+xml"
BILL_TYPE = "application/xml"
DEEPEST = 256
_DECLARATION = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)|<!DOCTYPE[^<>\[]{0,2000}\[", re.IGNORECASE)
_LEVELS = frozenset({"subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem"})
_DIVISIONS = frozenset({"title", "subtitle", "part", "subpart", "chapter", "subchapter"})
_SKIPPED = frozenset({"toc", "attestation", "endorsement"})


def root_of(data: bytes, name: str) -> etree._Element:
    """Parse without entities, network or external definitions.

    A document type that only names itself is passed over unread; one that declares anything is refused before parsing.
    """
    if _DECLARATION.search(data.replace(b"\x00", b"")):
        raise TextError(f"{name} declares a document type of its own, which is not read. Save it without one.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split(" (<string>")[0].split(", line ")[0].split())
        raise TextError(f"{name} is not well-formed XML: {reason}. Save it again.") from error
    if root is None:
        raise TextError(f"{name} holds no XML element. Choose another file.")
    _refuse_depth(root, name)
    return root


def _refuse_depth(root: etree._Element, name: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise TextError(f"{name} is nested more than {DEEPEST} levels deep. Save it again as DOCX or plain text.")


def read_akn(path: Path) -> Document:
    """The lines of an Akoma Ntoso document, for readers that want lines; `codes.text.akn` keeps the structure."""
    root = root_of(path.read_bytes(), path.name)
    texts = [_words(element) for element in root.iter("{*}p", "{*}heading", "{*}num")]
    return Document(tuple(Line(n, text) for n, text in enumerate(filter(None, texts), 1)), MEDIA_TYPE)


def read_bill(path: Path) -> Document:
    """One line per numbered level of a bill; the table of contents is left out.

    Words to be inserted in another law begin with a quotation mark, as in print: they are not the bill's own sections.
    """
    root = root_of(path.read_bytes(), path.name)
    lines = [_words(next(root.iter(tag), None)) for tag in ("legis-num", "official-title")]
    for body in root.iter("legis-body", "resolution-body"):
        for line in _lines(body, quoted=False):
            if lines and not any(char.isalnum() for char in line):
                lines[-1] += line.lstrip("“")  # the full stop after a quotation
            else:
                lines.append(line)
    return Document(tuple(Line(n, text) for n, text in enumerate(filter(None, lines), 1)), BILL_TYPE)


def _lines(element: etree._Element, *, quoted: bool) -> Iterator[str]:
    """The lines of an element's children in order. A numbered level's own words stand on the line of its number."""
    mark = "“" if quoted else ""
    is_level = element.tag in _LEVELS
    for child in element:
        tag = str(child.tag)
        if tag in _SKIPPED or tag in {"enum", "header"}:
            continue
        if tag == "quoted-block":
            yield from _lines(child, quoted=True)
            continue
        if tag == "section" or tag in _LEVELS or tag in _DIVISIONS:
            yield mark + _opening(child, tag)
            yield from _lines(child, quoted=quoted)
            continue
        if not (is_level and tag == "text" and child is element.find("text")):
            yield mark + _words(child)
        for block in child.iter("quoted-block"):
            yield from _lines(block, quoted=True)


def _opening(element: etree._Element, tag: str) -> str:
    enum, header = _words(element.find("enum")), _words(element.find("header"))
    if tag == "section":
        return f"SEC. {enum.rstrip('.')}. {header}".strip()
    if tag in _DIVISIONS:
        return f"{tag.upper()} {enum.rstrip('.')} - {header}".strip(" -")
    return " ".join(part for part in (enum, f"{header}.—" if header else "", _words(element.find("text"))) if part)


def _words(element: etree._Element | None) -> str:
    """The words of an element, without those of a quoted block inside it, which has lines of its own."""
    if element is None:
        return ""
    parts: list[str] = []
    skipped: etree._Element | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if skipped is not None and node is not skipped:
            continue
        if event == "start":
            if node.tag == "quoted-block":
                skipped = node
            else:
                parts.append(node.text or "")
        else:
            skipped = None
            parts.append((node.tail or "") if node is not element else "")
    return " ".join("".join(parts).split())
