"""Full-text indexes over the tokens of a case: FTS5 with external content on SQLite, GIN on PostgreSQL."""

from django.db import migrations

TABLE = "complaints_searchtext"
SQLITE = (
    "CREATE VIRTUAL TABLE complaints_search USING fts5("
    f"tokens, content='{TABLE}', content_rowid='complaint_id', tokenize='unicode61', prefix='1')",
    f"CREATE TRIGGER {TABLE}_found AFTER INSERT ON {TABLE} BEGIN "
    "INSERT INTO complaints_search(rowid, tokens) VALUES (new.complaint_id, new.tokens); END",
    f"CREATE TRIGGER {TABLE}_lost AFTER DELETE ON {TABLE} BEGIN "
    "INSERT INTO complaints_search(complaints_search, rowid, tokens) "
    "VALUES ('delete', old.complaint_id, old.tokens); END",
    f"CREATE TRIGGER {TABLE}_changed AFTER UPDATE ON {TABLE} BEGIN "
    "INSERT INTO complaints_search(complaints_search, rowid, tokens) "
    "VALUES ('delete', old.complaint_id, old.tokens); "
    "INSERT INTO complaints_search(rowid, tokens) VALUES (new.complaint_id, new.tokens); END",
)


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX complaints_search ON {TABLE} USING gin (to_tsvector('simple', tokens))")
        return
    for statement in SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX complaints_search")
        return
    for name in ("found", "lost", "changed"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}")
    schema_editor.execute("DROP TABLE complaints_search")


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_append_only")]
    operations = [migrations.RunPython(make, drop)]
