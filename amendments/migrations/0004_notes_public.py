"""Every note gets a lasting public id; the revisions and the published edits of one note share it."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import migrations, models

import amendments.models.annotations

# One id for each chain of edits, drawn from a seed that is forgotten. Changing the type rewrites each row by an
# expression and fires no trigger: nothing was edited, so no history row is owed.
GIVE_IDS = """
create temporary table note_ids on commit drop as
with recursive chain(id, root) as (
    select id, id from amendments_annotation where replaces_id is null
    union all
    select a.id, chain.root from amendments_annotation a join chain on a.replaces_id = chain.id
)
select id, left(md5(root::text || '{seed}'), 10)::varchar as public_id from chain;
create function pg_temp.note_id(bigint) returns varchar language sql as
    $$ select coalesce((select public_id from note_ids where id = $1), left(md5($1::text || '{seed}'), 10)) $$;
alter table amendments_annotation alter column public_id type varchar(12) using pg_temp.note_id(id);
alter table amendments_historicalannotation alter column public_id type varchar(12) using pg_temp.note_id(id);
"""


def give_ids(apps: Any, schema_editor: Any) -> None:
    del apps
    schema_editor.execute(GIVE_IDS.replace("{seed}", secrets.token_hex(16)))


def _public_id(default: Any) -> models.CharField[str, str]:
    return models.CharField(default=default, editable=False, max_length=12)


class Migration(migrations.Migration):
    dependencies = [
        ("amendments", "0003_records_search"),
        ("codes", "0004_records_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("annotation", "public_id", _public_id("")),
        migrations.AddField("historicalannotation", "public_id", _public_id("")),
        migrations.RunPython(give_ids, migrations.RunPython.noop),
        migrations.AlterField("annotation", "public_id", _public_id(amendments.models.annotations.new_public_id)),
        migrations.AlterField(
            "historicalannotation", "public_id", _public_id(amendments.models.annotations.new_public_id)
        ),
        migrations.AddConstraint(
            "annotation",
            models.UniqueConstraint(
                condition=models.Q(("status", "published")),
                fields=("public_id",),
                name="one_published_note_at_an_address",
            ),
        ),
    ]
