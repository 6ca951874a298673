"""What was published after a day: the headline then and now, and each change with its reason."""

from __future__ import annotations

from django.utils.translation import gettext

from tracker.publication.documents import Value
from tracker.publication.pages import changes, headline, words
from tracker.publication.reports import parts
from tracker.publication.reports.content import (
    Block,
    Cell,
    Column,
    Facts,
    Options,
    Origin,
    Paragraph,
    Runs,
    Section,
    Table,
)
from tracker.publication.reports.material import Material
from tracker.publication.reports.presets import status


def sections(material: Material, options: Options, origin: Origin) -> tuple[Section, ...]:
    first = status.section(material, options, stages=False)
    blocks: list[Block] = [*first.blocks, *_then(material, options)]
    return (
        Section(first.id, first.level, first.title, tuple(blocks)),
        Section("changes", 1, gettext("Changes"), (_changes(material, options),)),
        *status.where_to_check(origin),
    )


def lines(material: Material) -> list[changes.Change]:
    """Every published change after the day, newest first."""
    return changes.changes(material.changes)


def _then(material: Material, options: Options) -> list[Block]:
    """The headline of the day, by the same rule and for the newest text there was."""
    day = words.when(options.since.isoformat()) if options.since else ""
    before = material.earlier
    if before is None or not before["texts"]:
        return [Paragraph(parts.plain(gettext("Nothing was published about this law by %(date)s.") % {"date": day}))]
    kept = {row["concern"]["slug"] for row in material.rows}
    rows = [row for row in before["rows"] if row["concern"]["slug"] in kept]
    said = headline.sentences(headline.count(rows, options.base, len(before["texts"]) - 1), options.base)
    return [Facts(((gettext("On %(date)s") % {"date": day}, parts.plain(" ".join(said))),))] if said else []


def _changes(material: Material, options: Options) -> Block:
    found = tuple(_row(change, material) for change in lines(material))
    if not found:
        day = words.when(options.since.isoformat()) if options.since else ""
        return Paragraph(parts.plain(gettext("Nothing was published about this law after %(date)s.") % {"date": day}))
    columns = (
        Column(gettext("Published on"), 160),
        Column(gettext("What"), 150),
        Column(gettext("Concern or text"), 260),
        Column(gettext("Before"), 110),
        Column(gettext("After"), 110),
        Column(gettext("Reason"), 210),
    )
    return Table(gettext("Published changes, newest first"), columns, found)


def _row(change: changes.Change, material: Material) -> tuple[Cell, ...]:
    item = change.item
    version = material.version(item["version"]) if item["version"] else None
    about = [
        parts.said(item["names"]) if item["what"] != "text" or version is None else (),
        parts.plain(words.text_name(version) if version else ""),
        parts.plain(change.base),
    ]
    what = [parts.plain(change.what)]
    if item["correction"]:
        what.append(parts.plain(gettext("Correction"), look="strong"))
    return (
        (parts.plain(words.when(change.time.date().isoformat())),),
        tuple(what),
        tuple(runs for runs in about if runs),
        _value(item["before"]),
        _value(item["after"]),
        (parts.plain(item["reason"]),) if item["reason"] else (),
    )


def _value(value: Value | None) -> tuple[Runs, ...]:
    return ((parts.verdict(value),),) if value else ()
