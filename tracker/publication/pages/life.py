"""The life of a provision: where it went, what we found on each base, and its texts, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from tracker.publication.documents import LifeDocument, LifeStep, PairDocument, RiverLine, RiverNode, VersionHead
from tracker.publication.pages import penalties, words
from tracker.publication.pages.compare import Entry, fill_entry
from tracker.publication.pages.matrix import state_words
from tracker.publication.pages.penalties import PenaltyLine
from tracker.publication.pages.reading import BASES
from tracker.publication.pages.rows import Counter


@dataclass(slots=True)
class StepView:
    """One text on the way. `entry` holds what changed against `before`, when the two differ."""

    step: LifeStep
    state: str  # "" when the provision is in the text
    lines: list[PenaltyLine]
    before: VersionHead | None = None
    same: bool = False  # the text before says the same
    entry: Entry | None = None

    @property
    def linked(self) -> bool:
        """True when the article can be opened in this text."""
        step = self.step
        return bool(step["numbers"]) and step["version"]["obtained"] and not step["stated"] and step["state"] in HELD


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest verdict on one base, and the text it is about. `finding` is None when nobody assessed it yet."""

    words: str
    value: str
    finding: Any
    version: VersionHead | None


@dataclass(frozen=True, slots=True)
class Path:
    """A line of the river in words: name and "337 → 403 → 404 and 405 (split)"."""

    line: RiverLine
    words: str


@dataclass(slots=True)
class Life:
    document: LifeDocument
    steps: list[StepView]  # newest first
    standings: list[Standing]
    summary: list[str]
    counter: Counter = field(default_factory=Counter)


HELD = frozenset({"in_text", "repealed"})


def pair_path(document: LifeDocument, step: LifeStep) -> str:
    """The path of the pair document of a step; "" when it has none."""
    if not step["compare"] or not step["pair"]:
        return ""
    return f"laws/{document['law']['slug']}/compare/{'...'.join(step['compare'])}/{step['pair']}"


def life(document: LifeDocument, pairs: Mapping[str, PairDocument], *, workspace: bool) -> Life:
    counter = Counter()
    known = {step["version"]["slug"]: step["version"] for step in document["steps"]}
    shown = [step for step in document["steps"] if workspace or step["confirmed"]]
    steps = []
    for step in reversed(shown):
        view = StepView(step, _state(step), penalties.lines(step["sanctions"], workspace=workspace))
        pair = pairs.get(pair_path(document, step))
        if pair is not None and step["compare"]:
            view.before = known.get(step["compare"][0], pair["old"])
            view.same = not pair["summary"]["changed"]
            if not view.same:
                view.entry = Entry(pair["summary"], full=True)
                fill_entry(view.entry, pair, counter, workspace=workspace)
        steps.append(view)
    return Life(document, steps, _standings(shown), _summary(document, shown), counter)


def _state(step: LifeStep) -> str:
    return gettext("Excluded from the law") if step["state"] == "repealed" else state_words(step["state"])


def _standings(steps: Sequence[LifeStep]) -> list[Standing]:
    found = []
    for base, said in BASES.items():
        newest = next((step for step in reversed(steps) if base in step["verdicts"]), None)
        finding = newest["verdicts"][base] if newest else None
        found.append(
            Standing(
                str(said),
                finding["value"] if finding else "not_assessed",
                finding,
                newest["version"] if newest else None,
            )
        )
    return found


def _summary(document: LifeDocument, steps: Sequence[LifeStep]) -> list[str]:
    """Where the provision was and is, in whole sentences."""
    current = next((step for step in steps if step["version"]["is_current_law"]), None)
    newest = next((step for step in reversed(steps) if step["state"] in {*HELD, "absent"}), None)
    said = []
    if current is not None and current["state"] in HELD:
        said.append(_place(current, gettext("In current law this is %(articles)s.")))
    elif current is not None and current["state"] == "absent":
        said.append(gettext("Current law does not have this provision."))
    if newest is not None and newest is not current:
        forms = {
            "in_text": gettext("In the newest text that we hold of it, “%(text)s”, it is %(articles)s."),
            "repealed": gettext(
                "In the newest text that we hold of it, “%(text)s”, %(articles)s is excluded from the law."
            ),
            "absent": gettext("It is not in the newest text that says something of it, “%(text)s”."),
        }
        said.append(_place(newest, forms[newest["state"]]))
    return said


def _place(step: LifeStep, form: str) -> str:
    return form % {"articles": words.long_articles(step["numbers"]), "text": words.text_name(step["version"])}


def current_number(document: LifeDocument) -> str:
    """The number in the newest text that has the provision: "Article 174 in “In force”, Sep 2025"."""
    newest = next((step for step in reversed(document["steps"]) if step["numbers"]), None)
    if newest is None:
        return ""
    values = {"articles": words.long_articles(newest["numbers"]), "text": words.text_name(newest["version"])}
    return gettext("%(articles)s in “%(text)s”") % values


def paths(document: LifeDocument) -> list[Path]:
    """Every line of the river in words; a text that holds nothing of a line is left out of it."""
    return [Path(line, " → ".join(_steps(line["nodes"]))) for line in document["river"] if line["nodes"]]


def _steps(nodes: Sequence[RiverNode]) -> list[str]:
    said: list[str] = []
    gone = gettext("not in this text")  # said once for texts that follow each other
    before = 0
    for node in nodes:
        numbers = words.joined([words.printed(number) for number in node["numbers"]])
        count = len(node["numbers"])
        if node["state"] == "repealed":
            said.append(gettext("excluded"))
        elif numbers and before == 1 and count > 1:
            said.append(gettext("%(numbers)s (split)") % {"numbers": numbers})
        elif numbers and before > 1 and count == 1:
            said.append(gettext("%(numbers)s (merged)") % {"numbers": numbers})
        elif numbers:
            said.append(numbers)
        elif node["state"] == "absent" and said[-1:] != [gone]:
            said.append(gone)
        before = count or before
    return said
