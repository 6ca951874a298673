"""What people do in the import wizard: start, answer, undo, add, cancel, try again, withdraw."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext

from amendments.models import AnsweredRequest
from amendments.services import cards, importing, staging
from codes.models import Code, Import, ImportAnswer, ImportState, Source, Stage, StagedLinks, Version
from codes.permissions import may
from codes.services import texts, trees
from codes.text.readers import LARGEST
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict
from tracker.common.writing import record
from tracker.jobs import services as jobs
from tracker.jobs.models import Job, State

MOST_RUNNING_PER_LAW = 3
LEAST_FREE = 2 * 2**30  # bytes of disk below which no upload is begun
_JOBS = (staging.READ, staging.MATCH, staging.ADD)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a text: everything but its words. `held`: whole, chapters (each whole) or excerpts."""

    stage: Stage
    day: date
    language: str
    official: bool
    held: str
    slug: str = ""
    label: str = ""
    source_title: str = ""
    source_url: str = ""


@transaction.atomic
def start(*, law: Code, data: bytes, name: str, wanted: Wanted, by: User, request_id: UUID) -> Import:
    """Keep a file and queue its reading. Raises `ValidationError` with the sentence for the person."""
    may(by, "import", law).require()
    answered = AnsweredRequest.objects.filter(request_id=request_id, member=by).first()
    if answered is not None:
        return Import.objects.get(pk=answered.target)
    _refuse_more(law, by)
    _refuse_file(law, data, name)
    source = _source(wanted, by=by)
    digest = hashlib.sha256(data).hexdigest()
    texts.keep_bytes(digest, data)
    run = Import(
        law=law, started_by=by, state=ImportState.READING,
        parameters={
            "law": law.pk, "slug": _slug(law, wanted), "stage": wanted.stage.pk, "date": wanted.day.isoformat(),
            "language": wanted.language, "label": _label(law, wanted), "source": source.pk,
            "official": wanted.official, "held": wanted.held, "sha256": digest, "size": len(data), "name": name[:255],
        },
    )  # fmt: skip
    record(run, by=by, reason="import started")
    queue(run, staging.READ, by=by)
    AnsweredRequest.objects.create(request_id=request_id, member=by, kind="import", target=run.pk, revision=1)
    return run


def _refuse_more(law: Code, by: User) -> None:
    """One running import per person, three per law (S-14)."""
    running = Job.objects.filter(kind__in=_JOBS, state__in=[State.QUEUED, State.RUNNING])
    if running.filter(requested_by=by).exists():
        raise ValidationError(gettext("Your last import is still running. Wait until it has ended, or cancel it."))
    if Import.objects.filter(law=law, job__in=running).count() >= MOST_RUNNING_PER_LAW:
        raise ValidationError(gettext("Three imports of this law are running. Wait until one has ended."))


