"""Cases made once: a factory called again in the same world writes again what it wrote, without taking the steps.

Most tests begin with a case, and a case is made by the real steps: dozens of rules asked, hundreds of rows read. The
second test that asks for the same case in the same world gets the same rows for a tenth of that. How:

- Every test begins with the same database (it is rolled back at its end; PostgreSQL's sequences, which are not, are set
  back before a test's first write). So the world at any moment is what the test has written since it began, and a
  fingerprint of these statements, kept by `History`, names it.
- `remembered` marks a factory. Called with arguments that are plain values, it looks for what the same call wrote in
  the same world, under the same settings and language. If there is something, these very statements are sent again and
  the case is read from the database. If not, the steps are taken and what they write is kept.
- Whatever could make this wrong is built anew each time: arguments that are not plain values (files, open objects), a
  test that has patched something other than the clock of the interfaces, a step that rolled back on its way, a test
  that is not rolled back. No step below the interfaces reads a clock, and none leaves anything to be done on commit.

`tests/test_remembering.py` proves that a case written again is the case that was made.
"""

import enum
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import wraps
from hashlib import blake2b
from inspect import signature
from typing import Any, ParamSpec

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.utils import translation

from huiyin.complaints.models import Complaint
from huiyin.interfaces.common import clock

P = ParamSpec("P")
Statement = tuple[str, Any, bool]
World = tuple[bytes, frozenset[str]]

PLAIN = (str, int, float, Decimal, date, time, timedelta, type(None))
NEUTRAL = ("SELECT", "PRAGMA", "EXPLAIN", "SHOW", "SET ", "BEGIN", "RELEASE")
# Factories give people and departments the same key each time, so their order makes no difference.
PEOPLE = ('INSERT INTO "people_person" ', 'INSERT INTO "people_personrole" ', 'INSERT INTO "people_department" ')
# Who signed in when and with which browser is random, and no step below the interfaces looks at it.
SIGN_IN = (
    'INSERT INTO "django_session"',
    'UPDATE "django_session"',
    'DELETE FROM "django_session"',
    'UPDATE "people_person" SET "last_login"',
)
SIGN_IN_FIELDS = ("last_login", "password")
# Where files lie and how passwords are stored does not change what a step writes into the database.
INDIFFERENT = ("MEDIA_ROOT", "PASSWORD_HASHERS")


class NotPlain(Exception):
    """An argument cannot be compared with that of another call."""


@dataclass(frozen=True)
class Memory:
    """What one call wrote, the world it left behind, and the case it made."""

    statements: tuple[Statement, ...]
    world: World
    case: int


