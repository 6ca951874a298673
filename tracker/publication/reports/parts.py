"""The blocks that several presets share, each made from documents with the functions that make the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language, gettext

from tracker.publication.documents import (
    ArticleDocument,
    Base,
    Cell,
    Names,
    PairDocument,
    Segment,
    SourceRef,
    Value,
    VerdictData,
    VersionHead,
)
from tracker.publication.note_documents import NoteData
from tracker.publication.pages import compare, headline, matrix, notes, overview, penalties, rows, words
from tracker.publication.pages.reading import BASES
from tracker.publication.reports.content import (
    Block,
    Column,
    Difference,
    DifferenceRow,
    Look,
    Paragraph,
    Penalties,
    PenaltyRow,
    Quote,
    Run,
    Runs,
    Table,
    Tile,
    UnitChart,
)
from tracker.publication.reports.material import Material, Subject

LOOKS: dict[str, Look] = {
    "equal": "plain",
    "delete": "deleted",
    "insert": "added",
    "move_from": "moved_away",
    "move_to": "moved_here",
}
OLD_SIDE, NEW_SIDE = frozenset({"equal", "delete", "move_from"}), frozenset({"equal", "insert", "move_to"})
# Equal words kept on each side of a change where a row is shortened.
AROUND = 6
GAP = " … "


# ---- words ----


def plain(text: str, **look: object) -> Runs:
    return (Run(text, **look),) if text else ()  # type: ignore[arg-type]  # fields of Run


def said(names: Names) -> Runs:
    """A text in the report's language; in another one, the run says which."""
    language = words.language_of(names)
    return (Run(names[language], language=foreign(language)),) if language else ()


def language_of(names: Names) -> str:
    """The language that `said` shows these names in; "" when it is the report's."""
    return next((run.language for run in said(names)), "")


def foreign(language: str) -> str:
    return "" if language == (get_language() or "en")[:2] else language


def verdict(value: Value) -> Run:
    return Run(str(words.VERDICTS[value]), verdict=value)


def paragraph(text: str) -> Paragraph:
    return Paragraph(plain(text))


def source_words(source: SourceRef) -> str:
    """ "Title, publisher, 30 Apr 2014": never an address, which stands in the run."""
    return ", ".join(part for part in (source["title"], source["publisher"], words.when(source["date"])) if part)


def source_run(source: SourceRef) -> Run:
    return Run(source_words(source), look="muted", address=source["url"] or "")


def articles_of(cell: Cell) -> str:
    """ "Article 174", "Article 130: excluded from the law", or why there is none: "Not in the part we have"."""
    if cell["numbers"]:
        articles = words.long_articles(cell["numbers"])
        return f"{articles}: {gettext('excluded from the law')}" if cell["state"] == "repealed" else articles
    return matrix.state_words(cell["state"])


def reason(finding: VerdictData) -> str:
    """What a reader must know of a verdict besides its word; the computed fact stands beside a written reason."""
    said_ = [finding["reason"], *(str(words.CONTRADICTIONS.get(c, c)) for c in finding["contradicts"])]
    if finding["lifecycle"]:
        said_.append(str(words.LIFECYCLES.get(finding["lifecycle"], finding["lifecycle"])))
    if finding["sample"]:
        said_.append(gettext("sample data"))
    if finding["status"] != "published":
        said_.append(str(words.STATUSES.get(finding["status"], finding["status"])))
    if not finding["verified"]:
        said_.append(gettext("reported, not verified by us"))
    return "; ".join(part for part in said_ if part)


# ---- differences ----


def difference(pair: PairDocument, *, only_changed: bool) -> Difference:
    """The words of a pair in one text; unchanged paragraphs are left out with `only_changed`."""
    found = []
    for block in rows.blocks(pair, rows.Counter()):
        for row in block.rows:
            if only_changed and not row.data["changed"]:
                continue
            old, new = row.data["old"], row.data["new"]
            found.append(
                DifferenceRow(
                    place=row.label,
                    was=row.was,
                    runs=segment_runs(row.data["segments"], pair["new"]["language"]),
                    changed=row.data["changed"],
                    old_eid=old["eid"] if old else "",
                    new_eid=new["eid"] if new else "",
                )
            )
    return Difference(
        title=compare.title_of(pair["summary"]),
        old=words.text_name(pair["old"]),
        new=words.text_name(pair["new"]),
        old_version=pair["old"]["slug"],
        new_version=pair["new"]["slug"],
        old_numbers=tuple(pair["summary"]["old"]),
        new_numbers=tuple(pair["summary"]["new"]),
        language=pair["new"]["language"],
        rows=tuple(found),
    )


def segment_runs(segments: Iterable[Segment], language: str, ops: frozenset[str] | None = None) -> Runs:
    """Runs of the law's words; with `ops` those of one side only, as that side prints them."""
    return tuple(
        Run(
            rows.visible(segment.get("old", segment["text"]) if ops is OLD_SIDE else segment["text"]),
            look=LOOKS[segment["op"]],
            law=True,
            language=foreign(language),
        )
        for segment in segments
        if ops is None or segment["op"] in ops
    )


def shortened(runs: Runs, most: int) -> Runs:
    """The changes of a row with a few words around each, at most about `most` words; gaps are marked."""
    found: list[Run] = []
    left = most
    for index, run in enumerate(runs):
        if left <= 0:
            found.append(Run(GAP.rstrip(), law=run.law))
            break
        text = run.text
        if run.look == "plain":
            text = _around(text, first=index == 0, last=index == len(runs) - 1)
        pieces = text.split(" ")
        if len(pieces) > left + AROUND:
            text = " ".join(pieces[:left]) + GAP.rstrip()
        left -= len(text.split())
        found.append(Run(text, run.look, run.verdict, run.law, run.language, run.address))
    return tuple(found)


