"""What the article and contents pages need beyond their documents: places, verdicts in order, the tree of divisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from tracker.publication.documents import (
    ArticleDocument,
    ArticleText,
    ContentsArticle,
    ContentsDivision,
    Counterpart,
    ParagraphData,
    VersionDocument,
)
from tracker.publication.pages import words
from tracker.publication.pages.notes import Noted, NoteView, by_paragraph, numbered, standing_in

BASES = {
    "recommendation": gettext_lazy("Against our recommendation"),
    "current_law": gettext_lazy("Against current law"),
    "previous": gettext_lazy("Against the previous text"),
}
# A contents page shows this many articles at once; a larger code opens one division at a time.
MOST_AT_ONCE = 400
KINDS = {
    "part": gettext_lazy("Part %(number)s"),
    "book": gettext_lazy("Book %(number)s"),
    "title": gettext_lazy("Title %(number)s"),
    "section": gettext_lazy("Section %(number)s"),
    "chapter": gettext_lazy("Chapter %(number)s"),
    "paragraph": gettext_lazy("Paragraph %(number)s"),
}

NUMBER = re.compile(r"[\dIVXLCivxlc]+([-. ]?\w{1,6})*")


def anchor_of(eid: str) -> str:
    """The fragment of a paragraph: `art_174__para_2__point_3` → "p2-3", its sanction line → "p2-text"."""
    _, _, inside = eid.partition("__")
    place, item = "", ""
    for piece in inside.split("__"):
        kind, _, value = piece.partition("_")
        if kind == "para":
            place = f"p{value}"
        else:
            own = value if kind == "point" else f"{kind}{value}" if value else kind
            item += f"-{own}" if own else ""
    return (place + item).lstrip("-") or "text"


def findings_of(verdicts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Verdicts in the order of their bases. Our recommendation is always said, if only as not assessed."""
    return [
        {"base": base, "words": said, "finding": verdicts.get(base), "value": _value(verdicts.get(base))}
        for base, said in BASES.items()
        if base in verdicts or base == "recommendation"
    ]


def _value(finding: Any) -> str:
    return finding["value"] if finding else "not_assessed"


# ---- article ----


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """`anchor`: its fragment, "" in a parallel text. `noted`: the notes whose words stand in it."""

    anchor: str
    data: ParagraphData
    noted: list[Noted]


