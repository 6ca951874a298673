"""What verdicts and notes change, written into the documents that the record shows now; nothing else is read again.

Right only while nothing else that the law's documents are made of was written since they were last collected whole
(`tracker.publication.watched`). Then the result is what a whole collection would find to differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from amendments.models import Provision
from codes.models import Article, Code, Version
from tracker.publication.collectors.comparison import value_of
from tracker.publication.collectors.context import LawContext
from tracker.publication.collectors.life import river_value, verdicts_at
from tracker.publication.collectors.notes import Notes, note_documents
from tracker.publication.pages.headline import count

Bodies = dict[str, Any]  # path → body of a document
Read = Callable[[Iterable[str]], Bodies]  # bodies that the record shows now, of these paths
Paths = Callable[[str], list[str]]  # paths below a prefix that the record shows now


class NotInParts(Exception):
    """The record does not show what parts are written into: the law must be collected whole."""


@dataclass(frozen=True, slots=True)
class _Touched:
    """What differs, by slug of the version: (concern, version) and (printed number, version)."""

    cells: set[tuple[str, str]]
    numbers: set[tuple[str, str]]

    @property
    def versions(self) -> set[str]:
        return {version for _, version in self.cells | self.numbers}


class PartsCollector:
    """One law's documents that differ since its last release, in a number of queries that no size changes."""

    def __init__(self, law: Code, *, read: Read, paths: Paths) -> None:
        self.context = LawContext(law, public=True)
        self.base = f"laws/{law.slug}"
        self.read, self.paths = read, paths
        self.versions = {version.slug: version for version in self.context.versions}
        self.concerns = {concern.slug: concern for concern in self.context.concerns}
        self.provisions = {provision.key: provision for provision in self.context.provisions}

    def collect(self) -> tuple[Bodies, Bodies]:
        """Documents of the law, a body or None for one that is gone; and documents of the catalogue. Raises
        `NotInParts`.
        """
        home = f"{self.base}/overview"
        shown = self.read([home, "laws"])
        if home not in shown or "laws" not in shown:
            raise NotInParts
        overview = shown[home]
        notes, numbers = self._notes()
        touched = _Touched(self._cells(overview), numbers)
        lives, pairs = self._lives(touched), self._comparisons(overview, touched)
        articles = self.read(self._article_paths(overview, touched))
        self._put_words([*articles.values(), *(body for body in pairs.values() if body["kind"] == "pair")])
        self._put_counts(shown["laws"], overview)
        return {home: overview, **notes, **lives, **pairs, **articles}, {"laws": shown["laws"]}

    def _cells(self, overview: Any) -> set[tuple[str, str]]:
        """Put the verdicts of today into the matrix; what differed."""
        if [row["concern"]["slug"] for row in overview["rows"]] != list(self.concerns):
            raise NotInParts
        others = {version.pk for version in self.context.versions} - {version.pk for version in self.context.texts}
        if any(version in others for _, version in self.context.verdicts):
            raise NotInParts  # no column of the matrix tells what differs there
        touched = set()
        for row in overview["rows"]:
            concern = row["concern"]["slug"]
            for cell in row["cells"]:
                today = self._verdicts(concern, cell["version"])
                if cell["verdicts"] != today:
                    cell["verdicts"] = today
                    touched.add((concern, cell["version"]))
        return touched

    def _verdicts(self, concern: str, version: str) -> Any:
        return self.context.verdicts.get((self.concerns[concern].pk, self.versions[version].pk), {})

    def _notes(self) -> tuple[Bodies, set[tuple[str, str]]]:
        """Note documents of today and those that are gone; and the articles on which a note differs."""
        today = {f"{self.base}/notes/{name}": body for name, body in note_documents(self.context).items()}
        shown = self.read(self.paths(f"{self.base}/notes/"))
        numbers = set()
        for path in {*today, *shown}:
            old, new = shown.get(path), today.get(path)
            if old is None or new is None or old["note"] != new["note"]:
                body: Any = new or old
                numbers.add((body["note"]["number"], body["version"]["slug"]))
        return {**dict.fromkeys(shown), **today}, numbers

    def _lives(self, touched: _Touched) -> Bodies:
        """Verdicts stand in the life of their provision, and in the rivers of those that cross it."""
        if not touched.cells:
            return {}
        lives = self.read([f"{self.base}/p/{key}" for key in self.provisions])
        for life in lives.values():
            mine = self.provisions[life["provision"]["key"]]
            for step in life["steps"]:
                step["verdicts"] = verdicts_at(self.context, mine, self.versions[step["version"]["slug"]])
            for line in life["river"]:
                provision = self.provisions[line["key"]]
                for node in line["nodes"]:
                    version = self.versions[life["river_columns"][node["column"]]["slug"]]
                    node["value"] = river_value(self.context, provision, version)
        return lives

    def _comparisons(self, overview: Any, touched: _Touched) -> Bodies:
        """Comparisons whose newer text is touched, and their pairs that are."""
        pairs = {f"{self.base}/compare/{old}...{new}": (old, new) for old, new in overview["pairs"]
                 if new in touched.versions}  # fmt: skip
        found = self.read(pairs)
        summaries: dict[str, Any] = {}
        for path, comparison in found.items():
            old, new = (self.versions[slug] for slug in pairs[path])
            for article in comparison["articles"]:
                article["value"] = value_of(self.context, self._followed(article), old, new)
                if _is_touched(article, new, touched):
                    summaries[f"{path}/{article['key']}"] = article
        for path, pair in self.read(summaries).items():
            pair["summary"] = summaries[path]
            found[path] = pair
        return found

    def _followed(self, article: Any) -> list[Provision]:
        return [self.provisions[article["provision"]["key"]]] if article["provision"] else []

    def _article_paths(self, overview: Any, touched: _Touched) -> list[str]:
        numbers = set(touched.numbers)
        for row in overview["rows"]:
            for cell in row["cells"]:
                if (row["concern"]["slug"], cell["version"]) in touched.cells:
                    numbers |= {(number, cell["version"]) for number in cell["numbers"]}
        return [f"{self.base}/v/{version}/art-{number}" for number, version in sorted(numbers)]

    def _put_words(self, bodies: Iterable[Any]) -> None:
        """Today's verdicts and notes, into articles and pairs."""
        places = [(body, *_place(body)) for body in bodies]
        notes = self._notes_at({(version, number) for _, version, numbers in places for number in numbers})
        for body, version, numbers in places:
            for here in body["concerns"]:
                here["verdicts"] = self._verdicts(here["concern"]["slug"], version)
            body["notes"] = [note for number in numbers for note in notes.get((version, number), [])]

    def _notes_at(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[Any]]:
        """(version, printed number) → notes on the article."""
        slugs = {version.pk: slug for slug, version in self.versions.items()}
        rows = Article.objects.filter(
            version__in=[self.versions[slug] for slug, _ in wanted], number__in={number for _, number in wanted}
        )
        ids = {pk: (slugs[version], number) for pk, version, number in rows.values_list("pk", "version_id", "number")}
        chosen = {pk: place for pk, place in ids.items() if place in wanted}
        notes = Notes(self.context, chosen).by_article
        return {place: notes[pk] for pk, place in chosen.items()}

    def _put_counts(self, laws: Any, overview: Any) -> None:
        for card in laws["laws"]:
            if card["law"]["slug"] == self.context.law.slug and overview["texts"]:
                card["counts"] = asdict(count(overview["rows"], "recommendation", len(overview["texts"]) - 1))


def _place(body: Any) -> tuple[str, list[str]]:
    """Slug of the version and printed numbers that an article, or the newer side of a pair, has."""
    if body["kind"] == "article":
        return body["version"]["slug"], [body["number"]]
    return body["new"]["slug"], body["summary"]["new"]


def _is_touched(article: Any, new: Version, touched: _Touched) -> bool:
    return any((concern, new.slug) in touched.cells for concern in article["concerns"]) or any(
        (number, new.slug) in touched.numbers for number in article["new"]
    )
