"""System checks for what SQLite forgets silently: its pragmas and full-text search."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import OperationalError, connections

# What each pragma answers; synchronous is 1 for NORMAL and 2 for FULL.
SYNCHRONOUS = {"NORMAL": 1, "FULL": 2}


@register(Tags.database)
def sqlite_keeps_its_word(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Ask the connection itself: a pragma that was misspelt or overridden raises nothing."""
    messages: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        expected = {
            "journal_mode": "wal",
            "synchronous": SYNCHRONOUS[settings.HUIYIN_SYNCHRONOUS],
            "foreign_keys": 1,
        }
        with connection.cursor() as cursor:
            for pragma, wanted in expected.items():
                cursor.execute(f"PRAGMA {pragma}")
                found = cursor.fetchone()[0]
                # A database in memory keeps no journal on disk.
                if found not in (wanted, "memory"):
                    messages.append(Error(f"SQLite's {pragma} is {found}, not {wanted}.", id="huiyin.E001"))
            try:
                cursor.execute("CREATE VIRTUAL TABLE temp.fts_probe USING fts5(words)")
                cursor.execute("DROP TABLE temp.fts_probe")
            except OperationalError:
                messages.append(Error("This SQLite was built without FTS5 (full-text search).", id="huiyin.E002"))
    return messages
