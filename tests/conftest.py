"""What every test may use.

Settings come from the environment, so the environment is set here, before anything imports them; pyproject.toml names
no settings module, because pytest-django would read it before this file.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from huiyin.config.words import compile_stale

# A process started by pytest-xdist inherits what its parent set; its databases carry its number in their names.
PARENT = "PYTEST_XDIST_WORKER" not in os.environ
DATA = Path(tempfile.mkdtemp(prefix="huiyin-test-")) if PARENT else Path(os.environ["HUIYIN_DATA"])
os.environ |= {
    "HUIYIN_DATA": str(DATA),
    "HUIYIN_MODE": "development",
    "HUIYIN_SECRET_KEY": "a-key-for-tests-that-guards-nothing-at-all",
    "DJANGO_SETTINGS_MODULE": "huiyin.config.settings",
}
os.environ.setdefault("HUIYIN_LOG_LEVEL", "ERROR")
for name in ("HUIYIN_CLOCK", "HUIYIN_DEBUG", "HUIYIN_SMTP_URL", "HUIYIN_ALLOWED_HOSTS", "HUIYIN_HTTPS"):
    os.environ.pop(name, None)

# The conftest of a room imports models, and pytest reads it before any hook runs.
django.setup()

from tests.remembering import HISTORY  # noqa: E402 — imports models


def pytest_configure(config):
    if settings.HUIYIN_DATA != DATA:
        raise pytest.UsageError("Settings were read too early: unset DJANGO_SETTINGS_MODULE, leave out --ds.")
    if PARENT:
        compile_stale(Path(settings.LOCALE_PATHS[0]))


def pytest_unconfigure(config):
    if PARENT:
        shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    """Leave out, rather than skip, what holds on the other database alone."""
    other = "sqlite" if on_postgresql() else "postgresql"
    elsewhere = [item for item in items if item.get_closest_marker(other)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if not item.get_closest_marker(other)]


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
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the shipped calendars, packs and knowledge once, as every house has them.

    `bare` gives the database without calendars and packs.
    """
    from tests import factories  # imports models, which wait for django.setup() above

    with django_db_blocker.unblock():
        factories.load_policy()
        factories.load_knowledge()
        HISTORY.start_watching()


@pytest.fixture
def bare(db):
    """An empty database: no calendar and no pack."""
    for name in ("CalendarYear", "PackVersion"):
        apps.get_model("policy", name).objects.all().delete()


@pytest.fixture(scope="session")
def _template(django_db_setup, django_db_blocker):
    """Copy the migrated, empty test database once, before any test writes to it."""
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
        if on_postgresql():
            connection.close()
            copy = f"template_{name}"
            at_postgresql("createdb", "-T", name, copy)
        else:
            copy = str(DATA / f"template_{Path(name).name}")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [copy])
            connection.close()
    yield copy
    if on_postgresql():
        at_postgresql("dropdb", copy)


@pytest.fixture
def own_database(_template, tmp_path):
    """Give the address (for HUIYIN_DATABASE) of an empty migrated database that other processes may write to.

    Timelines refuse deletion, so what really commits needs a database of its own rather than a flush.
    """
    if not on_postgresql():
        yield shutil.copyfile(_template, tmp_path / "own.sqlite3").as_posix()
        return
    own = f"own_{os.getpid()}_{os.urandom(4).hex()}"
    at_postgresql("createdb", "-T", _template, own)
    yield os.environ["HUIYIN_DATABASE"].replace("/huiyin?", f"/{own}?")
    at_postgresql("dropdb", "--force", own)


def at_postgresql(command, *arguments):
    """Run one of PostgreSQL's own commands against the server under test."""
    told = settings.DATABASES["default"]
    server = {"PGHOST": told["HOST"], "PGPORT": told["PORT"], "PGUSER": told["USER"], "PGPASSWORD": told["PASSWORD"]}
    given = {name: value for name, value in server.items() if value}
    subprocess.run([command, *arguments], env={**os.environ, **given}, check=True)
