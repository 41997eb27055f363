"""A wrong value in the environment stops the start and names its variable."""

import os
import subprocess
import sys

import pytest
from django.db import connection

WRONG = [
    ("HUIYIN_MODE", "staging"),
    ("HUIYIN_PORT", "eighty"),
    ("HUIYIN_PORT", "70000"),
    ("HUIYIN_SYNCHRONOUS", "OFF"),
    ("HUIYIN_DATABASE", "mysql://host/huiyin"),
    ("HUIYIN_DATABASE", "postgresql://host"),
    ("HUIYIN_SMTP_URL", "mail.example.org"),
    ("HUIYIN_HTTPS", "maybe"),
    ("HUIYIN_SECRET_KEY", "short"),
    ("HUIYIN_SECRET_KEY_FILE", "/nowhere/key"),
]


def start_with(tmp_path, **variables):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": "src", "HUIYIN_DATA": str(tmp_path), **variables}
    command = [sys.executable, "-c", "import huiyin.config.settings as s; print(s.HUIYIN_MODE, s.EMAIL_PORT)"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_stops_the_start_and_names_its_variable(tmp_path, name, value):
    started = start_with(tmp_path, **{name: value})

    assert started.returncode == 1
    assert name in started.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("HUIYIN_CLOCK", "/somewhere/clock"), ("HUIYIN_DEBUG", "yes"), ("HUIYIN_ALLOWED_HOSTS", "")],
)
def test_production_refuses_a_moved_clock_debugging_and_a_missing_host(tmp_path, name, value):
    variables = {"HUIYIN_MODE": "production", "HUIYIN_ALLOWED_HOSTS": "complaints.example.org", name: value}

    started = start_with(tmp_path, **variables)

    assert started.returncode == 1
    assert name in started.stderr.splitlines()[-1]


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    first = start_with(tmp_path, HUIYIN_SMTP_URL="smtp+tls://desk:secret@mail.example.org")
    key = (tmp_path / "secret_key").read_text()
    start_with(tmp_path)

    assert first.stdout.split() == ["development", "587"]
    assert (tmp_path / "secret_key").read_text() == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_the_database_keeps_what_it_confirmed():
    if connection.vendor == "postgresql":
        names, expected = ("transaction_isolation",), ["read committed"]
        read = "SHOW {}"
    else:
        names, expected = ("journal_mode", "synchronous", "foreign_keys"), ["wal", 2, 1]
        read = "PRAGMA {}"
    with connection.cursor() as cursor:
        found = []
        for name in names:
            cursor.execute(read.format(name))
            found.append(cursor.fetchone()[0])

    assert found == expected


@pytest.mark.parametrize(("mode", "told"), [("demo", "晨光数码"), ("development", "")])
def test_the_demo_speaks_in_the_name_of_its_shop(tmp_path, mode, told):
    command = [sys.executable, "-c", "import huiyin.config.settings as s; print(s.HUIYIN_ORGANISATION)"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": "src", "HUIYIN_DATA": str(tmp_path), "HUIYIN_MODE": mode}
    started = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert started.stdout.strip() == told
