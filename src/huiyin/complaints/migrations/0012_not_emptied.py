"""PostgreSQL can empty a table without touching a row; the timeline refuses that too (decision 5)."""

from django.db import migrations

TABLES = ("complaints_event", "complaints_checkpoint")


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        name = f"{table}_no_truncate"
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION 'the timeline is append-only: TRUNCATE on {table}'; END $$ LANGUAGE plpgsql"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_no_truncate() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("complaints", "0004_full_text")]
    operations = [migrations.RunPython(refuse, allow)]
