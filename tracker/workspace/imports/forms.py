"""The first page of the wizard: a file or a text, and what a person knows of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from amendments.services.wizard import Wanted
from codes.models import Code, Stage
from codes.text.readers import LARGEST
from tracker.publication.pages import words

HELD = [
    ("whole", gettext_lazy("The whole law")),
    ("chapters", gettext_lazy("Only some chapters, each of them whole")),
    ("excerpts", gettext_lazy("Only some articles of some chapters")),
]
OFFICIAL = [("yes", gettext_lazy("Official")), ("no", gettext_lazy("Unofficial: reported, leaked, or typed by hand"))]


class StartForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("DOCX, PDF with text, HTML, plain text or Akoma Ntoso, 40 MB at most."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("2 MB at most; a longer text as a file."),
    )
    stage = forms.ChoiceField(label=gettext_lazy("Stage"))
    day = forms.DateField(
        label=gettext_lazy("Date of the text"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The day from which it is the text of its stage."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    held = forms.ChoiceField(
        label=gettext_lazy("What the file holds"),
        choices=HELD,
        help_text=gettext_lazy("What a part does not hold is never called dropped."),
    )
    official = forms.ChoiceField(label=gettext_lazy("Official or not"), choices=OFFICIAL)
    source_title = forms.CharField(
        label=gettext_lazy("Where it is from"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("A publication, an office or a person. Only your team sees it."),
    )
    source_url = forms.URLField(
        label=gettext_lazy("Its address on the web"), required=False, max_length=600, assume_scheme="https"
    )
    label = forms.CharField(
        label=gettext_lazy("Name of this text"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Without one, the name of its stage."),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Short name in addresses"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Without one, date and stage: 2014-05-21-reading2."),
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, law: Code, data: Any = None, files: Any = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        latest = law.versions.with_text().in_order().last()
        language = latest.language if latest else law.jurisdiction.languages[0]
        usual = {"request_id": uuid4(), "held": "whole", "official": "yes", "language": language}
        super().__init__(data, files, initial=usual | (initial or {}))
        self.stages = {stage.slug: stage for stage in Stage.objects.filter(jurisdiction=law.jurisdiction)}
        self._choices("stage", [(slug, words.say(stage.names)) for slug, stage in self.stages.items()])
        self._choices("language", [(code, words.OWN_NAMES.get(code, code)) for code in law.jurisdiction.languages])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST:
            size = file.size // 2**20
            raise ValidationError(
                gettext("The file is %(size)s MB. The limit is 40 MB. Remove images or split it.") % {"size": size}
            )
        return file

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = self.cleaned_data
        if not self.errors.get("file") and bool(found.get("file")) == bool(found.get("text", "").strip()):
            self.add_error(
                "file",
                gettext("Choose a file, or paste the text, not both.")
                if found.get("file")
                else gettext("Choose a file, or paste the text."),
            )
        return found

    def content(self) -> tuple[bytes, str]:
        """The bytes and what they are called."""
        file = self.cleaned_data["file"]
        if file is not None:
            return file.read(), file.name
        return self.cleaned_data["text"].encode("utf-8"), "pasted-text.txt"

    def wanted(self) -> Wanted:
        found = self.cleaned_data
        return Wanted(
            stage=self.stages[found["stage"]],
            day=found["day"],
            language=found["language"],
            official=found["official"] == "yes",
            held=found["held"],
            **{name: found[name] for name in ("slug", "label", "source_title", "source_url")},
        )
