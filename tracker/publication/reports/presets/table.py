"""The comparative table that the region's parliaments use: no., current law, draft, our recommendation, reason."""

from __future__ import annotations

import re

from django.utils.translation import gettext

from tracker.publication.documents import PairDocument, RowData
from tracker.publication.pages import headline, rows, words
from tracker.publication.reports import parts
from tracker.publication.reports.content import (
    Block,
    Cell,
    Column,
    Options,
    Origin,
    Paragraph,
    Run,
    Runs,
    Section,
    Table,
)
from tracker.publication.reports.material import Material, Subject
from tracker.publication.reports.presets import status
from tracker.publication.reports.presets.brief import listed

MOST_UNCHANGED = 4  # paragraphs shown of an article that nothing changed in


def sections(material: Material, options: Options, origin: Origin) -> tuple[Section, ...]:
    del origin
    columns = (
        Column(gettext("No."), 40, number=True),
        Column(gettext("Current law"), 270),
        Column(words.text_name(material.text), 290),
        Column(gettext("Our recommendation"), 190),
        Column(gettext("Reason"), 210),
    )
    shown = in_order(material, options)
    found = tuple(_row(subject, order, material, options) for order, subject in enumerate(shown, 1))
    lead = Paragraph((Run(" ".join(status.sentences(material, options.base)), look="strong"),), "lead")
    blocks: tuple[Block, ...] = (
        lead,
        *status.filters(material, options),
        Table(gettext("Comparative table"), columns, found, row_headers=False),
    )
    return (Section("table", 1, gettext("Provisions"), blocks),)


def in_order(material: Material, options: Options) -> list[Subject]:
    """By the number in the newest text that has it, else in current law; what has no number comes last."""

    def place(subject: Subject) -> tuple[bool, list[int]]:
        number = subject.place["numbers"][0] if subject.place else subject.row["current_number"]
        return not number, [int(each) for each in re.findall(r"\d+", number)]

    return sorted(listed(material, options), key=place)


def _row(subject: Subject, order: int, material: Material, options: Options) -> tuple[Cell, ...]:
    return (
        (parts.plain(str(order)),),
        law_cell(subject, material, options),
        draft_cell(subject, material, options),
        recommendation_cell(subject, options),
        reason_cell(subject, material, options),
    )


def law_cell(subject: Subject, material: Material, options: Options) -> Cell:
    del material
    current = subject.row["current_number"]
    head = words.long_articles(current.split(", ")) if current else gettext("Not in current law")
    pair = subject.pair
    found: list[Runs] = [parts.plain(head, look="strong")]
    if pair is not None and pair["old"]["is_current_law"] and options.quotes:
        language = pair["old"]["language"]
        found += [_side(row, language, old=True) for row in _shown(subject, pair) if row["old"]]
    return tuple(found)


def draft_cell(subject: Subject, material: Material, options: Options) -> Cell:
    cell, pair = subject.row["cells"][material.column], subject.pair
    found: list[Runs] = [parts.plain(parts.articles_of(cell), look="strong")]
    if subject.place is not None and subject.place["version"] != material.text["slug"]:
        version = material.version(subject.place["version"])
        if version is not None:
            values = {"articles": words.long_articles(subject.place["numbers"]), "text": words.text_name(version)}
            found.append(parts.plain(gettext("%(articles)s in “%(text)s”") % values))
    if pair is not None and options.quotes:
        if not pair["summary"]["changed"]:
            found.append(parts.plain(gettext("The same words.")))
        else:
            language = pair["new"]["language"]
            found += [_side(row, language, old=False) for row in _shown(subject, pair) if row["new"]]
    return tuple(found)


def recommendation_cell(subject: Subject, options: Options) -> Cell:
    concern = subject.row["concern"]
    found: list[Runs] = [
        (Run(words.say(concern["names"]), look="strong"),),
        parts.said(concern["asked"]),
    ]
    if options.quotes and concern["quoted"]:
        found.append(parts.plain(gettext("Words we object to: %(words)s") % {"words": "; ".join(concern["quoted"])}))
    return tuple(runs for runs in found if runs)


def reason_cell(subject: Subject, material: Material, options: Options) -> Cell:
    cell = subject.row["cells"][material.column]
    finding = cell["verdicts"].get(options.base)
    found: list[Runs] = [(parts.verdict(headline.published_value(cell, options.base)),)]
    if finding and parts.reason(finding):
        found.append(parts.plain(parts.reason(finding)))
    cites = [
        material.standards[slug]["cite"] for slug in subject.row["concern"]["standards"] if slug in material.standards
    ]
    if cites:
        found.append(parts.plain("; ".join(cites), look="muted"))
    return tuple(found)


def _shown(subject: Subject, pair: PairDocument) -> list[RowData]:
    """The paragraphs that changed or hold the words we object to; of an unchanged article, its first ones."""
    quoted = [rows.visible(each).casefold() for each in subject.row["concern"]["quoted"]]

    def matters(row: RowData) -> bool:
        text = " ".join(segment["text"] for segment in row["segments"]).casefold()
        return row["changed"] or any(each in text for each in quoted)

    return [row for row in pair["rows"] if matters(row)] or pair["rows"][:MOST_UNCHANGED]


def _side(row: RowData, language: str, *, old: bool) -> Runs:
    return parts.segment_runs(row["segments"], language, parts.OLD_SIDE if old else parts.NEW_SIDE)
