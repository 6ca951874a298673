"""A published law, and beside it a row of every model that is not published, full of canaries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models.fields import NOT_PROVIDED
from django.utils import timezone

from amendments.models import (
    OPEN,
    Addressee,
    Annotation,
    Base,
    Comparison,
    Concern,
    ConcernEdition,
    Organisation,
    Provision,
    Reviewable,
    ReviewStatus,
    Verdict,
)
from amendments.services import review, verdicts
from codes.models import Article, ArticleText, Code, Import, Source, Stage, Version
from codes.services import texts
from tests.factories import _value, concern_in_public, someone
from tests.security.canaries import PUBLIC, Canaries, text_fields
from tests.workspace import notes_site
from tests.workspace.team import join, person, small_law
from tracker.accounts.models import PersonalKey, User
from tracker.accounts.services import personal
from tracker.common.sealed import SealedField
from tracker.common.tables import Erasable, PublicDerived, Published
from tracker.common.writing import record
from tracker.guards import history_of, is_history, project_models
from tracker.jobs import services as jobs
from tracker.jobs.models import Job, State
from tracker.publication.reports.content import Options
from tracker.publication.reports.models import Report
from tracker.publication.reports.services import files, publishing, saving
from tracker.publication.services.publishing import publish_laws

QUOTE = "Умышленные действия"
# Digests that a constraint of the database wants as such: they are their own canaries.
DIGESTS = {"codes.SourceDocument.sha256", "codes.ArticleText.sha256", "accounts.PersonalKey.wrapped"}
# How a canary is laid into JSON that the code reads; elsewhere it is {"en": canary}.
SHAPES: dict[str, Any] = {
    "codes.ArticleText.paragraphs": lambda c: [
        {"marker": "", "eid": "para_1", "text": c, "level": 0, "part": "", "role": "text"}
    ],
    "codes.Version.coverage": lambda c: {"whole_chapters": [c], "excerpts": []},
    "codes.Import.findings": lambda c: {"problems": [{"said": c}]},
    "codes.StagedLinks.links": lambda c: [{"reason": c}],
    "codes.ImportAnswer.old_numbers": lambda c: [c],
    "codes.ImportAnswer.new_numbers": lambda c: [c],
    "amendments.Verdict.contradicts": lambda c: [c],
    "publication.Report.formats": lambda c: [c],
    "publication.Report.headline": lambda c: [c],
    "publication.Report.failures": lambda c: [{"sentence": c, "path": c}],
    "publication.Report.options": lambda c: {"cover": c, "text": c, "topics": [c], "base": "recommendation"},
    "amendments.Change.old_articles": lambda c: [c],
    "amendments.Change.new_articles": lambda c: [c],
    "amendments.Change.heading": lambda c: [["same", c]],
    "amendments.Change.rows": lambda c: [{"text": c}],
    "amendments.Change.penalties": lambda c: [{"text": c}],
    "amendments.Change.outcomes": lambda c: [c],
}
PLAIN: dict[str, Any] = {
    "language": "ru",
    "languages": ["ru"],
    "drafting": "kz",
    "kind": "changed",
    "names": {"en": "Plain"},
}
UNPUBLISHED = [status for status in ReviewStatus if status != ReviewStatus.PUBLISHED]


@dataclass
class World:
    """`people` by role, with "administrator" and "outsider", a reviewer of another law."""

    law: notes_site.Law
    people: dict[str, User]
    canaries: Canaries
    rows: dict[type[models.Model], Any] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    planted: dict[type[models.Model], Any] = field(default_factory=dict)
    hidden_source: Any = None
    addressee: Any = None

    def publish(self) -> None:
        publish_laws(Code.objects.filter(versions__public=True).distinct(), by=self.people["reviewer"])


def build() -> World:
    """What `published` makes, then everything that is not public, and another release."""
    world = published()
    plant(world)
    world.publish()
    return world


def published() -> World:
    """Published: three texts, a verdict, a note, and a note that was withdrawn again."""
    law = notes_site.law()
    people = {role: law.people[role] for role in ("reader", "analyst", "reviewer")}
    people["advocate"] = law.people["adviser"]
    people |= {"administrator": person("the-administrator", administrator=True), "outsider": person("the-outsider")}
    join(people["outsider"], small_law("other-law"), "reviewer")
    world = World(law, people, Canaries())
    with transaction.atomic():
        for version in Version.objects.all():
            version.public = True
            record(version, by=people["reviewer"], reason="its text is published")
        concern_in_public(law.concern, written_by=people["analyst"], published_by=people["reviewer"])
    _publish_some(world)
    return world


def _publish_some(world: World) -> None:
    analyst, reviewer = world.people["analyst"], world.people["reviewer"]
    verdict = Verdict(concern=world.law.concern, version=world.law.version, base=Base.RECOMMENDATION, value="unchanged")
    verdict.reason = "The words that we object to still stand."
    verdicts.rest_on_text(verdict)
    verdicts.write(verdict, by=analyst, reason="judged")
    notes = [world.law.note(QUOTE, "A published note.", concern=world.law.concern), world.law.note(QUOTE, "Gone.")]
    for row in (verdict, *notes):
        sent: Any = review.submit(row, by=analyst, revision=row.revision)
        done = review.publish(sent, by=reviewer, revision=sent.revision, seen=review.fingerprint(sent))
    world.publish()
    review.withdraw(done, by=reviewer, why="it was wrong", revision=done.revision)
    report = publishing.publish_report(report=made_report(world), by=reviewer)
    world.publish()
    world.ids = {
        "published": notes[0].public_id, "taken back": notes[1].public_id, "report": report.slug or "",
    }  # fmt: skip


def made_report(world: World, **asked: Any) -> Report:
    """A report of the analyst's, made as the worker makes it."""
    report = saving.request_report(
        law=world.law.code, options=Options("brief", "ru"), formats=["csv", "docx"], by=world.people["analyst"],
        request_id=uuid4(), **{"internal": False, **asked},
    )  # fmt: skip
    assert report.job is not None
    lease = jobs.take(report.job.pk)
    assert lease is not None
    files.make(lease)
    return Report.objects.get(pk=report.pk)


