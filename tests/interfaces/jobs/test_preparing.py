"""`huiyin prepare` does what is not done yet, and a second time nothing."""

import os
import subprocess
import sys

import pytest
from django.core import checks
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from huiyin.config.words import compile_stale
from huiyin.interfaces.jobs import preparing
from huiyin.policy.models import CalendarYear, PackVersion

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Kept"\nmsgstr "已兑现"\n'


def test_preparing_loads_calendars_and_packs_once(bare):
    told: list[str] = []
    preparing.prepare(told.append)
    packs, years = PackVersion.objects.count(), CalendarYear.objects.count()

    again: list[str] = []
    preparing.prepare(again.append)

    assert packs >= 3
    assert [line.split(":")[0] for line in told if "Words" not in line] == ["Calendars loaded"]
    assert again == []
    assert (PackVersion.objects.count(), CalendarYear.objects.count()) == (packs, years)


@pytest.mark.sqlite
def test_a_fresh_database_is_made_by_the_command(tmp_path):
    """Slower than other tests: it applies every migration in a process of its own."""
    chosen = {**os.environ, "HUIYIN_DATA": str(tmp_path), "HUIYIN_DATABASE": "", "PYTHONPATH": "src"}

    first = subprocess.run(
        [sys.executable, "-m", "huiyin", "prepare"], env=chosen, capture_output=True, text=True, check=True
    )

    assert first.stdout.startswith("Preparing the database:")
    assert (tmp_path / "huiyin.sqlite3").exists()


@pytest.mark.django_db
def test_tables_of_a_version_that_was_never_released_stop_the_start_with_one_line():
    MigrationRecorder(connection).record_unapplied("complaints", "0015_partner_requests")

    with pytest.raises(CommandError, match="made by a version that was never released"):
        preparing.migrate(print)


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_that_does_not_keep_its_word_stops_the_start(settings):
    settings.HUIYIN_SYNCHRONOUS = "NORMAL"  # the connection was made with FULL

    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])

    assert [message.msg for message in found] == ["SQLite's synchronous is 2, not 1."]
    with pytest.raises(CommandError, match="synchronous is 2, not 1"):
        preparing.prepare(lambda _: None)


@pytest.mark.django_db
def test_the_database_under_test_passes_its_own_checks():
    assert checks.run_checks(tags=[checks.Tags.database], databases=["default"]) == []
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


def test_words_are_compiled_when_they_are_newer_and_only_then(tmp_path):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")

    first, second = compile_stale(tmp_path), compile_stale(tmp_path)
    (folder / "django.po").write_text(PO.replace("已兑现", "兑现了"), encoding="utf-8")
    os.utime(folder / "django.po", (os.stat(first[0]).st_mtime + 5,) * 2)
    third = compile_stale(tmp_path)

    assert ([mo.name for mo in first], second, third) == (["django.mo"], [], first)
    assert "兑现了".encode() in first[0].read_bytes()
