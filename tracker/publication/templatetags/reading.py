"""Template tags of the reading pages (article, contents, life, compare): {% load reading %}.

{% both_texts row total %}              a row in one text: unchanged words, <del> and <ins>, changes with id and name
{% old_text row total %} {% new_text row total %}   the same row side by side
{% change_words change "ru" "ru" %}     a change as the end of a sentence: "<del>…</del> replaced by <ins>…</ins>"
{% heading_words segments %}            a compared heading
{% law_words paragraph quoted %}        law text with the words we object to in <mark> and those of notes underlined
{{ text|visible }}                      law text; unseen control characters become marks
{{ eid|anchor }}                        "p2-3" for part 2, item 3
{% note_status note as status %}        "Draft" for a note that only members see
{% findings verdicts as list %}         verdicts in the order of their bases
{% here view="list" page=2 %}             this page with another query
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tracker.publication.documents import Segment, VersionHead
from tracker.publication.note_documents import NoteData
from tracker.publication.pages import compare, notes, penalties, words
from tracker.publication.pages.reading import ParagraphView, anchor_of, findings_of
from tracker.publication.pages.rows import Change, Piece, RowView, name, visible

register = template.Library()

register.filter("visible", visible)
register.filter("anchor", anchor_of)
register.filter("pair_title", compare.title_of)
register.filter("pair_short", compare.short_title)
register.filter("pair_kind", compare.kind_words)
register.filter("held", compare.held)

OLD, NEW = frozenset({"delete", "move_from"}), frozenset({"insert", "move_to"})
BOTH = OLD | NEW
# (in the new text, moved, words of a penalty) → opening and closing tag
TAGS = {
    (new, moved, penalty): (
        f"<{tag}>"
        if not (moved or penalty)
        else f'<{tag} class="{" ".join(["moved"] * moved + ["penalty"] * penalty)}">',
        f"</{tag}>",
    )
    for new, tag in ((True, "ins"), (False, "del"))
    for moved in (False, True)
    for penalty in (False, True)
}


class Markup:
    """A passage put together from constant tags and escaped values, and formatted once."""

    def __init__(self) -> None:
        self.form: list[str] = []
        self.values: list[object] = []

    def add(self, form: str, *values: object) -> None:
        """`form` is a constant of this file; whatever comes from a document is a value."""
        self.form.append(form)
        self.values += values

    def done(self) -> SafeString:
        return format_html("".join(self.form), *self.values) if self.values else format_html("{}", "")


@register.simple_tag
def both_texts(row: RowView, total: int) -> SafeString:
    return _row(row, total, BOTH)


@register.simple_tag
def old_text(row: RowView, total: int) -> SafeString:
    return _row(row, total, OLD)


@register.simple_tag
def new_text(row: RowView, total: int) -> SafeString:
    return _row(row, total, NEW)


def _row(row: RowView, total: int, ops: frozenset[str]) -> SafeString:
    out = Markup()
    for piece, following in pairwise([*row.pieces, None]):
        assert piece is not None
        if piece.change is None:
            out.add("{}", visible(_equal_words(piece.segments[0], following, ops)))
        else:
            _change(out, piece, piece.change, total, ops)
    return out.done()


def _equal_words(segment: Segment, following: Piece | None, ops: frozenset[str]) -> str:
    """Unchanged words as one text prints them; in one text, with the space that deleted words stand behind."""
    old, new = segment.get("old", segment["text"]), segment["text"]
    if ops == OLD:
        return old
    if (
        ops == BOTH
        and following
        and following.segments[0]["op"] in OLD
        and old[-1:].isspace()
        and not new[-1:].isspace()
    ):
        return new + " "
    return new


def _change(out: Markup, piece: Piece, change: Change, total: int, ops: frozenset[str]) -> None:
    shown = [segment for segment in piece.segments if segment["op"] in ops]
    if not shown:
        return
    if change.kind == "replaced" and ops == NEW:  # side by side the change is announced once, at its old words
        _marks(out, shown)
        return
    identity = change.id_at(shown[0]["op"]) if change.kind == "moved" else change.id
    out.add('<span class="change" id="{}" tabindex="-1" role="group" aria-label="{}">', identity, name(change, total))
    _marks(out, shown)
    if change.kind == "moved":
        _move_link(out, change, shown[0])
    out.add("</span>")
    _steps(out, change, total)


def _steps(out: Markup, change: Change, total: int) -> None:
    """The pager of a small screen: shown while its change is the target of the address."""
    before, after, form = _step_words(get_language() or "")
    out.add('<span class="steps-between">')
    if change.number > 1:
        out.add('<a href="#c{}">{}</a>', change.number - 1, before)
    out.add("<b>{}</b>", form % {"number": change.number, "total": total})
    if change.number < total:
        out.add('<a href="#c{}">{}</a>', change.number + 1, after)
    out.add("</span>")


@lru_cache
def _step_words(_language: str) -> tuple[str, str, str]:
    """Looked up once for each language: a page says them hundreds of times."""
    return gettext("Previous"), gettext("Next"), gettext("Change %(number)s of %(total)s")


def _marks(out: Markup, segments: Sequence[Segment]) -> None:
    """Marked words, with a space between words that were replaced and those that replace them."""
    for segment, following in pairwise([*segments, None]):
        assert segment is not None
        _mark(out, segment)
        if following is not None and not segment["text"][-1:].isspace() and not following["text"][:1].isspace():
            out.add(" ")


def _mark(out: Markup, segment: Segment) -> None:
    """<ins> or <del> around the words; the spaces at their ends stay outside, so that they are not underlined."""
    text = visible(segment["text"])
    core = text.strip()
    start = text.find(core)
    opening, closing = TAGS[segment["op"] in NEW, segment["op"].startswith("move"), bool(segment.get("penalty"))]
    if core:
        out.add("{}" + opening + "{}" + closing + "{}", text[:start], core, text[start + len(core) :])
    else:
        out.add("{}", text)


def _move_link(out: Markup, change: Change, segment: Segment) -> None:
    """ "from part 3 ↓" beside moved words, linked to their other end; the arrow says where that is on the page."""
    if not (change.removed and change.added):
        return
    at_first = segment["op"] == change.first_end
    leaving = segment["op"] == "move_from"
    form = gettext("to %(place)s") if leaving else gettext("from %(place)s")
    place = change.target if leaving else change.place
    target = f"{change.id}-end" if at_first else change.id
    arrow = "↓" if at_first else "↑"
    out.add(' <a class="move-link" href="#{}">{} {}</a> ', target, form % {"place": place}, arrow)


def _quoted(segments: Sequence[Segment], language: str) -> SafeString:
    """Marked words of the law inside a sentence of ours: in their own language, without spaces around them."""
    out = Markup()
    out.add('<span lang="{}">', language)
    _marks(out, [{**segment, "text": segment["text"].strip()} for segment in segments])
    out.add("</span>")
    return out.done()


@register.simple_tag
def change_words(change: Change, old_language: str, new_language: str) -> SafeString:
    """The marked words of a change inside a sentence of the list view."""
    old, new = _quoted(change.removed, old_language), _quoted(change.added, new_language)
    if change.kind == "added":
        return format_html(gettext("added {new}"), new=new)
    if change.kind == "deleted":
        return format_html(gettext("deleted {old}"), old=old)
    if change.kind == "replaced":
        return format_html(gettext("{old} replaced by {new}"), old=old, new=new)
    return format_html(gettext("{old} moved to {place}: {new}"), old=old, new=new, place=change.target)


@register.simple_tag
def heading_words(segments: Sequence[Segment]) -> SafeString:
    out = Markup()
    for changed, run in groupby(segments, key=lambda segment: segment["op"] != "equal"):
        if changed:
            _marks(out, list(run))
        else:
            for segment in run:
                out.add("{}", visible(segment["text"]))
    return out.done()


@register.simple_tag
def law_words(paragraph: ParagraphView, quoted: Sequence[str]) -> SafeString:
    """A paragraph of the law: words we object to in <mark>, those with a note underlined and its number behind them."""
    out = Markup()
    for piece in notes.pieces(paragraph.data["text"], quoted, paragraph.noted):
        words_of = "<mark>{}</mark>" if piece.objected else "{}"
        out.add(f'<span class="noted">{words_of}</span>' if piece.notes else words_of, visible(piece.text))
        for view in piece.ends:
            name = gettext("Note %(number)s") % {"number": view.order}
            out.add('<a class="note-number" href="#{}" aria-label="{}">{}</a>', view.anchor, name, view.order)
    return out.done()


@register.simple_tag
def note_status(note: NoteData) -> str:
    """What a member must know of a note that is not published; "" for the public."""
    return "" if note["status"] == "published" else str(words.STATUSES.get(note["status"], note["status"]))


@register.simple_tag
def findings(verdicts: Mapping[str, Any]) -> list[dict[str, Any]]:
    return findings_of(verdicts)


@register.simple_tag(takes_context=True)
def penalty_lines(context: template.Context, sanctions: Sequence[Any]) -> list[penalties.PenaltyLine]:
    return penalties.lines(sanctions, workspace=context["site"].workspace)


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
