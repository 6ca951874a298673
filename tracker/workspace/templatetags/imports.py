"""Template tags of the import wizard."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html, format_html_join

from codes.models import ImportAnswer
from tracker.workspace.imports import sentences
from tracker.workspace.imports.pages import choice_word, title

register = template.Library()


@register.simple_tag
def answer_words(answer: ImportAnswer) -> str:
    """ "Split: 170 → 179, 180"; of the answers that link nothing, the word alone."""
    word = choice_word(answer.choice)
    linked = answer.choice in {"same", "split", "merged"}
    return f"{word}: {title(answer.old_numbers, answer.new_numbers)}" if linked else word


@register.simple_tag
def because(reasons: Iterable[str]) -> str:
    """Why two articles are linked, one after another."""
    return format_html_join("; ", "{}", ((_reason(one),) for one in reasons))


def _reason(reason: str) -> str:
    said = sentences.say_reason(reason)
    return format_html('<span lang="{}">{}</span>', said.language, said.text) if said.language else escape(said.text)
