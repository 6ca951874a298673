"""Corrections of the structure of a text that is being imported: given, taken back, applied to what was read."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext

from amendments.services import importing, wizard
from amendments.services.staging import MATCH, as_fix, fixes_of, read_tree, staged_tree
from codes.models import Import, ImportFix, ImportState
from codes.text import fixing
from codes.text.fixing import Fix
from codes.text.nodes import TextError, Tree
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict
from tracker.common.writing import record


def mark(run: Import) -> int:
    """A mark of all fixes of an import: a form sends back the one that it was made with."""
    total: int = ImportFix.objects.filter(run=run).aggregate(total=Sum("revision"))["total"] or 0
    return total


@transaction.atomic
def say(*, run: Import, fix: Fix, by: User, seen: int) -> ImportFix:
    """Keep one more fix. Raises `ValidationError` for one that cannot be, `Conflict` when others came meanwhile."""
    locked = _locked(run, by=by, seen=seen, mine={"kind": fix.kind.value, "article": fix.article})
    tree = staged_tree(locked)
    article = next((one for one in tree.articles if one.number == fix.article), None)
    fixed = _applied(tree, fix)
    row = ImportFix(
        run=locked, kind=fix.kind.value, article=fix.article, line=fix.line, number=fix.number, heading=fix.heading,
        at=fix.at, before=fixing.printed(tree, article) if article else "", said_by=by,
    )  # fmt: skip
    record(row, by=by, reason=f"structure: {fix.kind.value.replace('_', ' ')} {fix.article}")
    _changed(locked, fixed, by=by)
    return row


@transaction.atomic
def take_back(*, run: Import, fix: int, by: User, seen: int) -> ImportFix:
    """Undo one fix. Refused while a later one rests on it."""
    locked = _locked(run, by=by, seen=seen, mine={"kind": "", "article": ""})
    row = ImportFix.objects.filter(run=locked, pk=fix, taken_back=False).first()
    if row is None:
        raise ValidationError(gettext("This correction was taken back already. Load the page again."))
    rest = [as_fix(each) for each in fixes_of(locked) if each.pk != row.pk]
    try:
        fixed = fixing.fix_all(read_tree(locked), rest)
    except TextError as error:
        raise ValidationError(gettext("A later correction rests on this one. Undo that one first.")) from error
    row.taken_back, row.said_by = True, by
    row.revision += 1
    record(row, by=by, reason="structure: correction taken back")
    _changed(locked, fixed, by=by)
    return row


@transaction.atomic
def match_again(*, run: Import, by: User) -> Import:
    """Queue the alignment of the corrected text. Answers to cards that are asked again keep their meaning."""
    locked = wizard.held(run, ImportState.ASKING, by=by)
    locked.state = ImportState.READING
    wizard.queue(locked, MATCH, by=by)
    return locked


def _applied(tree: Tree, fix: Fix) -> Tree:
    try:
        return fixing.apply(tree, fix)
    except TextError as error:
        raise ValidationError(str(error)) from error


def _locked(run: Import, *, by: User, seen: int, mine: dict[str, str]) -> Import:
    locked = wizard.held(run, ImportState.ASKING, by=by)
    if seen != mark(locked):
        raise Conflict(ImportFix.objects.filter(run=locked).order_by("said_at").last(), mine)
    return locked


def _changed(run: Import, tree: Tree, *, by: User) -> None:
    """The links are no longer those of the text; counts and problems are."""
    run.staged.matched = False
    run.staged.save(update_fields=["matched"])
    run.findings = importing.text_data(tree)
    record(run, by=by, reason="structure corrected")
