"""Writing a tree as Akoma Ntoso 3.0. `codes.text.akn.parse` reads the same tree back.

Parts become `paragraph`, items `point`, subitems `indent`, lines without a number `alinea`; notes of the law and the
publisher's footnotes become `hcontainer`s. What the format demands and a bare text does not know (date, country,
author) is written as unknown, never guessed. Nothing is read here, so Python's own library serves: the public site
writes with it and loads no parser of files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as etree

from codes.text.akn_names import DIVISIONS, ELEMENT_OF, NAMESPACE, OWN, PART, SUBITEM, TEXT, printed_marker
from codes.text.nodes import Article, Division, Paragraph, Role, Tree
from codes.text.order import in_order
from codes.text.paragraphs import slug

_SOURCE = "#engine"
_UNKNOWN_DATE, UNKNOWN_COUNTRY = "0001-01-01", "zz"
_AFTER_MARKER = re.compile(r"[\s.)°–—-]{0,8}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DEPTH = {PART: 0, "item": 1, SUBITEM: 2, TEXT: 3}


def write(tree: Tree) -> str:
    """The document as text, with an XML declaration."""
    act = make("act", _meta(tree), name="act")
    if tree.title:
        act.append(make("preface", make("longTitle", make("p", make("docTitle", clean(tree.title))))))
    if tree.preamble:
        act.append(make("preamble", *(p(text) for text in tree.preamble)))
    act.append(_body(tree))
    if tree.closing:
        act.append(make("conclusions", *(p(text) for text in tree.closing)))
    return printed(act)


def printed(document: etree.Element) -> str:
    """The whole file for one document of the format."""
    etree.register_namespace("", NAMESPACE)
    etree.register_namespace("dlm", OWN)
    data: bytes = etree.tostring(make("akomaNtoso", document), encoding="UTF-8", xml_declaration=True)
    return data.decode() + "\n"


def make(tag: str, *content: etree.Element | str, **attributes: str) -> etree.Element:
    """An element of the format (or of the namespace that `tag` names), with its text or its children."""
    name = tag if tag.startswith("{") else f"{{{NAMESPACE}}}{tag}"
    element = etree.Element(name, attributes)
    for part in content:
        if isinstance(part, str):
            element.text = part
        else:
            element.append(part)
    return element


def clean(text: str) -> str:
    """Without the few characters that XML cannot hold."""
    return _CONTROL.sub("", text)


def p(text: str) -> etree.Element:
    return make("p", clean(text))


def _meta(tree: Tree) -> etree.Element:
    language = tree.language or "und"
    return make(
        "meta",
        make(
            "identification",
            level("FRBRWork", "/akn", make("FRBRcountry", value=UNKNOWN_COUNTRY)),
            level("FRBRExpression", f"/akn/{language}", make("FRBRlanguage", language=language)),
            level("FRBRManifestation", f"/akn/{language}.xml"),
            source=_SOURCE,
        ),
        make(
            "references",
            make(
                "TLCOrganization",
                eId="engine",
                href="/ontology/organization/draft-law-monitor",
                showAs="Draft Law Monitor",
            ),
            source=_SOURCE,
        ),
        make("proprietary", make(f"{{{OWN}}}text", grammar=tree.grammar, language=tree.language), source=_SOURCE),
    )


def level(
    name: str, address: str, *more: etree.Element, date: str = _UNKNOWN_DATE, author: str = "#unknown"
) -> etree.Element:
    """What work, expression or manifestation a document is, with the date where it is known."""
    return make(
        name,
        make("FRBRthis", value=address),
        make("FRBRuri", value=address),
        make("FRBRdate", date=date, name="unknown" if date == _UNKNOWN_DATE else "made"),
        make("FRBRauthor", href=author),
        *more,
    )


def _body(tree: Tree) -> etree.Element:
    """Divisions by their paths, each article in the division it names; order within the body is that of the text."""
    body = make("body")
    elements: dict[str, etree.Element] = {"": body}
    for item in in_order(tree):
        above = item.path.rpartition("/")[0] if isinstance(item, Division) else item.path
        parent = elements.get(above, body)
        element = _division(item) if isinstance(item, Division) else article_element(item)
        parent.append(element)
        if isinstance(item, Division):
            elements[item.path] = element
    for element in body.iter():
        if element.get("class") == "division":
            _close_division(element)
    if not len(body):
        body.append(make("hcontainer", make("content", make("p")), name="empty"))
    return body


def _division(division: Division) -> etree.Element:
    eid = division.path.replace("/", "__")
    attributes = {"eId": eid, "class": "division"}
    if division.kind in DIVISIONS:
        element = make(division.kind, **attributes)
    else:
        element = make("hcontainer", **attributes, name=division.kind)
    if division.number:
        element.append(make("num", clean(division.number)))
    if division.heading:
        element.append(make("heading", clean(division.heading)))
    if division.lines:
        element.append(make("intro", *(p(text) for text in division.lines)))
    return element


def _close_division(element: etree.Element) -> None:
    """A division that holds neither articles nor divisions must have content."""
    kept = {f"{{{NAMESPACE}}}{name}" for name in ("num", "heading", "intro")}
    if all(child.tag in kept for child in element):
        intro = element.find(f"{{{NAMESPACE}}}intro")
        if intro is None:
            element.append(make("content", make("p")))
        else:
            intro.tag = f"{{{NAMESPACE}}}content"


@dataclass
class _Node:
    """A paragraph and what stands below it."""

    paragraph: Paragraph
    below: list[_Node] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return _DEPTH[self.paragraph.level] if self.paragraph.role is Role.BODY else _DEPTH[TEXT]


def article_element(article: Article) -> etree.Element:
    element = make(
        "article", eId=f"art_{slug(article.number)}", **({"class": article.status} if article.status else {})
    )
    printed = article.number.split("~")[0]
    element.append(_num(printed, article.number))
    if article.heading:
        element.append(make("heading", clean(article.heading)))
    nodes = _nest(article.paragraphs)
    element.extend([_paragraph(node) for node in nodes] or [make("content", make("p"))])
    return element


def _num(printed: str, exact: str) -> etree.Element:
    """A printed number; the engine's own form of it is kept where it cannot be read from the print."""
    return make("num", clean(printed), **({} if printed_marker(printed) == exact else {"title": exact}))