class History:
    """What the running test has written so far."""

    def __init__(self) -> None:
        self.memories: dict[tuple[Any, ...], Memory] = {}
        self.restart_sequences = ""
        self.making = 0
        self.forget()

    @contextmanager
    def within(self) -> Iterator[None]:
        """A factory works, perhaps by way of another."""
        self.making += 1
        try:
            yield
        finally:
            self.making -= 1

    def begin(self) -> None:
        """A test begins, in the same database as every other, unless a fixture of its module keeps a transaction."""
        if not connection.in_atomic_block:
            self.forget()

    def forget(self) -> None:
        """Nothing has been written."""
        self.world: World = (b"", frozenset())
        self.saved: dict[str, World] = {}
        self.written: list[Statement | None] = []
        self.restarted = False
        self.patches: Any = None

    def start_watching(self) -> None:
        """Watch every statement from now on; the database is as each test finds it."""
        connection.execute_wrappers.append(self.watch)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT schemaname, sequencename, last_value FROM pg_sequences")
                calls = [
                    f"setval('{schema}.{name}', {last or 1}, {str(last is not None).lower()})"
                    for schema, name, last in cursor.fetchall()
                ]
            self.restart_sequences = f"SELECT {', '.join(calls)}"
        self.forget()

    def watch(self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
        """Stand between Django and the database."""
        if not sql.startswith(NEUTRAL):
            self.restart()
            self.note(sql, params, many)
        return execute(sql, params, many, context)

    def restart(self) -> None:
        """Before the first statement that writes, let PostgreSQL count as at the beginning of every test."""
        if self.restart_sequences and not self.restarted:
            raw().execute(self.restart_sequences)
        self.restarted = True

    def note(self, sql: str, params: Any, many: Any) -> None:
        """Add one statement that writes, or that opens, ends or takes back a part of the transaction."""
        if sql.startswith("SAVEPOINT"):
            self.saved[sql.split()[-1]] = self.world
            return
        if sql.startswith("ROLLBACK"):
            # What was taken back has left its numbers used up, so this is no longer the world of the savepoint.
            chain, people = self.saved[sql.split()[-1]]
            self.world = further(chain, repr(self.world)), people
            self.written.append(None)
            return
        self.written.append((sql, params, many))
        chain, people = self.world
        if sql.startswith(SIGN_IN):
            return
        rows = params if many else [params]
        text = repr((sql, [[comparable(value) for value in row or ()] for row in rows]))
        if sql.startswith(PEOPLE):
            self.world = chain, people | {text}
        else:
            self.world = further(chain, text), people

    def write_again(self, memory: Memory) -> None:
        """Send the statements of a memory, past everything that counts or watches statements."""
        self.restart()
        cursor = raw()
        if connection.vendor == "postgresql":
            calls = [(sql, row) for sql, rows, many in memory.statements for row in (rows if many else [rows])]
            cursor.execute(";".join(cursor.mogrify(sql, row) for sql, row in calls))
        else:
            for sql, params, many in memory.statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
        self.written.extend(memory.statements)
        self.world = memory.world

    def keep(self, key: tuple[Any, ...], before: int, case: int) -> None:
        """Remember what a call wrote, unless it took something back on its way."""
        written = [statement for statement in self.written[before:] if statement is not None]
        if len(written) == len(self.written) - before:
            self.memories[key] = Memory(tuple(written), self.world, case)

    def key(self, name: str, given: dict[str, Any]) -> tuple[Any, ...] | None:
        """Everything the outcome of a call depends on; None when that cannot be told."""
        patched = self.patches is not None and [p for p in self.patches._setattr if p[:2] != (clock, "now")]
        if patched or not connection.in_atomic_block or self.watch not in connection.execute_wrappers:
            return None
        try:
            return name, self.world, plain(given), translation.get_language(), overridden()
        except NotPlain:
            return None


HISTORY = History()


def remembered(*needed: Callable[[], Any]) -> Callable[[Callable[P, Complaint]], Callable[P, Complaint]]:
    """Mark a factory of cases as one whose outcome may be written again.

    Whom it will need is made first, so that it makes no difference which of them the test has made already.
    """

    def marked(make: Callable[P, Complaint]) -> Callable[P, Complaint]:
        form = signature(make)

        @wraps(make)
        def once(*given: P.args, **named: P.kwargs) -> Complaint:
            for person in () if HISTORY.making else needed:
                person()
            whole = form.bind(*given, **named)
            whole.apply_defaults()
            key = HISTORY.key(make.__name__, whole.arguments)
            if key is None:
                return make(*given, **named)
            memory = HISTORY.memories.get(key)
            if memory is not None:
                HISTORY.write_again(memory)
                return Complaint.objects.get(pk=memory.case)
            before = len(HISTORY.written)
            with HISTORY.within():
                case = make(*given, **named).pk
            HISTORY.keep(key, before, case)
            return Complaint.objects.get(pk=case)

        return once

    return marked


def raw() -> Any:
    """The cursor of the database itself."""
    return connection.cursor().cursor


def further(world: bytes, text: str) -> bytes:
    return blake2b(world + text.encode(), digest_size=16).digest()


def comparable(value: Any) -> Any:
    """A parameter as something whose repr tells it whole: psycopg's wrappers shorten theirs, a memoryview has none."""
    value = getattr(value, "obj", value)
    return bytes(value) if isinstance(value, memoryview) else value


def overridden() -> Any:
    """Settings this test has changed."""
    found, layer = {}, settings._wrapped
    while "default_settings" in vars(layer):
        found = {name: repr(value) for name, value in vars(layer).items() if name.isupper()} | found
        layer = layer.default_settings
    return tuple(sorted((name, value) for name, value in found.items() if name not in INDIFFERENT))


def plain(value: Any) -> Any:
    """A value as something equal for equal values alone."""
    if isinstance(value, (*PLAIN, enum.Enum)):
        return type(value).__name__, value
    if isinstance(value, tuple | list):
        return type(value).__name__, tuple(plain(part) for part in value)
    if isinstance(value, dict):
        return tuple((plain(name), plain(part)) for name, part in value.items())
    if isinstance(value, Model):
        names = [field.attname for field in value._meta.concrete_fields if field.name not in SIGN_IN_FIELDS]
        return value._meta.label, tuple(plain(vars(value).get(name)) for name in names)
    if is_dataclass(value):
        return type(value).__name__, tuple(plain(getattr(value, field.name)) for field in fields(value))
    raise NotPlain(type(value))
