"""The contents of a version, and one article of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from amendments.models import Change
from amendments.services import facts
from codes.models import Article, ArticleText, Division, Version
from codes.services import trees
from codes.text import sanctions
from tracker.publication.collectors.comparison import summaries
from tracker.publication.collectors.context import LawContext
from tracker.publication.collectors.notes import Notes
from tracker.publication.documents import (
    ArticleDocument,
    ContentsArticle,
    ContentsDivision,
    Counterpart,
    SanctionData,
    VersionDocument,
)
from tracker.publication.documents import ArticleText as ArticleTextData


def contents(context: LawContext, version: Version) -> VersionDocument:
    divisions = list(version.divisions.order_by("order"))
    texts = _texts(version)
    changed = changed_numbers(context, version)
    articles = [
        _contents_article(context, version, article, texts, changed) for article in version.articles.order_by("order")
    ]
    return {
        "kind": "version",
        "law": context.head,
        "version": context.version_heads[version.pk],
        "versions": [context.version_heads[v.pk] for v in context.versions if v.obtained],
        "divisions": _tree(divisions, articles, [a.division_id for a in version.articles.order_by("order")]),
        "pairs": [pair for pair in context.pairs if version.slug in pair],
    }


def _texts(version: Version) -> dict[int, str]:
    rows = ArticleText.objects.filter(article__version=version, language=version.language)
    return dict(rows.values_list("article_id", "heading"))


def changed_numbers(context: LawContext, version: Version) -> dict[str, bool]:
    """Printed number → changed against the newest earlier text that holds it (current law when there is none)."""
    olds = [v for v in context.versions if (v.pk, version.pk) in context.comparisons]
    own = [v for v in olds if v.code_id == version.code_id] or olds
    ids = {context.comparisons[v.pk, version.pk].pk: place for place, v in enumerate(own)}
    rows = Change.objects.filter(comparison__in=ids, confirmed=True).exclude(kind="not_in_old").order_by("id")
    found: dict[str, tuple[int, bool]] = {}
    for comparison, numbers, changed in rows.values_list("comparison_id", "new_articles", "changed"):
        for number in numbers:
            if number not in found or ids[comparison] > found[number][0]:
                found[number] = (ids[comparison], changed)
    return {number: changed for number, (_, changed) in found.items()}


def _contents_article(
    context: LawContext, version: Version, article: Article, headings: dict[int, str], changed: dict[str, bool]
) -> ContentsArticle:
    followed = context.followed(version, [article.number])
    return {
        "number": article.number,
        "heading": headings.get(article.pk, ""),
        "status": article.status,
        "provision": followed[0].key if followed else None,
        "changed": changed.get(article.number),
    }


def _tree(
    divisions: Sequence[Division], articles: Sequence[ContentsArticle], homes: Sequence[int | None]
) -> list[ContentsDivision]:
    own: dict[int | None, list[ContentsArticle]] = defaultdict(list)
    for article, home in zip(articles, homes, strict=True):
        own[home].append(article)
    rows: list[ContentsDivision] = []
    if own[None]:
        rows.append(_division(None, own[None], own[None]))
    for division in divisions:
        inside = [
            a
            for other in divisions
            if other.path == division.path or other.path.startswith(division.path + "/")
            for a in own[other.pk]
        ]
        rows.append(_division(division, own[division.pk], inside))
    return rows


def _division(division: Division | None, own: list[ContentsArticle], inside: list[ContentsArticle]) -> ContentsDivision:
    """A division of the tree; None for the articles that stand above every division."""
    return {
        "kind": division.kind if division else "",
        "number": _name_or_number(division) if division else "",
        "heading": division.heading if division else "",
        "depth": division.path.count("/") if division else 0,
        "eid": division.path.replace("/", "__") if division else "",
        "articles": own,
        "article_count": len(inside),
        "changed_count": sum(bool(a["changed"]) for a in inside),
        "followed_count": sum(a["provision"] is not None for a in inside),
    }


def articles(context: LawContext, version: Version, numbers: Iterable[str] | None = None) -> dict[str, ArticleDocument]:
    """Article documents by number: all of a version, or those asked for, in a constant number of queries."""
    every = list(version.articles.order_by("order").select_related("division"))
    wanted = {a.number for a in every} if numbers is None else set(numbers)
    chosen = [a for a in every if a.number in wanted]
    texts: dict[int, list[ArticleText]] = defaultdict(list)
    for text in ArticleText.objects.filter(article__in=chosen).order_by("language"):
        texts[text.article_id].append(text)
    trails = _trails(version)
    notes = Notes(context, [a.pk for a in chosen]).by_article
    counterparts = _counterparts(context, version, wanted)
    order = [a.number for a in every]
    followed = [n for n in order if context.provisions_at.get((version.pk, n))]
    documents: dict[str, ArticleDocument] = {}
    for article in chosen:
        held = sorted(texts[article.pk], key=lambda t: (t.language != version.language, t.language))
        if not held:
            continue
        place = order.index(article.number)
        documents[article.number] = {
            "kind": "article",
            "law": context.head,
            "version": context.version_heads[version.pk],
            "latest": context.version_heads[context.latest.pk]
            if context.latest and context.latest.pk != version.pk
            else None,
            "number": article.number,
            "heading": held[0].heading,
            "status": article.status,
            "trail": trails.get(article.division.path, []) if article.division else [],
            "texts": [_text_data(text) for text in held],
            "sanctions": _sanctions(article, held[0], public=context.public),
            "concerns": context.concerns_at(context.followed(version, [article.number]), version),
            "notes": notes[article.pk],
            "counterparts": counterparts.get(article.number, []),
            "previous_article": order[place - 1] if place else None,
            "next_article": order[place + 1] if place + 1 < len(order) else None,
            "previous_followed": next((n for n in reversed(order[:place]) if n in followed), None),
            "next_followed": next((n for n in order[place + 1 :] if n in followed), None),
            "last_article": order[-1],
        }
    return documents


def _text_data(text: ArticleText) -> ArticleTextData:
    return {
        "language": text.language,
        "heading": text.heading,
        "paragraphs": [
            {
                "eid": p["eid"],
                "marker": p["marker"],
                "level": p["level"],
                "part": p["part"],
                "role": p["role"],
                "text": p["text"],
            }
            for p in text.paragraphs
        ],
    }


def _sanctions(article: Article, text: ArticleText, *, public: bool) -> list[SanctionData]:
    """Penalties as written. An unsure reading is for members only."""
    text.article = article
    found = [
        facts.sanction_data(s) for s in sanctions.extract(trees.article(text), text.language) if s.sure or not public
    ]
    return found  # type: ignore[return-value]  # the shape is SanctionData's


def _trails(version: Version) -> dict[str, list[str]]:
    divisions = {d.path: d for d in version.divisions.all()}
    trails = {}
    for path in divisions:
        steps = path.split("/")
        above = [divisions.get("/".join(steps[: depth + 1])) for depth in range(len(steps))]
        trails[path] = [_title(division, version.language) for division in above if division is not None]
    return trails


# How each language prints a division's number; the parser keeps the number alone.
_PRINTED = {
    "ru": {"part": "{} ЧАСТЬ", "section": "Раздел {}.", "chapter": "Глава {}.", "paragraph": "Параграф {}."},
    "kk": {"part": "{} БӨЛІК", "section": "{}-бөлім.", "chapter": "{}-тарау.", "paragraph": "{}-параграф."},
    "fr": {"book": "Livre {}", "title": "Titre {}", "chapter": "Chapitre {}", "section": "Section {}"},
}


def _name_or_number(division: Division) -> str:
    """A part of a code has a name in place of a number, which stands alone: "ОСОБЕННАЯ ЧАСТЬ"."""
    if division.kind != "part" or not division.number.isalpha():
        return division.number
    return _PRINTED.get(division.version.language, {}).get("part", "{}").format(division.number)


def _title(division: Division, language: str) -> str:
    """The division's heading as printed: "Глава 4. ПРЕСТУПЛЕНИЯ …"."""
    form = _PRINTED.get(language, {}).get(division.kind, "{}")
    return " ".join(
        part for part in (form.format(division.number) if division.number else "", division.heading) if part
    )


def _counterparts(context: LawContext, version: Version, wanted: set[str]) -> dict[str, list[Counterpart]]:
    """Where each article stands in the texts that this one was compared with, older and newer."""
    found: dict[str, list[Counterpart]] = defaultdict(list)
    known = {v.pk: v for v in context.versions}
    for old_id, new_id in context.comparisons:
        if version.pk not in {old_id, new_id}:
            continue
        old, new = known[old_id], known[new_id]
        backward = version.pk == new_id
        for change, article in summaries(context, old, new):
            mine, theirs = (
                (change.new_articles, change.old_articles) if backward else (change.old_articles, change.new_articles)
            )
            for number in wanted.intersection(mine):
                found[number].append(
                    {
                        "version": (old if backward else new).slug,
                        "label": (old if backward else new).label,
                        "law": (old if backward else new).code.slug,
                        "numbers": theirs,
                        "kind": article["kind"],
                        "confirmed": change.confirmed,
                        "compare": [old.slug, new.slug],
                        "key": article["key"],
                    }
                )
    return found
