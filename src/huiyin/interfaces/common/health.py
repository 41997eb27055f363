"""GET /healthz: whether a complaint could be taken right now, and what is lacking if not."""

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.interfaces.common import clock
from huiyin.policy.packs import store

# Migrations are applied before a server starts and never taken back while it runs: once found complete, they stay so.
_complete: set[str] = set()


def lacking() -> list[str]:
    """Name what stands between this moment and a filed complaint; an empty list means nothing does."""
    try:
        if not can_write():
            return ["the database cannot be written"]
        if not is_migrated():
            return ["the database is not up to date: huiyin prepare"]
        return [] if store.versions_in_force(clock.now()).exists() else ["no policy pack is in force: huiyin pack load"]
    except DatabaseError as error:
        return [f"the database does not answer ({type(error).__name__})"]


def can_write() -> bool:
    """Take the right to write and give it back: SQLite's write lock, or a PostgreSQL that is no standby."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return True
        cursor.execute("SELECT current_setting('transaction_read_only') = 'off'")
        return bool(cursor.fetchone()[0])


def is_migrated() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _complete:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _complete.add(name)
    return True


@never_cache
@require_safe
def healthz(_: HttpRequest) -> JsonResponse:
    """Answer 200 once a complaint can be taken, else 503 with what is lacking."""
    told = lacking()
    return JsonResponse({"ready": not told, "lacking": told}, status=503 if told else 200)
