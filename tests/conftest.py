"""What every test may use.

Settings come from the environment, so the environment is set here, before anything imports them; pyproject.toml names
no settings module, because pytest-django would read it before this file.
"""

import fcntl
import gc
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

from huiyin.config.words import compile_stale

# A process started by pytest-xdist inherits what its parent set; its databases carry its number in their names.
PARENT = "PYTEST_XDIST_WORKER" not in os.environ
DATA = Path(tempfile.mkdtemp(prefix="huiyin-test-")) if PARENT else Path(os.environ["HUIYIN_DATA"])
(DATA / "static").mkdir(exist_ok=True)  # what serves static files warns of a folder that is not there
os.environ |= {
    "HUIYIN_DATA": str(DATA),
    "HUIYIN_MODE": "development",
    "HUIYIN_SECRET_KEY": "a-key-for-tests-that-guards-nothing-at-all",
    "DJANGO_SETTINGS_MODULE": "huiyin.config.settings",
}
os.environ.setdefault("HUIYIN_LOG_LEVEL", "ERROR")
for name in ("HUIYIN_CLOCK", "HUIYIN_DEBUG", "HUIYIN_SMTP_URL", "HUIYIN_ALLOWED_HOSTS", "HUIYIN_HTTPS"):
    os.environ.pop(name, None)

# What pytest collects lives to the end: collecting garbage seldom saves a sixth of all time.
gc.set_threshold(50_000, 20, 20)

# The first process to need a database makes it and leaves a copy under this name; the others begin with the copy.
COPY = f"copy_{DATA.name.removeprefix('huiyin-test-')}"
COPIED = DATA / "copied"

# Words are compiled before anything can ask for one; processes of pytest-xdist start when that is done.
if PARENT:
    compile_stale(Path(settings.LOCALE_PATHS[0]))

# The conftest of a room imports models, and pytest reads it before any hook runs.
django.setup()

from tests.remembering import HISTORY  # noqa: E402 — imports models


def pytest_configure(config):
    if settings.HUIYIN_DATA != DATA:
        raise pytest.UsageError("Settings were read too early: unset DJANGO_SETTINGS_MODULE, leave out --ds.")


def pytest_unconfigure(config):
    if PARENT:
        if COPIED.exists() and on_postgresql():
            at_postgresql("dropdb", COPY)
        shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    """Leave out, rather than skip, what holds on the other database alone; begin with what takes long.

    What needs no database, or has the same outcome on each, runs once, on SQLite.

    Each of two processes takes one half and helps the other at its end. The second half begins with what needs no
    database, so that whoever takes it need not wait for the first to make one.
    """
    here = [item for item in items if belongs_here(item)]
    if len(here) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if not belongs_here(item)])
    with_database = sorted((item for item in here if needs_database(item)), key=starts_processes, reverse=True)
    without = [item for item in here if not needs_database(item)]
    middle = len(here) // 2
    items[:] = [*with_database[:middle], *without, *with_database[middle:]]


def belongs_here(item):
    if on_postgresql():
        return needs_database(item) and not any(item.get_closest_marker(mark) for mark in ("sqlite", "once"))
    return not item.get_closest_marker("postgresql")


def needs_database(item):
    return bool(item.get_closest_marker("django_db") or {"db", "django_db_setup"} & set(item.fixturenames))


def starts_processes(item):
    return "own_database" in item.fixturenames or item.path.name in ("test_serving.py", "test_preparing.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    HISTORY.begin()


@pytest.fixture
def monkeypatch(monkeypatch):
    """Tell who remembers cases what a test has patched."""
    HISTORY.patches = monkeypatch
    return monkeypatch


def on_postgresql():
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_modify_db_settings, django_db_blocker):
    """Make the tables and load the shipped calendars, packs and knowledge once, as every house has them.

    `bare` gives the database without calendars and packs.
    """
    with one_at_a_time():
        if COPIED.exists():
            begin_with_copy()
        request.getfixturevalue("django_db_setup")
        connection_created.disconnect(fill_from_copy)
        with django_db_blocker.unblock():
            if not COPIED.exists():
                load()
                copy()
            HISTORY.start_watching()


def load():
    from tests import factories  # imports models, which wait for django.setup() above

    factories.load_policy()
    factories.load_knowledge()


@contextmanager
def one_at_a_time():
    """Let the other processes of this run wait."""
    with open(DATA / "making", "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def begin_with_copy():
    """Let Django find every table in the database it makes."""
    if on_postgresql():
        connection.settings_dict["TEST"]["TEMPLATE"] = COPY
    else:
        connection_created.connect(fill_from_copy)


def fill_from_copy(connection, **_):
    with sqlite3.connect(DATA / COPY) as source:
        source.backup(connection.connection)


def copy():
    """Leave a copy of the database as every test finds it."""
    if on_postgresql():
        connection.close()
        at_postgresql("createdb", "-T", connection.settings_dict["NAME"], COPY)
    else:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(DATA / COPY)])
    COPIED.touch()


@pytest.fixture
def bare(db):
    """An empty database: no calendar and no pack."""
    for name in ("CalendarYear", "PackVersion"):
        apps.get_model("policy", name).objects.all().delete()


@pytest.fixture
def own_database(django_db_setup, tmp_path):
    """Give the address (for HUIYIN_DATABASE) of a database as every test finds it, which other processes may write to.

    Timelines refuse deletion, so what really commits needs a database of its own rather than a flush.
    """
    if not on_postgresql():
        yield shutil.copyfile(DATA / COPY, tmp_path / "own.sqlite3").as_posix()
        return
    own = f"own_{os.getpid()}_{os.urandom(4).hex()}"
    at_postgresql("createdb", "-T", COPY, own)
    yield os.environ["HUIYIN_DATABASE"].replace("/huiyin?", f"/{own}?")
    at_postgresql("dropdb", "--force", own)


def at_postgresql(command, *arguments):
    """Run one of PostgreSQL's own commands against the server under test."""
    told = settings.DATABASES["default"]
    server = {"PGHOST": told["HOST"], "PGPORT": told["PORT"], "PGUSER": told["USER"], "PGPASSWORD": told["PASSWORD"]}
    given = {name: value for name, value in server.items() if value}
    subprocess.run([command, *arguments], env={**os.environ, **given}, check=True)
