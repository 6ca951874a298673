"""A valid row of any model of the project, made by looking at its fields: a new model needs no factory of its own."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models.fields import NOT_PROVIDED
from django.utils import timezone

from amendments.models import Annotation, Concern, ConcernEdition, ReviewStatus
from amendments.services import editions
from codes.models import Article, Code
from tracker.accounts.models import User
from tracker.accounts.services import members, personal
from tracker.common.sealed import SealedField
from tracker.common.writing import record
from tracker.guards import history_of

_counter = itertools.count(1)
# Values that a field's type does not tell.
SPECIAL: dict[str, Any] = {
    "handle": lambda n: f"member{n}",
    "sha256": lambda n: f"{n:064x}",
    "public_id": lambda n: f"p{n:03d}"[:8],
    "role": lambda n: "analyst",
    "status": lambda n: None,
}


def someone() -> User:
    return members.system()


def concern_in_public(concern: Concern, *, written_by: User, published_by: User) -> ConcernEdition:
    """The concern as it stands, as one person wrote it and another published it."""
    edition = ConcernEdition(
        concern=concern, status=ReviewStatus.PUBLISHED, written_by=written_by, last_edited_by=written_by,
        published_by=published_by, **editions.words_of(concern),
    )  # fmt: skip
    return record(edition, by=published_by, reason="test")


def unsaved(model: type[models.Model]) -> Any:
    """An instance with every required field filled; related rows are saved."""
    values = {}
    for field in model._meta.concrete_fields:
        database_fills = field.generated or field.db_default is not NOT_PROVIDED
        if (field.primary_key and isinstance(field, models.AutoField)) or database_fills:
            continue
        if field.null or field.has_default() or getattr(field, "auto_now_add", False):
            continue
        values[field.name] = _value(model, field)
    if model.__name__ == "Correspondence":  # a link needs at least one side
        values["old_article"] = saved(Article)
    if model.__name__ == "Comment":  # it stands beside a note or a verdict
        values["annotation"] = saved(Annotation)
    if model.__name__ == "Invitation":  # to a role in a law
        values["law"] = saved(Code)
    if model.__name__ == "User":
        values["password"] = "!"
    return model(**values)


def _value(model: type[models.Model], field: models.Field[Any, Any]) -> Any:
    n = next(_counter)
    if isinstance(field, models.OneToOneField) and field.related_model is User:  # each row is another member's
        return members.create(handle=f"owner{n}", password="correct horse battery", by=someone(), reason="test")
    if isinstance(field, models.ForeignKey):
        return saved(field.related_model)
    if isinstance(field, SealedField):
        return personal.seal(f"person {n}", key=personal.new_key())
    special = SPECIAL.get(field.name)
    if special is not None and special(n) is not None:
        return special(n)
    if field.choices:
        return next(value for value, _ in field.choices if value)
    kinds: list[tuple[type, Any]] = [
        (models.UUIDField, uuid4()), (models.BooleanField, True),
        (models.JSONField, {"n": n}), (models.DateTimeField, timezone.now()),
        (models.DateField, date(2000 + n % 100, n % 12 + 1, n % 28 + 1)), (models.IntegerField, n % 30000),
        (models.BinaryField, b"x"),
        (models.URLField, ""), (models.TextField, f"text {n}"),
        (models.CharField, f"x{n}"[: getattr(field, "max_length", None) or 20]),
    ]  # fmt: skip
    return next(value for kind, value in kinds if isinstance(field, kind))


def saved(model: type[models.Model]) -> Any:
    """A row of the model, with true history where the model is traced."""
    if model is User:
        return someone()
    row = unsaved(model)
    if history_of(model) is None:
        row.save()
        return row
    with transaction.atomic():
        return record(row, by=someone(), reason="made for a test")