@transaction.atomic
def plant(world: World) -> None:
    """One row of each model, those first on which others stand; of what goes to review, one in each state."""
    law = world.law
    comparison = Comparison.objects.get(new=law.version, old__slug="first")
    first: list[type[models.Model]] = [User, PersonalKey, Stage, Job, Version, Article, ArticleText, Import]
    world.hidden_source = _planted(world, Source)
    world.addressee = _value(Addressee, Addressee._meta.get_field("organisation"))
    world.rows = {
        Source: law.version.source,
        Code: law.code,
        Concern: law.concern,
        Comparison: comparison,
        Provision: law.concern.provision,
    }
    record_tables = {m for m in project_models() if issubclass(m, Published | Erasable | PublicDerived)}
    skipped = {*first, Source, *record_tables}
    later = [m for m in project_models() if not is_history(m) and m not in skipped]
    for model in [*first, *later]:
        if not issubclass(model, Reviewable):
            row = _planted(world, model)
            world.rows.setdefault(model, row)
            world.planted[model] = row
    cells = iter(product([*Version.objects.filter(code=law.code)], Base.values))
    for number, status in enumerate(UNPUBLISHED):
        version, base = next(each for each in cells if not _judged(law, *each))
        _planted(world, Verdict, number, status=status, version=version, base=base)
        note = _planted(world, Annotation, number, status=status)
        world.ids[status.value] = note.public_id
        _planted(world, ConcernEdition, number, status=status, concern=_concern(world, status, number))
    upload = f"{world.canaries.new('bytes of an upload')} as a text".encode()
    texts.keep_bytes(hashlib.sha256(upload).hexdigest(), upload)


def _concern(world: World, status: ReviewStatus, number: int) -> Concern:
    """A concern that has no open edition yet: the public one for those that are not open, else one of its own."""
    if status not in OPEN:
        return world.law.concern
    concern: Concern = _planted(world, Concern, number + 1)
    return concern


def _judged(law: notes_site.Law, version: Version, base: str) -> bool:
    return Verdict.objects.filter(concern=law.concern, version=version, base=base).exists()


