import tracker.common.history
from django.db import migrations

# A release is closed by the end of the transaction that wrote it. Tables are looked for in the schema of the table
# itself: temporary tables of the same names do not count.
FUNCTIONS = """
create function release_follows() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare newest integer;
begin
  execute format('select coalesce(max(number), 0) from %I.publication_release', tg_table_schema) into newest;
  if new.number <> newest + 1 then
    raise exception 'release % is refused: the newest one is %', new.number, newest
      using errcode = 'integrity_constraint_violation';
  end if;
  new.txid := pg_current_xact_id();
  return new;
end $$;

create function release_is_open() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare open boolean;
begin
  execute format('select exists (select from %I.publication_release
                  where number = $1 and txid = pg_current_xact_id())', tg_table_schema) into open using new.release_id;
  if not open then
    raise exception '% is refused: release % is closed', tg_table_name, new.release_id
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create function tombstone_is_next() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare newest integer;
begin
  execute format('select coalesce(max(number), 0) from %I.publication_release', tg_table_schema) into newest;
  if new.after <> newest then
    raise exception 'tombstone is refused: it must come after release %', newest
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create trigger release_follows before insert on publication_release
  for each row execute function release_follows();
create trigger release_is_open before insert on publication_lawroot
  for each row execute function release_is_open();
create trigger release_is_open before insert on publication_entry
  for each row execute function release_is_open();
create trigger tombstone_is_next before insert on publication_tombstone
  for each row execute function tombstone_is_next();
"""
BACK = """
drop trigger release_follows on publication_release;
drop trigger release_is_open on publication_lawroot;
drop trigger release_is_open on publication_entry;
drop trigger tombstone_is_next on publication_tombstone;
drop function release_follows();
drop function release_is_open();
drop function tombstone_is_next();
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_erasure")]

    operations = [
        migrations.AddField(
            "release",
            "txid",
            tracker.common.history.TransactionId(
                db_default=tracker.common.history.CurrentTransactionId(), editable=False
            ),
        ),
        migrations.RunSQL(FUNCTIONS, BACK),
    ]
