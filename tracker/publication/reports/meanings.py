"""What each column of the findings holds, for the second sheet of a workbook; docs/reports.md says the same."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

MEANINGS = {
    "concern": gettext_lazy("Lasting name of the concern."),
    "name": gettext_lazy("Its name in words."),
    "topics": gettext_lazy("Short names of its topics."),
    "ask": gettext_lazy("What we ask."),
    "in_total": gettext_lazy("No where we ask to leave something out: that is never in the headline's total."),
    "current_article": gettext_lazy("Number of the article in current law."),
    "text": gettext_lazy("Short name of the text, as in addresses."),
    "text_name": gettext_lazy("Name of the text."),
    "date": gettext_lazy("Date of the text."),
    "articles": gettext_lazy("Numbers of the articles in this text."),
    "state": gettext_lazy("Whether the text holds it."),
    "recommendation_code": gettext_lazy(
        "Verdict against our recommendation, for machines; empty where none was given."
    ),
    "recommendation": gettext_lazy("Verdict against our recommendation, in words."),
    "current_law_code": gettext_lazy("Verdict against current law, for machines; empty where none was given."),
    "current_law": gettext_lazy("Verdict against current law, in words."),
    "previous_code": gettext_lazy("Verdict against the previous text, for machines; empty where none was given."),
    "previous": gettext_lazy("Verdict against the previous text, in words."),
    "reason": gettext_lazy("Why, on the base that was chosen."),
    "grade": gettext_lazy("A, B, C or E; empty where nothing was assessed, or on another base."),
    "standards": gettext_lazy("Treaty articles and other rules."),
    "source": gettext_lazy("Where the verdict comes from."),
    "no": gettext_lazy("Number of the row."),
    "old_words": gettext_lazy("Words of the paragraphs of current law that changed or that we object to."),
    "asked_words": gettext_lazy("What we recommend, with the words we object to."),
    "draft": gettext_lazy("Words of the paragraphs of the draft that changed or that we object to."),
    "verdict_code": gettext_lazy("Verdict on the base that was chosen, for machines."),
    "verdict": gettext_lazy("Verdict on the base that was chosen, in words."),
    "published": gettext_lazy("Day on which we published the change."),
    "release": gettext_lazy("Number of the release that holds it."),
    "what": gettext_lazy("What changed."),
    "about": gettext_lazy("The concern or text that it is about."),
    "base": gettext_lazy("What the verdict is measured by."),
    "before_code": gettext_lazy("Verdict before, for machines."),
    "after_code": gettext_lazy("Verdict after, for machines."),
    "correction": gettext_lazy("Whether it corrects an error of ours."),
}
