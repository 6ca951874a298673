"""Notes in a new text: each is looked up by its words in the article(s) that its own became, over confirmed links.

Equal words in one place are carried over as a draft; changed ones wait for a person beside the nearest passage; words
that are gone, stand twice, or whose article's way is not confirmed need a place. Nothing is placed by likeness alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from amendments.models import (
    OPEN,
    Annotation,
    AnnotationStandard,
    AnnotationTopic,
    Correspondence,
    Placing,
    ReviewStatus,
)
from amendments.models.changes import LinkStatus
from codes.models import Article, ArticleText, Version
from codes.services import trees
from codes.text import nodes
from codes.text.anchors import Anchor, locate
from tracker.accounts.models import User
from tracker.common.writing import record_all

AROUND = 32  # characters kept before and after the quote
Words = Mapping[tuple[int, str], nodes.Article]  # (article's id, language) → its text


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the notes of the text before."""

    carried: int = 0
    reconfirm: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a note stands in the new text. Of "reconfirm" the passage that its words likely became, of "lost" nothing.

    `number` is that of the article; "" when none is known.
    """

    placing: Placing
    number: str = ""
    first: Anchor | None = None
    last: Anchor | None = None


def find(note: Annotation, old: nodes.Article, counterparts: Sequence[nodes.Article]) -> Spot:
    """Look a note's words up in the article(s) that its article became. Pure."""
    number = counterparts[0].number if counterparts else ""
    if not counterparts or note.placing != Placing.PLACED:
        return Spot(Placing.LOST, number)
    found = []
    for words in pieces(note, old):
        try:
            anchors = [locate(old, other, words) for other in counterparts]
        except ValueError:  # what is quoted does not stand in its own article
            return Spot(Placing.LOST, number)
        found.append(_only(anchors))
    if any(anchor.outcome in {"gone", "ambiguous"} for anchor in found):
        return Spot(Placing.LOST, number)
    together = len({anchor.article for anchor in found}) == 1
    placed = together and all(anchor.outcome == "identical" for anchor in found)
    return Spot(Placing.PLACED if placed else Placing.RECONFIRM, found[0].article, found[0], found[-1])


def _only(anchors: Sequence[Anchor]) -> Anchor:
    """The one place among several articles: two equal ones are no place at all."""
    equal = [anchor for anchor in anchors if anchor.outcome in {"identical", "ambiguous"}]
    if len(equal) > 1:
        return Anchor("ambiguous", equal[0].article)
    changed = [anchor for anchor in anchors if anchor.outcome == "changed"]
    return equal[0] if equal else changed[0] if changed else anchors[0]


def pieces(note: Annotation, article: nodes.Article) -> list[str]:
    """The quoted words, paragraph by paragraph."""
    if note.first_eid == note.last_eid:
        return [note.quote]
    eids = [paragraph.eid for paragraph in article.paragraphs]
    if note.first_eid not in eids or note.last_eid not in eids:
        return [note.quote]
    first, last = eids.index(note.first_eid), eids.index(note.last_eid)
    texts = [paragraph.text for paragraph in article.paragraphs[first : last + 1]]
    return [texts[0][note.start :], *texts[1:-1], texts[-1][: note.end]] if last > first else [note.quote]


def notes_before(earlier: Iterable[Version], new: Version) -> list[Annotation]:
    """Published and open notes of the texts before, but those that a text in between has already taken over.

    An open edit of a published note stays with it.
    """
    ids = [version.pk for version in earlier if version.code_id == new.code_id]
    live = Annotation.objects.filter(article__version__in=ids, status__in=[ReviewStatus.PUBLISHED, *OPEN])
    taken = Annotation.objects.filter(
        carried_from__isnull=False, article__version__code=new.code_id, article__version__in=ids
    )
    notes = (
        live.exclude(pk__in=taken.values("carried_from"))
        .exclude(replaces__status=ReviewStatus.PUBLISHED)
        .select_related("article__version")
    )
    return list(notes.order_by("article__version__date", "article__order", "start", "id"))


def preview(
    notes: Sequence[Annotation], tree: nodes.Tree, pairs: Mapping[int, Sequence[tuple[str, str]]], *, partial: bool
) -> Carried:
    """What would become of these notes in a text that is not stored yet. `pairs`: by earlier text, the confirmed links
    as article numbers.
    """
    old = words_of([note.article_id for note in notes])
    new = {article.number: article for article in tree.articles}
    counts: Counter[Placing] = Counter()
    for note in notes:
        numbers = [b for a, b in pairs.get(note.article.version_id, ()) if a == note.article.number and b]
        text = old.get((note.article_id, note.language))
        if text is None or note.language != tree.language or (partial and not numbers):
            continue
        counts[find(note, text, [new[number] for number in numbers]).placing] += 1
    return _counted(counts)


