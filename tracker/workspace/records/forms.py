"""The shape of what a person says about a provision. What it means is checked by the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from amendments.models import Concern, Standard, Topic
from amendments.models.concerns import Ask
from amendments.services.concerns import Asked
from tracker.publication.pages import words
from tracker.workspace.records.field_words import VALUES

if TYPE_CHECKING:
    Choices = forms.ModelMultipleChoiceField[Any]
else:
    Choices = forms.ModelMultipleChoiceField


class Several(Choices):
    """Checkboxes named in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return words.say(obj.names) if isinstance(obj, Topic) else str(obj.cite)


class ConcernForm(forms.Form):
    """Names and recommendation by language, at least one of each; words objected to, one quote a line."""

    slug = forms.SlugField(
        label=_("Word in the address"), max_length=60, required=False,
        help_text=_("Small letters, digits and hyphens. Left empty, it is made from the English name."),
    )  # fmt: skip
    ask = forms.ChoiceField(label=_("What do you ask?"), choices=[(ask.value, VALUES["ask"][ask.value]) for ask in Ask])
    quoted = forms.CharField(
        label=_("Words you object to"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Exactly as printed in the article; one quote a line."),
    )  # fmt: skip
    topics = Several(label=_("Topics"), queryset=Topic.objects.all(), widget=forms.CheckboxSelectMultiple)
    standards = Several(
        label=_("International standards"), queryset=Standard.objects.all(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            own = words.OWN_NAMES[code]
            self.fields[f"name_{code}"] = forms.CharField(label=own, max_length=200, required=False)
            self.fields[f"asked_{code}"] = forms.CharField(
                label=own, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2, "lang": code})
            )
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_hint"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.by_language("name"):
            self.add_error(f"name_{settings.LANGUAGES[0][0]}", _("Give the provision a name in one language."))
        if not self.by_language("asked"):
            self.add_error(f"asked_{settings.LANGUAGES[0][0]}", _("Say in one language what you recommend."))
        if "slug" not in self.errors and not data.get("slug"):
            data["slug"] = slugify(data.get("name_en", ""))[:60]
            if not data["slug"]:
                self.add_error("slug", _("Without an English name, choose a word for the address."))
        return data

    def by_language(self, kind: str) -> dict[str, str]:
        found = {code: self.cleaned_data.get(f"{kind}_{code}", "") for code, _name in settings.LANGUAGES}
        return {code: text for code, text in found.items() if text}

    def said(self) -> Asked:
        data = self.cleaned_data
        quoted = [line.strip() for line in data["quoted"].splitlines() if line.strip()]
        return Asked(
            names=self.by_language("name"), slug=data["slug"], ask=data["ask"], asked=self.by_language("asked"),
            quoted=quoted, note=data["note"], topics=list(data["topics"]), standards=list(data["standards"]),
        )  # fmt: skip

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[f"name_{code}"] for code, _name in settings.LANGUAGES]

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        return [self[f"asked_{code}"] for code, _name in settings.LANGUAGES]


def values_of(concern: Concern) -> dict[str, Any]:
    """What the form shows of a concern that exists."""
    values: dict[str, Any] = {
        "slug": concern.slug,
        "ask": concern.recommendation.ask,
        "quoted": "\n".join(concern.quoted),
        "topics": [link.topic_id for link in concern.topic_links.all()],
        "standards": [link.standard_id for link in concern.standard_links.all()],
        "note": concern.note,
    }
    values |= {f"name_{code}": text for code, text in concern.names.items()}
    return values | {f"asked_{code}": text for code, text in concern.recommendation.asked.items()}
