"""The comparison of two texts: which articles a page shows in full, which as one line, and what the facts line says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext, ngettext

from tracker.publication.documents import (
    ComparedArticle,
    ComparisonDocument,
    PairDocument,
    VersionHead,
)
from tracker.publication.pages import penalties, words
from tracker.publication.pages.notes import NoteView, numbered
from tracker.publication.pages.penalties import PenaltyTable
from tracker.publication.pages.rows import Block, Change, Counter, blocks

Show = Literal["followed", "changed", "all"]
View = Literal["split", "inline", "list"]
SHOWS: tuple[Show, ...] = ("followed", "changed", "all")
VIEWS: tuple[View, ...] = ("split", "inline", "list")
# A page holds 25 articles in full; one that is only named takes a quarter of the room.
ROOM, FULL_TAKES = 100, 4
WITHOUT_TEXT = frozenset({"not_in_old", "not_in_new"})


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader asked for. `page` counts from 1; `keys` False means no keyboard shortcuts."""

    show: Show
    view: View
    page: int
    keys: bool


@dataclass(slots=True)
class Entry:
    """One article of the comparison on the page. `place` counts the articles shown in full, over all pages, from 1."""

    article: ComparedArticle
    full: bool
    place: int = 0
    pair: PairDocument | None = None
    blocks: list[Block] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    table: PenaltyTable | None = None
    notes: list[NoteView] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.article["key"]

    @property
    def moves(self) -> bool:
        """True when the key must explain how moved words are marked."""
        return any(change.kind == "moved" for change in self.changes)


@dataclass(slots=True)
class Gap:
    """Changed articles that the filter leaves out, between two that are shown."""

    articles: list[ComparedArticle]
    page: int = 1  # where they are when all changed ones are shown


@dataclass(frozen=True, slots=True)
class ComparePage:
    document: ComparisonDocument
    choice: Choice
    entries: list[Entry | Gap]
    full_total: int
    pages: int

    @property
    def shown(self) -> list[Entry]:
        return [entry for entry in self.entries if isinstance(entry, Entry)]

    @property
    def keys(self) -> list[str]:
        """Keys of the pair documents this page needs."""
        return [entry.article["key"] for entry in self.shown if entry.full]


def choose(query: Mapping[str, str], document: ComparisonDocument, *, workspace: bool) -> Choice:
    """The query read leniently: what it does not say, or says wrongly, takes its default."""
    followed = any(article["provision"] is not None for article in document["articles"])
    asked = query.get("show", "")
    page = query.get("page", "")
    return Choice(
        show=next((show for show in SHOWS if show == asked), "followed" if followed else "changed"),
        view=view_of(query, workspace=workspace),
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 else 1,
        keys=query.get("keys") != "off",
    )


def view_of(query: Mapping[str, str], *, workspace: bool) -> View:
    return next((view for view in VIEWS if view == query.get("view")), "split" if workspace else "inline")


def layout(document: ComparisonDocument, choice: Choice) -> ComparePage:
    """The entries of one page, still without their texts."""
    entries, full_total, pages = _sequence(document["articles"], choice.show)
    page = min(max(choice.page, 1), pages)
    chosen = Choice(choice.show, choice.view, page, choice.keys)
    return ComparePage(document, chosen, [entry for at, entry in entries if at == page], full_total, pages)


