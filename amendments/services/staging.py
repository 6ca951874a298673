"""The jobs of an import: read a file and align it, align it anew when its structure was corrected, and, when people
have answered, add everything at once. What is staged goes when nobody needs it any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from amendments.services import cards, carrying, importing, linking
from amendments.services.importing import Findings
from codes import box
from codes.models import (
    Code,
    Import,
    ImportAnswer,
    ImportFix,
    ImportState,
    Source,
    Stage,
    StagedLinks,
    StagedText,
    Version,
)
from codes.services import texts
from codes.text import fixing, loading
from codes.text.fixing import Fix, FixKind
from codes.text.nodes import Link, TextError, Tree
from codes.text.printing import tree_data
from tracker.accounts.models import User
from tracker.common.writing import record
from tracker.jobs import services as jobs
from tracker.jobs.models import State

READ, MATCH, ADD = "import_read", "import_match", "import_add"
RESUMABLE = timedelta(days=30)


def planned(run: Import, tree: Tree) -> Version:
    """The version as it will be; not saved."""
    wanted = run.parameters
    law = Code.objects.select_related("replaces", "jurisdiction").get(pk=wanted["law"])
    day = date.fromisoformat(wanted["date"])
    announced = Version.objects.filter(code=law, slug=wanted["slug"]).first()
    return Version(
        code=law,
        slug=wanted["slug"],
        stage=Stage.objects.get(pk=wanted["stage"]),
        label=wanted["label"],
        date=announced.date if announced else day,
        sequence=announced.sequence if announced else importing.next_sequence(law, day),
        language=wanted["language"],
        coverage=coverage(wanted["held"], tree),
    )


def coverage(held: str, tree: Tree) -> dict[str, list[str]] | None:
    """What the text holds of its law: None for the whole of it, else the chapters that stand in it."""
    if held == "whole":
        return None
    chapters = list(dict.fromkeys(division.number for division in tree.divisions if division.kind == "chapter"))
    if held == "chapters":
        return {"whole_chapters": chapters, "excerpts": []}
    return {"whole_chapters": [], "excerpts": chapters}


def read_tree(run: Import) -> Tree:
    """The text as the reader found it."""
    return loading.tree(run.staged.tree)


def fixes_of(run: Import) -> list[ImportFix]:
    """The corrections that count, in the order in which they are applied."""
    return list(ImportFix.objects.filter(run=run, taken_back=False).select_related("said_by").order_by("id"))


def as_fix(row: ImportFix) -> Fix:
    return Fix(FixKind(row.kind), row.article, row.line, row.number, row.heading, row.at)


def staged_tree(run: Import) -> Tree:
    """The text as people have corrected it."""
    return fixing.fix_all(read_tree(run), [as_fix(row) for row in fixes_of(run)])


def read(lease: jobs.Lease) -> None:
    """Read the file in the box and align it with the texts before it. Adds nothing to the law."""
    run = Import.objects.get(pk=lease.target)
    wanted = run.parameters
    try:
        with jobs.telling(lease) as tell:
            tell(0, 100, "Reading the file")
            found = box.parse(texts.kept(wanted["sha256"]), language=wanted["language"], name=wanted["name"])
            aligned = _aligned(run, found.tree, tell)
            with transaction.atomic():
                run = _still(lease, ImportState.READING)
                StagedText.objects.filter(run=run).delete()
                StagedText.objects.create(run=run, media_type=found.media_type, tree=tree_data(found.tree))
                _stage(lease, run, found.tree, aligned, reason="the file was read")
    except TextError as error:
        raise jobs.JobFailed(str(error)) from error


def match(lease: jobs.Lease) -> None:
    """Align the corrected text anew. Nobody can correct it meanwhile, since the import does not ask."""
    run = Import.objects.select_related("staged").get(pk=lease.target)
    with jobs.telling(lease) as tell:
        tree = staged_tree(run)
        aligned = _aligned(run, tree, tell)
        with transaction.atomic():
            run = _still(lease, ImportState.READING)
            StagedText.objects.filter(run=run).update(matched=True)
            _stage(lease, run, tree, aligned, reason="the corrected text was matched")


def _aligned(run: Import, tree: Tree, tell: jobs.Tell) -> list[tuple[Version, list[Link]]]:
    version = planned(run, tree)
    earlier = importing.texts_to_compare(version)
    aligned = []
    for place, old in enumerate(earlier):
        tell(25 + 70 * place // len(earlier), 100, f"Matching the articles with {old.slug}")
        aligned.append((old, linking.links_between(old, version, tree)))
    return aligned


def _stage(
    lease: jobs.Lease, run: Import, tree: Tree, aligned: Sequence[tuple[Version, list[Link]]], *, reason: str
) -> None:
    StagedLinks.objects.filter(run=run).delete()
    for order, (old, links) in enumerate(aligned):
        StagedLinks.objects.create(run=run, old=old, order=order, links=cards.links_data(links))
    run.findings = importing.text_data(tree)
    run.state = ImportState.ASKING
    record(run, by=lease.requested_by, reason=reason)
    jobs.finish(lease)


def add(lease: jobs.Lease) -> None:
    """Add the text with its links, comparisons, questions and notes: everything or nothing, while the lease is ours."""
    run = Import.objects.select_related("staged").get(pk=lease.target)
    try:
        with jobs.telling(lease) as tell, transaction.atomic():
            tell(0, 100, "Adding the articles")
            found = _add(run, tell, by=lease.requested_by)
            run = _still(lease, ImportState.ADDING)
            run.version, run.state = found.version, ImportState.ADDED
            run.findings = importing.findings_data(found)
            record(run, by=lease.requested_by, reason="the text was added")
            StagedText.objects.filter(run=run).delete()
            StagedLinks.objects.filter(run=run).delete()
            jobs.finish(lease)
    except (TextError, texts.AlreadyHeld) as error:
        raise jobs.JobFailed(str(error)) from error


def _still(lease: jobs.Lease, state: ImportState) -> Import:
    """The import, locked, in the state that this job works for. Raises `LeaseLost` when it was cancelled."""
    run = Import.objects.select_for_update().get(pk=lease.target)
    if run.state != state:
        raise jobs.LeaseLost(f"import {run.pk} is {run.state}")
    return run


def _add(run: Import, tell: jobs.Tell, *, by: User) -> Findings:
    wanted, tree = run.parameters, staged_tree(run)
    version = _announced(run, tree, by=by)
    file = texts.SourceFile(wanted["sha256"], wanted["size"], run.staged.media_type, wanted["name"])
    texts.store(version=version, tree=tree, files=[file], by=by)
    staged = {row.old_id: cards.links_of(row.links) for row in run.staged_links.all()}

    def report(done: int, total: int, what: str) -> None:
        tell(10 + 90 * done // total, 100, what)

    def links_with(old: Version) -> Sequence[Link] | None:
        return staged.get(old.pk)

    return importing.follow(
        version=version, tree=tree, by=by, report=report, staged=links_with, settle=partial(_settle, run, staged, by)
    )


def _announced(run: Import, tree: Tree, *, by: User) -> Version:
    """The row that the words belong to: one that waits for its words, or a new one."""
    wanted, plan = run.parameters, planned(run, tree)
    known = Version.objects.select_for_update().filter(code=plan.code, slug=plan.slug, obtained=False).first()
    if known is not None:
        known.language, known.coverage = plan.language, plan.coverage
        known.source = Source.objects.get(pk=wanted["source"])
        return record(known, by=by, reason="its text was obtained")
    return importing.announce(
        law=plan.code, slug=plan.slug, stage=plan.stage, day=plan.date, language=plan.language,
        source=Source.objects.get(pk=wanted["source"]), by=by, label=plan.label, verified=wanted["official"],
        coverage=plan.coverage,
    )  # fmt: skip


def _settle(run: Import, staged: dict[int, list[Link]], by: User, old: Version, new: Version) -> None:
    pairs = answered_pairs(run, old, staged.get(old.pk, []))
    if pairs:
        linking.settle(old=old, new=new, pairs=pairs, by=by, reason=f"answered in import {run.pk}")


def notes_preview(run: Import, plan: Version, tree: Tree) -> carrying.Carried:
    """What would become of the notes if the text were added now."""
    rows = list(run.staged_links.select_related("old"))
    pairs = {}
    for row in rows:
        links = cards.links_of(row.links)
        pairs[row.old_id] = cards.settled(links, answered_pairs(run, row.old, links))
    notes = carrying.notes_before([row.old for row in rows], plan)
    return carrying.preview(notes, tree, pairs, partial=plan.partial)


def answered_pairs(run: Import, old: Version, links: Sequence[Link]) -> cards.Pairs:
    """The links that people's answers say hold between an earlier text and the new one."""
    return list(dict.fromkeys(pair for pairs in answers_of(run, old, links).values() for pair in pairs))


