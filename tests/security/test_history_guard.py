"""Every change of a traced row leaves a true history row, or the database refuses it at commit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from simple_history.utils import bulk_update_with_history

from tests.conftest import ROLES
from tests.factories import saved, someone, unsaved
from tracker.common.history import Traced
from tracker.common.sealed import SealedField
from tracker.common.tables import AppendOnly, Derived, Erasable, Intake, Operational
from tracker.common.writing import record
from tracker.guards import history_of, is_history, project_models

pytestmark = pytest.mark.django_db(transaction=True, databases=ROLES)
TRACED = [model for model in project_models() if history_of(model) is not None]
Way = Callable[[Any], None]


def text_field(row: Any) -> models.Field[Any, Any]:
    """A field whose change no other rule of the database forbids."""
    for field in row._meta.concrete_fields:
        free = (
            not field.unique
            and not field.choices
            and not field.primary_key
            and field.name not in {"handle", "password"}
            and not isinstance(field, SealedField)
        )
        if free and isinstance(field, models.CharField | models.TextField | models.JSONField | models.BooleanField):
            return field
    for field in row._meta.concrete_fields:
        if (
            isinstance(field, models.SmallIntegerField | models.IntegerField | models.CharField)
            and not field.primary_key
        ):
            return field
    return next(f for f in row._meta.concrete_fields if isinstance(f, models.ForeignKey))


def other(row: Any) -> tuple[models.Field[Any, Any], Any]:
    """A field and a value that it does not have now."""
    field = text_field(row)
    now = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey):
        return field, saved(field.related_model).pk  # type: ignore[arg-type]
    if isinstance(now, bool):
        return field, not now
    if isinstance(now, int):
        return field, now + 1
    return (field, {"changed": 1}) if isinstance(field, models.JSONField) else (field, f"{now}x"[-10:])


def query_update(row: Any) -> None:
    field, value = other(row)
    type(row).objects.filter(pk=row.pk).update(**{field.attname: value})


def bulk_create(row: Any) -> None:
    type(row).objects.bulk_create([unsaved(type(row))])


def bulk_update(row: Any) -> None:
    field, value = other(row)
    setattr(row, field.attname, value)
    type(row).objects.bulk_update([row], [field.name])


def raw_delete(row: Any) -> None:
    query = type(row).objects.filter(pk=row.pk)
    query._raw_delete(query.db)


def sql_update(row: Any) -> None:
    field, _ = other(row)
    with connection.cursor() as cursor:
        cursor.execute(f"alter table {row._meta.db_table} disable trigger user")
        cursor.execute(f"update {row._meta.db_table} set {field.column} = {field.column}")


def sql_touch(row: Any) -> None:
    field = text_field(row)
    with connection.cursor() as cursor:
        cursor.execute(f"update {row._meta.db_table} set {field.column} = {field.column} where id = %s", [row.pk])


def sql_delete(row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"delete from {row._meta.db_table} where id = %s", [row.pk])


def skip_history(row: Any) -> None:
    field, value = other(row)
    setattr(row, field.attname, value)
    row.skip_history_when_saving = True
    row.save()


def save_then_silent_update(row: Any) -> None:
    row._history_user, row._change_reason = someone(), "a true change"
    row.save()
    query_update(row)


def partial_bulk_with_history(row: Any) -> None:
    """simple-history's own helper records defaults for fields that were not loaded."""
    query_update(row)
    partial = type(row)(pk=row.pk)
    bulk_update_with_history(
        [partial], type(row), [text_field(row).name], default_user=someone(), default_change_reason="partial"
    )


def history_rolled_back(row: Any) -> None:
    query_update(row)
    mark = transaction.savepoint()
    fresh = type(row).objects.get(pk=row.pk)
    fresh._history_user, fresh._change_reason = someone(), "rolled back"
    fresh.save()
    transaction.savepoint_rollback(mark)


def temporary_table_in_front(row: Any) -> None:
    history = history_of(type(row))
    assert history is not None
    name = history._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table {name} as select * from {name} where false")
    query_update(row)


def empty_reason(row: Any) -> None:
    row._history_user, row._change_reason = someone(), " "
    row.save()


def nobody(row: Any) -> None:
    row._history_user, row._change_reason = None, "nobody did it"
    row.save()


def history_rewritten(row: Any) -> None:
    history = history_of(type(row))
    assert history is not None
    history.objects.filter(id=row.pk).update(history_change_reason="another reason")


def history_deleted(row: Any) -> None:
    history = history_of(type(row))
    assert history is not None
    query = history.objects.filter(id=row.pk)
    query._raw_delete(query.db)


def emptied(row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"truncate {row._meta.db_table} cascade")


WAYS: list[Way] = [
    query_update, bulk_create, bulk_update, raw_delete, sql_update, sql_touch, sql_delete, skip_history,
    save_then_silent_update,
    partial_bulk_with_history, history_rolled_back, temporary_table_in_front, empty_reason, nobody,
    history_rewritten, history_deleted, emptied,
]  # fmt: skip


def test_at_least_twelve_ways_round_are_tried() -> None:
    assert len(WAYS) >= 12


@pytest.mark.parametrize("model", TRACED, ids=lambda m: m.__name__)
def test_every_way_round_the_history_is_refused_at_commit(model: type[models.Model]) -> None:
    accepted = []
    for way in WAYS:
        row = unsaved(model)
        with transaction.atomic():
            record(row, by=someone(), reason="made for a test")
        before = _snapshot(row)
        try:
            with transaction.atomic():
                way(row)
        except DatabaseError:
            assert _snapshot(row) == before
        else:
            accepted.append(way.__name__)
    assert accepted == [], f"{model.__name__}: the database accepted {accepted}"


def _snapshot(row: Any) -> list[Any]:
    history = history_of(type(row))
    assert history is not None
    rows = list(type(row).objects.filter(pk=row.pk).values())
    return [
        rows,
        list(
            history.objects.filter(id=row.pk).order_by("history_id").values_list("history_id", "history_change_reason")
        ),
    ]


def test_a_save_outside_a_transaction_is_refused() -> None:
    from amendments.models import Topic

    topic = unsaved(Topic)
    topic._history_user, topic._change_reason = someone(), "two statements"
    with pytest.raises(DatabaseError):
        topic.save()
    assert not Topic.objects.exists()


def test_a_whole_change_is_accepted() -> None:
    from amendments.models import Topic

    with transaction.atomic():
        topic = record(unsaved(Topic), by=someone(), reason="made")
        topic.gist = "another gist"
        record(topic, by=someone(), reason="changed")
    assert [row.history_change_reason for row in topic.history.order_by("history_id")] == ["made", "changed"]


@pytest.mark.parametrize("model", [m for m in project_models() if not is_history(m)], ids=lambda m: m.__name__)
def test_every_model_is_exactly_one_kind_of_table(model: type[models.Model]) -> None:
    kinds = [kind for kind in (Traced, AppendOnly, Derived, Operational, Erasable, Intake) if issubclass(model, kind)]
    assert len(kinds) == 1 or model.__name__ == "User", f"{model.__name__}: {kinds}"


def test_append_only_tables_refuse_change_as_the_application() -> None:
    for model in project_models():
        if not (issubclass(model, AppendOnly) or is_history(model)):
            continue
        for statement in ("update {} set {} = {}", "delete from {}", "truncate {}"):
            column = model._meta.pk.column
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(model._meta.db_table, column, column))
