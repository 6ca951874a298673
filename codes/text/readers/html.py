"""Pages of official portals: one line per block, superscript numbers as 104.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from codes.text.nodes import Document, Line, TextError
from codes.text.readers.plain import decode, unread_notice

MEDIA_TYPE = "text/html"
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(
    ["script", "style", "head", "noscript", "template", "svg", "button", "select", "nav", "iframe", "object", "math"]
)
_SUPERSCRIPT_CLASSES = frozenset({"w9", "sup"})  # pravo.gov.ru marks raised digits with the first
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,200}\?>")
_ENTITY = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)


def read(path: Path) -> Document:
    """Raises `TextError` for pages that declare entities or hold no text."""
    text = _DECLARATION.sub("", _text(path.read_bytes(), path.name), count=1)
    if _ENTITY.search(text[:65536]):
        raise TextError(f"{path.name} declares a document type of its own, which is not read. Save it without one.")
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise TextError(f"{path.name} could not be read as a web page. Save it again, or paste the text.") from error
    blocks = _SPACES.sub(" ", "".join(_walk(root))).split("\n")
    lines = [block.strip() for block in blocks if block.strip()]
    if not lines:
        raise TextError(f"{path.name} holds no text. Save the page again, or paste the text.")
    return Document(tuple(Line(n, line) for n, line in enumerate(lines, 1)), MEDIA_TYPE, unread_notice(text))


def _text(data: bytes, name: str) -> str:
    """The page's characters: as UTF-8 where that fits, else as the page itself says, else guessed."""
    said = _CHARSET.search(data[:4096])
    try:
        return data.decode("utf-8") if b"\x00" not in data[:4096] else decode(data, name)
    except UnicodeDecodeError:
        try:
            return data.decode(said[1].decode()) if said else decode(data, name)
        except (UnicodeDecodeError, LookupError):
            return decode(data, name)


def _walk(root: html.HtmlElement) -> Iterator[str]:
    """Text in document order, a line break around each block. A stack: portals nest deeper than Python recurses."""
    stack: list[tuple[etree._Element, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            yield ("\n" if tag in _BLOCKS else "") + (element.tail or "").replace("\n", " ")
            continue
        stack.append((element, True))
        if not tag or tag in _SKIPPED:
            continue
        yield "\n" if tag in _BLOCKS else ""
        yield _own_text(element)
        stack.extend((child, False) for child in reversed(element))


def _own_text(element: etree._Element) -> str:
    text = (element.text or "").replace("\n", " ")
    is_raised = element.tag == "sup" or (element.get("class") or "").lower() in _SUPERSCRIPT_CLASSES
    return f".{text.strip()}" if is_raised and text.strip().isdigit() else text