def _planted(world: World, model: type[models.Model], number: int = 0, **given: Any) -> Any:
    if model is PersonalKey:  # it must open what is sealed with it, so what is stored is its own canary
        key = personal.new_key()
        world.canaries.add_exact(key.wrapped, "accounts.PersonalKey.wrapped")
        return key
    values: dict[str, Any] = {}
    worded = {each.name for each in text_fields(model)}
    for each in model._meta.concrete_fields:
        if (
            each.name in given
            or each.generated
            or each.db_default is not NOT_PROVIDED
            or (each.primary_key and not isinstance(each, models.UUIDField | models.CharField))
        ):
            continue
        label = f"{model._meta.label}.{each.name}"
        if each.name in worded and label not in PUBLIC:
            values[each.name] = _with_canary(world, label, each, number)
        elif isinstance(each, models.ForeignKey):
            values |= _related(world, each)
        elif each.name in PLAIN and each.name in worded:
            values[each.name] = PLAIN[each.name]
        elif not (each.null or each.has_default() or getattr(each, "auto_now_add", False)):
            values[each.name] = _value(model, each)
    row = model(**{**values, **_of_model(world, model), **given})
    if history_of(model) is None:
        row.save()
        return row
    return record(row, by=someone(), reason=f"because of {world.canaries.new(f'{model._meta.label} reason', number)}")


def _with_canary(world: World, label: str, each: models.Field[Any, Any], number: int) -> Any:
    if label in DIGESTS:
        value = hashlib.sha256(label.encode()).hexdigest()
        world.canaries.add_exact(value, label)
        return value
    word = world.canaries.new(label, number)
    if isinstance(each, SealedField):
        return personal.seal(word, key=world.rows[PersonalKey])
    if isinstance(each, models.BinaryField):
        return word.encode()
    if isinstance(each, models.JSONField):
        return SHAPES.get(label, lambda c: {"en": c})(word)
    return f"https://example.org/{word}" if isinstance(each, models.URLField) else word


def _related(world: World, each: models.ForeignKey[Any, Any]) -> dict[str, Any]:
    """A planted row where there is one; columns that may be empty point only to what the planting needs."""
    target: Any = each.related_model
    if target in world.rows and target is not each.model:
        return {each.name: world.rows[target]}
    return {} if each.null else {each.name: _value(each.model, each)}


def _of_model(world: World, model: type[models.Model]) -> dict[str, Any]:
    """What constraints want, and what makes a row one that is not public."""
    law, rows = world.law, world.rows
    day = date(2024, 1, 1)
    special: dict[str, dict[str, Any]] = {
        "Version": {"code": law.code, "public": False, "obtained": True, "date": day, "source": world.hidden_source},
        "Organisation": {"source": world.hidden_source},
        "Engagement": {"source": world.hidden_source, "addressee": rows.get(Organisation)},
        "Addressee": {"organisation": world.addressee},
        "Job": {"kind": "release", "state": State.FAILED, "requested_by": world.people["analyst"]},
        "Comment": {"verdict": None, "annotation": Annotation.objects.get(public_id=world.ids["published"])},
        "Correspondence": {"old_version": Version.objects.get(code=law.code, slug="first"), "new_version": law.version,
                           "old_article": None, "new_article": law.text.article, "status": "suggested"},
        "Comparison": {"old": law.version, "new": rows.get(Version)},
        "Change": {"comparison": rows.get(Comparison), "confirmed": False, "order": 29_999},
        "Verdict": {"concern": law.concern, "value": "fixed", "source": world.hidden_source, **_people(world)},
        "Annotation": {"law": law.code, "article": law.text.article, "language": "ru", "concern": None,
                       "provision": None, "start": 0, "end": 3, **_people(world)},
        "Import": {"state": "cancelled", "version": None},
        "ImportAnswer": {"old": law.version},
        "StagedLinks": {"old": law.version},
        "Signatory": {"consent": "asked"},
        "Report": {"law": law.code, "release": 0, "created_by": world.people["analyst"]},
        "Invitation": {"role": "reader", "law": law.code},
        "Code": {"replaces": None},
        "Recommendation": {"concern": world.planted.get(Concern)},
        "Provision": {"anchor_version": law.version, "public_id": "pl01"},
        "Concern": {"provision": world.planted.get(Provision), "source": world.hidden_source},
        "ConcernEdition": _people(world),
        "Topic": {"slug": "planted"},
        "Standard": {"slug": "planted"},
        "Jurisdiction": {"slug": "planted"},
    }  # fmt: skip
    return special.get(model.__name__, {})


def _people(world: World) -> dict[str, Any]:
    """Of something that goes to review; `published_by` stands also on what was superseded."""
    return {"written_by": world.people["analyst"], "last_edited_by": world.people["analyst"],
            "published_by": world.people["reviewer"]}  # fmt: skip


def days() -> list[str]:
    """States to ask for: today, before the first release, and a day to come."""
    today = timezone.now().date()
    return [today.isoformat(), "2001-01-01", (today + timedelta(days=1)).isoformat()]
