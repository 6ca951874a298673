"""Every concern in full: what we ask, verdicts text by text, words before and after, penalties, notes, sources."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from tracker.publication.documents import StandardData, StatementData
from tracker.publication.pages import rows, words
from tracker.publication.reports import parts
from tracker.publication.reports.content import (
    Block,
    Facts,
    Options,
    Origin,
    Paragraph,
    Points,
    Run,
    Runs,
    Section,
    TermRow,
    TermsChart,
)
from tracker.publication.reports.material import Material, Subject
from tracker.publication.reports.presets import status
from tracker.publication.reports.presets.brief import listed


def sections(material: Material, options: Options, origin: Origin) -> tuple[Section, ...]:
    first = status.section(material, options, stages=True)
    terms = terms_chart(material)
    blocks = (*first.blocks, *status.filters(material, options), *([terms] if terms else []))
    found = [Section(first.id, first.level, first.title, blocks), Section("provisions", 1, gettext("Provisions"))]
    for order, subject in enumerate(listed(material, options), 1):
        found += _subject(subject, order, material, options)
    return (*found, *status.where_to_check(origin))


def terms_chart(material: Material) -> TermsChart | None:
    """The greatest terms that rose against current law, as the page of the law draws them."""
    current, rises = material.overview["current_law"], []
    shown = {row["provision"]["key"] for row in material.rows}
    for rise in material.overview["penalties"]:
        old, new = rise["cell"]["old"], rise["cell"]["new"]
        if rise["provision"]["key"] not in shown or not old or not new or {old["unit"], new["unit"]} != {"years"}:
            continue
        if old["maximum"] is None or new["maximum"] is None or old["maximum"] == new["maximum"]:
            continue
        place = ", ".join(
            part for part in (words.long_articles(rise["new_numbers"]), words.part(rise["cell"]["part"])) if part
        )
        name = f"{place}: {words.penalty(rise['cell']['kind'])}"
        said = f"{words.amount(old['maximum'], 'years')} → {words.amount(new['maximum'], 'years')}"
        rises.append(TermRow(name, old["maximum"], new["maximum"], said))
    if current is None or not rises:
        return None
    title = gettext("Where the greatest terms rose against current law")
    return TermsChart(title, words.text_name(current), words.text_name(material.text), tuple(rises))


def _subject(subject: Subject, order: int, material: Material, options: Options) -> Iterator[Section]:
    name = words.say(subject.row["concern"]["names"])
    own = f"p-{subject.slug}"
    blocks = (_facts(subject, material), *_objected(subject, options))
    yield Section(own, 2, f"{order}. {name}", blocks, parts.language_of(subject.row["concern"]["names"]))
    yield Section(
        f"{own}-verdicts",
        3,
        gettext("Verdicts"),
        (parts.history(subject, material.overview["texts"], options.texts),),
    )
    yield from _compared(subject, own)
    yield from _notes(subject, own, options)
    standards = [material.standards[slug] for slug in subject.row["concern"]["standards"] if slug in material.standards]
    if standards:
        yield Section(f"{own}-standards", 3, gettext("Standards"), (Points(tuple(map(_standard, standards))),))
    statements = subject.life["statements"] if subject.life else []
    if statements:
        yield Section(f"{own}-raised", 3, gettext("Raised in"), (Points(tuple(map(_statement, statements))),))
    yield Section(f"{own}-sources", 3, gettext("Sources"), (Points(tuple(_sources(subject))),))


def _facts(subject: Subject, material: Material) -> Facts:
    concern = subject.row["concern"]
    topics = {topic["slug"]: topic["names"] for topic in material.overview["topics"]}
    path = parts.unique(words.joined([words.printed(n) for n in cell["numbers"]]) for cell in subject.row["cells"])
    numbers = [subject.row["current_number"], *path]
    pairs: list[tuple[str, Runs]] = [
        (gettext("We ask"), parts.said(concern["asked"])),
        (
            gettext("Topics"),
            parts.plain(", ".join(words.say(topics[slug]) for slug in concern["topics"] if slug in topics)),
        ),
        (gettext("Article, from current law on"), parts.plain(" → ".join(parts.unique(numbers)))),
    ]
    note = subject.life["note"] if subject.life else ""
    if note:
        pairs.append((gettext("Remark"), parts.plain(note)))
    return Facts(tuple(pair for pair in pairs if pair[1]))


def _objected(subject: Subject, options: Options) -> list[Block]:
    if not options.quotes or not subject.row["concern"]["quoted"]:
        return []
    standing, gone = parts.standing_quotes(subject)
    blocks: list[Block] = []
    if standing:
        blocks.append(Paragraph(parts.plain(gettext("Words we object to that stand in the text:"), look="strong")))
        blocks += standing
    if gone and subject.articles:
        said = gettext("Words we object to that are no longer there: %(words)s.") % {"words": "; ".join(gone)}
        blocks.append(Paragraph(parts.plain(said)))
    return blocks


def _compared(subject: Subject, own: str) -> Iterator[Section]:
    pair = subject.pair
    if pair is None:
        yield from _text(subject, own)
        return
    table = parts.penalty_block(pair)
    if table is not None:
        yield Section(f"{own}-penalties", 3, gettext("Penalties"), (table,))
    title = gettext("Words before and after")
    if pair["summary"]["changed"]:
        yield Section(f"{own}-words", 3, title, (parts.difference(pair, only_changed=False),))
        return
    values = {"old": words.text_name(pair["old"]), "new": words.text_name(pair["new"])}
    same = gettext("“%(old)s” and “%(new)s” say the same here.") % values
    yield Section(f"{own}-words", 3, title, (Paragraph(parts.plain(same)), parts.difference(pair, only_changed=False)))


def _text(subject: Subject, own: str) -> Iterator[Section]:
    """Where there is nothing to compare with: the article as it stands."""
    for article in subject.articles:
        text = article["texts"][0]
        lines = [rows.visible(p["text"]) for p in text["paragraphs"] if p["role"] != "footnote"]
        runs = [Paragraph((Run(line, law=True, language=parts.foreign(text["language"])),)) for line in lines]
        title = gettext("%(article)s, %(text)s") % {
            "article": words.long_articles([article["number"]]),
            "text": words.text_name(article["version"]),
        }
        if runs:  # of an excluded article only the publisher's footnote is left
            yield Section(f"{own}-text-{article['number']}", 3, title, tuple(runs))


def _notes(subject: Subject, own: str, options: Options) -> Iterator[Section]:
    blocks: list[Block] = []
    for article in subject.articles:
        for note in article["notes"]:
            if note["concern"] in {"", subject.slug}:
                blocks += parts.note_blocks(note, article, quotes=options.quotes)
    if blocks:
        yield Section(f"{own}-notes", 3, gettext("Notes"), tuple(blocks))


def _standard(standard: StandardData) -> Runs:
    address = standard["source"]["url"] if standard["source"] else None
    return Run(standard["cite"], look="strong", address=address or ""), Run(f": {standard['gist']}")


def _statement(statement: StatementData) -> Runs:
    """Title, date, addressees. Names of signatories stay on the page, from where they can be taken back."""
    date = words.when(statement["date"], statement["date_precision"])
    to = words.joined([words.say(names) for names in statement["addressees"]])
    said = [statement["title"], date]
    if to:
        said.append(gettext("to %(addressees)s") % {"addressees": to})
    return (Run(", ".join(part for part in said if part), address=statement["source"]["url"] or ""),)


def _sources(subject: Subject) -> list[Runs]:
    refs = [subject.row["concern"]["source"]]
    refs += [finding["source"] for cell in subject.row["cells"] for finding in cell["verdicts"].values()]
    seen = {parts.source_words(ref): parts.source_run(ref) for ref in refs}
    return [(run,) for text, run in seen.items() if text]
