"""Pages of official portals: one line per block, superscript numbers as 104.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from codes.text.nodes import Document, Line, TextError
from codes.text.readers.plain import decode

MEDIA_TYPE = "text/html"
_BLOCKS = frozenset("address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
                    "hr li main nav ol p pre section table tbody td tfoot th thead tr ul br".split())  # fmt: skip
_SKIPPED = frozenset("script style head noscript template svg button select nav".split())
_SUPERSCRIPT_CLASSES = frozenset({"w9", "sup"})


def read(path: Path) -> Document:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(path.read_bytes(), path.name))
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise TextError(f"{path.name} could not be read as a web page: {error}. Save it again, or paste the text.") from error
    blocks = re.sub(r"[ \t\r\f\v\u00a0]+", " ", "".join(_walk(root))).split("\n")
    lines = [block.strip() for block in blocks if block.strip()]
    return Document(tuple(Line(n, line) for n, line in enumerate(lines, 1)), MEDIA_TYPE)


def _walk(root: html.HtmlElement) -> Iterator[str]:
    """Text in document order, a line break around each block. Written with a stack: portals nest deeper than Python does."""
    stack: list[tuple[object, bool]] = [(root, False)]
    while stack:
        item, leaving = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        if not isinstance(item, etree._Element) or not isinstance(item.tag, str):
            if isinstance(item, etree._Element) and item.tail:
                yield item.tail
            continue
        if leaving:
            yield "\n" if item.tag in _BLOCKS else ""
            yield (item.tail or "").replace("\n", " ")
            continue
        stack.append((item, True))
        if item.tag in _SKIPPED:
            continue
        if item.tag in _BLOCKS:
            yield "\n"
        own = (item.text or "").replace("\n", " ")
        if own.strip().isdigit() and (item.tag == "sup" or (item.get("class") or "").lower() in _SUPERSCRIPT_CLASSES):
            own = "." + own.strip()
        stack.extend((child, False) for child in reversed(item))
        yield own
