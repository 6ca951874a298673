"""A small record in real commits, and ways to change it behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

from tests.factories import someone
from tracker.common.tables import Erasable, Published
from tracker.guards import project_models
from tracker.publication.models import Release
from tracker.publication.services import releases

RECORD = [model for model in project_models() if issubclass(model, Published | Erasable)]
BODIES: dict[str, dict[str, Any]] = {
    "laws/a/one": {"text": "Клевета", "n": 1, "who": [{"seal": "A signatory"}, {"seal": "Another"}]},
    "laws/a/two": {"text": "Жала жабу", "list": [1, 2, 3]},
    "laws/a/three": {"text": "gone after the first release"},
}
CHANGED = {**{k: v for k, v in BODIES.items() if k != "laws/a/three"}, "laws/a/two": {"text": "changed"}}
OTHER_LAW = {"laws/b/one": {"text": "other law"}, "laws/b/two": {"text": "of which nothing changes"}}


def publish(**documents: dict[str, Any]) -> Release | None:
    """Publish laws and commit."""
    with transaction.atomic():
        return releases.publish(documents=documents, by=someone())


def two_releases() -> None:
    publish(a=BODIES, b=OTHER_LAW)
    publish(a=CHANGED)


def as_owner(sql: str, *values: Any) -> int:
    """Change rows behind the record's back, as who holds the machine could. The number of rows."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(sql, values or None)
        return int(cursor.rowcount)


def keep() -> None:
    """Keep the record as it is now, for `restore`; in temporary tables of the owner's session."""
    for table in (model._meta.db_table for model in RECORD):
        as_owner(f"drop table if exists kept_{table}")
        as_owner(f"create temporary table kept_{table} as table {table}")


def restore() -> None:
    for table in (model._meta.db_table for model in RECORD):
        as_owner(f"delete from {table}")
        as_owner(f"insert into {table} select * from kept_{table}")


@contextmanager
def tampered(*statements: str) -> Iterator[None]:
    """The record with these changes, and afterwards as it was. Raises DatabaseError where a change is impossible."""
    keep()
    try:
        for statement in statements:
            assert as_owner(statement), f"changes nothing: {statement}"
        yield
    finally:
        restore()
