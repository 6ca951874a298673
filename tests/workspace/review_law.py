"""A small law of two texts with real words (articles 172 to 174 of the demo's code), members and concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from amendments.models import Annotation, Concern, ConcernTopic, Provision, Recommendation, ReviewNeed, Topic, Verdict
from amendments.services import importing, review, verdicts
from codes.models import Article, Code, Jurisdiction, Membership, Source, Stage, Version
from tests.factories import concern_in_public, someone
from tracker.accounts.models import User
from tracker.accounts.services import members
from tracker.common.writing import record
from tracker.publication.services.publishing import publish_laws

PASSWORD = "correct horse battery"
TEXTS = {"l2020-07": ("criminal-code-2014_ch4-5_ru_2020-07.txt", date(2020, 7, 11)),
         "l2025-09": ("criminal-code-2014_ch4-5_ru_after-2025-09.txt", date(2025, 9, 15))}  # fmt: skip
CONCERNS = {"mercenary-war": "172", "attack": "173", "discord": "174"}


@dataclass
class SmallLaw:
    law: Code
    old: Version
    new: Version
    people: dict[str, User]

    def draft(self, concern: str, value: str, *, by: str = "analyst", base: str = "recommendation", at: str = "new",
              reason: str = "the same words") -> Verdict:  # fmt: skip
        row = Verdict(concern=Concern.objects.get(slug=concern), version=getattr(self, at), base=base, value=value)
        row.reason = reason
        verdicts.rest_on_text(row)
        return verdicts.write(row, by=self.people[by], reason="test")

    def in_review(self, concern: str, value: str, **given: Any) -> Verdict:
        row = self.draft(concern, value, **given)
        return review.submit(row, by=row.written_by, revision=row.revision)

    def published(self, concern: str, value: str, **given: Any) -> Verdict:
        row = self.in_review(concern, value, **given)
        return review.publish(row, by=self.people["reviewer"], revision=row.revision, seen=review.fingerprint(row))

    def note(self, version: Version, words: str, **given: Any) -> Annotation:
        """A note on words of article 174; `given` overrides fields, `end` reaches further than the words."""
        article = Article.objects.get(version=version, number="174")
        paragraph = next(p for p in article.texts.get().paragraphs if words in p["text"] and p["role"] != "footnote")
        start = paragraph["text"].index(words)
        by = self.people["analyst"]
        fields = {
            "law": self.law, "article": article, "language": "ru", "quote": words, "first_eid": paragraph["eid"],
            "last_eid": paragraph["eid"], "start": start, "end": start + len(words), "status": "draft",
            "public_text": "The term is open to any reading.", "written_by": by, "last_edited_by": by,
            "provision": Provision.objects.get(slug="discord"), **given,
        }  # fmt: skip
        with transaction.atomic():
            return record(Annotation(**fields), by=by, reason="test")

    def need(self, before: Verdict, *, identical: bool = True) -> ReviewNeed:
        row = ReviewNeed(concern=before.concern, version=self.new, base=before.base, cause="new_version",
                         verdict=before, identical=identical)  # fmt: skip
        with transaction.atomic():
            return record(row, by=someone(), reason="test")


@transaction.atomic
def build(folder: Path) -> SmallLaw:
    """Import both texts, make the members, publish the first state."""
    by = someone()
    place = record(
        Jurisdiction(slug="kz", names={"en": "Kazakhstan"}, languages=["ru"], drafting="kz"), by=by, reason="test"
    )
    law = record(Code(slug="small-code", jurisdiction=place, names={"en": "Small code"}), by=by, reason="test")
    stage = record(Stage(jurisdiction=place, slug="in-force", order=1, names={"en": "In force"}), by=by, reason="test")
    source = record(Source(slug="corpus", title="Official text", publisher="State"), by=by, reason="test")
    people = {handle: _member(handle, law, by) for handle in ("analyst", "reviewer", "reviewer-2")}
    texts = [_text(law, stage, source, slug, folder=folder, by=by) for slug in TEXTS]
    topic = record(Topic(slug="vague-wording", names={"en": "Vague wording"}, gist="open", order=1), by=by, reason="t")
    for order, (slug, number) in enumerate(CONCERNS.items()):
        concern = _concern(law, texts[0], topic, source, slug, number, order, by)
        concern_in_public(concern, written_by=people["analyst"], published_by=people["reviewer"])
    publish_laws([law], by=people["reviewer"])
    return SmallLaw(law, texts[0], texts[1], people)


def _member(handle: str, law: Code, by: User) -> User:
    user = members.create(handle=handle, password=PASSWORD, by=by, reason="test")
    record(Membership(user=user, law=law, role=handle.partition("-")[0]), by=by, reason="test")
    return user


def _text(law: Code, stage: Stage, source: Source, slug: str, *, folder: Path, by: User) -> Version:
    name, day = TEXTS[slug]
    lines = (settings.BASE_DIR / "demo/texts/kazakhstan" / name).read_text(encoding="utf-8").splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("Статья 172"))
    last = next(at for at, line in enumerate(lines) if line.startswith("Глава 5"))
    path = folder / f"{slug}.txt"
    path.write_text("\n".join(lines[first:last]), encoding="utf-8")
    version = importing.import_text(
        law=law, slug=slug, stage=stage, day=day, language="ru", paths=[path], source=source, by=by,
        label={"en": f"In force, {day.year}"},
    ).version  # fmt: skip
    version.public = True
    return record(version, by=by, reason="test")


def _concern(  # noqa: PLR0917  # a row needs all of them
    law: Code, text: Version, topic: Topic, source: Source, slug: str, number: str, order: int, by: User
) -> Concern:
    names = {"en": slug.replace("-", " ").capitalize()}
    provision = record(
        Provision(law=law, public_id=f"s{order}", slug=slug, names=names, anchor_version=text, anchor_number=number),
        by=by, reason="test",
    )  # fmt: skip
    concern = record(
        Concern(provision=provision, slug=slug, names=names, source=source, verified=True, order=order,
                quoted=["социальной"] if number == "174" else []),
        by=by, reason="test",
    )  # fmt: skip
    record(Recommendation(concern=concern, ask="narrow", asked={"en": "Say what is meant."}), by=by, reason="test")
    record(ConcernTopic(concern=concern, topic=topic, order=0), by=by, reason="test")
    return concern
