"""The status matrix: which columns are shown, what each cell says, and how equal neighbours join into one bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext, pgettext

from tracker.publication.documents import Base, Cell, MatrixRow, PenaltyCell, Topic, VerdictData, VersionHead
from tracker.publication.pages import words
from tracker.publication.pages.headline import is_extra

MOST_COLUMNS = 7
LAST_COLUMNS = 5
# Which facts may explain a verdict in the cell: those that point the same way.
POINTING = {"stricter": 1, "new_restriction": 1, "partly_fixed": -1, "fixed": -1}


@dataclass(slots=True)
class CellView:
    """One cell. `value` is "" where only `words` say what there is. `run` are the dates of the run that ends here."""

    version: VersionHead
    value: str
    words: str
    numbers: list[str]
    renumbered: bool
    stated: bool
    why: str
    finding: VerdictData | None
    opens_article: bool  # else the life page, at this stage
    shown_number: str = ""  # the one whose article the cell opens
    joined: bool = False  # continues the bar of the cell before
    end: bool = True  # the bar ends here
    quiet: bool = False  # the word is clipped: the bar says it elsewhere
    run: str = ""

    @property
    def unpublished(self) -> bool:
        return self.finding is not None and self.finding["status"] != "published"


@dataclass(frozen=True, slots=True)
class RowView:
    row: MatrixRow
    cells: list[CellView]
    extra: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """Rows under one heading. `topic` is None for what is new in the drafts."""

    topic: Topic | None
    rows: list[RowView] = field(default_factory=list)


def visible_columns(texts: int, chosen: int, show_all: bool) -> list[int]:
    """More than seven texts: the first, the last five, and the chosen one; the page links to the rest."""
    if show_all or texts <= MOST_COLUMNS:
        return list(range(texts))
    return sorted({0, chosen, *range(texts - LAST_COLUMNS, texts)})


def row_view(row: MatrixRow, texts: Sequence[VersionHead], columns: Sequence[int], chosen: int, base: Base) -> RowView:
    every = [cell_view(row["cells"][index], texts[index], base) for index in range(len(texts))]
    cells = [every[index] for index in columns]
    starts = 0
    for position, cell in enumerate(cells):
        if position and _same_bar(every, columns[position - 1], columns[position]):
            cell.joined, cells[position - 1].end = True, False
            cell.quiet = columns[position] != chosen
        else:
            starts = position
        cell.run = run_words(texts, columns[starts], columns[position], len(texts))
    return RowView(row, cells, is_extra(row))


def _same_bar(cells: Sequence[CellView], first: int, last: int) -> bool:
    """Cells join only when every text between them, shown or not, says the same with the same marks."""
    return len({_said(cell) for cell in cells[first : last + 1]}) == 1


def _said(cell: CellView) -> tuple[object, ...]:
    finding = cell.finding
    marks = (finding["status"], finding["sample"], finding["verified"], finding["basis"]) if finding else ()
    return cell.value, cell.words, *marks


def cell_view(cell: Cell, version: VersionHead, base: Base) -> CellView:
    value: str
    finding = cell["verdicts"].get(base)
    nothing_before = base == "previous" and version["previous"] is None
    if finding is not None:
        value, said = finding["value"], ""
    elif cell["state"] in {"in_text", "repealed"} and not nothing_before:
        value, said = "not_assessed", ""
    else:
        value, said = "", gettext("Nothing to compare with") if nothing_before else state_words(cell["state"])
    held = version["obtained"] and cell["state"] in {"in_text", "repealed"} and not cell["stated"]
    return CellView(
        version=version,
        value=value,
        words=said,
        numbers=cell["numbers"],
        renumbered=cell["renumbered"],
        stated=cell["stated"],
        why=why_words(cell, finding, base),
        finding=finding,
        opens_article=held and bool(cell["numbers"]),
        shown_number=cell["numbers"][0] if cell["numbers"] else "",
    )


def state_words(state: str) -> str:
    return {
        "in_text": "",
        "repealed": "",
        "absent": gettext("Not in this text"),
        "not_held": gettext("Not in the part we have"),
        "no_text": gettext("Text not obtained"),
        "checking": gettext("We are checking where this article went"),
    }[state]


def why_words(cell: Cell, finding: VerdictData | None, base: Base) -> str:
    """The reason in a few words: what became of the provision, or the computed fact that points the same way."""
    excluded = gettext("excluded from the law") if cell["state"] == "repealed" else ""
    if finding is None:
        return excluded
    lifecycle = {
        "withdrawn": gettext("withdrawn from the draft"),
        "moved_to_another_code": gettext("moved to another code"),
        "split": gettext("split"),
        "merged": gettext("merged"),
        "returned": gettext("returned to the draft"),
    }.get(finding["lifecycle"], "")
    if lifecycle or excluded:
        return lifecycle or excluded
    if base == "previous":  # the facts in a cell are against current law
        return ""
    fact = next((fact for fact in cell["short"] if _points(fact, POINTING.get(finding["value"], 0))), None)
    return words.short_fact(fact) if fact else ""


def _points(cell: PenaltyCell, direction: int) -> bool:
    return direction != 0 and any(fact["direction"] == direction for fact in cell["facts"])


def run_words(texts: Sequence[VersionHead], first: int, last: int, total: int) -> str:
    """The dates a run covers: "Aug 2013", "Aug to Nov 2013", "Nov 2013 to May 2014", "All 4 texts"."""
    if total > 1 and first == 0 and last == total - 1:
        return gettext("All %(total)s texts") % {"total": total}
    begins, ends = _month(texts[first]), _month(texts[last])
    if begins == ends:
        return ends
    if texts[first]["date"][:4] == texts[last]["date"][:4] and _in_months(texts[first]) and _in_months(texts[last]):
        begins = words.month_alone(texts[first]["date"])
    return pgettext("dates", "%(first)s to %(last)s") % {"first": begins, "last": ends}


def _in_months(version: VersionHead) -> bool:
    return version["date_precision"] not in {"year", "season"}


def _month(version: VersionHead) -> str:
    return words.when(version["date"], "month" if _in_months(version) else version["date_precision"])


def groups(rows: Sequence[RowView], topics: Sequence[Topic]) -> list[GroupView]:
    """Rows by their first topic, in the order of the topics; what is new in the drafts stands last, by itself."""
    by_topic = {topic["slug"]: GroupView(topic) for topic in topics}
    other = GroupView({"slug": "", "names": {"en": gettext("Other")}, "gist": ""})
    new = GroupView(None)
    for row in rows:
        first = (row.row["concern"]["topics"] or [""])[0]
        (new if row.extra else by_topic.get(first, other)).rows.append(row)
    return [group for group in [*by_topic.values(), other, new] if group.rows]
