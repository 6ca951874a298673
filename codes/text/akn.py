"""Akoma Ntoso 3.0: reading a document into a tree, and writing a tree as one."""

from __future__ import annotations

from collections.abc import Iterator


from lxml import etree

from codes.text.grammar import language_of
from codes.text.nodes import Article, Division, Paragraph, Role, Tree
from codes.text.problems import find_problems
from codes.text.readers import xml

MEDIA_TYPE = xml.MEDIA_TYPE
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_DIVISIONS = frozenset("part book title subtitle chapter section paragraph subpart subchapter division tome subdivision".split())
_LEVELS = {"paragraph": "part", "subsection": "part", "point": "item", "item": "item", "subparagraph": "item", "indent": "subitem"}


def parse(data: bytes, name: str = "document.xml") -> Tree:
    """Articles are `article` elements, or `section` ones in texts without articles. Raises `TextError`."""
    root = xml.root_of(data, name)
    body = next(root.iter("{*}body"), root)
    unit = "article" if next(body.iter("{*}article"), None) is not None else "section"
    divisions: list[Division] = []
    articles: list[Article] = []
    for element in body.iter():
        tag = _tag(element)
        if tag == unit and not _inside_embedded(element):
            articles.append(_article(element, unit, len(articles)))
        elif tag in _DIVISIONS - {unit} and _holds(element, unit):
            path = _division_path(element, unit)
            divisions.append(Division(tag, _clean_number(_child(element, "num")), _child(element, "heading"), path, element.sourceline or 0))
    title = _child(root, "longTitle") or _child(root, "docTitle") or ""
    text = " ".join(p.text for a in articles[:40] for p in a.paragraphs)
    numbered = tuple(_number_twice(articles))
    return Tree(title, language_of(text), "akn", tuple(divisions), numbered, find_problems(numbered, divisions, lines=(), preamble=()))


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _holds(element: etree._Element, unit: str) -> bool:
    return next(element.iter(f"{{*}}{unit}"), None) is not None


def _inside_embedded(element: etree._Element) -> bool:
    return any(_tag(above) in {"embeddedStructure", "quotedStructure"} for above in element.iterancestors())


def _child(element: etree._Element, tag: str) -> str:
    found = element.find(f"{{*}}{tag}")
    return _words(found) if found is not None else ""


def _words(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _clean_number(number: str) -> str:
    words = number.strip(" .()—-").split()
    return words[-1].strip(".()") if words and words[0].lower() in {"article", "section", "chapter", "part", "sura", "ibara", "sehemu"} else " ".join(words)


def _division_path(element: etree._Element, unit: str) -> str:
    chain = [element, *element.iterancestors()]
    steps = [_step(above) for above in reversed(chain) if _tag(above) in _DIVISIONS - {unit}]
    return "/".join(steps)


def _step(element: etree._Element) -> str:
    return (element.get("eId") or element.get("id") or "").rsplit("__", 1)[-1] or f"{_tag(element)}_{element.sourceline}"


def _article(element: etree._Element, unit: str, place: int) -> Article:
    above = next((e for e in element.iterancestors() if _tag(e) in _DIVISIONS - {unit}), None)
    number = _clean_number(_child(element, "num")) or str(place + 1)
    return Article(
        number=number,
        heading=_child(element, "heading"),
        path=_division_path(above, unit) if above is not None else "",
        paragraphs=tuple(_paragraphs(element, number)),
        line=element.sourceline or 0,
        status=element.get("status", "") if element.get("status") in {"repealed", "suppressed", "unchanged"} else "",
    )


def _paragraphs(article: etree._Element, number: str) -> Iterator[Paragraph]:
    used: dict[str, int] = {}
    for block in article.iter("{*}p", "{*}listIntroduction", "{*}listWrapUp"):
        text = _words(block)
        if not text:
            continue
        owner = next((e for e in block.iterancestors() if _tag(e) in {*_LEVELS, "article", "section"}), article)
        level = _LEVELS.get(_tag(owner), "text") if owner is not article else "text"
        marker = _clean_number(_child(owner, "num")) if level != "text" else ""
        first = used.get(f"{id(owner)}", 0) == 0
        used[f"{id(owner)}"] = 1
        part = next((_clean_number(_child(e, "num")) for e in [owner, *owner.iterancestors()] if _LEVELS.get(_tag(e)) == "part" and e is not article), "")
        eid = (owner.get("eId") or f"art_{number}") if level != "text" and first else f"{owner.get('eId') or f'art_{number}'}__text"
        used[eid] = used.get(eid, 0) + 1
        printed = f"{_child(owner, 'num')} {text}" if level != "text" and first else text
        role = Role.FOOTNOTE if any(_tag(e) in {"remark", "authorialNote"} for e in block.iterancestors()) else Role.BODY
        yield Paragraph(marker if first else "", eid if used[eid] == 1 else f"{eid}_{used[eid]}", printed, level if first else "text", part, role, block.sourceline or 0)


def _number_twice(articles: list[Article]) -> Iterator[Article]:
    seen: dict[str, int] = {}
    for article in articles:
        count = seen[article.number] = seen.get(article.number, 0) + 1
        number = article.number if count == 1 else f"{article.number}~{count}"
        yield Article(number, article.heading, article.path, article.paragraphs, article.line, article.status)