def _around(text: str, *, first: bool, last: bool) -> str:
    pieces = text.split(" ")
    if len(pieces) <= 2 * AROUND + 2:
        return text
    head, tail = " ".join(pieces[:AROUND]), " ".join(pieces[-AROUND:])
    if first:
        return GAP.lstrip() + tail
    return head + GAP.rstrip() if last else head + GAP + tail


# ---- penalties ----


def penalty_block(pair: PairDocument) -> Penalties | None:
    table = penalties.table(pair, workspace=False)
    if table is None:
        return None
    found = []
    for row in table.rows:
        old, new = row.cell["old"], row.cell["new"]
        found.append(
            PenaltyRow(
                name=row.name,
                before=words.range_words(old),
                after=words.range_words(new),
                changes=tuple((effect.words, effect.direction) for effect in row.effects),
                years=_years(old, new),
            )
        )
    titles = (gettext("Penalty"), words.text_name(pair["old"]), words.text_name(pair["new"]), gettext("Change"))
    return Penalties(tuple(table.title), titles, tuple(found))


def _years(old: object, new: object) -> tuple[int, int] | None:
    if not isinstance(old, dict) or not isinstance(new, dict) or {old["unit"], new["unit"]} != {"years"}:
        return None
    if old["maximum"] is None or new["maximum"] is None:
        return None
    return old["maximum"], new["maximum"]


# ---- charts ----


def unit_chart(material: Material, base: Base) -> UnitChart:
    """One tile per recommendation, as on the page of the law."""
    tiles = overview.unit_chart(material.rows, base, material.column)
    counts = headline.count(material.rows, base, material.column)
    return UnitChart(
        title=gettext("Each square is one recommendation"),
        tiles=tuple(Tile(tile.value, words.say(tile.row["concern"]["names"])) for tile in tiles),
        tally=tuple((each["value"], each["words"]) for each in headline.tally(counts)),  # type: ignore[misc]
    )


# ---- tables ----


def history(subject: Subject, texts: Sequence[VersionHead], chosen: Sequence[str]) -> Table:
    """What we found, text by text, oldest first; texts that say nothing of the concern are left out, and bases on which
    nothing was published.
    """
    shown = [
        (cell, text)
        for cell, text in zip(subject.row["cells"], texts, strict=True)
        if (not chosen or text["slug"] in chosen) and (cell["verdicts"] or cell["numbers"])
    ]
    bases = [base for base in BASES if any(base in cell["verdicts"] for cell, _ in shown)] or ["recommendation"]
    columns = (
        Column(gettext("Text"), 160),
        Column(gettext("Article"), 120),
        *(Column(str(BASES[base]), 160) for base in bases),
        Column(gettext("Reason"), 720 - 160 * len(bases)),
    )
    found = []
    for cell, text in shown:
        findings = [cell["verdicts"].get(base) for base in bases]
        reasons = list(dict.fromkeys(reason(each) for each in findings if each is not None and reason(each)))
        found.append(
            (
                (plain(words.text_name(text)),),
                (plain(articles_of(cell)),),
                *(((verdict(each["value"]),),) if each is not None else () for each in findings),
                tuple(plain(each) for each in reasons),
            )
        )
    return Table(gettext("Verdicts, text by text"), columns, tuple(found))


# ---- notes and quotes ----


def note_blocks(data: NoteData, article: ArticleDocument, *, quotes: bool) -> list[Block]:
    """A published note: the words it is about, and what we say of them."""
    found: list[Block] = []
    if quotes and data["places"]:
        found.append(quote(data["quote"], data["language"], article))
    language = foreign(data["text_language"]) if data["text_language"] else ""
    found += [Paragraph((Run(line, language=language),)) for line in data["text"].splitlines() if line.strip()]
    missing = notes.missing_translation(data["text_language"])
    if missing:
        found.append(Paragraph(plain(missing), "note"))
    return found


def quote(text: str, language: str, article: ArticleDocument) -> Quote:
    version = article["version"]
    place = gettext("%(article)s, %(text)s") % {
        "article": words.long_articles([article["number"]]),
        "text": words.text_name(version),
    }
    path = f"laws/{article['law']['slug']}/v/{version['slug']}/art-{article['number']}"
    return Quote(rows.visible(text), language, place, path, article["number"])


def standing_quotes(subject: Subject) -> tuple[list[Quote], list[str]]:
    """The words we object to: those that stand in the article, quoted from it; and those that do not."""
    standing: list[Quote] = []
    gone: list[str] = []
    for wanted in subject.row["concern"]["quoted"]:
        found = next(((printed, language, article) for article in subject.articles
                      for printed, language in _printed(wanted, article)), None)  # fmt: skip
        if found is None:
            gone.append(wanted)
        else:
            standing.append(quote(*found))
    return standing, gone


def _printed(wanted: str, article: ArticleDocument) -> Iterable[tuple[str, str]]:
    """The words as each language of the article prints them."""
    for text in article["texts"]:
        for each in text["paragraphs"]:
            for piece in notes.pieces(each["text"], [wanted], []):
                if piece.objected:
                    yield piece.text, text["language"]


def unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
