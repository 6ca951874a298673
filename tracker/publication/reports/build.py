"""From material to content: a pure function, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from tracker.publication.pages import headline, words
from tracker.publication.reports import about, data, recommended
from tracker.publication.reports.content import (
    Finding,
    Labels,
    Options,
    Origin,
    ReportContent,
    Section,
)
from tracker.publication.reports.material import Material
from tracker.publication.reports.presets import annex, brief, since, status, table, treaty

SECTIONS = {
    "brief": brief.sections,
    "annex": annex.sections,
    "table": table.sections,
    "treaty": treaty.sections,
    "since": since.sections,
}


def build(material: Material, options: Options, origin: Origin) -> ReportContent:
    with translation.override(options.language):
        law = material.overview["law"]
        sections: tuple[Section, ...] = SECTIONS[options.preset](material, options, origin)
        return ReportContent(
            options=options,
            title=_title(options),
            law=law["slug"],
            law_name=words.say(law["names"]),
            text=material.text["slug"],
            text_name=words.text_name(material.text),
            origin=origin,
            labels=_labels(origin),
            headline=status.sentences(material, options.base),
            counts=headline.count(material.rows, options.base, material.column),
            findings=_findings(material, options),
            recommendations=recommended.recommendations(material, options),
            cover=tuple(line.strip() for line in options.cover.splitlines() if line.strip()),
            sections=sections,
            data=data.of_preset(material, options),
            about=about.facts(material, options, origin),
            contents=options.preset == "annex",
            sample=any(_holds(subject.row, "sample", True) for subject in material.subjects),
            landscape=options.preset == "table",
            drafts=tuple(sorted(set(_drafts(material)))),
        )


def _title(options: Options) -> str:
    if options.since is not None and options.preset == "since":
        return gettext("What changed since %(date)s") % {"date": words.when(options.since.isoformat())}
    return {
        "brief": gettext("What became of our recommendations"),
        "annex": gettext("Every provision that we follow"),
        "table": gettext("Comparative table"),
        "treaty": gettext("Follow-up to recommendations: grades"),
        "since": "",
    }[options.preset]


def _labels(origin: Origin) -> Labels:
    return Labels(
        product=gettext("Draft Law Monitor"),
        draft=gettext("DRAFT. Internal, not for publication."),
        as_of=gettext("As of %(date)s") % {"date": words.when(origin.day.isoformat())},
        contents=gettext("Contents"),
        page=gettext("Page {page} of {pages}"),
        deleted=gettext("deleted"),
        added=gettext("added"),
        moved_away=gettext("moved from here"),
        moved_here=gettext("moved to here"),
        key=gettext("Underlined words were added; words struck through were deleted."),
        about=gettext("About this file"),
        columns=(gettext("Key"), gettext("Column"), gettext("Meaning")),
    )


def _findings(material: Material, options: Options) -> tuple[Finding, ...]:
    found = []
    for row in material.rows:
        value = headline.published_value(row["cells"][material.column], options.base)
        extra = headline.is_extra(row)
        withdrawn = extra and value == "fixed" and headline.stood_before(row, material.column)
        found.append(Finding(row["concern"]["slug"], row["provision"]["key"], value, extra, withdrawn))
    return tuple(found)


def _holds(value: Any, name: str, wanted: object) -> bool:
    if isinstance(value, dict):
        return value.get(name) == wanted or any(_holds(each, name, wanted) for each in value.values())
    return isinstance(value, list) and any(_holds(each, name, wanted) for each in value)


def _drafts(material: Material) -> Iterator[str]:
    """Paths of what is not published: texts that members only see, verdicts and notes on their way."""
    law = material.overview["law"]["slug"]
    texts = {text["slug"]: text for text in material.overview["texts"]}
    for subject in material.subjects:
        for cell in subject.row["cells"]:
            unpublished = any(each["status"] != "published" for each in cell["verdicts"].values())
            if unpublished or (texts[cell["version"]]["draft"] and (cell["numbers"] or cell["verdicts"])):
                yield f"laws/{law}/p/{subject.row['provision']['key']}"
        for article in subject.articles:
            yield from (f"laws/{law}/notes/{note['id']}" for note in article["notes"] if note["status"] != "published")
