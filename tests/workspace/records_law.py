"""A small law of real articles with its people, one provision, one concern, a published verdict and a note."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from amendments.models import (
    Annotation,
    AnnotationStandard,
    AnnotationTopic,
    Concern,
    ConcernTopic,
    Provision,
    Recommendation,
    Standard,
    Topic,
    Verdict,
)
from amendments.services import review, verdicts
from codes.models import Article, ArticleText, Code, Jurisdiction, Membership, Source, Stage, Version
from codes.services import texts
from tests.factories import someone
from tracker.accounts.models import User
from tracker.accounts.services import members
from tracker.common.writing import record

PASSWORD = "correct horse battery"
WHY = "made for a test"
TEXT = "criminal-code-2014_ch1-excerpt_ru_before-2020-06.txt"  # articles 123, 130 and 131


@dataclass
class Law:
    """What the tests speak of."""

    law: Code
    version: Version
    article: Article
    provision: Provision
    concern: Concern
    topics: list[Topic]
    standard: Standard
    source: Source
    people: dict[str, User] = field(default_factory=dict)

    def client_of(self, client: Any, role: str) -> Any:
        client.force_login(self.people[role])
        return client

    def judge(self, value: str, *, reason: str = "", publish: bool = True, base: str = "recommendation") -> Verdict:
        """A verdict by the analyst, published by the reviewer, through the services."""
        cell = Verdict(
            concern=self.concern, version=self.version, base=base, value=value, reason=reason, basis="text",
            source=self.source, verified=True,
        )  # fmt: skip
        with transaction.atomic():
            verdicts.write(cell, by=self.people["analyst"], reason="judged")
            return self.publish(cell) if publish else cell

    def publish(self, row: Any) -> Any:
        sent = review.submit(row, by=self.people["analyst"], revision=row.revision)
        seen = review.fingerprint(sent)
        return review.publish(sent, by=self.people["reviewer"], revision=sent.revision, seen=seen)

    def note(self, text: str, *, publish: bool = False) -> Annotation:
        """A note on the first words of the article, by the analyst, with one topic and one standard."""
        analyst = self.people["analyst"]
        paragraph = ArticleText.objects.get(article=self.article).paragraphs[0]
        with transaction.atomic():
            note = record(
                Annotation(
                    law=self.law, article=self.article, language="ru", provision=self.provision, concern=self.concern,
                    quote=paragraph["text"][:20], first_eid=paragraph["eid"], last_eid=paragraph["eid"], start=0,
                    end=20, public_text=text, written_by=analyst, last_edited_by=analyst,
                ),
                by=analyst,
                reason="note written",
            )  # fmt: skip
            record(AnnotationTopic(annotation=note, topic=self.topics[0]), by=analyst, reason="note written")
            record(AnnotationStandard(annotation=note, standard=self.standard), by=analyst, reason="note written")
            return self.publish(note) if publish else note

    def edit_note(self, note: Annotation, text: str, *, topic: Topic | None = None) -> Annotation:
        """Another revision of a draft, as the service of notes will write it."""
        analyst = self.people["analyst"]
        with transaction.atomic():
            fresh = review.locked(note, revision=note.revision)
            fresh.public_text = text
            review.save_revision(fresh, by=analyst, reason="note changed")
            if topic is not None:
                record(AnnotationTopic(annotation=fresh, topic=topic), by=analyst, reason="note changed")
        return fresh


@transaction.atomic
def build(folder: Path) -> Law:
    by = someone()
    source = record(Source(slug="gazette", title="Gazette", publisher="State press"), by=by, reason=WHY)
    land = record(
        Jurisdiction(slug="kz", names={"en": "Kazakhstan"}, languages=["ru", "kk"], drafting="russian"),
        by=by, reason=WHY,
    )  # fmt: skip
    stage = record(Stage(jurisdiction=land, slug="reading", order=1, names={"en": "Reading"}), by=by, reason=WHY)
    law = record(Code(slug="small-code", jurisdiction=land, names={"en": "Small code"}), by=by, reason=WHY)
    other = record(Code(slug="other-code", jurisdiction=land, names={"en": "Other code"}), by=by, reason=WHY)
    version = record(
        Version(
            code=law, slug="first", stage=stage, label={"en": "First text"}, date=date(2014, 5, 21), language="ru",
            source=source,
        ),
        by=by,
        reason="text first imported",
    )  # fmt: skip
    texts.add_text(version=version, paths=[folder / "texts" / "kazakhstan" / TEXT], by=by)
    article = Article.objects.get(version=version, number="130")
    provision = record(
        Provision(law=law, public_id="lb01", slug="libel", names={"en": "Libel"}, anchor_version=version,
                  anchor_number="130"),
        by=by, reason=WHY,
    )  # fmt: skip
    concern = record(
        Concern(provision=provision, slug="libel", names={"en": "Libel is a crime"}, source=source, verified=True,
                order=1, note="Prison for words."),
        by=by, reason=WHY,
    )  # fmt: skip
    record(Recommendation(concern=concern, ask="repeal", asked={"en": "Repeal it."}), by=by, reason=WHY)
    topics = [
        record(Topic(slug=slug, names={"en": slug.title()}, gist=slug, order=order), by=by, reason=WHY)
        for order, slug in enumerate(("speech", "privacy"))
    ]
    record(ConcernTopic(concern=concern, topic=topics[0], order=0), by=by, reason=WHY)
    standard = record(
        Standard(slug="iccpr-19", cite="ICCPR art. 19", gist="Speech", verified=True, order=1), by=by, reason=WHY
    )
    made = Law(law, version, article, provision, concern, topics, standard, source)
    for role in ("reader", "analyst", "reviewer", "advocate"):
        made.people[role] = members.create(handle=role, password=PASSWORD, by=by, reason=WHY)
        record(Membership(user=made.people[role], law=law, role=role), by=by, reason=WHY)
    made.people["neighbour"] = members.create(handle="neighbour", password=PASSWORD, by=by, reason=WHY)
    record(Membership(user=made.people["neighbour"], law=other, role="reviewer"), by=by, reason=WHY)
    made.people["outsider"] = members.create(handle="outsider", password=PASSWORD, by=by, reason=WHY)
    made.people["administrator"] = members.create(
        handle="administrator", password=PASSWORD, by=by, reason=WHY, is_administrator=True
    )
    return made
