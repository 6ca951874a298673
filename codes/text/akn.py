"""Reading Akoma Ntoso 3.0 into a tree. Writing: `codes.text.akn_writer`.

What this engine wrote reads back as the same tree. Documents of others are read by their structure: divisions, then
articles (or sections, where there are no articles), then numbered levels by their depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from codes.text.akn_names import (
    ARTICLE_STATUSES,
    DIVISIONS,
    ITEM,
    LEVEL_OF,
    NAMED,
    NAMESPACE,
    OWN,
    PART,
    SUBITEM,
    printed_marker,
)
from codes.text.grammar import language_of
from codes.text.nodes import Article, Division, Paragraph, Role, Tree
from codes.text.paragraphs import slug
from codes.text.problems import find_problems
from codes.text.readers import xml

MEDIA_TYPE = xml.MEDIA_TYPE
_A = f"{{{NAMESPACE}}}"
_NUMBERED = frozenset(
    [
        "subsection",
        "paragraph",
        "subparagraph",
        "point",
        "item",
        "indent",
        "alinea",
        "clause",
        "subclause",
        "subpoint",
        "sublist",
        "list",
        "rule",
        "subrule",
    ]
)
_PARTS = frozenset({"subsection", "paragraph", "clause", "rule"})
_BLOCKS = frozenset(["p", "heading", "subheading", "crossHeading", "listIntroduction", "listWrapUp"])
_QUOTED = frozenset({"embeddedStructure", "quotedStructure"})
_FOOTNOTES = frozenset({"remark", "authorialNote"})
_LANGUAGES = {"eng": "en", "fra": "fr", "rus": "ru", "kaz": "kk", "swa": "sw"}
_WORDS_BEFORE_NUMBERS = frozenset(
    ["article", "section", "chapter", "part", "title", "book", "sura", "ibara", "sehemu", "статья", "глава", "раздел"]
)


def parse(data: bytes, name: str = "document.xml") -> Tree:
    """The tree of an Akoma Ntoso document. Raises `TextError` for what is not well-formed or declares entities."""
    root = xml.root_of(data, name)
    tree = _Foreign(root).tree() if root.find(f".//{{{OWN}}}text") is None else _own_tree(root)
    return replace(tree, problems=find_problems(tree))


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _words(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(str(part) for part in element.itertext()).split())


class _Foreign:
    """A document of somebody else's making."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.body = next(root.iter("{*}body", "{*}mainBody"), root)
        self.unit = "article" if next(self.body.iter("{*}article"), None) is not None else "section"
        self.divisions = (DIVISIONS | {"hcontainer"}) - {self.unit}
        self.seen: dict[str, int] = {}

    def tree(self) -> Tree:
        divisions: list[Division] = []
        articles: list[Article] = []
        for element in self.body.iter("{*}*"):
            if _tag(element) == self.unit and not self._inside(element, _QUOTED):
                articles.append(self._article(element, len(articles)))
            elif _tag(element) in self.divisions and self._holds_articles(element):
                divisions.append(self._division(element))
        return Tree(
            self._title(), self._language(articles), "akn", tuple(divisions), tuple(articles), preamble=self._preamble()
        )

    def _title(self) -> str:
        title = _words(next(self.root.iter("{*}docTitle"), None))
        alias = next((e for e in self.root.iter("{*}FRBRalias") if e.get("name") == "title"), None)
        return title or ("" if alias is None else " ".join((alias.get("value") or "").split()))

    def _language(self, articles: list[Article]) -> str:
        said = next(self.root.iter("{*}FRBRlanguage"), None)
        code = "" if said is None else said.get("language") or ""
        return _LANGUAGES.get(code, code) or language_of(" ".join(p.text for a in articles[:60] for p in a.paragraphs))

    def _preamble(self) -> tuple[str, ...]:
        found = (e for above in self.root.iter("{*}preface", "{*}preamble") for e in above.iter("{*}p", "{*}heading"))
        return tuple(text for e in found if (text := _words(e)) and next(e.iter("{*}docTitle"), None) is None)

    def _inside(self, element: etree._Element, names: frozenset[str]) -> bool:
        return any(_tag(above) in names for above in element.iterancestors())

    def _holds_articles(self, element: etree._Element) -> bool:
        return any(not self._inside(unit, _QUOTED) for unit in element.iter(f"{{*}}{self.unit}")) and not self._inside(
            element, _QUOTED | {self.unit}
        )

    def _division(self, element: etree._Element) -> Division:
        intro = element.find("{*}intro")
        lines = tuple(text for p in intro.iter("{*}p") if (text := _words(p))) if intro is not None else ()
        number, heading = _clean(_words(element.find("{*}num"))), _words(element.find("{*}heading"))
        kind = element.get("name") or "division" if _tag(element) == "hcontainer" else _tag(element)
        return Division(kind, number, heading, self._path(element), _line(element), lines)

    def _path(self, element: etree._Element) -> str:
        chain = [
            e
            for e in reversed([element, *element.iterancestors()])
            if _tag(e) in self.divisions and self._holds_articles(e)
        ]
        return "/".join((e.get("eId") or e.get("id") or f"{_tag(e)}_{e.sourceline}").rsplit("__", 1)[-1] for e in chain)

    def _article(self, element: etree._Element, place: int) -> Article:
        above = next(
            (e for e in element.iterancestors() if _tag(e) in self.divisions and self._holds_articles(e)), None
        )
        printed = _clean(_words(element.find("{*}num"))) or str(place + 1)
        count = self.seen[printed] = self.seen.get(printed, 0) + 1
        number = printed if count == 1 else f"{printed}~{count}"
        path = self._path(above) if above is not None else ""
        heading = _words(element.find("{*}heading"))
        return Article(number, heading, path, tuple(_Levels(element, number).paragraphs()), _line(element))


