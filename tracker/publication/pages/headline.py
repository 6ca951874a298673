"""The headline: how many recommended changes were made, counted and said in whole sentences.

Two sets of concerns (docs/method.md): A asks for a change of the text, B asks to leave something out ("do not add").
Each concern of A is counted once under its published verdict, so the parts always add up to the total. B has its own
sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from tracker.publication.documents import Base, Cell, MatrixRow, Value


@dataclass(frozen=True, slots=True)
class Counts:
    """Concerns by verdict. The first seven fields are A (`total` is the sum of the other six); `extra_…` are B."""

    total: int = 0
    fixed: int = 0
    partly_fixed: int = 0
    unchanged: int = 0
    stricter: int = 0
    new_restriction: int = 0
    not_assessed: int = 0
    extra_total: int = 0
    extra_added: int = 0  # New restriction
    extra_withdrawn: int = 0  # Fixed after standing in an earlier text
    extra_fixed: int = 0  # Fixed without ever having stood in a text
    extra_partly_fixed: int = 0
    extra_unchanged: int = 0
    extra_stricter: int = 0
    extra_not_assessed: int = 0

    def as_dict(self) -> dict[str, int]:
        """The shape stored in `LawCard.counts`."""
        return asdict(self)


def is_extra(row: MatrixRow) -> bool:
    """True for a concern that asks not to add something: never part of the total, whatever its verdict."""
    return row["concern"]["ask"] == "do_not_add"


def published_value(cell: Cell, base: Base) -> Value:
    """The verdict that counts: a published one. A draft, one in review and none at all are "not assessed"."""
    finding = cell["verdicts"].get(base)
    return finding["value"] if finding and finding["status"] == "published" else "not_assessed"


def count(rows: Sequence[MatrixRow], base: Base, column: int) -> Counts:
    """The counts of one text (`column` is its index in the document's `texts`) against one base."""
    found = dict.fromkeys(asdict(Counts()), 0)
    for row in rows:
        value: str = published_value(row["cells"][column], base)
        if not is_extra(row):
            found["total"] += 1
            found[value] += 1
            continue
        if value == "new_restriction":
            value = "added"
        elif value == "fixed" and stood_before(row, column):
            value = "withdrawn"
        found["extra_total"] += 1
        found[f"extra_{value}"] += 1
    return Counts(**found)


def stood_before(row: MatrixRow, column: int) -> bool:
    """True when an earlier text had the provision, by its words or by a published verdict."""
    finding = row["cells"][column]["verdicts"].get("recommendation")
    if finding and finding["lifecycle"] == "withdrawn":
        return True
    return any(
        cell["state"] == "in_text" or published_value(cell, "recommendation") == "new_restriction"
        for cell in row["cells"][:column]
    )


def sentences(counts: Counts, base: Base) -> list[str]:
    """The headline as whole sentences in the active language, most important first; empty when nothing is followed."""
    first: Callable[[Counts], list[str]] = {
        "recommendation": _recommended,
        "current_law": lambda found: _compared(found, _against_current_law),
        "previous": lambda found: _compared(found, _against_previous),
    }[base]
    return [*first(counts), *_extra(counts)]


def _recommended(counts: Counts) -> list[str]:
    total = counts.total
    if not total:
        return []
    if counts.not_assessed == total:
        return [
            ngettext(
                "Nothing has been assessed yet (%(total)s recommendation).",
                "Nothing has been assessed yet (%(total)s recommendations).",
                total,
            )
            % {"total": total}
        ]
    said = [
        ngettext(
            "%(fixed)s of %(total)s recommended change was made.",
            "%(fixed)s of %(total)s recommended changes were made.",
            total,
        )
        % {"fixed": counts.fixed, "total": total}
    ]
    if counts.partly_fixed:
        said.append(
            ngettext("%(n)s was partly made.", "%(n)s were partly made.", counts.partly_fixed)
            % {"n": counts.partly_fixed}
        )
    return [*said, *_stricter_and_unchanged(counts.stricter, counts.unchanged), *_rest(counts)]


def _stricter_and_unchanged(stricter: int, unchanged: int) -> list[str]:
    """One sentence with two numbers has one plural form for each: the second is chosen here, the first by gettext."""
    values = {"stricter": stricter, "unchanged": unchanged}
    if stricter and unchanged == 1:
        form = ngettext(
            "%(stricter)s provision was made stricter and 1 is unchanged.",
            "%(stricter)s provisions were made stricter and 1 is unchanged.",
            stricter,
        )
    elif stricter and unchanged:
        form = ngettext(
            "%(stricter)s provision was made stricter and %(unchanged)s are unchanged.",
            "%(stricter)s provisions were made stricter and %(unchanged)s are unchanged.",
            stricter,
        )
    elif stricter:
        form = ngettext(
            "%(stricter)s provision was made stricter.", "%(stricter)s provisions were made stricter.", stricter
        )
    elif unchanged:
        form = ngettext("%(unchanged)s provision is unchanged.", "%(unchanged)s provisions are unchanged.", unchanged)
    else:
        return []
    return [form % values]


def _rest(counts: Counts) -> list[str]:
    said = []
    if counts.new_restriction:
        n = counts.new_restriction
        said.append(ngettext("%(n)s is a new restriction.", "%(n)s are new restrictions.", n) % {"n": n})
    if counts.not_assessed:
        n = counts.not_assessed
        said.append(ngettext("%(n)s not assessed yet.", "%(n)s not assessed yet.", n) % {"n": n})
    return said


class _Wording(NamedTuple):
    """The sentence on milder and stricter provisions, by how many there are, and the one when nothing is assessed."""

    neither: str
    only_stricter: str
    only_milder: str
    one_stricter: str
    both: str
    nothing: str


def _against_current_law(milder: int, stricter: int, total: int) -> _Wording:
    return _Wording(
        neither=gettext("No provision is milder or stricter than current law."),
        only_stricter=ngettext(
            "No provision is milder than current law; %(stricter)s is stricter.",
            "No provision is milder than current law; %(stricter)s are stricter.",
            stricter,
        ),
        only_milder=ngettext(
            "%(milder)s provision is milder than current law; none is stricter.",
            "%(milder)s provisions are milder than current law; none is stricter.",
            milder,
        ),
        one_stricter=ngettext(
            "%(milder)s provision is milder than current law; 1 is stricter.",
            "%(milder)s provisions are milder than current law; 1 is stricter.",
            milder,
        ),
        both=ngettext(
            "%(milder)s provision is milder than current law; %(stricter)s are stricter.",
            "%(milder)s provisions are milder than current law; %(stricter)s are stricter.",
            milder,
        ),
        nothing=ngettext(
            "Nothing has been compared with current law yet (%(total)s provision).",
            "Nothing has been compared with current law yet (%(total)s provisions).",
            total,
        ),
    )


def _against_previous(milder: int, stricter: int, total: int) -> _Wording:
    return _Wording(
        neither=gettext("No provision is milder or stricter than in the previous text."),
        only_stricter=ngettext(
            "No provision is milder than in the previous text; %(stricter)s is stricter.",
            "No provision is milder than in the previous text; %(stricter)s are stricter.",
            stricter,
        ),
        only_milder=ngettext(
            "%(milder)s provision is milder than in the previous text; none is stricter.",
            "%(milder)s provisions are milder than in the previous text; none is stricter.",
            milder,
        ),
        one_stricter=ngettext(
            "%(milder)s provision is milder than in the previous text; 1 is stricter.",
            "%(milder)s provisions are milder than in the previous text; 1 is stricter.",
            milder,
        ),
        both=ngettext(
            "%(milder)s provision is milder than in the previous text; %(stricter)s are stricter.",
            "%(milder)s provisions are milder than in the previous text; %(stricter)s are stricter.",
            milder,
        ),
        nothing=ngettext(
            "Nothing has been compared with the previous text yet (%(total)s provision).",
            "Nothing has been compared with the previous text yet (%(total)s provisions).",
            total,
        ),
    )


def _compared(counts: Counts, wording: Callable[[int, int, int], _Wording]) -> list[str]:
    milder, stricter = counts.fixed + counts.partly_fixed, counts.stricter
    if not counts.total:
        return []
    forms = wording(milder, stricter, counts.total)
    if counts.not_assessed == counts.total:
        return [forms.nothing % {"total": counts.total}]
    if milder and stricter:
        form = forms.one_stricter if stricter == 1 else forms.both
    elif milder:
        form = forms.only_milder
    else:
        form = forms.only_stricter if stricter else forms.neither
    said = [form % {"milder": milder, "stricter": stricter}]
    if counts.unchanged:
        n = counts.unchanged
        said.append(ngettext("%(n)s is the same in substance.", "%(n)s are the same in substance.", n) % {"n": n})
    return [*said, *_rest(counts)]


def _extra(counts: Counts) -> list[str]:
    """B: what we ask not to add. New and withdrawn in one sentence, everything else only where there is any."""
    said = _added_and_withdrawn(counts.extra_added, counts.extra_withdrawn)
    others = [
        (
            counts.extra_stricter,
            ngettext(
                "%(n)s new restriction was made stricter.",
                "%(n)s new restrictions were made stricter.",
                counts.extra_stricter,
            ),
        ),
        (
            counts.extra_unchanged,
            ngettext(
                "%(n)s new restriction is unchanged.", "%(n)s new restrictions are unchanged.", counts.extra_unchanged
            ),
        ),
        (
            counts.extra_partly_fixed,
            ngettext(
                "%(n)s new restriction was partly taken back.",
                "%(n)s new restrictions were partly taken back.",
                counts.extra_partly_fixed,
            ),
        ),
        (
            counts.extra_fixed,
            ngettext(
                "%(n)s possible restriction was left out.",
                "%(n)s possible restrictions were left out.",
                counts.extra_fixed,
            ),
        ),
        (
            counts.extra_not_assessed,
            ngettext(
                "%(n)s possible new restriction is not assessed yet.",
                "%(n)s possible new restrictions are not assessed yet.",
                counts.extra_not_assessed,
            ),
        ),
    ]
    return said + [form % {"n": n} for n, form in others if n]


def _added_and_withdrawn(added: int, withdrawn: int) -> list[str]:
    values = {"added": added, "withdrawn": withdrawn}
    if added and withdrawn == 1:
        form = ngettext(
            "%(added)s new restriction was added; 1 was withdrawn.",
            "%(added)s new restrictions were added; 1 was withdrawn.",
            added,
        )
    elif added and withdrawn:
        form = ngettext(
            "%(added)s new restriction was added; %(withdrawn)s were withdrawn.",
            "%(added)s new restrictions were added; %(withdrawn)s were withdrawn.",
            added,
        )
    elif added:
        form = ngettext("%(added)s new restriction was added.", "%(added)s new restrictions were added.", added)
    elif withdrawn:
        form = ngettext(
            "%(withdrawn)s new restriction was withdrawn.", "%(withdrawn)s new restrictions were withdrawn.", withdrawn
        )
    else:
        return []
    return [form % values]


def tally(counts: Counts) -> list[dict[str, str]]:
    """The counts of the unit chart, worst first; every verdict is said, also when there is none."""
    forms = {
        "new_restriction": ngettext("%(n)s new restriction", "%(n)s new restrictions", counts.new_restriction),
        "stricter": ngettext("%(n)s made stricter", "%(n)s made stricter", counts.stricter),
        "unchanged": ngettext("%(n)s unchanged", "%(n)s unchanged", counts.unchanged),
        "partly_fixed": ngettext("%(n)s partly fixed", "%(n)s partly fixed", counts.partly_fixed),
        "fixed": ngettext("%(n)s fixed", "%(n)s fixed", counts.fixed),
        "not_assessed": ngettext("%(n)s not assessed", "%(n)s not assessed", counts.not_assessed),
    }
    if not counts.new_restriction:  # in the total only where somebody judged so; its usual place is the other sentence
        del forms["new_restriction"]
    return [{"value": value, "words": form % {"n": getattr(counts, value)}} for value, form in forms.items()]