@transaction.atomic
def carry(version: Version, *, by: User) -> Carried:
    """Make a draft in the new text of each note of the texts before it."""
    links = _links(version)
    notes = notes_before({link.old_version for link in links}, version)
    onward: dict[int, list[int]] = defaultdict(list)
    for link in links:
        if link.old_article_id and link.new_article_id and link.status == LinkStatus.CONFIRMED:
            onward[link.old_article_id].append(link.new_article_id)
    asked = {link.old_article_id for link in links if link.new_article_id and link.status == LinkStatus.SUGGESTED}
    old = words_of([note.article_id for note in notes])
    new = words_of([article for note in notes for article in onward[note.article_id]])
    held = set(ArticleText.objects.filter(article__version=version).values_list("language", flat=True))
    places = _Neighbours(version, onward)
    rows, sources = [], []
    for note in notes:
        text = old.get((note.article_id, note.language))
        there = onward[note.article_id]
        unseen = version.partial and not there and note.article_id not in asked
        if text is None or unseen or note.language not in held:
            continue  # the part that we have says nothing about it
        counterparts = {pk: new[pk, note.language] for pk in there if (pk, note.language) in new}
        spot = find(note, text, list(counterparts.values()))
        article = next((pk for pk, found in counterparts.items() if found.number == spot.number), None)
        rows.append(_row(note, spot, article or places.of(note.article), counterparts.get(article or 0), by=by))
        sources.append(note)
    record_all(rows, by=by, reason=f"carried over to {version.slug}")
    _copy_labels(dict(zip([note.pk for note in sources], rows, strict=True)), by=by)
    return _counted(Counter(Placing(row.placing) for row in rows))


def _links(version: Version) -> list[Correspondence]:
    links = Correspondence.objects.filter(new_version=version, old_version__code=version.code_id)
    return list(links.exclude(status=LinkStatus.REJECTED).select_related("old_version"))


def words_of(articles: Sequence[int]) -> dict[tuple[int, str], nodes.Article]:
    """Texts of articles in every language that is held."""
    texts = ArticleText.objects.filter(article__in=articles).select_related("article__division")
    return {(text.article_id, text.language): trees.article(text) for text in texts}


class _Neighbours:
    """Where a note without a place waits: at the article that stands where its own stood."""

    def __init__(self, version: Version, onward: Mapping[int, Sequence[int]]) -> None:
        self.first = version.articles.order_by("order").values_list("pk", flat=True)[0]
        self.onward = onward
        self.before: dict[int, list[int]] = {}

    def of(self, article: Article) -> int:
        if article.version_id not in self.before:
            olds = Article.objects.filter(version=article.version_id).order_by("order")
            self.before[article.version_id] = list(olds.values_list("pk", flat=True))
        olds_in_order = self.before[article.version_id]
        here = olds_in_order.index(article.pk)
        known = (self.onward[pk][0] for pk in reversed(olds_in_order[: here + 1]) if self.onward.get(pk))
        return next(known, self.first)


def _row(note: Annotation, spot: Spot, article: int, text: nodes.Article | None, *, by: User) -> Annotation:
    """The draft in the new text. Without a place the old quote and place stay, so that a person can read them."""
    place = {
        "quote": note.quote, "first_eid": note.first_eid, "start": note.start, "last_eid": note.last_eid,
        "end": note.end, "prefix": note.prefix, "suffix": note.suffix,
    }  # fmt: skip
    if spot.first is not None and spot.last is not None and text is not None:
        place |= {
            "first_eid": spot.first.eid, "start": spot.first.start, "last_eid": spot.last.eid, "end": spot.last.end,
        }  # fmt: skip
        paragraphs = {paragraph.eid: paragraph.text for paragraph in text.paragraphs}
        place["prefix"] = paragraphs[spot.first.eid][: spot.first.start][-AROUND:]
        place["suffix"] = paragraphs[spot.last.eid][spot.last.end :][:AROUND]
        if spot.placing == Placing.PLACED and note.first_eid == note.last_eid:
            place["quote"] = spot.first.quote
    return Annotation(
        law_id=note.law_id, article_id=article, language=note.language, provision_id=note.provision_id,
        concern_id=note.concern_id, public_text=note.public_text, placing=spot.placing, carried_from=note,
        assigned_to_id=note.assigned_to_id, sample=note.sample, status=ReviewStatus.DRAFT,
        written_by_id=note.written_by_id, last_edited_by_id=note.last_edited_by_id, **place,
    )  # fmt: skip


def _copy_labels(rows: Mapping[int, Annotation], *, by: User) -> None:
    """Topics and standards go along; the thread stays with the note of its own text."""
    reason = "carried over with its note"
    topics = AnnotationTopic.objects.filter(annotation__in=rows).order_by("id")
    record_all(
        [AnnotationTopic(annotation=rows[link.annotation_id], topic_id=link.topic_id) for link in topics],
        by=by,
        reason=reason,
    )
    standards = AnnotationStandard.objects.filter(annotation__in=rows).order_by("id")
    record_all(
        [AnnotationStandard(annotation=rows[link.annotation_id], standard_id=link.standard_id) for link in standards],
        by=by,
        reason=reason,
    )


def _counted(counts: Mapping[Placing, int]) -> Carried:
    return Carried(*(counts.get(placing, 0) for placing in (Placing.PLACED, Placing.RECONFIRM, Placing.LOST)))
