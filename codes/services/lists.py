"""The lists that laws are described with: stages, languages, and in the layer above topics and standards.

What is in use is never deleted; who may is asked of the table of roles.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_noop

from codes.models import Code, Jurisdiction, Stage, Version
from codes.permissions import may_somewhere
from tracker.accounts.models import User
from tracker.common import writing
from tracker.common.answers import Answer
from tracker.common.conflicts import Conflict, state_of

Entry = TypeVar("Entry", bound=models.Model)
IN_USE = gettext_noop("This is in use, so it stays. Change its words instead.")


def may_change(user: User, entry: models.Model | None = None) -> Answer:
    """A stage and a language belong to a jurisdiction: a role in one of its laws is asked for."""
    of = entry.jurisdiction if isinstance(entry, Stage) else entry if isinstance(entry, Jurisdiction) else None
    return may_somewhere(user, "catalogue", of=of)


@transaction.atomic
def add(entry: Entry, *, by: User, reason: str) -> Entry:
    """A new entry. Raises `ValidationError`, for instance when its short name is taken."""
    may_change(by, entry).require()
    return writing.record(entry, by=by, reason=reason)


@transaction.atomic
def change(entry: Entry, *, values: dict[str, Any], seen: str, by: User, reason: str) -> Entry:
    """Set some fields. `seen` is the state that the form showed; raises `Conflict` when the row is another by now."""
    may_change(by, entry).require()
    row: Entry = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
    if state_of(row) != seen:
        raise Conflict(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    return writing.record(row, by=by, reason=reason)


@transaction.atomic
def delete(entry: models.Model, *, by: User, reason: str) -> None:
    """Delete what nothing uses. The lock keeps others from beginning to use it meanwhile."""
    may_change(by, entry).require()
    row = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
    if uses(row):
        raise PermissionDenied(IN_USE)
    writing.delete(row, by=by, reason=reason)


def uses(entry: models.Model) -> int:
    """How many rows point at this one."""
    return sum(
        relation.related_model._default_manager.filter(**{relation.field.name: entry}).count()
        for relation in entry._meta.related_objects
    )


def texts_in(jurisdiction: Jurisdiction, language: str) -> int:
    """How many texts of the jurisdiction's laws are in this language."""
    return Version.objects.filter(code__in=Code.objects.filter(jurisdiction=jurisdiction), language=language).count()


@transaction.atomic
def set_languages(
    *, jurisdiction: Jurisdiction, languages: list[str], seen: str, by: User, reason: str
) -> Jurisdiction:
    """The languages in which laws are made there. One that texts are in cannot be taken out."""
    for language in set(jurisdiction.languages) - set(languages):
        if texts_in(jurisdiction, language):
            raise PermissionDenied(IN_USE)
    return change(jurisdiction, values={"languages": languages}, seen=seen, by=by, reason=reason)
