"""The findings of a report as rows for spreadsheets. Keys of columns are lasting; docs/reports.md documents them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from tracker.publication.documents import Value
from tracker.publication.pages import headline, matrix, words
from tracker.publication.pages.reading import BASES
from tracker.publication.reports import parts
from tracker.publication.reports.content import Cell, Data, DataColumn, DataValue, Options
from tracker.publication.reports.grades import GRADES
from tracker.publication.reports.material import Material, Subject
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
        DataColumn("concern", gettext("Concern")),
        DataColumn("name", gettext("Name")),
        DataColumn("topics", gettext("Topics")),
        DataColumn("ask", gettext("We ask")),
        DataColumn("in_total", gettext("Counted in the total")),
        DataColumn("current_article", gettext("Article in current law")),
        DataColumn("text", gettext("Text")),
        DataColumn("text_name", gettext("Name of the text")),
        DataColumn("date", gettext("Date of the text"), "date"),
        DataColumn("articles", gettext("Articles")),
        DataColumn("state", gettext("State")),
        *(column for base, label in BASES.items() for column in _verdict_columns(base, str(label))),
        DataColumn("reason", gettext("Reason")),
        DataColumn("grade", gettext("Grade")),
        DataColumn("standards", gettext("Standards")),
        DataColumn("source", gettext("Source")),
    )
    texts = range(len(material.overview["texts"])) if options.preset == "annex" else [material.column]
    rows = [
        _finding(subject, column, material, options)
        for subject in listed(material, options)
        for column in texts
        if not options.texts or material.overview["texts"][column]["slug"] in options.texts
    ]
    return Data(gettext("Findings"), columns, tuple(rows))


def _verdict_columns(base: str, label: str) -> tuple[DataColumn, DataColumn]:
    return DataColumn(f"{base}_code", gettext("%(base)s (code)") % {"base": label}), DataColumn(base, label)


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
        DataColumn("no", gettext("No."), "number"),
        DataColumn("concern", gettext("Concern")),
        DataColumn("current_law", gettext("Current law")),
        DataColumn("draft", words.text_name(material.text)),
        DataColumn("recommendation", gettext("Our recommendation")),
        DataColumn("verdict_code", gettext("Verdict (code)")),
        DataColumn("verdict", gettext("Verdict")),
        DataColumn("reason", gettext("Reason")),
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
        DataColumn("published", gettext("Published on"), "date"),
        DataColumn("release", gettext("Release"), "number"),
        DataColumn("what", gettext("What")),
        DataColumn("about", gettext("About")),
        DataColumn("text", gettext("Text")),
        DataColumn("base", gettext("Base")),
        DataColumn("before_code", gettext("Before (code)")),
        DataColumn("after_code", gettext("After (code)")),
        DataColumn("reason", gettext("Reason")),
        DataColumn("correction", gettext("Correction")),
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
