"""For a treaty body: each recommendation with the grade that its verdict maps to, and the articles it rests on."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext, ngettext

from tracker.publication.pages import words
from tracker.publication.reports import grades, parts
from tracker.publication.reports.content import (
    Block,
    Cell,
    Column,
    Options,
    Origin,
    Paragraph,
    Points,
    Run,
    Runs,
    Section,
    Table,
)
from tracker.publication.reports.material import Material, Subject
from tracker.publication.reports.presets import status
from tracker.publication.reports.presets.brief import listed, value_of


def sections(material: Material, options: Options, origin: Origin) -> tuple[Section, ...]:
    shown = listed(material, options)
    first = status.section(material, options, stages=False)
    blocks: list[Block] = [*first.blocks, *status.filters(material, options), *_counted(shown, material, options)]
    found = [
        Section(first.id, first.level, first.title, tuple(blocks)),
        Section("grades", 1, gettext("Grades"), (_table(shown, material, options),)),
        Section("findings", 1, gettext("Findings")),
    ]
    for order, subject in enumerate(shown, 1):
        found.append(_finding(subject, order, material, options))
    meanings: list[Runs] = [
        (Run(f"{grade}: ", look="strong"), Run(str(said))) for grade, said in grades.MEANINGS.items()
    ]
    method: list[Block] = [
        Points(tuple(meanings)),
        Paragraph(parts.plain(gettext("Grade D is about cooperation; no text shows it, so none is given.")), "note"),
        Paragraph(parts.plain(gettext("What nobody has assessed yet is not graded.")), "note"),
    ]  # fmt: skip
    return (
        *found,
        Section("method", 1, gettext("How the grades are given"), tuple(method)),
        *status.where_to_check(origin),
    )


def grade_of(subject: Subject, material: Material, options: Options) -> str:
    """A, B, C or E; "" where nobody assessed it."""
    return grades.GRADES[value_of(subject, material, options)]


def _counted(shown: list[Subject], material: Material, options: Options) -> list[Block]:
    """Every recommendation and every possible new restriction by its grade: more than the total of the headline."""
    found = Counter(grade_of(subject, material, options) for subject in shown)
    runs: list[Runs] = [
        (Run(f"{grade}: ", look="strong"), Run(words.number(found[grade]))) for grade in grades.MEANINGS if found[grade]
    ]
    if found[""]:
        n = found[""]
        runs.append((Run(ngettext("%(n)s is not graded.", "%(n)s are not graded.", n) % {"n": n}),))
    total = ngettext(
        "Grades of %(n)s provision, possible new restrictions among them:",
        "Grades of all %(n)s provisions, possible new restrictions among them:",
        len(shown),
    )
    return [Paragraph(parts.plain(total % {"n": len(shown)})), Points(tuple(runs))]


def _table(shown: list[Subject], material: Material, options: Options) -> Table:
    columns = (
        Column(gettext("Provision"), 300),
        Column(gettext("Article"), 170),
        Column(gettext("Verdict"), 160),
        Column(gettext("Grade"), 110),
        Column(gettext("Treaty articles and General Comments"), 260),
    )
    found: list[tuple[Cell, ...]] = []
    for subject in shown:
        grade = grade_of(subject, material, options) or str(grades.NOT_GRADED)
        found.append(
            (
                (parts.said(subject.row["concern"]["names"]),),
                (parts.plain(parts.articles_of(subject.row["cells"][material.column])),),
                ((parts.verdict(value_of(subject, material, options)),),),
                (parts.plain(grade, look="strong"),),
                tuple(parts.plain(cite) for cite in cites(subject, material)),
            )
        )
    return Table(gettext("Grades, provision by provision"), columns, tuple(found))


def cites(subject: Subject, material: Material) -> list[str]:
    slugs = subject.row["concern"]["standards"]
    return [material.standards[slug]["cite"] for slug in slugs if slug in material.standards]


def _finding(subject: Subject, order: int, material: Material, options: Options) -> Section:
    concern, cell = subject.row["concern"], subject.row["cells"][material.column]
    finding = cell["verdicts"].get(options.base)
    blocks: list[Block] = [Paragraph((Run(gettext("We ask:"), look="strong"), Run(" "), *parts.said(concern["asked"])))]
    runs = [parts.verdict(value_of(subject, material, options))]
    if finding and parts.reason(finding):
        runs.append(Run(f": {parts.reason(finding)}"))
    blocks.append(Paragraph(tuple(runs)))
    if options.quotes:
        blocks += parts.standing_quotes(subject)[0]
    standards = [material.standards[slug] for slug in concern["standards"] if slug in material.standards]
    blocks.append(Points(tuple((Run(s["cite"], look="strong"), Run(f": {s['gist']}")) for s in standards)))
    grade = grade_of(subject, material, options) or str(grades.NOT_GRADED)
    title = gettext("%(order)s. %(name)s: %(grade)s") % {
        "order": order,
        "name": words.say(concern["names"]),
        "grade": grade,
    }
    kept = tuple(each for each in blocks if each != Points(()))
    return Section(f"finding-{subject.slug}", 2, title, kept, parts.language_of(concern["names"]))