def _sequence(articles: Sequence[ComparedArticle], show: Show) -> tuple[list[tuple[int, Entry | Gap]], int, int]:
    """(page, entry) in order, the number of articles shown in full, and the number of pages."""
    found: list[tuple[int, Entry | Gap]] = []
    page, room, place, changed_before = 1, ROOM, 0, 0
    for article in articles:
        listed = show == "all" or (show == "changed" and article["changed"]) or _followed(article, show)
        if not listed:
            if article["changed"]:
                _into_gap(found, page, article, 1 + changed_before * FULL_TAKES // ROOM)
        else:
            takes = FULL_TAKES if article["changed"] else 1
            if takes > room:
                page, room = page + 1, ROOM
            room -= takes
            place += article["changed"]
            found.append((page, Entry(article, full=article["changed"], place=place)))
        changed_before += article["changed"]
    return found, place, page


def _followed(article: ComparedArticle, show: Show) -> bool:
    return show == "followed" and article["provision"] is not None


def _into_gap(found: list[tuple[int, Entry | Gap]], page: int, article: ComparedArticle, page_of_changed: int) -> None:
    if found and isinstance(found[-1][1], Gap):
        found[-1][1].articles.append(article)
    else:
        found.append((page, Gap([article], page_of_changed)))


def fill(page: ComparePage, pairs: Mapping[str, PairDocument], *, workspace: bool) -> Counter:
    """Put the texts in, by key; an article without a document stays one line. Returns the changes of the page."""
    counter = Counter()
    for entry in page.shown:
        pair = pairs.get(entry.article["key"])
        if entry.full and pair is not None:
            fill_entry(entry, pair, counter, workspace=workspace)
        else:
            entry.full = False
    return counter


def fill_entry(entry: Entry, pair: PairDocument, counter: Counter, *, workspace: bool) -> None:
    before = len(counter.changes)
    entry.pair = pair
    entry.blocks = blocks(pair, counter)
    entry.changes = counter.changes[before:]
    entry.table = penalties.table(pair, workspace=workspace)
    entry.notes = numbered(pair["notes"])


# ---- sentences ----


def title_of(article: ComparedArticle) -> str:
    """ "Article 164 → Article 174"; both numbers even when they are equal only where the article moved."""
    old, new = words.long_articles(article["old"]), words.long_articles(article["new"])
    if not old or not new or (article["old"] == article["new"] and article["kind"] != "moved"):
        return new or old
    return f"{old} → {new}"


def short_title(article: ComparedArticle) -> str:
    """ "Art. 164 → 174" for lists."""
    old, new = [words.printed(n) for n in article["old"]], [words.printed(n) for n in article["new"]]
    if not old or not new or old == new:
        return words.short_articles(article["new"] or article["old"])
    return gettext("Art. %(old)s → %(new)s") % {"old": " + ".join(old), "new": " + ".join(new)}


def kind_words(article: ComparedArticle) -> str:
    """What became of the article beside its words, as a sentence; "" when it only kept or changed its number."""
    if not article["confirmed"]:
        return gettext("Match not confirmed: we are checking where this article went.")
    new, old = len(article["new"]), len(article["old"])
    return {
        "split": ngettext("Split off.", "Split in %(n)s articles.", new) % {"n": new},
        "merged": ngettext("Merged.", "Merged from %(n)s articles.", old) % {"n": old},
        "moved": gettext("Moved to another chapter."),
        "added": gettext("New in this text."),
        "dropped": gettext("No longer in this text."),
        "repealed": gettext("Excluded from the law: only a note of that is left."),
    }.get(article["kind"], "")


def stub_words(article: ComparedArticle, old: VersionHead, new: VersionHead) -> str:
    """Why an article is one line: unchanged, only renumbered, or outside the part of a text that is held."""
    if article["kind"] in WITHOUT_TEXT:
        text = words.text_name(old if article["kind"] == "not_in_old" else new)
        return gettext("Not in the part we have of “%(text)s”.") % {"text": text}
    if article["changed"]:
        return gettext("Changed; its words are not shown here.")
    if article["old"] != article["new"]:
        return gettext("Renumbered, text identical.")
    return gettext("Text identical.")


@dataclass(frozen=True, slots=True)
class Fact:
    """A phrase of the facts line around its number, wherever a language puts it."""

    before: str
    number: str
    after: str


def facts(document: ComparisonDocument, show: Show) -> list[Fact]:
    """The facts line; what the page hides and what is not held is said too."""
    counts = document["counts"]
    old, new = words.text_name(document["old"]), words.text_name(document["new"])
    changed = ngettext("%(n)s of %(of)s article changed", "%(n)s of %(of)s articles changed", counts["changed"])
    forms = {
        "stricter": ngettext("%(n)s with higher penalties", "%(n)s with higher penalties", counts["stricter"]),
        "mixed": ngettext(
            "%(n)s with penalties changed both ways", "%(n)s with penalties changed both ways", counts["mixed"]
        ),
        "milder": ngettext("%(n)s with lower penalties", "%(n)s with lower penalties", counts["milder"]),
        "split": ngettext("%(n)s article split", "%(n)s articles split", counts["split"]),
        "merged": ngettext("%(n)s merged", "%(n)s merged", counts["merged"]),
        "added": ngettext("%(n)s new article", "%(n)s new articles", counts["added"]),
        "dropped": ngettext("%(n)s article dropped", "%(n)s articles dropped", counts["dropped"]),
        "repealed": ngettext("%(n)s excluded from the law", "%(n)s excluded from the law", counts["repealed"]),
        "renumbered_only": ngettext(
            "%(n)s only renumbered, hidden", "%(n)s only renumbered, hidden", counts["renumbered_only"]
        ),
        "not_in_old": ngettext(
            "%(n)s not in the part we have of “%(old)s”",
            "%(n)s not in the part we have of “%(old)s”",
            counts["not_in_old"],
        ),
        "not_in_new": ngettext(
            "%(n)s not in the part we have of “%(new)s”",
            "%(n)s not in the part we have of “%(new)s”",
            counts["not_in_new"],
        ),
        "unconfirmed": ngettext(
            "%(n)s match not confirmed yet", "%(n)s matches not confirmed yet", counts["unconfirmed"]
        ),
    }
    values = {"old": old, "new": new, "of": words.number(counts["articles"])}
    numbers = {name: counts[name] for name in forms}  # type: ignore[literal-required]  # names of ComparisonCounts
    if show == "all":
        del numbers["renumbered_only"]  # they stand in the page, each on its line
    shown = [_fact(forms[name], number, values) for name, number in numbers.items() if number]
    return [_fact(changed, counts["changed"], values), *shown]


def _fact(form: str, number: int, values: Mapping[str, str]) -> Fact:
    before, _, after = (form % {**values, "n": "\n"}).partition("\n")
    return Fact(before, words.number(number), after)


def sameness(document: ComparisonDocument) -> str:
    """The sentence for two texts that have nothing to compare, or nothing that differs; "" otherwise."""
    if not document["common"]:
        return gettext("These two texts hold different parts of the law.")
    if document["counts"]["changed"]:
        return ""
    if document["old"]["coverage"] or document["new"]["coverage"]:
        return gettext("The parts that we hold of these two texts are the same, apart from numbering.")
    return gettext("These two texts are the same, apart from numbering.")


def held(version: VersionHead) -> str:
    """What a partial text holds, as a sentence; "" for a whole text."""
    coverage = version["coverage"]
    if coverage is None:
        return ""
    values = {
        "text": words.text_name(version),
        "whole": words.joined(coverage["whole_chapters"]),
        "parts": words.joined(coverage["excerpts"]),
    }
    if not coverage["excerpts"]:
        return gettext("Of “%(text)s” we have chapters %(whole)s.") % values
    if not coverage["whole_chapters"]:
        return gettext("Of “%(text)s” we have parts of chapters %(parts)s.") % values
    return gettext("Of “%(text)s” we have chapters %(whole)s, and parts of chapters %(parts)s.") % values


# ---- pickers ----


@dataclass(frozen=True, slots=True)
class Picker:
    """The two lists of texts, and what was wrong with the pair asked for ("" when nothing)."""

    olds: list[VersionHead]
    news: list[VersionHead]
    old: str
    new: str
    error: str = ""


def picker(document: ComparisonDocument, asked_old: str = "", asked_new: str = "") -> Picker:
    """Only texts that stand on that side of some available pair are listed."""
    olds = {pair[0] for pair in document["pairs"]}
    news = {pair[1] for pair in document["pairs"]}
    old, new = asked_old or document["old"]["slug"], asked_new or document["new"]["slug"]
    return Picker(
        olds=[version for version in document["versions"] if version["slug"] in olds],
        news=[version for version in document["versions"] if version["slug"] in news],
        old=old,
        new=new,
        error=_wrong(document, old, new),
    )


def _wrong(document: ComparisonDocument, old: str, new: str) -> str:
    if old == new:
        return gettext("Choose two different texts.")
    if [old, new] in document["pairs"]:
        return ""
    if [new, old] in document["pairs"]:
        return gettext("These two texts are compared the other way round: choose the older one first.")
    return gettext("These two texts are not compared here. Choose another pair.")
