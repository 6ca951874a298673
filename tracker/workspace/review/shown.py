"""What a reviewer sees of a thing: the words or facts it stands on, and each field before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from amendments.models import OPEN, Annotation, ConcernEdition, Reviewable, ReviewStatus, Standard, Topic, Verdict
from amendments.services.lineage import Lineages
from codes.models import Article, ArticleText, Version
from tracker.publication.collectors.context import LawContext
from tracker.publication.pages import words as pages_words
from tracker.workspace.records.field_words import VALUES
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
    version: Version | None  # None: the concern is raised in every text
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
    if isinstance(row, ConcernEdition):
        return _concern(row)
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


def _concern(row: ConcernEdition) -> Shown:
    """What is said of the provision and asked, beside the article that it was first found in."""
    before = row.replaces if isinstance(row.replaces, ConcernEdition) else None
    provision = row.concern.provision
    article, language, printed = None, "", []
    if provision.anchor_version is not None:
        language = provision.anchor_version.language
        texts = ArticleText.objects.filter(
            article__version=provision.anchor_version, article__number=provision.anchor_number, language=language
        )
        text = texts.select_related("article").first()
        article = text.article if text is not None else None
        printed = [p for p in text.paragraphs if p["role"] != "footnote"] if text is not None else []
    return Shown(
        title=pages_words.say(row.names),
        version=provision.anchor_version,
        base="",
        old_value="",
        new_value="",
        fields=[*_said(before, row), *_lists(before, row)],
        language=language,
        article=article,
        paragraphs=[Paragraph(pages_words.part(p["part"]), _quoting(p["text"], row.quoted)) for p in printed],
    )


def _said(before: ConcernEdition | None, row: ConcernEdition) -> list[Field]:
    """Names, what is asked and the remark, one field for each language."""
    found = []
    for name, attribute in (
        (gettext("Provision"), "provision_names"),
        (gettext("Concern"), "names"),
        (gettext("We ask"), "asked"),
    ):
        new: dict[str, str] = getattr(row, attribute)
        old: dict[str, str] = getattr(before, attribute) if before is not None else {}
        for language in [*new, *(each for each in old if each not in new)]:
            was, now = old.get(language, ""), new.get(language, "")
            found.append(Field(f"{name} ({language})", _texts(was), _texts(now), words.marked(was, now)))
    was = before.note if before is not None else ""
    return [*found, Field(gettext("Remark"), _texts(was), _texts(row.note), words.marked(was, row.note))]


def _lists(before: ConcernEdition | None, row: ConcernEdition) -> list[Field]:
    topics = {topic.slug: pages_words.say(topic.names) for topic in Topic.objects.all()}
    cites = {standard.slug: standard.cite for standard in Standard.objects.all()}

    def listed(edition: ConcernEdition | None, name: str, known: dict[str, str]) -> list[str]:
        return [known.get(each, each) for each in getattr(edition, name)] if edition is not None else []

    return [
        Field(gettext("Kind of recommendation"), _asks(before), _asks(row)),
        Field(gettext("Words we object to"), listed(before, "quoted", {}), listed(row, "quoted", {})),
        Field(gettext("Topics"), listed(before, "topics", topics), listed(row, "topics", topics)),
        Field(gettext("International standards"), listed(before, "standards", cites), listed(row, "standards", cites)),
    ]


def _asks(edition: ConcernEdition | None) -> list[str]:
    return [str(VALUES["ask"][edition.ask])] if edition is not None else []


def _quoting(text: str, quoted: list[str]) -> list[tuple[bool, str]]:
    """The paragraph in pieces, with the words objected to marked."""
    if not quoted:
        return [(False, text)]
    pieces = re.split("(" + "|".join(re.escape(each) for each in quoted if each) + ")", text)
    return [(piece in quoted, piece) for piece in pieces if piece]


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
