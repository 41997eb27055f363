"""The database itself refuses to change or delete what the timeline says (decision 5)."""

from django.db import migrations

# Table and the statements it refuses. Words beside an event may be erased as a whole, never rewritten.
REFUSED = (
    ("complaints_event", ("UPDATE", "DELETE")),
    ("complaints_checkpoint", ("UPDATE", "DELETE")),
    ("complaints_eventtext", ("UPDATE",)),
)


def refuse(apps, schema_editor):
    for table, verbs in REFUSED:
        for verb in verbs:
            name = f"{table}_no_{verb.lower()}"
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ "
                    f"BEGIN RAISE EXCEPTION 'the timeline is append-only: {verb} on {table}'; END $$ LANGUAGE plpgsql"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'the timeline is append-only: {verb} on {table}'); END"
                )


def allow(apps, schema_editor):
    for table, verbs in REFUSED:
        for verb in verbs:
            name = f"{table}_no_{verb.lower()}"
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_tables")]
    operations = [migrations.RunPython(refuse, allow)]
