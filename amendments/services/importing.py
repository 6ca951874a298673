"""The whole way of a text: read, parse, align with what came before and with current law, compare. One transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from amendments.models import Correspondence
from amendments.models.changes import LinkStatus
from amendments.services import carrying, comparing, linking, needs
from codes.models import Code, Import, ImportState, Source, Stage, Version
from codes.services import texts
from codes.text.nodes import Link, TextError, Tree
from tracker.accounts.models import User
from tracker.common.writing import record

Report = Callable[[int, int, str], None]
LinksOf = Callable[[Version], Sequence[Link] | None]
Settle = Callable[[Version, Version], None]


def silent(_done: int, _total: int, _what: str) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What an import found: the tree, for each compared text how many links there are and how many wait for a person,
    the cells to judge anew, and what became of the notes.
    """

    version: Version
    tree: Tree
    compared: tuple[tuple[str, int, int], ...]
    needs: int
    notes: carrying.Carried


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
    version = announce(law=law, slug=slug, stage=stage, day=day, language=language, source=source, by=by, label=label)
    return add_words(version=version, paths=paths, by=by, report=report)


@transaction.atomic
def announce(
    *,
    law: Code,
    slug: str,
    stage: Stage,
    day: date,
    language: str,
    source: Source,
    by: User,
    label: Mapping[str, str] | None = None,
    verified: bool = True,
    coverage: dict[str, list[str]] | None = None,
) -> Version:
    """A text of a law whose words follow, or are not held. Raises `TextError` when its name is taken."""
    if Version.objects.filter(code=law, slug=slug).exists():
        raise TextError(f"There is a text {slug} of {law.slug} already. Choose another name for this one.")
    return record(
        Version(
            code=law,
            slug=slug,
            stage=stage,
            label=dict(label or stage.names),
            date=day,
            language=language,
            sequence=next_sequence(law, day),
            source=source,
            verified=verified,
            coverage=coverage,
        ),
        by=by,
        reason=f"text {slug} imported",
    )


def next_sequence(law: Code, day: date) -> int:
    """The place of one more text of a day, after those that the law has."""
    last = Version.objects.filter(code=law, date=day).order_by("-sequence").values_list("sequence", flat=True).first()
    return 0 if last is None else last + 1


@transaction.atomic
def add_words(*, version: Version, paths: Sequence[Path], by: User, report: Report = silent) -> Findings:
    """Give an announced version its words and compare it with the texts before it and with current law."""
    report(0, 1, "Reading")
    tree = texts.add_text(version=version, paths=paths, by=by).tree
    findings = follow(version=version, tree=tree, by=by, report=report)
    record(
        Import(
            parameters={"files": [path.name for path in paths]}, version=version, findings=findings_data(findings),
            law=version.code, state=ImportState.ADDED, started_by=by,
        ),
        by=by,
        reason=f"text {version.slug} imported",
    )  # fmt: skip
    return findings


def nothing_staged(_old: Version) -> Sequence[Link] | None:
    """Nobody has aligned before."""
    return None


def nothing_answered(_old: Version, _new: Version) -> None:
    """Nobody was asked."""


@transaction.atomic
def follow(
    *,
    version: Version,
    tree: Tree,
    by: User,
    report: Report = silent,
    staged: LinksOf = nothing_staged,
    settle: Settle = nothing_answered,
) -> Findings:
    """What follows from words that were stored: links, comparisons, cells to judge anew, notes carried over.

    `staged` gives the links with an earlier text that are known already, `settle` writes what people answered.
    """
    earlier = texts_to_compare(version)
    compared = []
    for place, old in enumerate(earlier):
        report(place + 1, len(earlier) + 2, f"Comparing with {old.slug}")
        links = staged(old)
        if links is None:
            links = linking.links_between(old, version, tree)
        linking.write(old=old, new=version, links=links, by=by)
        settle(old, version)
        comparing.compare(old=old, new=version)
        rows = Correspondence.objects.filter(old_version=old, new_version=version)
        compared.append((old.slug, rows.count(), rows.filter(status=LinkStatus.SUGGESTED).count()))
    report(len(earlier) + 1, len(earlier) + 2, "Looking up the notes")
    asked = needs.after_new_version(version, by=by)
    notes = carrying.carry(version, by=by)
    report(1, 1, "Done")
    return Findings(version, tree, tuple(compared), asked, notes)


def findings_data(findings: Findings) -> dict[str, Any]:
    return {
        **text_data(findings.tree),
        "compared": [{"with": slug, "links": links, "asked": asked} for slug, links, asked in findings.compared],
        "needs": findings.needs,
        "notes": asdict(findings.notes),
    }


def text_data(tree: Tree) -> dict[str, Any]:
    """What was found in a text: counts, and problems worst first."""
    return {
        "articles": len(tree.articles),
        "divisions": len(tree.divisions),
        "problems": [
            {"code": p.code, "severity": p.severity, "message": p.message, "line": p.line} for p in tree.problems
        ],
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
    earlier = [
        v
        for v in version.code.versions.with_text().in_order()
        if (v.date, v.sequence) < (version.date, version.sequence)
    ]
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


@transaction.atomic
def unnamed_source(*, by: User) -> Source:
    """The source of a text of which nobody said where it is from."""
    known = Source.objects.filter(slug="not-named").first()
    return known or record(
        Source(slug="not-named", title="Source not named", publisher="not named"),
        by=by,
        reason="texts without a named source",
    )
