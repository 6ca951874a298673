"""Template tags of the reading pages (article, contents, life, compare): {% load reading %}.

{% both_texts row total %}              a row in one text: unchanged words, <del> and <ins>, changes with id and name
{% old_text row total %} {% new_text row total %}   the same row side by side
{% change_words change %}               a change as the end of a sentence: "<del>…</del> replaced by <ins>…</ins>"
{% heading_words segments %}            a compared heading
{% objected text quoted %}              law text with the words we object to in <mark>
{{ text|visible }}                      law text; unseen control characters become marks
{{ eid|anchor }}                        "p2-3" for part 2, item 3
{% findings verdicts as list %}         verdicts in the order of their bases
{{ phrase|strong_number }}              a phrase whose leading number is bold
{% here view="list" page=2 %}             this page with another query
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tracker.publication.documents import Names, Segment, VersionHead
from tracker.publication.pages import compare, penalties, words
from tracker.publication.pages.reading import anchor_of, findings_of
from tracker.publication.pages.rows import Change, Piece, RowView, eid_inside, name, visible

register = template.Library()

register.filter("visible", visible)
register.filter("anchor", anchor_of)
register.filter("pair_title", compare.title_of)
register.filter("pair_short", compare.short_title)
register.filter("pair_kind", compare.kind_words)
register.filter("held", compare.held)

OLD, NEW = frozenset({"delete", "move_from"}), frozenset({"insert", "move_to"})
BOTH = OLD | NEW


@register.simple_tag
def both_texts(row: RowView, total: int) -> SafeString:
    return _joined([_piece(piece, total, BOTH) for piece in row.pieces])


@register.simple_tag
def old_text(row: RowView, total: int) -> SafeString:
    return _joined([_piece(piece, total, OLD) for piece in row.pieces])


@register.simple_tag
def new_text(row: RowView, total: int) -> SafeString:
    return _joined([_piece(piece, total, NEW) for piece in row.pieces])


def _joined(parts: Sequence[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _piece(piece: Piece, total: int, ops: frozenset[str]) -> str:
    change = piece.change
    if change is None:
        segment = piece.segments[0]
        return visible(segment.get("old", segment["text"]) if ops == OLD else segment["text"])
    shown = [segment for segment in piece.segments if segment["op"] in ops]
    if not shown:
        return ""
    inner = _marks(shown)
    if change.kind == "moved":
        inner = _joined([inner, _move_link(change, shown[0])])
    elif change.kind == "replaced" and ops == NEW:  # side by side the change is announced once, at its old words
        return inner
    identity = change.id_at(shown[0]["op"]) if change.kind == "moved" else change.id
    stop = format_html('<span class="change" id="{}" tabindex="-1" role="group" aria-label="{}">{}</span>',
                       identity, name(change, total), inner)  # fmt: skip
    return _joined([stop, _steps(change, total)])


def _steps(change: Change, total: int) -> SafeString:
    """The pager of a small screen: shown while its change is the target of the address."""
    back, forth, form = _step_words(get_language() or "")
    before = format_html('<a href="#c{}">{}</a>', change.number - 1, back) if change.number > 1 else ""
    after = format_html('<a href="#c{}">{}</a>', change.number + 1, forth) if change.number < total else ""
    where = form % {"number": change.number, "total": total}
    return format_html('<span class="steps-between">{}<b>{}</b>{}</span>', before, where, after)


@lru_cache
def _step_words(_language: str) -> tuple[str, str, str]:
    """Looked up once for each language: a page says them hundreds of times."""
    return gettext("Previous"), gettext("Next"), gettext("Change %(number)s of %(total)s")


def _marks(segments: Sequence[Segment]) -> SafeString:
    """Marked words, with a space between words that were replaced and those that replace them."""
    parts: list[str] = []
    for segment, following in pairwise([*segments, None]):
        assert segment is not None
        parts.append(_mark(segment))
        if following is not None and not segment["text"][-1:].isspace() and not following["text"][:1].isspace():
            parts.append(" ")
    return _joined(parts)


def _mark(segment: Segment) -> SafeString:
    """<ins> or <del> around the words; the spaces at their ends stay outside, so that they are not underlined."""
    text = visible(segment["text"])
    core = text.strip()
    if not core:
        return format_html("{}", text)
    start = text.index(core)
    classes = [name for name, there in (
        ("moved", segment["op"].startswith("move")), ("penalty", bool(segment.get("penalty")))) if there]  # fmt: skip
    tag = "ins" if segment["op"] in NEW else "del"
    opening = format_html('<{} class="{}">', tag, " ".join(classes)) if classes else format_html("<{}>", tag)
    return format_html("{}{}{}</{}>{}", text[:start], opening, core, tag, text[start + len(core) :])


def _move_link(change: Change, segment: Segment) -> SafeString:
    """ "from part 3 ↓" beside moved words, linked to their other end; the arrow says where that is on the page."""
    if not (change.removed and change.added):
        return format_html("")
    at_first = segment["op"] == change.first_end
    leaving = segment["op"] == "move_from"
    place = eid_inside(segment.get("other", "")) or gettext("another place")
    form = gettext("to %(place)s") if leaving else gettext("from %(place)s")
    target = f"{change.id}-end" if at_first else change.id
    words_ = form % {"place": place}
    return format_html(' <a class="move-link" href="#{}">{} {}</a> ', target, words_, "↓" if at_first else "↑")


@register.simple_tag
def change_words(change: Change) -> SafeString:
    """The marked words of a change inside a sentence of the list view."""
    old, new = _marks(change.removed), _marks(change.added)
    if change.kind == "added":
        return format_html(gettext("added {new}"), new=new)
    if change.kind == "deleted":
        return format_html(gettext("deleted {old}"), old=old)
    if change.kind == "replaced":
        return format_html(gettext("{old} replaced by {new}"), old=old, new=new)
    return format_html(gettext("{old} moved to {place}: {new}"), old=old, new=new, place=change.target)


@register.simple_tag
def change_name(change: Change, total: int) -> str:
    return name(change, total)


@register.simple_tag
def heading_words(segments: Sequence[Segment]) -> SafeString:
    groups: list[list[Segment]] = []
    for segment in segments:
        if groups and segment["op"] != "equal" and groups[-1][0]["op"] != "equal":
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return _joined(
        [visible(group[0]["text"]) if group[0]["op"] == "equal" else _marks(group) for group in groups]
    )


@register.simple_tag
def objected(text: str, quoted: Sequence[str]) -> SafeString:
    """Law text with every occurrence of the words we object to marked, whole words only."""
    wanted = sorted({quote for quote in quoted if quote.strip()}, key=len, reverse=True)
    if not wanted:
        return format_html("{}", visible(text))
    pattern = re.compile(r"(?<!\w)(" + "|".join(re.escape(quote) for quote in wanted) + r")(?!\w)", re.IGNORECASE)
    pieces = pattern.split(text)
    return _joined(
        [format_html("<mark>{}</mark>", visible(piece)) if at % 2 else visible(piece) for at, piece in enumerate(pieces)]
    )


@register.simple_tag
def findings(verdicts: Mapping[str, Any]) -> list[dict[str, Any]]:
    return findings_of(verdicts)


@register.simple_tag(takes_context=True)
def penalty_lines(context: template.Context, sanctions: Sequence[Any]) -> list[penalties.PenaltyLine]:
    return penalties.lines(sanctions, workspace=context["site"].workspace)


@register.filter
def strong_number(phrase: str) -> SafeString:
    """A phrase of the facts line; a number at its start is bold."""
    found = re.match(r"[\d,\u00a0]+", phrase)
    if not found:
        return format_html("{}", phrase)
    return format_html("<b>{}</b>{}", found.group(), phrase[found.end() :])


@register.simple_tag
def stub(article: Any, old: VersionHead, new: VersionHead) -> str:
    return compare.stub_words(article, old, new)


@register.simple_tag(takes_context=True)
def here(context: template.Context, **query: Any) -> str:
    """This page with another query; `fragment` is an element id. Empty values are left out."""
    address: str = context["site"].links.same_page(**query)
    return address


@register.filter
def own_name(language: str) -> str:
    """A language under its own name."""
    return words.OWN_NAMES.get(language, language)


@register.filter
def provision_id(key: str) -> str:
    """The lasting part of a provision's key: "k7f2" of "k7f2-inciting-discord"."""
    return key.partition("-")[0]
