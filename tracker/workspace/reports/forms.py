"""What a report may hold, as the builder asks for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from django.utils.translation import get_language, gettext, gettext_lazy

from tracker.publication.documents import OverviewDocument
from tracker.publication.pages import words
from tracker.publication.pages.reading import BASES
from tracker.publication.reports.content import Options
from tracker.publication.reports.words import PRESETS

SOURCES = {
    "record": gettext_lazy("What is published"),
    "workspace": gettext_lazy("What your team sees, drafts included: every page says DRAFT"),
}
LONGEST_COVER = 4000
USUAL_SINCE = timedelta(days=30)


class BuilderForm(forms.Form):
    """`overview`: that of the law as the member sees it. `drafts`: whether an internal report may be asked for."""

    preset = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[(key, name) for key, (name, _) in PRESETS.items()])
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    source = forms.ChoiceField(label=gettext_lazy("Made from"), choices=list(SOURCES.items()))
    text = forms.ChoiceField(label=gettext_lazy("Text reported on"), required=False)
    base = forms.ChoiceField(label=gettext_lazy("Verdicts"), choices=list(BASES.items()))
    since = forms.DateField(
        label=gettext_lazy("Changes after"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    topics = forms.MultipleChoiceField(label=gettext_lazy("Topics"), required=False)
    verdicts = forms.MultipleChoiceField(
        label=gettext_lazy("Verdicts listed one by one"), choices=list(words.VERDICTS.items()), required=False
    )
    texts = forms.MultipleChoiceField(label=gettext_lazy("Texts in the history"), required=False)
    quotes = forms.BooleanField(label=gettext_lazy("With the words of the law"), required=False)
    cover = forms.CharField(
        label=gettext_lazy("Cover text"),
        required=False,
        max_length=LONGEST_COVER,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Your own words before the report."),
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, overview: OverviewDocument, data: Any = None, *, drafts: bool, initial: dict[str, Any] | None = None
    ) -> None:
        usual = {
            "preset": "brief", "language": (get_language() or "en")[:2], "source": "record", "base": "recommendation",
            "since": (now() - USUAL_SINCE).date(), "quotes": True, "request_id": uuid4(),
        }  # fmt: skip
        super().__init__(data, initial=usual | (initial or {}), auto_id="f-%s")
        names = {code: words.OWN_NAMES.get(code, code) for code, _ in settings.LANGUAGES}
        texts = [(text["slug"], words.text_name(text)) for text in reversed(overview["texts"])]
        newest = gettext("The newest: %(text)s") % {"text": texts[0][1]} if texts else gettext("There is none yet")
        self._choices("language", list(names.items()))
        self._choices("text", [("", newest), *texts[1:]])
        self._choices("texts", list(reversed(texts)))
        self._choices("topics", [(topic["slug"], words.say(topic["names"])) for topic in overview["topics"]])
        if not drafts:
            self._choices("source", [("record", SOURCES["record"])])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = self.cleaned_data
        if found.get("preset") == "since":
            if found.get("source") == "workspace":
                self.add_error("source", ValidationError(gettext("Changes are listed of the public record only.")))
            if not found.get("since") and not self.errors.get("since"):
                self.add_error("since", ValidationError(gettext("Say the day after which changes count.")))
        return found

    @property
    def internal(self) -> bool:
        return bool(self.cleaned_data["source"] == "workspace")

    def options(self) -> Options:
        found = self.cleaned_data
        return Options(
            preset=found["preset"],
            language=found["language"],
            text=found["text"],
            texts=tuple(found["texts"]),
            base=found["base"],
            topics=tuple(found["topics"]),
            verdicts=tuple(found["verdicts"]),
            quotes=found["quotes"],
            cover=found["cover"].replace("\r\n", "\n"),
            since=found["since"] if found["preset"] == "since" else None,
        )
