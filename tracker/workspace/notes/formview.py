"""What the form of a note shows: values as they were typed, choices, what stands in the matrix, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, TypeGuard

from django.http import QueryDict

from amendments.models import Annotation, Concern, Standard, Topic, UnsentDraft
from amendments.services.suggestions import Suggestion
from tracker.publication.pages import words
from tracker.workspace.notes import judging
from tracker.workspace.notes.forms import BASE_NAMES, verdict_words
from tracker.workspace.notes.places import Home
from tracker.workspace.review.words import suggestion_words

PLACE = ("part", "first", "start", "last", "end")
LISTS = ("topics", "standards")
NOT_KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool
    more: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One base to judge against. `cell` says what stands there and `suggestion` what the facts suggest, when the
    concern is known. A suggestion marks a value and chooses none.
    """

    base: str
    label: str
    cell: judging.Cell | None
    suggestion: Suggestion | None
    options: list[Option]
    reason: str
    wrong: list[str]
    wrong_reason: list[str]


@dataclass(slots=True)
class FormView:
    """`popover`: asked for by a script, to stand on the article's page."""

    action: str
    back: str
    unsent: str
    values: dict[str, Any]
    topics: list[Option]
    standards: list[Option]
    concerns: list[Option]
    rows: list[Row]
    place: str
    note: Annotation | None = None
    wrong: dict[str, list[str]] = field(default_factory=dict)
    restored: datetime | None = None
    popover: bool = False

    place_names: ClassVar = PLACE

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the field, sentence) for the summary at the top."""
        return [(name, said) for name, sentences in self.wrong.items() for said in sentences]

    @property
    def whole_part(self) -> bool:
        """The quote begins as a whole part, to be shortened."""
        return bool(self.values.get("part"))


def build(
    home: Home,
    values: dict[str, Any],
    *,
    action: str,
    back: str,
    here: list[Concern],
    wrong: Mapping[str, list[str]] | None = None,
    **more: Any,
) -> FormView:
    """`here`: the concerns about this article; a single one is chosen beforehand, verdicts never are."""
    wrong = dict(wrong or {})
    if "concern" not in values and len(here) == 1:
        values = {**values, "concern": str(here[0].pk)}
    chosen = str(values.get("concern", ""))
    bases = judging.bases_of(home.law, home.version)
    concern = next((each for each in here if str(each.pk) == chosen), None)
    cells = judging.cells(concern, home.version, bases) if concern is not None else []
    by_base = {cell.base: cell for cell in cells}
    suggested = judging.suggestions(concern, home.version, bases) if concern is not None else {}
    return FormView(
        action=action,
        back=back,
        unsent=f"{action}unsent/",
        values=values,
        topics=[
            Option(str(t.pk), words.say(t.names), str(t.pk) in values.get("topics", ())) for t in Topic.objects.all()
        ],
        standards=[
            Option(str(s.pk), s.cite, str(s.pk) in values.get("standards", ()), s.gist) for s in _cited_first(here)
        ],
        concerns=[Option(str(c.pk), words.say(c.names), str(c.pk) == chosen) for c in here],
        rows=[_row(base, by_base.get(base), suggested.get(base), values, wrong) for base in bases] if here else [],
        place=home.place(home.part_at(values["part"]) if values.get("part") else None),
        wrong=wrong,
        **more,
    )


def _cited_first(here: list[Concern]) -> list[Standard]:
    """The catalogue, beginning with what the concerns about this article cite."""
    cited = set(Standard.objects.filter(concern_links__concern__in=here).values_list("pk", flat=True))
    return sorted(Standard.objects.all(), key=lambda standard: standard.pk not in cited)


def _row(
    base: str,
    cell: judging.Cell | None,
    suggestion: Suggestion | None,
    values: Mapping[str, Any],
    wrong: Mapping[str, list[str]],
) -> Row:
    chosen = values.get(f"verdict_{base}", "")
    return Row(
        base,
        str(BASE_NAMES[base]),
        cell,
        suggestion,
        [
            Option(value, label, value == chosen, suggestion_words(suggestion) if _suggests(suggestion, value) else "")
            for value, label in verdict_words()
        ],
        values.get(f"reason_{base}", ""),
        wrong.get(f"verdict_{base}", []),
        wrong.get(f"reason_{base}", []),
    )


def _suggests(suggestion: Suggestion | None, value: str) -> TypeGuard[Suggestion]:
    return suggestion is not None and suggestion.value == value


def typed(posted: QueryDict) -> dict[str, Any]:
    """The fields as they were typed: to show again, and to keep."""
    return {
        name: posted.getlist(name) if name in LISTS else posted.get(name, "") for name in posted if name not in NOT_KEPT
    }


def restored(draft: UnsentDraft, fresh: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept, in the shape of the form; what was never typed is as in a fresh form."""
    kept = {
        name: [str(item) for item in value] if isinstance(value, list) else str(value)
        for name, value in draft.fields.items()
    }
    lists: dict[str, Any] = {name: [] for name in LISTS}
    return {**fresh, **lists, **kept, "revision": draft.revision}