class _Levels:
    """The paragraphs of one article of a foreign document. A level's number is printed before its first words."""

    def __init__(self, article: etree._Element, number: str) -> None:
        self.article, self.number = article, number
        self.used: dict[str, int] = {}
        self.numbered: set[etree._Element] = set()

    def paragraphs(self) -> Iterator[Paragraph]:
        for block in self.article.iter("{*}*"):
            if _tag(block) in _BLOCKS and self._is_own_text(block) and (text := _words(block)):
                chain = [e for e in block.iterancestors() if self._is_level(e)][::-1]
                for level in chain[:-1]:
                    yield from self._bare_number(chain[: chain.index(level) + 1], block)
                yield self._paragraph(chain, text, block)

    def _is_own_text(self, block: etree._Element) -> bool:
        above = block.getparent()
        if above is self.article and _tag(block) in {"heading", "subheading"}:
            return _tag(block) == "subheading"
        inner = [_tag(e) for e in block.iterancestors()]
        return not any(tag in _BLOCKS for tag in inner[: inner.index(_tag(self.article))])

    def _is_level(self, element: etree._Element) -> bool:
        return (
            _tag(element) in _NUMBERED
            and element.find("{*}num") is not None
            and self.article in element.iterancestors()
        )

    def _bare_number(self, chain: list[etree._Element], block: etree._Element) -> Iterator[Paragraph]:
        """A level whose own words begin only inside the next level still prints its number."""
        if chain[-1] not in self.numbered:
            yield self._paragraph(chain, "", block)

    def _paragraph(self, chain: list[etree._Element], text: str, block: etree._Element) -> Paragraph:
        levels = self._levels(chain)
        part = next(
            (_clean(_words(e.find("{*}num"))) for e, level in zip(chain, levels, strict=True) if level == "part"), ""
        )
        role = Role.FOOTNOTE if any(_tag(e) in _FOOTNOTES for e in block.iterancestors()) else Role.BODY
        is_first = bool(chain) and chain[-1] not in self.numbered
        marker = ""
        if is_first:
            self.numbered.add(chain[-1])
            printed = _words(chain[-1].find("{*}num"))
            marker, text = _clean(printed), f"{printed} {text}".strip()
        markers = [slug(_clean(_words(e.find("{*}num")))) for e in chain]
        steps = [
            f"art_{slug(self.number)}",
            *(f"{NAMED[level]}_{mark}" for level, mark in zip(levels, markers, strict=True)),
        ]
        eid = "__".join(steps if is_first else [*steps, "text"])
        count = self.used[eid] = self.used.get(eid, 0) + 1
        level = levels[-1] if is_first else "text"
        return Paragraph(marker, eid if count == 1 else f"{eid}_{count}", text, level, part, role, _line(block))

    def _levels(self, chain: list[etree._Element]) -> list[str]:
        """Part, item, subitem by depth; letters directly below the article are items, since parts carry numbers."""
        if not chain:
            return []
        first = _clean(_words(chain[0].find("{*}num")))
        is_part = _tag(chain[0]) in _PARTS and (_tag(chain[0]) == "subsection" or not first.isalpha())
        names = ["part", ITEM, SUBITEM] if is_part else [ITEM, SUBITEM]
        return [names[min(depth, len(names) - 1)] for depth in range(len(chain))]


