"""What a reviewer sees of a thing: the words or facts it stands on, and each field before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from amendments.models import OPEN, Annotation, Reviewable, ReviewStatus, Verdict
from amendments.services.lineage import Lineages
from codes.models import Article, ArticleText, Version
from tracker.publication.collectors.context import LawContext
from tracker.publication.pages import words as pages_words
from tracker.workspace.review import words
from tracker.workspace.review.facts import CellView, cell_view

Marked = list[tuple[str, str]]  # (operation, words)


@dataclass(frozen=True, slots=True)
class Field:
    """A field before and after. `marks` tile the new text with the words that went; empty when it is not text."""

    name: str
    before: list[str]
    after: list[str]
    marks: Marked = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Paragraph:
    part: str
    pieces: list[tuple[bool, str]]  # (quoted, words)


@dataclass(frozen=True, slots=True)
class Shown:
    title: str
    version: Version
    base: str  # in words; "" for a note
    old_value: str
    new_value: str
    fields: list[Field]
    view: CellView | None = None
    language: str = ""
    article: Article | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    beside: list[Verdict] = field(default_factory=list)
    thread: str = ""  # the fragment of the note's thread on the article's page


def shown(row: Reviewable) -> Shown:
    if isinstance(row, Verdict):
        return _verdict(row)
    assert isinstance(row, Annotation)
    return _note(row)


def _verdict(row: Verdict) -> Shown:
    law = row.concern.provision.law
    context = LawContext(law, public=False)
    lines = Lineages.of(law, versions=context.versions)
    before = row.replaces if isinstance(row.replaces, Verdict) else None
    old = before.reason if before is not None else ""
    return Shown(
        title=pages_words.say(row.concern.names),
        version=row.version,
        base=str(words.BASES[row.base]),
        old_value=before.value if before is not None else "not_assessed",
        new_value=row.value,
        fields=[
            Field(gettext("Reason"), _texts(old), _texts(row.reason), words.marked(old, row.reason)),
            Field(gettext("What became of it"), _lifecycle(before), _lifecycle(row)),
        ],
        view=cell_view(context, row.concern, row.version, lines, [row.base]),
        beside=_beside(row.concern_id, row.version_id, besides=row.base),
    )


def _note(row: Annotation) -> Shown:
    before = row.replaces if isinstance(row.replaces, Annotation) else None
    old = before.public_text if before is not None else ""
    text = ArticleText.objects.filter(article=row.article, language=row.language).first()
    return Shown(
        title=pages_words.say(row.provision.names) if row.provision is not None else _article_name(row),
        version=row.article.version,
        base="",
        old_value="",
        new_value="",
        fields=[
            Field(gettext("Public note"), _texts(old), _texts(row.public_text), words.marked(old, row.public_text)),
            Field(gettext("Topics"), _topics(before), _topics(row)),
            Field(gettext("International standards"), _standards(before), _standards(row)),
        ],
        language=row.language,
        article=row.article,
        paragraphs=paragraphs(row, text.paragraphs if text is not None else []),
        beside=_beside(row.concern_id, row.article.version_id) if row.concern_id else [],
        thread=f"t{row.pk}",
    )


def paragraphs(note: Annotation, data: Iterable[dict[str, str]]) -> list[Paragraph]:
    """The law's words of the article with the note's passage marked."""
    found, inside = [], False
    for each in data:
        if each["role"] == "footnote":
            continue
        starts, ends = each["eid"] == note.first_eid, each["eid"] == note.last_eid
        begin = note.start if starts else 0
        end = note.end if ends else len(each["text"])
        inside = inside or starts
        text = each["text"]
        pieces = [(False, text[:begin]), (True, text[begin:end]), (False, text[end:])] if inside else [(False, text)]
        found.append(Paragraph(pages_words.part(each["part"]), [(mark, said) for mark, said in pieces if said]))
        inside = inside and not ends
    return found


def _beside(concern: int, version: int, besides: str = "") -> list[Verdict]:
    """The verdicts of the same concern in the same text against the other bases."""
    rows = Verdict.objects.filter(concern=concern, version=version, status__in=[*OPEN, ReviewStatus.PUBLISHED])
    return list(rows.exclude(base=besides).order_by("base", "id"))


def _article_name(row: Annotation) -> str:
    return gettext("Article %(number)s") % {"number": pages_words.printed(row.article.number)}


def _texts(text: str) -> list[str]:
    return [text] if text else []


def _lifecycle(row: Verdict | None) -> list[str]:
    return [str(pages_words.LIFECYCLES[row.lifecycle])] if row is not None and row.lifecycle else []


def _topics(row: Annotation | None) -> list[str]:
    links: Any = row.topic_links.select_related("topic").order_by("topic__order") if row is not None else []
    return [pages_words.say(link.topic.names) for link in links]


def _standards(row: Annotation | None) -> list[str]:
    links: Any = row.standard_links.select_related("standard").order_by("standard__cite") if row is not None else []
    return [link.standard.cite for link in links]
