"""The form of a note: shape only; the services ask whether the words stand there and who may write."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from amendments.models import Annotation, Base, Concern, Standard, Topic, VerdictValue
from amendments.services import passages, threads
from amendments.services.annotations import LONGEST_TEXT
from amendments.services.passages import NotThere, Passage
from tracker.publication.pages import words
from tracker.workspace.notes.judging import Cell, Choice, cells
from tracker.workspace.notes.places import Home

BASE_NAMES = {
    Base.RECOMMENDATION.value: gettext_lazy("our recommendation"),
    Base.CURRENT_LAW.value: gettext_lazy("current law"),
    Base.PREVIOUS.value: gettext_lazy("the previous text"),
}
LONGEST_REASON = 2_000


class PlaceForm(forms.Form):
    """Where a note stands, as the page or a selection says it."""

    part = forms.CharField(max_length=200, required=False)
    first = forms.CharField(max_length=200, required=False)
    start = forms.IntegerField(min_value=0, required=False)
    last = forms.CharField(max_length=200, required=False)
    end = forms.IntegerField(min_value=0, required=False)


class NoteForm(PlaceForm):
    """`bases` are those that the text can be judged against. Afterwards `cells` are those of the chosen concern."""

    quote = forms.CharField(max_length=passages.LONGEST, strip=False, label=gettext_lazy("Words of the law"))
    topics = forms.ModelMultipleChoiceField(Topic.objects.all(), required=False)
    public_text = forms.CharField(max_length=LONGEST_TEXT + 1000, required=False, strip=False)
    comment = forms.CharField(max_length=threads.LONGEST + 1000, required=False)
    standards = forms.ModelMultipleChoiceField(Standard.objects.all(), required=False)
    concern = forms.ModelChoiceField(Concern.objects.none(), required=False)
    request_id = forms.UUIDField()
    revision = forms.IntegerField(min_value=0)

    def __init__(self, data: Any, *, home: Home, bases: list[str]) -> None:
        super().__init__(data)
        self.home = home
        self.bases = bases
        self.cells: list[Cell] = []
        concerns: Any = self.fields["concern"]
        concerns.queryset = Concern.objects.filter(provision__law=home.law).select_related("provision__law")
        for base in bases:
            self.fields[f"verdict_{base}"] = forms.ChoiceField(choices=VerdictValue.choices, required=False)
            self.fields[f"reason_{base}"] = forms.CharField(max_length=LONGEST_REASON, required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        if values.get("quote"):
            try:
                values["passage"] = self._passage(values)
            except NotThere as problem:
                self.add_error("quote", problem)
        chosen = {base for base in self.bases if values.get(f"verdict_{base}")}
        if chosen and not values.get("concern"):
            self.add_error("concern", gettext("Choose the concern that these verdicts are about."))
        elif chosen:
            self.cells = cells(values["concern"], self.home.version, self.bases)
            for cell in self.cells:
                self._judged(cell, chosen)
        return values

    def _judged(self, cell: Cell, chosen: set[str]) -> None:
        """Against each base there is a finding: chosen now, or on its way already."""
        name = f"verdict_{cell.base}"
        if cell.under_way is not None and cell.base in chosen:
            said = gettext("A verdict by %(who)s is on its way here. Change it there, or leave this row empty.")
            self.add_error(name, said % {"who": cell.under_way.written_by.handle})
        elif cell.under_way is None and cell.base not in chosen and name not in self.errors:
            said = gettext("Choose a verdict against %(base)s, or choose Not assessed.")
            self.add_error(name, said % {"base": BASE_NAMES[cell.base]})

    def _passage(self, values: dict[str, Any]) -> Passage:
        part = self.home.part_at(values["part"]) if values.get("part") else None
        if values.get("part") and part is None:
            raise NotThere(gettext("This part is not in the article. Open the article again."))
        near = (values["first"], values["start"]) if values.get("first") and values.get("start") is not None else None
        return passages.find(
            self.home.paragraphs,
            values["quote"],
            place=self.home.place(part),
            within=part.eids if part else (),
            near=near,
        )

    @property
    def choices(self) -> dict[str, Choice]:
        """What was found against each base; valid forms only."""
        values = self.cleaned_data
        return {
            base: Choice(base, values[f"verdict_{base}"], values[f"reason_{base}"].strip())
            for base in self.bases
            if values[f"verdict_{base}"]
        }


class StepForm(forms.Form):
    revision = forms.IntegerField(min_value=1)
    why = forms.CharField(max_length=LONGEST_REASON, required=False)


class CommentForm(forms.Form):
    text = forms.CharField(max_length=threads.LONGEST + 1000)
    request_id = forms.UUIDField()


def blank(home: Home, *, part: str = "", passage: Passage | None = None) -> dict[str, Any]:
    """The first values of a new note: on a passage that was selected, or on a whole part."""
    found = home.part_at(part) if part else None
    values: dict[str, Any] = {"request_id": str(uuid4()), "revision": 0, "part": part if found else ""}
    if passage is not None:
        values |= {"quote": passage.quote, "first": passage.first_eid, "start": passage.start}
        values |= {"last": passage.last_eid, "end": passage.end}
    elif found is not None:
        values["quote"] = passages.words_of(home.paragraphs, found.eids)
    return values


def of_note(note: Annotation) -> dict[str, Any]:
    """The values of a note that is edited."""
    return {
        "request_id": str(uuid4()),
        "revision": note.revision,
        "quote": note.quote,
        "first": note.first_eid,
        "start": note.start,
        "last": note.last_eid,
        "end": note.end,
        "public_text": note.public_text,
        "topics": [str(link.topic_id) for link in note.topic_links.all()],
        "standards": [str(link.standard_id) for link in note.standard_links.all()],
        "concern": str(note.concern_id or ""),
    }


def refusals(problem: ValidationError) -> list[str]:
    """Sentences of a service, in the reader's language where the catalogue has them."""
    return [gettext(message) for message in problem.messages]


def verdict_words() -> list[tuple[str, str]]:
    """The values in the order of the form, with their words."""
    return [(value, str(words.VERDICTS[value])) for value in VerdictValue.values]
