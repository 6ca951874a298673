"""Sentences of the review pages: what is suggested and why, what a text still asks, what was refused."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy, ngettext

from amendments.services.cells import CellFacts
from amendments.services.contradictions import NeedsReason
from amendments.services.suggestions import Suggestion
from codes.text.diff import diff_text
from codes.text.nodes import OpKind
from tracker.publication.pages import words

BASES = {
    "recommendation": gettext_lazy("Against our recommendation"),
    "current_law": gettext_lazy("Against current law"),
    "previous": gettext_lazy("Against the previous text"),
}
SUGGESTED = {
    "text_identical": gettext_lazy("suggested: text identical"),
    "stricter": gettext_lazy("suggested: penalties rise and none falls"),
    "quoted_words_stand": gettext_lazy("suggested: the words we object to are still there"),
    "gone": gettext_lazy("suggested: gone, and in no other law we follow"),
    "left_out": gettext_lazy("suggested: not in this text"),
    "not_in_current_law": gettext_lazy("suggested: in this text, not in the one compared with"),
    "milder": gettext_lazy("suggested: penalties fall; check that the conduct is not wider"),
    "reduced": gettext_lazy("suggested: the heaviest maximum fell; Fixed only if it is what we asked"),
}
ASKED = {
    "match_not_confirmed": gettext_lazy("Nothing is suggested: the match of this article is not confirmed."),
    "no_text": gettext_lazy("Nothing is suggested: we do not hold this place of the text."),
    "penalties_unsure": gettext_lazy("Nothing is suggested: the penalties were not read for sure. Check the numbers."),
    "moved": gettext_lazy("Nothing is suggested: it moved to another code. Compare what is punished there."),
    "gone_not_asked": gettext_lazy("Nothing is suggested: the provision is not in this text. You decide."),
    "not_in_base": gettext_lazy("Nothing is suggested: neither text has it."),
    "mixed_heavier": gettext_lazy("The facts point both ways, and the heaviest penalty rose. You decide."),
    "mixed": gettext_lazy("The facts point both ways. You decide."),
    "quoted_words_gone": gettext_lazy("The words we object to are gone or changed. You decide what came instead."),
    "words_changed": gettext_lazy("The words changed and the penalties say nothing. You decide."),
    "nothing_compared": gettext_lazy("Nothing is suggested: there is no earlier text to compare with."),
}
CHOOSE = {
    "recommendation": gettext_lazy("Choose a verdict against our recommendation, or choose Not assessed."),
    "current_law": gettext_lazy("Choose a verdict against current law, or choose Not assessed."),
    "previous": gettext_lazy("Choose a verdict against the previous text, or choose Not assessed."),
}
CAUSES = {
    "new_version": gettext_lazy("This text is new: the verdict of the text before was not copied."),
    "correspondence": gettext_lazy("The match of this article was corrected after the verdict. Read it again."),
    "sanction": gettext_lazy("A penalty was corrected after the verdict. Read it again."),
    "text_obtained": gettext_lazy("The text was obtained after the verdict, which rests on a source. Read both."),
    "returned_provision": gettext_lazy("The provision came back after it was withdrawn. Read its history."),
}
LIFECYCLES = [("", gettext_lazy("Nothing special")), *words.LIFECYCLES.items()]


def suggestion_words(suggestion: Suggestion) -> str:
    return str(SUGGESTED[suggestion.reason] if suggestion.value else ASKED[suggestion.reason])


def refusal(error: ValidationError) -> str:
    """Why something was not saved, in the reader's language."""
    if isinstance(error, NeedsReason):
        facts = " ".join(str(words.CONTRADICTIONS[code]) for code in error.against)
        return gettext("%(facts)s This verdict differs from that. Write the reason that readers will see.") % {
            "facts": facts
        }
    return " ".join(gettext(message) for message in error.messages)


def fact_sentences(facts: CellFacts, quoted: Sequence[str]) -> list[str]:
    """What is computed about a cell, besides the penalties, which have a table."""
    place = {
        "absent": gettext("The provision is not in this text."),
        "repealed": gettext("The article is excluded from the law: only a note of that is left."),
        "not_held": gettext("We do not hold this part of the text."),
        "no_text": gettext("We do not hold this text."),
        "checking": gettext("We are checking where this article went."),
    }.get(facts.state)
    return [
        *([place] if place else []),
        *([gettext("The text is identical.")] if facts.identical else []),
        *(
            [gettext("The words we object to stand in it: %(words)s.") % {"words": _listed(quoted)}]
            if facts.quoted
            else []
        ),
        *([gettext("The words we object to are not in it.")] if facts.quoted is False else []),
        *([gettext("Its conduct is punished in another law that we follow.")] if facts.elsewhere else []),
        *([gettext("The match of this article is not confirmed.")] if not facts.confirmed else []),
    ]


def _listed(quoted: Sequence[str]) -> str:
    return ", ".join(f"“{quote}”" for quote in quoted)


def marked(old: str, new: str) -> list[tuple[str, str]]:
    """(operation, words) that turn one text into the other: "equal", "delete", "insert"."""
    return [
        (op.kind.value, old[slice(*op.old)] if op.kind is OpKind.DELETE else new[slice(*op.new)])
        for op in diff_text(old, new)
    ]


def left(count: int) -> str:
    return ngettext("%(n)s left.", "%(n)s left.", count) % {"n": count}


def values() -> list[tuple[str, str]]:
    """Every verdict value with its word."""
    return [(value, str(said)) for value, said in words.VERDICTS.items()]
