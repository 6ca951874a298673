"""From rows to the public record: collect what a law shows now and publish what differs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import transaction

from codes.models import Code
from tracker.accounts.models import User
from tracker.jobs import services as jobs
from tracker.publication.collectors import reports
from tracker.publication.collectors.parts import NotInParts, PartsCollector
from tracker.publication.collectors.whole import CATALOGUE, collect_catalogue, collect_law
from tracker.publication.models import Release, Unreleased
from tracker.publication.reports.published import path_of
from tracker.publication.services import releases


@transaction.atomic
def publish_laws(laws: Iterable[Code], *, by: User) -> Release | None:
    """Release the public state of these laws and of the catalogue. None: the record shows it already."""
    laws = list(laws)
    # First: what is written while we collect marks the laws again.
    Unreleased.objects.filter(law__in=[law.slug for law in laws]).delete()
    documents = {law.slug: collect_law(law) | reports.documents(law) for law in laws}
    documents[CATALOGUE] = collect_catalogue()
    return releases.publish(documents=documents, by=by)


def publish_changes(law: Code, *, by: User) -> Release | None:
    """Release what differs in a law: the parts that verdicts and notes change when nothing else was written since it
    was last collected whole, and everything otherwise.
    """
    if Unreleased.objects.filter(law=law.slug).exists():
        return publish_laws([law], by=by)
    parts = PartsCollector(
        law, read=partial(_read, law.slug), paths=lambda prefix: [*releases.shown_now(law.slug, prefix)]
    )
    try:
        documents, catalogue = parts.collect()
    except NotInParts:
        return publish_laws([law], by=by)
    documents |= {path_of(law.slug): None} | reports.documents(law)
    return releases.publish(documents={law.slug: documents, CATALOGUE: catalogue}, by=by, whole=False)


def _read(law: str, paths: Iterable[str]) -> dict[str, Any]:
    return releases.bodies_now([law, CATALOGUE], paths)


def release_soon(law: Code, *, by: User) -> int:
    """Inside the transaction that publishes or withdraws: ask for a release of the law. Returns the job's id.

    Every request is a job of its own: one that is queued already may have been taken before this change commits.
    """
    return jobs.enqueue(kind="release", key=f"release:{law.pk}:{uuid4()}", target=law.pk, by=by).pk


def carry_out(lease: jobs.Lease) -> None:
    """The work behind a release job. Done twice it changes nothing: the record shows the state already.

    It collects only after its turn has come, so that a job that was slower never publishes an older state.
    """
    lease.progress(0, 1, "Publishing")
    with transaction.atomic():
        releases.turn()
        law = Code.objects.select_related("jurisdiction", "replaces").get(pk=lease.target)
        release = publish_changes(law, by=lease.requested_by)
        if release is not None:
            jobs.enqueue(kind="sign", key=f"sign:{release.number}", target=release.number, by=lease.requested_by)
        jobs.finish(lease)
