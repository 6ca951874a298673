"""Two pages for a meeting: the headline, the worst points with words before and after, what we ask, where to look."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext, ngettext

from tracker.publication.documents import Value
from tracker.publication.pages import headline, rows, words
from tracker.publication.pages.overview import WORST_FIRST
from tracker.publication.reports import parts
from tracker.publication.reports.content import (
    Block,
    Difference,
    Options,
    Origin,
    Paragraph,
    Points,
    Run,
    Runs,
    Section,
)
from tracker.publication.reports.material import Material, Subject
from tracker.publication.reports.presets import status

WORST = 5
MOST_ROWS, MOST_WORDS, MOST_QUOTES = 2, 34, 2
BAD = frozenset({"new_restriction", "stricter", "unchanged", "partly_fixed"})


def sections(material: Material, options: Options, origin: Origin) -> tuple[Section, ...]:
    chosen = worst(material, options)
    first = status.section(material, options, stages=False)
    found = [replace(first, blocks=(*first.blocks, *status.filters(material, options)))]
    if chosen:
        title = ngettext("The worst point", "The %(n)s worst points", len(chosen)) % {"n": len(chosen)}
        found.append(Section("worst", 1, title))
        found += [_point(subject, order, material, options) for order, subject in enumerate(chosen, 1)]
    asked = _asked(material, options)
    if asked:
        found.append(Section("ask", 1, gettext("What we ask"), (Points(tuple(asked)),)))
    return (*found, *status.where_to_check(origin))


def value_of(subject: Subject, material: Material, options: Options) -> Value:
    return headline.published_value(subject.row["cells"][material.column], options.base)


def worst(material: Material, options: Options) -> list[Subject]:
    """New restrictions and what became stricter first, then what is unchanged; among equals, risen penalties first."""
    shown = [each for each in listed(material, options) if value_of(each, material, options) in BAD]

    def severity(subject: Subject) -> tuple[int, bool]:
        return WORST_FIRST.index(value_of(subject, material, options)), not _rises(subject)

    return sorted(shown, key=severity)[:WORST]


def listed(material: Material, options: Options) -> list[Subject]:
    """The concerns that are shown one by one."""
    every = list(material.subjects)
    return (
        [each for each in every if value_of(each, material, options) in options.verdicts] if options.verdicts else every
    )


def _rises(subject: Subject) -> bool:
    return bool(subject.pair and subject.pair["summary"]["rises"])


def _point(subject: Subject, order: int, material: Material, options: Options) -> Section:
    concern, cell = subject.row["concern"], subject.row["cells"][material.column]
    finding = cell["verdicts"].get(options.base)
    runs: list[Run] = [parts.verdict(value_of(subject, material, options)), Run(f" · {_numbers(subject, material)}")]
    if finding and parts.reason(finding):
        runs.append(Run(f": {parts.reason(finding)}"))
    blocks: list[Block] = [Paragraph(tuple(runs))]
    facts = words.joined([words.short_fact(each) for each in cell["short"]])
    if facts:
        blocks.append(Paragraph((Run(gettext("Penalties against current law: %(facts)s.") % {"facts": facts}),)))
    if options.quotes:
        blocks += _words(subject)
    blocks.append(Paragraph(_ask(subject, material)))
    title = f"{order}. {words.say(concern['names'])}"
    return Section(f"worst-{order}", 2, title, tuple(blocks), parts.language_of(concern["names"]))


def _ask(subject: Subject, material: Material) -> Runs:
    """ "We ask: repeal it (ICCPR article 19(3); General Comment 34, paragraph 47)."."""
    concern = subject.row["concern"]
    cites = [material.standards[slug]["cite"] for slug in concern["standards"] if slug in material.standards]
    runs = (Run(gettext("We ask:"), look="strong"), Run(" "), *parts.said(concern["asked"]))
    return (*runs, Run(f" ({'; '.join(cites)})", look="muted")) if cites else runs


def _numbers(subject: Subject, material: Material) -> str:
    """ "Article 174 (in current law Article 164)"."""
    place = parts.articles_of(subject.row["cells"][material.column])
    current = subject.row["current_number"]
    if not current or [current] == subject.row["cells"][material.column]["numbers"]:
        return place
    return gettext("%(articles)s (in current law: %(current)s)") % {
        "articles": place,
        "current": words.long_articles(current.split(", ")),
    }


def _words(subject: Subject) -> list[Block]:
    """The words before and after, shortened; where nothing changed, the words that we object to."""
    pair = subject.pair
    found = parts.difference(pair, only_changed=True) if pair is not None and pair["summary"]["changed"] else None
    if found is not None and found.rows:
        return [_condensed(found, subject.row["concern"]["quoted"])]
    return list(parts.standing_quotes(subject)[0][:MOST_QUOTES])


def _condensed(found: Difference, quoted: list[str]) -> Difference:
    """At most two paragraphs, in their order: those whose change touches the words we object to, then those with new
    words, then those that only lost some.
    """

    def rank(index: int) -> int:
        changed = [run for run in found.rows[index].runs if run.look != "plain"]
        said = " ".join(run.text for run in changed).casefold()
        if any(rows.visible(each).casefold() in said for each in quoted):
            return 0
        return 1 if any(run.look == "added" for run in changed) else 2

    chosen = sorted(sorted(range(len(found.rows)), key=rank)[:MOST_ROWS])
    kept = [replace(found.rows[index], runs=parts.shortened(found.rows[index].runs, MOST_WORDS)) for index in chosen]
    return replace(found, rows=tuple(kept))


def _asked(material: Material, options: Options) -> list[Runs]:
    """What remains to be done, in the order of the matrix; what is asked in the same words is said once."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for subject in listed(material, options):
        if value_of(subject, material, options) != "fixed":
            asked = parts.said(subject.row["concern"]["asked"])
            key = (asked[0].text, asked[0].language) if asked else ("", "")
            grouped.setdefault(key, []).append(words.say(subject.row["concern"]["names"]))
    return [
        (Run("; ".join(names), look="strong"), Run(": "), Run(asked, language=language))
        for (asked, language), names in grouped.items()
        if asked
    ]
