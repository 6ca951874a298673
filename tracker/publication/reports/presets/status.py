"""The first section of every report: how many recommended changes were made, in words, as tiles and text by text."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from tracker.publication.documents import Base, Value
from tracker.publication.pages import headline, words
from tracker.publication.pages.reading import BASES
from tracker.publication.reports import parts
from tracker.publication.reports.content import (
    Block,
    Options,
    Origin,
    Paragraph,
    QrCode,
    Run,
    Section,
    StageColumn,
    StagesChart,
)
from tracker.publication.reports.material import Material

VALUES: tuple[Value, ...] = ("new_restriction", "stricter", "unchanged", "not_assessed", "partly_fixed", "fixed")


def sentences(material: Material, base: Base) -> tuple[str, ...]:
    return tuple(headline.sentences(headline.count(material.rows, base, material.column), base))


def section(material: Material, options: Options, *, stages: bool) -> Section:
    said = sentences(material, options.base)
    blocks: list[Block] = [Paragraph((Run(" ".join(said), look="strong"),), "lead")]
    values = {"base": BASES[options.base], "text": words.text_name(material.text)}
    blocks.append(Paragraph((Run(gettext("%(base)s, in the text “%(text)s”.") % values),), "note"))
    if not any(not headline.is_extra(row) for row in material.rows):
        return Section("status", 1, gettext("Where it stands"), tuple(blocks))
    blocks.append(parts.unit_chart(material, options.base))
    if stages:
        blocks.append(stages_chart(material, options.base))
    return Section("status", 1, gettext("Where it stands"), tuple(blocks))


def stages_chart(material: Material, base: Base) -> StagesChart:
    """Verdicts on the recommendations, in every text on which we published one."""
    columns = []
    total = 0
    for index, text in enumerate(material.overview["texts"][: material.column + 1]):
        counts = headline.count(material.rows, base, index)
        total = counts.total
        if counts.not_assessed == counts.total:
            continue
        found = tuple((value, getattr(counts, value)) for value in VALUES if getattr(counts, value))
        columns.append(StageColumn(words.say(text["label"]), words.when(text["date"], text["date_precision"]), found))
    return StagesChart(
        title=gettext("Verdicts, text by text"),
        columns=tuple(columns),
        total=total,
        said=tuple(_said(column) for column in columns),
    )


def _said(column: StageColumn) -> str:
    found = ", ".join(f"{words.INSIDE[value]} {count}" for value, count in column.counts)
    return f"{column.name}: {found}"


def where_to_check(origin: Origin) -> tuple[Section, ...]:
    """The last section of a public report: the frozen state it was made from. An internal report has none."""
    if not origin.address:
        return ()
    code = QrCode(origin.address, gettext("The same numbers, with every text and source:"))
    return (Section("check", 1, gettext("Check it yourself"), (code,)),)


def filters(material: Material, options: Options) -> list[Paragraph]:
    """What the report leaves out, in words, so that nobody takes a part for the whole."""
    found = []
    total, here = len(material.overview["rows"]), len(material.rows)
    if here < total:
        form = ngettext(
            "Only the topics that were chosen: %(shown)s of %(total)s provision.",
            "Only the topics that were chosen: %(shown)s of %(total)s provisions.",
            total,
        )
        found.append(Paragraph(parts.plain(form % {"shown": here, "total": total}), "note"))
    if options.verdicts:
        names = words.joined([str(words.VERDICTS[value]) for value in options.verdicts])
        found.append(Paragraph(parts.plain(gettext("Listed one by one: %(verdicts)s.") % {"verdicts": names}), "note"))
    return found
