"""XML texts: Akoma Ntoso, and the bill format of the United States House."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from codes.text.nodes import Document, Line, TextError

MEDIA_TYPE = "application/akn+xml"
BILL_TYPE = "application/xml"


def root_of(data: bytes, name: str) -> etree._Element:
    """Parse without entities, network or external definitions. Entity declarations are refused before parsing."""
    if re.search(rb"<!ENTITY", data[:65536]):
        raise TextError(f"{name} declares entities, which are not read. Save it without a document type.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TextError(f"{name} is not well-formed XML: {error.msg}.") from error


def read_akn(path: Path) -> Document:
    """The lines of an Akoma Ntoso document, for readers that want lines; `codes.text.akn` keeps the structure."""
    root = root_of(path.read_bytes(), path.name)
    texts = [" ".join("".join(str(part) for part in element.itertext()).split()) for element in root.iter("{*}p", "{*}heading", "{*}num")]
    return Document(tuple(Line(n, text) for n, text in enumerate(filter(None, texts), 1)), MEDIA_TYPE)


def read_bill(path: Path) -> Document:
    """One line per numbered level of a bill's own text; the table of contents is left out."""
    root = root_of(path.read_bytes(), path.name)
    lines: list[str] = [" ".join("".join(str(t) for t in e.itertext()).split()) for e in root.iter("legis-num", "official-title")][:2]
    for body in root.iter("legis-body", "engrossed-amendment-body"):
        for element in body.iter("section", "subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "title", "chapter", "text", "header"):
            if _quoted(element):
                continue
            lines += _own_lines(element)
    return Document(tuple(Line(n, text) for n, text in enumerate(filter(None, lines), 1)), BILL_TYPE)


def _quoted(element: etree._Element) -> bool:
    return any(above.tag in {"quoted-block", "toc"} for above in element.iterancestors())


def _own_lines(element: etree._Element) -> list[str]:
    enum, header, text = (_text(element.find(tag)) for tag in ("enum", "header", "text"))
    if element.tag == "section":
        return [f"SEC. {enum.rstrip('.')}. {header}", text]
    if element.tag in {"title", "chapter"}:
        return [f"{element.tag.upper()} {enum} - {header}"]
    if element.tag in {"text", "header"}:
        return []
    return [" ".join(part for part in (enum, f"{header}.—" if header else "", text) if part)]


def _text(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return " ".join("".join(str(part) for part in element.itertext()).split())