def answers_of(run: Import, old: Version, links: Sequence[Link]) -> dict[str, cards.Pairs]:
    """By card. An answer to a card that is no longer asked (the file was read anew) does not count."""
    asked = {card.key: card for card in cards.cards(links)}
    return {
        row.card: cards.pairs_of(
            asked[row.card], cards.Answered(row.choice, tuple(row.old_numbers), tuple(row.new_numbers))
        )
        for row in ImportAnswer.objects.filter(run=run, old=old).exclude(choice="").order_by("id")
        if row.card in asked
    }


def over(run: Import) -> bool:
    """Whether an import that has not ended can no longer be taken up."""
    going = run.state in {ImportState.READING, ImportState.ASKING, ImportState.ADDING}
    return going and run.started_at <= timezone.now() - RESUMABLE


@transaction.atomic
def clear() -> int:
    """Remove what is staged of imports that were cancelled or that nobody can take up any more; how many.

    The import with its answers and corrections stays, and so does its file.
    """
    expired = Q(started_at__lte=timezone.now() - RESUMABLE) & ~Q(job__state__in=[State.QUEUED, State.RUNNING])
    ended = Import.objects.filter(Q(state=ImportState.CANCELLED) | expired, staged__isnull=False)
    runs = list(ended.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    StagedText.objects.filter(run__in=runs).delete()
    StagedLinks.objects.filter(run__in=runs).delete()
    return len(runs)
