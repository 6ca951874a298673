"""The findings of a report as rows for spreadsheets. Keys of columns are lasting; docs/reports.md documents them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from tracker.publication.documents import Value
from tracker.publication.pages import headline, matrix, words
from tracker.publication.pages.reading import BASES
from tracker.publication.reports import parts
from tracker.publication.reports.content import Cell, Data, DataColumn, DataValue, Kind, Options
from tracker.publication.reports.grades import GRADES
from tracker.publication.reports.material import Material, Subject
from tracker.publication.reports.meanings import MEANINGS
from tracker.publication.reports.presets import since, table
from tracker.publication.reports.presets.brief import listed, value_of


def of_preset(material: Material, options: Options) -> Data:
    if options.preset == "table":
        return comparative(material, options)
    if options.preset == "since":
        return changes(material)
    return findings(material, options)


def findings(material: Material, options: Options) -> Data:
    """One row per concern and text: of every text in the annex, else of the one reported on."""
    columns = (
        _column("concern", gettext("Concern")),
        _column("name", gettext("Name")),
        _column("topics", gettext("Topics")),
        _column("ask", gettext("We ask")),
        _column("in_total", gettext("Counted in the total")),
        _column("current_article", gettext("Article in current law")),
        _column("text", gettext("Text")),
        _column("text_name", gettext("Name of the text")),
        _column("date", gettext("Date of the text"), "date"),
        _column("articles", gettext("Articles")),
        _column("state", gettext("State")),
        *(column for base, label in BASES.items() for column in _verdict_columns(base, str(label))),
        _column("reason", gettext("Reason")),
        _column("grade", gettext("Grade")),
        _column("standards", gettext("Standards")),
        _column("source", gettext("Source")),
    )
    texts = range(len(material.overview["texts"])) if options.preset == "annex" else [material.column]
    rows = [
        _finding(subject, column, material, options)
        for subject in listed(material, options)
        for column in texts
        if not options.texts or material.overview["texts"][column]["slug"] in options.texts
    ]
    return Data(gettext("Findings"), columns, tuple(rows))


def _column(key: str, title: str, kind: Kind = "text", words_of: str = "") -> DataColumn:
    """`words_of`: the meaning, where the key alone does not say it."""
    return DataColumn(key, title, kind, str(MEANINGS[words_of or key]))


def _verdict_columns(base: str, label: str) -> tuple[DataColumn, DataColumn]:
    return _column(f"{base}_code", gettext("%(base)s (code)") % {"base": label}), _column(base, label)


def _finding(subject: Subject, column: int, material: Material, options: Options) -> tuple[DataValue, ...]:
    concern, cell, text = subject.row["concern"], subject.row["cells"][column], material.overview["texts"][column]
    shown = cell["verdicts"].get(options.base)
    values: list[DataValue] = []
    for base in BASES:
        found = cell["verdicts"].get(base)
        values += [found["value"], str(words.VERDICTS[found["value"]])] if found else ["", ""]
    value = headline.published_value(cell, options.base)
    return (
        concern["slug"],
        words.say(concern["names"]),
        ", ".join(concern["topics"]),
        words.say(concern["asked"]),
        gettext("no") if headline.is_extra(subject.row) else gettext("yes"),
        subject.row["current_number"],
        text["slug"],
        words.text_name(text),
        date.fromisoformat(text["date"]),
        ", ".join(cell["numbers"]),
        matrix.state_words(cell["state"]) or gettext("In this text"),
        *values,
        parts.reason(shown) if shown else "",
        GRADES[value] if options.base == "recommendation" else "",
        "; ".join(material.standards[slug]["cite"] for slug in concern["standards"] if slug in material.standards),
        parts.source_words((shown or concern)["source"]),
    )


def comparative(material: Material, options: Options) -> Data:
    """The comparative table with the words of each cell; changes are not marked here."""
    columns = (
        _column("no", gettext("No."), "number"),
        _column("concern", gettext("Concern")),
        _column("current_law", gettext("Current law"), words_of="old_words"),
        _column("draft", words.text_name(material.text)),
        _column("recommendation", gettext("Our recommendation"), words_of="asked_words"),
        _column("verdict_code", gettext("Verdict (code)")),
        _column("verdict", gettext("Verdict")),
        _column("reason", gettext("Reason")),
    )
    rows = [
        _compared(subject, order, material, options)
        for order, subject in enumerate(table.in_order(material, options), 1)
    ]
    return Data(gettext("Comparative table"), columns, tuple(rows))


def _compared(subject: Subject, order: int, material: Material, options: Options) -> tuple[DataValue, ...]:
    value: Value = value_of(subject, material, options)
    return (
        order,
        subject.slug,
        lines(table.law_cell(subject, material, options)),
        lines(table.draft_cell(subject, material, options)),
        lines(table.recommendation_cell(subject, options)),
        value,
        str(words.VERDICTS[value]),
        lines(table.reason_cell(subject, material, options)[1:]),
    )


def changes(material: Material) -> Data:
    columns = (
        _column("published", gettext("Published on"), "date"),
        _column("release", gettext("Release"), "number"),
        _column("what", gettext("What")),
        _column("about", gettext("Concern or text")),
        _column("text", gettext("Text")),
        _column("base", gettext("Base")),
        _column("before_code", gettext("Before (code)")),
        _column("after_code", gettext("After (code)")),
        _column("reason", gettext("Reason")),
        _column("correction", gettext("Correction")),
    )
    rows = [
        (
            change.time.date(),
            change.release,
            change.what,
            words.say(change.item["names"]),
            change.item["version"],
            change.base,
            change.item["before"] or "",
            change.item["after"] or "",
            change.item["reason"],
            gettext("yes") if change.item["correction"] else gettext("no"),
        )
        for change in since.lines(material)
    ]
    return Data(gettext("Changes"), columns, tuple(rows))


def lines(cell: Cell) -> str:
    """The paragraphs of a cell as lines."""
    return "\n".join("".join(run.text for run in runs) for runs in cell)


def column(data: Data, key: str) -> Sequence[DataValue]:
    """The values of one column."""
    index = [each.key for each in data.columns].index(key)
    return [row[index] for row in data.rows]