@dataclass(frozen=True, slots=True)
class PartView:
    """The paragraphs of one part, kept together in print, and the notes on its words."""

    label: str
    paragraphs: list[ParagraphView]
    comments: list[NoteView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TextView:
    text: ArticleText
    parts: list[PartView]
    notes: list[PartView]  # notes of the law itself: the law's words too
    footnotes: list[ParagraphData]  # the publisher's, apart
    original: bool
    unplaced: list[NoteView]  # notes whose words do not stand in the text


def texts_of(document: ArticleDocument) -> list[TextView]:
    """Each language of the article; only the original's paragraphs carry fragments."""
    views = numbered(document["notes"])
    return [
        _text(text, [view for view in views if view.data["language"] == text["language"]], original=at == 0)
        for at, text in enumerate(document["texts"])
    ]


def _text(text: ArticleText, views: list[NoteView], *, original: bool) -> TextView:
    noted = by_paragraph(views)
    parts: list[PartView] = []
    notes: list[PartView] = []
    used: set[str] = set()
    last = None
    for paragraph in text["paragraphs"]:
        if paragraph["role"] == "footnote":
            continue
        home = notes if paragraph["role"] == "note" else parts
        place = (paragraph["role"], paragraph["part"])
        if place != last:
            home.append(PartView(words.part(paragraph["part"]) if home is parts else gettext("Note"), []))
            last = place
        anchor = once(anchor_of(paragraph["eid"]), used) if original else ""
        home[-1].paragraphs.append(ParagraphView(anchor, paragraph, noted[paragraph["eid"]]))
    for part in [*parts, *notes]:
        part.comments.extend(standing_in(views, [paragraph.data["eid"] for paragraph in part.paragraphs]))
    footnotes = [paragraph for paragraph in text["paragraphs"] if paragraph["role"] == "footnote"]
    unplaced = [view for view in views if not view.data["places"]]
    return TextView(text, parts, notes, footnotes, original, unplaced)


def once(anchor: str, used: set[str]) -> str:
    """An id that the page does not have yet."""
    found, n = anchor, 2
    while found in used:
        found, n = f"{anchor}~{n}", n + 1
    used.add(found)
    return found


def quoted_in(document: ArticleDocument) -> list[str]:
    """The words that any concern about this article objects to."""
    return [quote for here in document["concerns"] for quote in here["concern"]["quoted"]]


def gone_numbers(counterparts: Iterable[Counterpart]) -> list[Counterpart]:
    """Texts in which the article has a number, in the order they came; one line for each text."""
    seen: set[str] = set()
    found = []
    for each in counterparts:
        if each["version"] not in seen:
            seen.add(each["version"])
            found.append(each)
    return found


def counterpart_words(each: Counterpart) -> str:
    """Where the article stands in another text, as a sentence."""
    if not each["confirmed"]:
        return gettext("We are checking where this article went.")
    if each["kind"] in {"not_in_old", "not_in_new"}:
        return gettext("Not in the part we have of this text.")
    if not each["numbers"]:
        return gettext("Not in this text.")
    return {
        "split": gettext("Split."),
        "merged": gettext("Merged."),
        "moved": gettext("Moved to another chapter."),
        "repealed": gettext("Excluded from the law."),
    }.get(each["kind"], "")


# ---- contents ----


@dataclass(slots=True)
class Branch:
    """A division with those inside it. `opened` says whether its articles are on the page."""

    division: ContentsDivision
    articles: list[ContentsArticle]
    branches: list[Branch] = field(default_factory=list)
    opened: bool = True

    @property
    def label(self) -> str:
        """ "Chapter 4"; a name in place of a number ("ОСОБЕННАЯ") is the law's word and stands alone."""
        number = self.division["number"]
        form = str(KINDS.get(self.division["kind"], "%(number)s"))
        return form % {"number": number} if NUMBER.fullmatch(number) else number

    @property
    def counts(self) -> list[str]:
        """ "33 articles", "5 changed", "2 followed"."""
        division = self.division
        said = [(division["article_count"], ngettext("%(n)s article", "%(n)s articles", division["article_count"]))]
        if division["changed_count"]:
            said.append(
                (division["changed_count"], ngettext("%(n)s changed", "%(n)s changed", division["changed_count"]))
            )
        if division["followed_count"]:
            said.append(
                (division["followed_count"], ngettext("%(n)s followed", "%(n)s followed", division["followed_count"]))
            )
        return [form % {"n": words.number(n)} for n, form in said]


@dataclass(frozen=True, slots=True)
class Contents:
    branches: list[Branch]
    total: int
    changed: int
    followed: int
    changed_only: bool
    expanded: bool
    partly: bool  # the code is too large to show whole; divisions open one at a time


def contents(document: VersionDocument, query: Mapping[str, str]) -> Contents:
    """The tree, filtered and opened as asked: `changed=1`, `expand=1`, and for a large code `open={eid}`, `all=1`."""
    changed_only = query.get("changed") == "1"
    top = [d for d in document["divisions"] if d["depth"] == 0]
    articles = [a for d in document["divisions"] for a in d["articles"]]
    shown = [a for a in articles if a["changed"] or not changed_only]
    whole = len(shown) <= MOST_AT_ONCE or query.get("all") == "1"
    return Contents(
        branches=_tree(document["divisions"], changed_only, None if whole else query.get("open", "")),
        total=sum(d["article_count"] for d in top),
        changed=sum(d["changed_count"] for d in top),
        followed=sum(d["followed_count"] for d in top),
        changed_only=changed_only,
        expanded=query.get("expand") == "1",
        partly=not whole,
    )


def _tree(divisions: Sequence[ContentsDivision], changed_only: bool, opened: str | None) -> list[Branch]:
    """Divisions nested by depth. `opened` None opens all, else the one with this eid and those above it."""
    roots: list[Branch] = []
    above: list[Branch] = []
    for division in divisions:
        if changed_only and not division["changed_count"]:
            continue
        branch = Branch(
            division,
            [article for article in division["articles"] if article["changed"] or not changed_only],
            opened=opened is None or (bool(opened) and (opened + "__").startswith(division["eid"] + "__")),
        )
        while above and above[-1].division["depth"] >= division["depth"]:
            above.pop()
        (above[-1].branches if above else roots).append(branch)
        above.append(branch)
    return roots
