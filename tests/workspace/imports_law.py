"""A small followed law with real words: current law of 1997, and what an import of the new code needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from amendments.models import Annotation, Concern, Provision, Recommendation, ReviewStatus, Verdict
from amendments.services import importing, staging, wizard
from codes.models import ArticleText, Code, Import, Jurisdiction, Membership, Source, Stage, Version
from tests.factories import concern_in_public, someone
from tracker.accounts.models import User
from tracker.accounts.services import members
from tracker.common.writing import record
from tracker.jobs import services as jobs
from tracker.jobs.models import Job

TEXTS = Path(settings.BASE_DIR) / "demo/texts/kazakhstan"
OLD = TEXTS / "criminal-code-1997_last-edition_ch1-5-14_ru.txt"  # 83 articles
NEW = TEXTS / "criminal-code-2014_2015-11_ch1-5-16_ru.txt"  # 93 articles, a warning, 9 uncertain links
SMALL_OLD = TEXTS / "criminal-code-1997_ch14-excerpt-b_ru_after-2011-01.txt"  # 6 articles
SMALL_NEW = TEXTS / "criminal-code-2014_ch16-excerpt-b_ru_2020-05.txt"  # 7 articles, none uncertain
PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Followed:
    """The law, its first text, and its members by role."""

    law: Code
    stage: Stage
    source: Source
    old: Version
    analyst: User
    second: User
    reviewer: User
    reader: User


@transaction.atomic
def followed(text: Path = SMALL_OLD) -> Followed:
    """The law with one text, and members who may and who may not import."""
    by, why = someone(), "made for a test"
    names = {"en": "Kazakhstan"}
    home = record(Jurisdiction(slug="kz", names=names, languages=["kk", "ru"], drafting="kz"), by=by, reason=why)
    stage = record(Stage(jurisdiction=home, slug="tabled", order=1, names={"en": "Tabled"}), by=by, reason=why)
    source = record(Source(slug="gazette", title="Gazette", publisher="Gazette"), by=by, reason=why)
    law = record(Code(slug="code", jurisdiction=home, names={"en": "Criminal Code"}), by=by, reason=why)
    people = {}
    for handle, role in (("ana", "analyst"), ("bo", "analyst"), ("rev", "reviewer"), ("lena", "reader")):
        people[handle] = members.create(handle=handle, password=PASSWORD, by=by, reason=why)
        record(Membership(user=people[handle], law=law, role=role), by=by, reason=why)
    old = importing.import_text(
        law=law, slug="first", stage=stage, day=date(2013, 1, 1), language="ru", paths=[text], source=source, by=by
    ).version
    return Followed(law, stage, source, old, people["ana"], people["bo"], people["rev"], people["lena"])


@transaction.atomic
def judged(case: Followed, number: str, *, version: Version | None = None, base: str = "recommendation") -> Verdict:
    """A published finding about an article of a text; each call follows one more provision."""
    by, why = someone(), "made for a test"
    at = version or case.old
    provision = Provision.objects.filter(law=case.law, anchor_number=number).first() or record(
        Provision(
            law=case.law,
            public_id=f"t{number.replace('-', '')}"[:8],
            slug=f"p{number}",
            names={"en": number},
            anchor_version=case.old,
            anchor_number=number,
        ),
        by=by,
        reason=why,
    )
    concern = Concern.objects.filter(provision=provision).first() or record(
        Concern(
            provision=provision, slug=f"c{number}", names={"en": number}, source=case.source, verified=True, order=1
        ),
        by=by,
        reason=why,
    )
    if not Recommendation.objects.filter(concern=concern).exists():
        record(Recommendation(concern=concern, ask="repeal", asked={"en": "Repeal it."}), by=by, reason=why)
        concern_in_public(concern, written_by=case.analyst, published_by=case.reviewer)
    return record(
        Verdict(
            concern=concern, version=at, base=base, value="unchanged", basis="text", source=case.source, verified=True,
            status=ReviewStatus.PUBLISHED, written_by=case.analyst, last_edited_by=case.analyst,
            published_by=case.reviewer,
        ),
        by=by,
        reason=why,
    )  # fmt: skip


@transaction.atomic
def noted(case: Followed, number: str, quote: str, *, status: str = ReviewStatus.PUBLISHED) -> Annotation:
    """A note on words of an article of the first text."""
    text = ArticleText.objects.get(article__version=case.old, article__number=number, language="ru")
    paragraph = next(one for one in text.paragraphs if quote in one["text"])
    start = paragraph["text"].index(quote)
    return record(
        Annotation(
            law=case.law, article=text.article, language="ru", quote=quote, first_eid=paragraph["eid"],
            last_eid=paragraph["eid"], start=start, end=start + len(quote), public_text="Too vague.", status=status,
            written_by=case.analyst, last_edited_by=case.analyst,
            published_by=case.reviewer if status == ReviewStatus.PUBLISHED else None,
        ),
        by=someone(),
        reason="made for a test",
    )  # fmt: skip


def wanted(case: Followed, **changed: object) -> wizard.Wanted:
    usual = {
        "stage": case.stage, "day": date(2014, 5, 21), "language": "ru", "official": True, "held": "whole",
        "slug": "second", "label": "Second reading", "source_title": "A deputy",
    }  # fmt: skip
    return wizard.Wanted(**{**usual, **changed})  # type: ignore[arg-type]  # each test names what it changes


def begin(case: Followed, path: Path = SMALL_NEW, *, by: User | None = None, **changed: object) -> Import:
    return wizard.start(
        law=case.law, data=path.read_bytes(), name=path.name, wanted=wanted(case, **changed), by=by or case.analyst,
        request_id=uuid4(),
    )  # fmt: skip


def work(run: Import) -> Import:
    """Do what is queued for an import, as a worker would."""
    run.refresh_from_db()
    assert run.job_id is not None
    lease = jobs.take(run.job_id)
    assert lease is not None
    kind = Job.objects.get(pk=run.job_id).kind
    try:
        {staging.READ: staging.read, staging.MATCH: staging.match, staging.ADD: staging.add}[kind](lease)
    except jobs.JobFailed as failure:
        jobs.fail(lease, str(failure))
    return Import.objects.get(pk=run.pk)


def imported(case: Followed, path: Path = SMALL_NEW, **changed: Any) -> Import:
    """The whole way without answers."""
    run = work(begin(case, path, **changed))
    return work(wizard.add(run=run, by=case.analyst))
