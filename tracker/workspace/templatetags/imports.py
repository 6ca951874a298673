"""Template tags of the import wizard."""

from __future__ import annotations

from django import template

from codes.models import ImportAnswer
from tracker.workspace.imports.pages import choice_word, title

register = template.Library()


@register.simple_tag
def answer_words(answer: ImportAnswer) -> str:
    """ "Split: 170 → 179, 180"; of the answers that link nothing, the word alone."""
    word = choice_word(answer.choice)
    linked = answer.choice in {"same", "split", "merged"}
    return f"{word}: {title(answer.old_numbers, answer.new_numbers)}" if linked else word
