"""The whole way of a text: read, parse, align with what came before and with current law, compare. One transaction."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from amendments.models import Correspondence
from amendments.models.changes import LinkStatus
from amendments.services import comparing, linking
from codes.models import Code, Import, Source, Stage, Version
from codes.services import texts
from codes.text.nodes import TextError, Tree
from tracker.accounts.models import User
from tracker.common.writing import record
from tracker.jobs import services as jobs

Report = Callable[[int, int, str], None]


def silent(_done: int, _total: int, _what: str) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What an import found: the tree, and for each compared text how many links there are and how many wait for a
    person.
    """

    version: Version
    tree: Tree
    compared: tuple[tuple[str, int, int], ...]


@transaction.atomic
def import_text(
    *,
    law: Code,
    slug: str,
    stage: Stage,
    day: date,
    language: str,
    paths: Sequence[Path],
    source: Source,
    by: User,
    label: Mapping[str, str] | None = None,
    report: Report = silent,
) -> Findings:
    """Add a text of a law and do the whole way. Raises `TextError` or `AlreadyHeld`; then nothing is left behind."""
    if Version.objects.filter(code=law, slug=slug).exists():
        raise TextError(f"There is a text {slug} of {law.slug} already. Choose another name for this one.")
    sequence = Version.objects.filter(code=law, date=day).count()
    version = record(
        Version(
            code=law,
            slug=slug,
            stage=stage,
            label=dict(label or stage.names),
            date=day,
            language=language,
            sequence=sequence,
            source=source,
        ),
        by=by,
        reason=f"text {slug} imported",
    )
    return add_words(version=version, paths=paths, by=by, report=report)


@transaction.atomic
def add_words(*, version: Version, paths: Sequence[Path], by: User, report: Report = silent) -> Findings:
    """Give an announced version its words and compare it with the texts before it and with current law."""
    report(0, 1, "Reading")
    tree = texts.add_text(version=version, paths=paths, by=by).tree
    earlier = texts_to_compare(version)
    compared = []
    for place, old in enumerate(earlier):
        report(place, len(earlier), f"Comparing with {old.slug}")
        linking.link(old=old, new=version, by=by)
        comparing.compare(old=old, new=version)
        links = Correspondence.objects.filter(old_version=old, new_version=version)
        compared.append((old.slug, links.count(), links.filter(status=LinkStatus.SUGGESTED).count()))
    report(1, 1, "Done")
    findings = Findings(version, tree, tuple(compared))
    record(
        Import(parameters={"files": [path.name for path in paths]}, version=version, findings=findings_data(findings)),
        by=by,
        reason=f"text {version.slug} imported",
    )
    return findings


def findings_data(findings: Findings) -> dict[str, Any]:
    return {
        "articles": len(findings.tree.articles),
        "divisions": len(findings.tree.divisions),
        "problems": [
            {"code": p.code, "severity": p.severity, "message": p.message, "line": p.line}
            for p in findings.tree.problems
        ],
        "compared": [{"with": slug, "links": links, "asked": asked} for slug, links, asked in findings.compared],
    }


def texts_to_compare(version: Version) -> list[Version]:
    """Current law, then the earlier texts back to the first that leaves no place of the law unseen.

    A whole text stands for all before it; a partial one only for its chapters, so the newest earlier text that holds a
    place may lie several texts back. The first text of the law is compared as well: it shows the whole way.
    """
    chosen: list[Version] = []
    current = current_law(version)
    if current is not None:
        chosen.append(current)
    earlier = [v for v in version.code.versions.with_text().in_order() if _order(v) < _order(version)]
    seen: set[str] = set()
    for old in reversed(earlier):
        held = set(old.coverage["whole_chapters"]) | set(old.coverage["excerpts"]) if old.coverage else {"*"}
        if held <= seen:
            continue
        chosen.append(old)
        seen |= set(old.coverage["whole_chapters"]) if old.coverage else set()
        if not old.partial:
            break
    if earlier and earlier[0] not in chosen and not earlier[0].partial:
        chosen.append(earlier[0])
    return chosen


def current_law(version: Version) -> Version | None:
    """The edition of the law that this one would replace, in force on the day of the text; the last one after that."""
    if version.code.replaces is None:
        return None
    editions = list(version.code.replaces.versions.with_text().in_order())
    in_force = [edition for edition in editions if (edition.not_before or edition.date) <= version.date]
    return in_force[-1] if in_force else (editions[-1] if editions else None)


def _order(version: Version) -> tuple[date, int, int]:
    return (version.date, version.sequence, version.pk)


@transaction.atomic
def unnamed_source(*, by: User) -> Source:
    """The source of a text of which nobody said where it is from."""
    known = Source.objects.filter(slug="not-named").first()
    return known or record(
        Source(slug="not-named", title="Source not named", publisher="not named"),
        by=by,
        reason="texts without a named source",
    )


@transaction.atomic
def request(
    *, law: Code, slug: str, stage: Stage, day: date, language: str, data: bytes, name: str, source: Source, by: User
) -> tuple[Import, int]:
    """Keep an uploaded file and queue its import. Returns the import and its job's id; asking twice is asking once."""
    digest = hashlib.sha256(data).hexdigest()
    key = f"import:{law.pk}:{slug}:{digest}"
    texts.keep_bytes(digest, data)
    row = record(
        Import(
            parameters={
                "law": law.pk, "slug": slug, "stage": stage.pk, "date": day.isoformat(), "language": language,
                "sha256": digest, "name": name, "source": source.pk,
            }
        ),
        by=by,
        reason=f"import of {slug} requested",
    )  # fmt: skip
    return row, jobs.enqueue(kind="import", key=key, target=row.pk, by=by).pk


def carry_out(lease: jobs.Lease) -> None:
    """The work behind an import job: everything or nothing, and only while the lease is ours."""
    wanted = Import.objects.get(pk=lease.target).parameters
    try:
        with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(wanted["name"]).name
            path.write_bytes(
                (Path(settings.MEDIA_ROOT) / "sources" / wanted["sha256"][:2] / wanted["sha256"]).read_bytes()
            )
            found = import_text(
                law=Code.objects.get(pk=wanted["law"]),
                slug=wanted["slug"],
                stage=Stage.objects.get(pk=wanted["stage"]),
                day=date.fromisoformat(wanted["date"]),
                language=wanted["language"],
                paths=[path],
                source=Source.objects.get(pk=wanted["source"]),
                by=lease.requested_by,
            )
            row = Import.objects.get(pk=lease.target)
            row.version, row.findings = found.version, findings_data(found)
            record(row, by=lease.requested_by, reason="import finished")
            jobs.finish(lease)
    except (TextError, texts.AlreadyHeld) as error:
        raise jobs.JobFailed(str(error)) from error