def _clean(number: str) -> str:
    """A printed number without its word and punctuation: "Section 12." → "12"."""
    words = number.strip(" .()[]:—–-").split()
    if len(words) > 1 and words[0].lower() in _WORDS_BEFORE_NUMBERS:
        words = words[1:]
    return " ".join(words).strip(".()")


def _own_tree(root: etree._Element) -> Tree:
    """A tree that this engine wrote: element ids, markers and spaces are taken as they stand."""
    about = next(root.iter(f"{{{OWN}}}text"))
    divisions = []
    articles = []
    for element in next(root.iter(f"{_A}body")).iter(f"{_A}*"):
        if element.get("class") == "division":
            divisions.append(_own_division(element))
        elif _tag(element) == "article":
            articles.append(_own_article(element))
    return Tree(
        title=_own_text(next(root.iter(f"{_A}docTitle"), None)),
        language=about.get("language") or "",
        grammar=about.get("grammar") or "",
        divisions=tuple(divisions),
        articles=tuple(articles),
        preamble=tuple(_own_text(p) for above in root.iter(f"{_A}preamble") for p in above.iter(f"{_A}p")),
        closing=tuple(_own_text(p) for above in root.iter(f"{_A}conclusions") for p in above.iter(f"{_A}p")),
    )


def _own_text(element: etree._Element | None) -> str:
    return "" if element is None else "".join(str(part) for part in element.itertext())


def _own_division(element: etree._Element) -> Division:
    kind = element.get("name") or _tag(element)
    holder = element.find(f"{_A}intro")
    holder = element.find(f"{_A}content") if holder is None else holder
    lines = () if holder is None else tuple(text for p in holder.iter(f"{_A}p") if (text := _own_text(p)))
    path = (element.get("eId") or "").replace("__", "/")
    return Division(
        kind,
        _own_text(element.find(f"{_A}num")),
        _own_text(element.find(f"{_A}heading")),
        path,
        _line(element),
        lines,
    )


def _own_article(element: etree._Element) -> Article:
    above = element.getparent()
    path = "" if above is None or _tag(above) == "body" else (above.get("eId") or "").replace("__", "/")
    status = element.get("class") or ""
    paragraphs = tuple(
        _own_paragraph(e) for e in element.iter(f"{_A}*") if e.get("eId") and e is not element and _tag(e) in LEVEL_OF
    )
    number, heading = _own_number(element.find(f"{_A}num")), _own_text(element.find(f"{_A}heading"))
    return Article(number, heading, path, paragraphs, _line(element), status if status in ARTICLE_STATUSES else "")


def _own_paragraph(element: etree._Element) -> Paragraph:
    holder = element.find(f"{_A}intro")
    holder = element.find(f"{_A}content") if holder is None else holder
    printed = element.find(f"{_A}num")
    text = _own_text(printed) + ("" if holder is None else _own_text(holder.find(f"{_A}p")))
    role = Role(element.get("name") or "body") if _tag(element) == "hcontainer" else Role.BODY
    level = LEVEL_OF[_tag(element)] if role is Role.BODY else element.get("class") or "text"
    marker = _own_number(printed)
    part = "" if role is not Role.BODY else element.get("title") or (marker if level == PART else "")
    return Paragraph(marker, element.get("eId") or "", text, level, part, role, _line(element))


def _own_number(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return element.get("title") or printed_marker(_own_text(element))