def _nest(paragraphs: Sequence[Paragraph]) -> list[_Node]:
    """Items below their part, subitems below their item, lines without a number below the part they belong to."""
    top: list[_Node] = []
    stack: list[_Node] = []
    for paragraph in paragraphs:
        node = _Node(paragraph)
        if paragraph.role is Role.BODY:
            while stack and not _holds(stack[-1].paragraph, paragraph):
                stack.pop()
        (stack[-1].below if stack else top).append(node)
        if paragraph.role is Role.BODY and paragraph.level != TEXT:
            stack.append(node)
    return top


def _holds(above: Paragraph, below: Paragraph) -> bool:
    if above.part != below.part or below.level == PART:
        return False
    return above.level == PART or (below.level != TEXT and _DEPTH[above.level] < _DEPTH[below.level])


def _paragraph(node: _Node) -> etree.Element:
    paragraph = node.paragraph
    if paragraph.role is Role.BODY:
        element = make(ELEMENT_OF[paragraph.level], eId=paragraph.eid)
    else:
        element = make("hcontainer", eId=paragraph.eid, name=paragraph.role.value, **{"class": paragraph.level})
    if (
        paragraph.role is Role.BODY
        and paragraph.part
        and (paragraph.level != PART or paragraph.part != paragraph.marker)
    ):
        element.set("title", paragraph.part)
    number, text = _split(paragraph)
    if number:
        element.append(_num(number, paragraph.marker))
    element.append(make("intro" if node.below else "content", p(text)))
    element.extend(_paragraph(below) for below in node.below)
    return element


def _split(paragraph: Paragraph) -> tuple[str, str]:
    """The printed number with all that follows it up to the words, and the words."""
    start = paragraph.text.find(paragraph.marker) if paragraph.marker else -1
    if start < 0 or paragraph.text[:start].strip("(§ "):
        return "", paragraph.text
    found = _AFTER_MARKER.match(paragraph.text, start + len(paragraph.marker))
    end = found.end() if found else start + len(paragraph.marker)
    return paragraph.text[:end], paragraph.text[end:]
