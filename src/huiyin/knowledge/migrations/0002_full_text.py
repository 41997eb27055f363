"""Full-text indexes over the tokens of an entry: FTS5 with external content on SQLite, GIN on PostgreSQL."""

from django.db import migrations

TABLE = "knowledge_entrytext"
SQLITE = (
    "CREATE VIRTUAL TABLE knowledge_search USING fts5("
    f"tokens, content='{TABLE}', content_rowid='entry_id', tokenize='unicode61', prefix='1')",
    f"CREATE TRIGGER {TABLE}_found AFTER INSERT ON {TABLE} BEGIN "
    "INSERT INTO knowledge_search(rowid, tokens) VALUES (new.entry_id, new.tokens); END",
    f"CREATE TRIGGER {TABLE}_lost AFTER DELETE ON {TABLE} BEGIN "
    "INSERT INTO knowledge_search(knowledge_search, rowid, tokens) "
    "VALUES ('delete', old.entry_id, old.tokens); END",
    f"CREATE TRIGGER {TABLE}_changed AFTER UPDATE ON {TABLE} BEGIN "
    "INSERT INTO knowledge_search(knowledge_search, rowid, tokens) "
    "VALUES ('delete', old.entry_id, old.tokens); "
    "INSERT INTO knowledge_search(rowid, tokens) VALUES (new.entry_id, new.tokens); END",
)


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX knowledge_search ON {TABLE} USING gin (to_tsvector('simple', tokens))")
        return
    for statement in SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX knowledge_search")
        return
    for name in ("found", "lost", "changed"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}")
    schema_editor.execute("DROP TABLE knowledge_search")


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_shelves")]
    operations = [migrations.RunPython(make, drop)]
