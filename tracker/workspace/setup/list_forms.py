"""The entries of the lists as forms: a name in each language, and what else an entry has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amendments.models import Standard, Topic
from codes.models import Jurisdiction, Source
from tracker.accounts.forms import PlainForm
from tracker.publication.pages.words import say

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise as _StrPromise

NAMES = {"en": _("Name in English"), "ru": _("Name in Russian"), "kk": _("Name in Kazakh")}


class EntryForm(PlainForm):
    """Values for one entry. `seen` is the state of the row that the form was made from; empty for a new one."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    slug = forms.SlugField(
        label=_("Short name in addresses"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens. It stays as it is later, so that links go on working."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    has_names: ClassVar[bool] = True

    def __init__(self, *values: Any, new: bool, **named: Any) -> None:
        super().__init__(*values, **named)
        if self.has_names:
            for code, label in NAMES.items():
                self.fields[f"name_{code}"] = _line(label, required=code == "en")
        if not new:
            del self.fields["slug"]

    def values(self) -> dict[str, Any]:
        """The fields of the row, with the names as one value."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        names = {code: found.pop(f"name_{code}") for code in NAMES} if self.has_names else {}
        return {**found, "names": {code: name for code, name in names.items() if name}} if self.has_names else found


def _line(label: _StrPromise, *, required: bool = True, longest: int = 200) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required)


def _words(label: _StrPromise, longest: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": 3, "cols": 60}))


def _order() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Place in the list"), min_value=0, max_value=9999, help_text=_("Small numbers come first.")
    )


class TopicForm(EntryForm):
    gist = _words(_("What it covers, in one sentence"), 300)
    order = _order()


class StandardForm(EntryForm):
    has_names = False
    cite = _line(_("How it is cited"))
    gist = _words(_("What it says, in short"), 400)
    # Only sources that the public sees already: where an unpublished text comes from is a matter of its law's members.
    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.filter(
            Q(standards__isnull=False) | Q(concerns__editions__status="published") | Q(versions__public=True)
        ).distinct(),
        required=False,
        empty_label=_("none"),
    )
    verified = forms.BooleanField(label=_("The instrument was read for this entry"), required=False)
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"), queryset=Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    order = _order()

    def __init__(self, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        self.fields["topics"].label_from_instance = lambda topic: say(topic.names)  # type: ignore[attr-defined]


class StageForm(EntryForm):
    jurisdiction = forms.ModelChoiceField(label=_("Jurisdiction"), queryset=Jurisdiction.objects.all())
    order = _order()

    def __init__(self, *values: Any, new: bool, **named: Any) -> None:
        super().__init__(*values, new=new, **named)
        self.fields["jurisdiction"].label_from_instance = lambda place: say(place.names)  # type: ignore[attr-defined]
        if not new:
            del self.fields["jurisdiction"]


class LanguagesForm(PlainForm):
    seen = forms.CharField(widget=forms.HiddenInput)
    languages = forms.CharField(
        label=_("Languages in which laws are made"),
        max_length=60,
        help_text=_("Codes of two or three letters, the working language first: kk, ru. One that texts are in stays."),
        validators=[RegexValidator(r"^[a-z]{2,3}(\s*,\s*[a-z]{2,3})*$", _("Write codes with commas between: kk, ru."))],
    )


def initial_of(row: Topic | Standard | Any) -> dict[str, Any]:
    """What an entry's form shows before anything is changed."""
    values = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
    names = values.pop("names", {})
    if isinstance(row, Standard):
        values["topics"] = [link.topic_id for link in row.topic_links.all()]
    return {**values, **{f"name_{code}": names.get(code, "") for code in NAMES}}
