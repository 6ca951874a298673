"""The few deletions among the many rows of a history: the activity asks for them with every page."""

from django.db import migrations

TABLES = {"amendments_historicalprovision": "law_id", "amendments_historicalconcern": "provision_id"}


class Migration(migrations.Migration):
    dependencies = [("amendments", "0005_concern_editions")]

    operations = [
        migrations.RunSQL(
            f"create index {table}_gone on {table} ({column}) where history_type = '-'", f"drop index {table}_gone"
        )
        for table, column in TABLES.items()
    ]
