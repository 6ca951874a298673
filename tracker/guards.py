"""What the database itself refuses: set after every migration from the kinds of the models (docs/adr/0004).

Grants for the four roles, the history guard on every traced table, and append-only triggers. Idempotent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, models

from tracker.common.tables import AppendOnly, Erasable, Intake, PublicDerived, Published
from tracker.publication.watched import WATCHED

PROJECT_APPS = ("accounts", "jobs", "codes", "amendments", "publication", "follow")

GUARD_FUNCTIONS = """
create or replace function history_guard() returns trigger language plpgsql set search_path = pg_catalog as $$
declare cur jsonb; his jsonb; bad text; key bigint := coalesce(new.id, old.id);
begin
  execute format('select to_jsonb(t) from %I.%I t where id = $1', tg_table_schema, tg_table_name) into cur using key;
  execute format('select to_jsonb(h) from %I.%I h where id = $1 and txid = pg_current_xact_id()
                  order by history_id desc limit 1', tg_table_schema, tg_argv[0]) into his using key;
  select string_agg(k.key, ', ') into bad
    from jsonb_each(cur) k where his ? k.key and his->k.key is distinct from k.value;
  if his is null or bad is not null or (cur is null and his->>'history_type' <> '-') then
    raise exception 'history of % % is missing or differs: %', tg_table_name, key, bad
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;

create or replace function refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'integrity_constraint_violation';
end $$;

create or replace function note_unreleased() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  insert into publication_unreleased (law)
    select slug from codes_code c where not exists (
      select 1 from publication_unreleased u where u.law = c.slug and u.txid = pg_current_xact_id());
  return null;
end $$;
"""


def project_models() -> Iterator[type[models.Model]]:
    """Every concrete model of the project, history models included."""
    for label in PROJECT_APPS:
        for model in apps.get_app_config(label).get_models():
            if not model._meta.proxy:
                yield model


def history_of(model: type[models.Model]) -> type[models.Model] | None:
    """The model that keeps a traced model's history."""
    manager = getattr(model, "history", None)
    history: type[models.Model] | None = getattr(manager, "model", None)
    return history if history is not model and history is not None and hasattr(history, "history_id") else None


def is_history(model: type[models.Model]) -> bool:
    return any(field.name == "history_id" for field in model._meta.fields)


def apply_guards(sender: object = None, using: str = "owner", **_signal: Any) -> None:
    """Signal receiver after `migrate --database owner`; runs once, when the last app has been migrated."""
    if using != "owner" or getattr(sender, "label", "publication") != "publication":
        return
    call_command("createcachetable", database="owner", verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute(GUARD_FUNCTIONS)
        for statement in [*_grants(), *_triggers()]:
            cursor.execute(statement)


def _role(alias: str) -> str:
    """The role behind an alias. A process that has no connection for it may name it in the environment's settings."""
    user = settings.DATABASES.get(alias, {}).get("USER") or f"tracker_{'app' if alias == 'default' else alias}"
    return connections["owner"].ops.quote_name(user)


def _grants() -> Iterator[str]:
    app, public, intake = _role("default"), _role("public"), _role("intake")
    yield f"grant usage on schema public to {app}, {public}, {intake}"
    yield f"grant select, insert, update, delete on all tables in schema public to {app}"
    yield f"revoke truncate, references, trigger on all tables in schema public from {app}"
    yield f"grant usage, select on all sequences in schema public to {app}"
    yield f"revoke all on all tables in schema public from {public}, {intake}"
    yield f"revoke insert, update, delete on django_migrations from {app}"
    for model in project_models():
        table = _table(model)
        if is_history(model) or issubclass(model, AppendOnly):
            yield f"revoke update, delete on {table} from {app}"
        if issubclass(model, Published | Erasable | PublicDerived):
            yield f"grant select on {table} to {public}"
        if issubclass(model, Intake):
            yield f"grant insert on {table} to {intake}"


def _triggers() -> Iterator[str]:
    for model in project_models():
        table = _table(model)
        if is_history(model) or issubclass(model, AppendOnly):
            yield from _append_only(table, "update or delete or truncate", "statement")
        if issubclass(model, Erasable):
            yield from _append_only(table, "truncate", "statement")
        history = history_of(model)
        if history is None:
            continue
        yield from _append_only(table, "truncate", "statement")
        yield f"drop trigger if exists history_guard on {table}"
        yield (
            f"create constraint trigger history_guard after insert or update or delete on {table} "
            "deferrable initially deferred "
            f"for each row execute function history_guard('{history._meta.db_table}')"
        )
        yield from _history_rules(history)
    for model, writes in WATCHED.items():
        yield f"drop trigger if exists note_unreleased on {_table(model)}"
        yield (
            f"create trigger note_unreleased after {writes} on {_table(model)} "
            "for each statement execute function note_unreleased()"
        )


def _append_only(table: str, events: str, level: str) -> Iterator[str]:
    yield f"drop trigger if exists refuse_change on {table}"
    yield f"create trigger refuse_change before {events} on {table} for each {level} execute function refuse_change()"


def _history_rules(history: type[models.Model]) -> Iterator[str]:
    table, name = _table(history), history._meta.db_table
    yield f"create index if not exists {connections['owner'].ops.quote_name(name[:50] + '_txid')} on {table} (id, txid)"
    yield f"alter table {table} drop constraint if exists person_and_reason"
    yield (
        f"alter table {table} add constraint person_and_reason "
        f"check (history_user_id is not null and coalesce(btrim(history_change_reason), '') <> '')"
    )


def _table(model: type[models.Model]) -> str:
    return connections["owner"].ops.quote_name(model._meta.db_table)
