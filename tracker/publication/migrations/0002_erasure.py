from django.db import migrations, models

# What may go is decided here, beside the two tables. The tombstone is looked for in the schema of the table itself: a
# temporary table of the same name does not count.
FUNCTION = """
create function erasure_needs_tombstone() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  goal text := to_jsonb(old)->>tg_argv[1];
  asked boolean := tg_op = tg_argv[0];
  buried boolean := false;
begin
  if asked and tg_op = 'UPDATE' then
    asked := to_jsonb(new) = to_jsonb(old) || '{"text": null}';
  end if;
  if asked then
    execute format('select exists (select from %I.publication_tombstone where target = $1)', tg_table_schema)
      into buried using goal;
  end if;
  if not buried then
    raise exception '% of % is refused: only an erasure with a tombstone may do that', tg_op, tg_table_name
      using errcode = 'integrity_constraint_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger erasure_needs_tombstone before update or delete on publication_document
  for each row execute function erasure_needs_tombstone('UPDATE', 'hash');
create trigger erasure_needs_tombstone before update or delete on publication_sealed
  for each row execute function erasure_needs_tombstone('DELETE', 'commitment');
"""
BACK = """
drop trigger erasure_needs_tombstone on publication_document;
drop trigger erasure_needs_tombstone on publication_sealed;
drop function erasure_needs_tombstone();
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]

    operations = [
        migrations.AddField("tombstone", "after", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.AddField(
            "tombstone", "hash", models.CharField(default="", max_length=64, unique=True), preserve_default=False
        ),
        migrations.RunSQL(FUNCTION, BACK),
    ]
