"""Template tags of the annotation workspace: {% load notes %}.

{% marked pieces %}            law text, words that have notes in <mark>, a numbered link where each note ends
{{ text|paragraphs }}          what a member typed: paragraphs, line breaks, and http(s) addresses as links
{{ text|linked }}              the same inside one paragraph
{% new_request %}              a random id for a form, so that sending it twice is sending it once
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import uuid4

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.publication.pages.rows import visible
from tracker.publication.templatetags.reading import Markup
from tracker.workspace.notes.marks import Piece

register = template.Library()

ADDRESS = re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]]")


@register.simple_tag
def marked(pieces: Sequence[Piece]) -> SafeString:
    out = Markup()
    for piece in pieces:
        if piece.marks:
            _mark(out, piece)
        else:
            out.add("{}", visible(piece.text))
    return out.done()


def _mark(out: Markup, piece: Piece) -> None:
    kinds = ["on-note"]
    if len(piece.marks) > 1:
        kinds.append("stacked")
    if not any(mark.published for mark in piece.marks):
        kinds.append("unpublished")
    out.add('<mark class="{}" data-note="{}"', " ".join(kinds), piece.marks[-1].note)
    if piece.begins:
        out.add(' id="m{}"', piece.begins[0].note)
    out.add(">{}</mark>", visible(piece.text))
    for mark in piece.ends:
        form = '<a class="ref" id="r{}" href="#t{}" aria-label="{}">{}</a>'
        out.add(form, mark.note, mark.note, mark.label, mark.number)


@register.filter
def paragraphs(text: str) -> SafeString:
    blocks = [block for block in re.split(r"\n{2,}", text.replace("\r\n", "\n")) if block.strip()]
    return format_html_join("", "<p>{}</p>", ((linked(block),) for block in blocks))


@register.filter
def linked(text: str) -> SafeString:
    lines = text.replace("\r\n", "\n").split("\n")
    return format_html_join(_BREAK, "{}", ((_links(line),) for line in lines))


_BREAK = format_html("<br>{}", "")


def _links(line: str) -> SafeString:
    out, at = Markup(), 0
    for found in ADDRESS.finditer(line):
        out.add("{}", visible(line[at : found.start()]))
        out.add('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', found.group(), visible(found.group()))
        at = found.end()
    out.add("{}", visible(line[at:]))
    return out.done()


@register.simple_tag
def new_request() -> str:
    return str(uuid4())


@register.filter
def value_of(values: dict[str, object], name: str) -> object:
    """The value of a field, "" when there is none; zero is a value."""
    found = values.get(name)
    return "" if found is None else found