def _refuse_file(law: Code, data: bytes, name: str) -> None:
    if not data.strip():
        raise ValidationError(gettext("Choose a file, or paste the text."))
    if len(data) > LARGEST:
        raise ValidationError(
            gettext("The file is %(size)s MB. The limit is 40 MB. Remove images or split it.")
            % {"size": len(data) // 2**20}
        )
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < LEAST_FREE:
        raise ValidationError(
            gettext("There is no room for files just now. Ask an administrator. Nothing was uploaded.")
        )
    known = texts.known_bytes(law, [hashlib.sha256(data).hexdigest()])
    if known is not None:
        received = date_format(known.document.received_at.date(), "j F Y")
        label = known.version.label.get("en") or known.version.slug
        raise ValidationError(
            gettext("You added this file on %(date)s as %(text)s.") % {"date": received, "text": label}
        )


def _source(wanted: Wanted, *, by: User) -> Source:
    """The publication that the text is from; the same title and address are the same source."""
    title, url = wanted.source_title.strip(), wanted.source_url.strip()
    if not title and not url:
        return importing.unnamed_source(by=by)
    known = Source.objects.filter(title=title or url, url=url).first()
    if known is not None:
        return known
    base = slugify(title)[:50] or "source"
    taken = Source.objects.filter(slug__startswith=base).count()
    return record(
        Source(slug=f"{base}-{taken + 1}" if taken else base, title=title or url, publisher=title or url, url=url),
        by=by,
        reason="where an imported text is from",
    )


def _slug(law: Code, wanted: Wanted) -> str:
    """The text's short name in addresses. A name that is taken is refused, unless that text waits for its words."""
    named = wanted.slug.strip() or f"{wanted.day.isoformat()}-{wanted.stage.slug}"[:60].rstrip("-")
    known = Version.objects.filter(code=law, slug=named).first()
    if known is not None and known.obtained:
        raise ValidationError(
            gettext("There is a text %(slug)s of this law already. Choose another name.") % {"slug": named}
        )
    return named


def _label(law: Code, wanted: Wanted) -> dict[str, str]:
    if not wanted.label.strip():
        return dict(wanted.stage.names)
    return {wanted.language: wanted.label.strip(), "en": wanted.label.strip()}


def queue(run: Import, kind: str, *, by: User) -> None:
    """A new job each time: a key stands for one piece of work, and a second try is another one."""
    tries = Job.objects.filter(kind=kind, target=run.pk).count()
    run.job = jobs.enqueue(kind=kind, key=f"{kind}:{run.pk}:{tries + 1}", target=run.pk, by=by)
    record(run, by=by, reason=f"queued: {kind.replace('_', ' ')}")


def resumable(law: Code) -> QuerySet[Import]:
    """Imports of a law that are not ended and not older than thirty days, newest first."""
    going = [ImportState.READING, ImportState.ASKING, ImportState.ADDING]
    since = timezone.now() - staging.RESUMABLE
    return (
        Import.objects.filter(law=law, state__in=going, started_at__gt=since)
        .select_related("started_by", "job")
        .order_by("-pk")
    )


@transaction.atomic
def answer(*, run: Import, old: Version, card: str, said: cards.Answered, by: User, revision: int) -> ImportAnswer:
    """Keep an answer to a card; an empty choice takes it back. `revision` is that of the answer on the screen, 0 for
    none. Raises `ValidationError`, or `Conflict` when somebody else has answered meanwhile.
    """
    locked = held(run, ImportState.ASKING, by=by)
    if not locked.staged.matched:
        raise ValidationError(gettext("The structure was corrected. Match the articles again before you answer."))
    row = ImportAnswer.objects.filter(run=locked, old=old, card=card).first()
    if (row.revision if row else 0) != revision:
        raise Conflict(row, {"choice": said.choice, "old": list(said.old), "new": list(said.new)})
    if said.choice:
        _check(locked, old, card, said)
    row = row or ImportAnswer(run=locked, old=old, card=card, revision=0)
    row.choice, row.old_numbers, row.new_numbers = said.choice, list(said.old), list(said.new)
    row.answered_by = by
    row.revision += 1
    return record(row, by=by, reason=f"answered: {said.choice}" if said.choice else "answer taken back")


def _check(run: Import, old: Version, card: str, said: cards.Answered) -> None:
    links = cards.links_of(StagedLinks.objects.get(run=run, old=old).links)
    asked = {one.key: one for one in cards.cards(links)}
    if card not in asked:
        raise ValidationError(gettext("This match is not asked about any more. Load the page again."))
    known = (
        {article.number: article for article in trees.tree(old).articles},
        {article.number: article for article in staging.staged_tree(run).articles},
    )
    cards.check(asked[card], said, links=links, others=staging.answers_of(run, old, links), known=known)


@transaction.atomic
def add(*, run: Import, by: User) -> Import:
    """Queue the adding of the text. What nobody has answered stays unconfirmed, and absent in public."""
    locked = held(run, ImportState.ASKING, by=by)
    assert locked.law is not None
    if any(problem["severity"] == "error" for problem in locked.findings["problems"]):
        raise ValidationError(gettext("This text has errors. Correct them, or import another file."))
    if not locked.staged.matched:
        raise ValidationError(gettext("The structure was corrected. Match the articles again before you add the text."))
    _refuse_more(locked.law, by)
    locked.state = ImportState.ADDING
    queue(locked, staging.ADD, by=by)
    return locked


@transaction.atomic
def cancel(*, run: Import, by: User) -> Import:
    """End an import that is not added yet. Nothing of it is part of the law; its answers stay in the history."""
    locked = held(run, ImportState.READING, ImportState.ASKING, ImportState.ADDING, by=by, expired=True)
    if locked.job is not None:
        jobs.cancel(locked.job)
    locked.state = ImportState.CANCELLED
    return record(locked, by=by, reason="import cancelled")


@transaction.atomic
def retry(*, run: Import, by: User) -> Import:
    """Do again what has failed."""
    locked = held(run, ImportState.READING, ImportState.ADDING, by=by)
    if locked.job is None or locked.job.state != State.FAILED:
        raise ValidationError(gettext("This import has not failed. Nothing was started again."))
    assert locked.law is not None
    _refuse_more(locked.law, by)
    queue(locked, locked.job.kind, by=by)
    return locked


@transaction.atomic
def back_to_answers(*, run: Import, by: User) -> Import:
    """After adding has failed: change the answers, then add again."""
    locked = held(run, ImportState.ADDING, by=by)
    if locked.job is None or locked.job.state != State.FAILED:
        raise ValidationError(gettext("This import has not failed. Nothing was started again."))
    locked.state = ImportState.ASKING
    return record(locked, by=by, reason="back to the answers")


_ENDED: Mapping[str, str] = {
    ImportState.READING: "This file is still being read.",
    ImportState.ASKING: "This import waits for answers.",
    ImportState.ADDING: "This text is being added.",
    ImportState.ADDED: "This text was added already.",
    ImportState.CANCELLED: "This import was cancelled.",
    ImportState.WITHDRAWN: "This text was withdrawn.",
}


def held(run: Import, *states: ImportState, by: User, expired: bool = False) -> Import:
    """The import as it stands, locked, in one of these states, and not `expired` unless that may be.

    Raises `ValidationError` with what it is instead.
    """
    fresh = Import.objects.select_for_update(of=("self",)).select_related("law", "job").get(pk=run.pk)
    assert fresh.law is not None
    may(by, "import", fresh.law).require()
    if fresh.state not in states:
        raise ValidationError(gettext(_ENDED[fresh.state]))
    if not expired and staging.over(fresh):
        raise ValidationError(gettext("The 30 days of this import are over. Import the text again."))
    return fresh


def others_on(run: Import, by: User) -> Sequence[str]:
    """Handles of the other people who have started or answered this import."""
    handles = set(ImportAnswer.objects.filter(run=run).values_list("answered_by__handle", flat=True))
    if run.started_by is not None and handles:
        handles.add(run.started_by.handle)
    return sorted(handles - {by.handle})
