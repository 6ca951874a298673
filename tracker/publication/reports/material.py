"""What a report is made from: the documents of one state, fetched in a few reads. Everything after this is pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext

from tracker.publication.change_documents import ChangesDocument
from tracker.publication.documents import (
    ArticleDocument,
    Cell,
    ComparisonDocument,
    LifeDocument,
    MatrixRow,
    OverviewDocument,
    PairDocument,
    StandardData,
    VersionHead,
)
from tracker.publication.reports.content import Options, Unreportable
from tracker.publication.site import DocumentSource

MOST_CHANGES = 10_000
HELD = frozenset({"in_text", "repealed"})


@dataclass(frozen=True, slots=True)
class Subject:
    """One concern of the report: its row, the article it is about, and that article compared with the text before.

    `place` is the cell of the newest text, up to the one reported on, whose article we hold; None where there is none.
    """

    row: MatrixRow
    life: LifeDocument | None
    place: Cell | None
    articles: tuple[ArticleDocument, ...]
    pair: PairDocument | None

    @property
    def slug(self) -> str:
        return self.row["concern"]["slug"]


@dataclass(frozen=True, slots=True)
class Material:
    overview: OverviewDocument
    column: int  # of the text that is reported on
    subjects: tuple[Subject, ...]  # of the topics asked for, in the order of the matrix
    standards: Mapping[str, StandardData]
    changes: tuple[ChangesDocument, ...]  # after the day asked for, newest first; () for other presets
    earlier: OverviewDocument | None  # as it stood on that day

    @property
    def text(self) -> VersionHead:
        return self.overview["texts"][self.column]

    @property
    def rows(self) -> list[MatrixRow]:
        return [subject.row for subject in self.subjects]

    def version(self, slug: str) -> VersionHead | None:
        known = [*self.overview["texts"], *filter(None, [self.overview["current_law"]])]
        return next((each for each in known if each["slug"] == slug), None)


def gather(source: DocumentSource, law: str, options: Options, earlier: DocumentSource | None = None) -> Material:
    """The documents of a report. `earlier`: the record as it stood on `options.since`. Raises Unreportable."""
    overview = cast("OverviewDocument | None", source.get(f"laws/{law}/overview"))
    if overview is None:
        raise Unreportable(gettext("We do not follow a law of that name."))
    column = _column(overview, options)
    rows = [row for row in overview["rows"] if _asked(row, options)]
    if not rows:
        raise Unreportable(gettext("Nothing to report yet. Publish at least one verdict."))
    catalogue = cast("Any", source.get("standards")) or {"standards": []}
    return Material(
        overview=overview,
        column=column,
        subjects=_subjects(source, overview, rows, column, options),
        standards={standard["slug"]: standard for standard in catalogue["standards"]},
        changes=_changes(source, law, options),
        earlier=cast("OverviewDocument | None", earlier.get(f"laws/{law}/overview")) if earlier else None,
    )


def _column(overview: OverviewDocument, options: Options) -> int:
    slugs = [text["slug"] for text in overview["texts"]]
    if not slugs:
        raise Unreportable(gettext("There is no text of this law yet."))
    if not options.text:
        return len(slugs) - 1
    if options.text not in slugs:
        raise Unreportable(gettext("There is no such text of this law."))
    return slugs.index(options.text)


def _asked(row: MatrixRow, options: Options) -> bool:
    return not options.topics or bool(set(options.topics) & set(row["concern"]["topics"]))


def _changes(source: DocumentSource, law: str, options: Options) -> tuple[ChangesDocument, ...]:
    if options.preset != "since":
        return ()
    if options.since is None:
        raise Unreportable(gettext("Say the day after which changes count."))
    found = cast("list[ChangesDocument]", source.newest(f"laws/{law}/changes/", MOST_CHANGES))
    return tuple(each for each in found if each["time"][:10] > options.since.isoformat())


# ---- the articles and comparisons of each concern ----


def _subjects(
    source: DocumentSource, overview: OverviewDocument, rows: Sequence[MatrixRow], column: int, options: Options
) -> tuple[Subject, ...]:
    base = f"laws/{overview['law']['slug']}"
    places = {row["concern"]["slug"]: _place(overview, row, column) for row in rows}
    lives = source.get_many(f"{base}/p/{row['provision']['key']}" for row in rows)
    held = [place for place in places.values() if place is not None]
    articles = source.get_many(
        f"{base}/v/{place['version']}/art-{number}" for place in held for number in place["numbers"]
    )
    compared = {slug: _compared(overview, place, options) for slug, place in places.items()}
    comparisons = source.get_many(f"{base}/compare/{pair}" for pair in compared.values() if pair)
    paths = {row["concern"]["slug"]: _pair_path(base, row, places, compared, comparisons) for row in rows}
    pairs = source.get_many(path for path in paths.values() if path)
    found = []
    for row in rows:
        slug, place = row["concern"]["slug"], places[row["concern"]["slug"]]
        own = [f"{base}/v/{place['version']}/art-{number}" for number in place["numbers"]] if place else []
        found.append(
            Subject(
                row=row,
                life=cast("LifeDocument | None", lives.get(f"{base}/p/{row['provision']['key']}")),
                place=place,
                articles=tuple(cast("ArticleDocument", articles[path]) for path in own if path in articles),
                pair=cast("PairDocument | None", pairs.get(paths[slug])),
            )
        )
    return tuple(found)


def _place(overview: OverviewDocument, row: MatrixRow, column: int) -> Cell | None:
    """The newest cell, up to the reported text, whose article we hold. A newer text that lacks it for sure ends it."""
    for index in range(column, -1, -1):
        cell, text = row["cells"][index], overview["texts"][index]
        if cell["state"] in HELD and text["obtained"] and cell["numbers"] and not cell["stated"]:
            return cell
        if cell["state"] == "absent":
            return None
    return None


def _compared(overview: OverviewDocument, place: Cell | None, options: Options) -> str:
    """The comparison to show, "{old}...{new}": with the previous text where that is the base, else current law."""
    if place is None:
        return ""
    text = next(each for each in overview["texts"] if each["slug"] == place["version"])
    current = overview["current_law"]["slug"] if overview["current_law"] else None
    old = text["previous"] if options.base == "previous" else current
    return f"{old}...{text['slug']}" if old and [old, text["slug"]] in overview["pairs"] else ""


def _pair_path(
    base: str,
    row: MatrixRow,
    places: Mapping[str, Cell | None],
    compared: Mapping[str, str],
    comparisons: Mapping[str, Any],
) -> str:
    slug = row["concern"]["slug"]
    place, path = places[slug], f"{base}/compare/{compared[slug]}"
    comparison = cast("ComparisonDocument | None", comparisons.get(path))
    if place is None or comparison is None:
        return ""
    article = next((each for each in comparison["articles"] if place["numbers"][0] in each["new"]), None)
    return f"{path}/{article['key']}" if article else ""
