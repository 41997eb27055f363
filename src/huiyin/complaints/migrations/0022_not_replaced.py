"""INSERT OR REPLACE is a deletion that fires no trigger for deletions: SQLite refuses it before it begins."""

from django.db import migrations

# Table and what another row must not share with it.
ALONE = {
    "complaints_event": (("id",), ("complaint_id", "number")),
    "complaints_checkpoint": (("id",),),
    "complaints_eventtext": (("id",), ("event_id", "name")),
}


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return  # ON CONFLICT … DO UPDATE is an update there, and refused as one
    for table, keys in ALONE.items():
        taken = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{name} = NEW.{name}' for name in key)})" for key in keys
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} "
            f"BEGIN SELECT RAISE(ABORT, 'the timeline is append-only: REPLACE on {table}'); END"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in ALONE:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_replace")


class Migration(migrations.Migration):
    dependencies = [("complaints", "0021_findings_by_day")]
    operations = [migrations.RunPython(refuse, allow)]
