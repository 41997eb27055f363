"""The demo is loaded into what is empty, made anew when old and untouched, and never touches what it did not make."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from huiyin.complaints import watch
from huiyin.complaints.steps import messages
from huiyin.interfaces.jobs.demo import keeping
from huiyin.interfaces.jobs.models import Demonstration
from huiyin.people.roles import Role
from tests import factories

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class Untouchable(AssertionError):
    """Something was loaded or dropped that should have been left alone."""


def leave_alone(*_):
    raise Untouchable


@pytest.fixture
def told():
    return []


@pytest.fixture
def keeper(told):
    return keeping.Keeper(told.append, set_up=leave_alone, at=NOW, fill=leave_alone)


@pytest.fixture
def somebody(db):
    factories.load_policy()
    return factories.acting("lina", Role.AGENT, name="李娜")


def made(hours: float) -> None:
    Demonstration.objects.create(made_at=NOW - timedelta(hours=hours), footprint=keeping.footprint())


def test_a_database_that_demo_did_not_make_is_left_alone(somebody, keeper, told):
    keeper.ensure()

    assert told == ["This database was not made by `demo`; nothing was loaded into it."]
    with pytest.raises(CommandError, match="not made by `demo`"):
        keeper.load()
    with pytest.raises(CommandError, match="not made by `demo`"):
        keeper.reset()


def test_a_young_demo_stays_without_a_word(somebody, keeper, told):
    made(11.9)

    keeper.ensure()

    assert told == []


def test_an_old_demo_somebody_wrote_in_stays_and_says_how_to_start_again(somebody, keeper, told):
    case = factories.received(actor=somebody)
    made(30)
    messages.write_note(case.pk, "在用", actor=somebody, at=NOW)

    keeper.ensure()

    assert told == ["The demo is 30 h old and was written in, so it stays; `huiyin demo --reset` starts again."]


def test_what_the_clock_does_by_itself_is_no_writing(somebody):
    case = factories.received(actor=somebody)
    before = keeping.footprint()

    found = watch.run(case.received_at + timedelta(hours=5))

    assert found > 0
    assert keeping.footprint() == before


def test_a_draft_is_writing_and_a_look_is_not(somebody, client):
    case = factories.received(actor=somebody)
    before = keeping.footprint()

    client.force_login(somebody.person)
    client.get(f"/desk/{case.number}/")
    looked = keeping.footprint()
    messages.save_draft(case.pk, slot="message", text="您好", actor=somebody, at=NOW)

    assert (looked == before, keeping.footprint() == before) == (True, False)


def test_c27_a_production_start_has_no_demo(db, keeper, settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="refused when HUIYIN_MODE is production"):
        keeper.load()
    with pytest.raises(CommandError, match="refused when HUIYIN_MODE is production"):
        keeper.reset()


def test_show_tells_the_people_and_a_way_into_a_complainants_page(db, capsys):
    Demonstration.objects.create(made_at=NOW, links={"offering": "a-secret"})

    call_command("demo", "show")

    assert "/p/c/a-secret/" in capsys.readouterr().out


def test_show_says_that_there_is_no_demo(db):
    with pytest.raises(CommandError, match="no demo organisation"):
        call_command("demo", "show")


def test_a_demo_grows_old_is_renewed_is_written_in_and_starts_again(own_database, tmp_path):
    """Slower than other tests: it makes every table three times, in a process of its own."""
    chosen = {**os.environ, "HUIYIN_DATABASE": own_database, "HUIYIN_DATA": str(tmp_path), "PYTHONPATH": "src"}

    run = subprocess.run(
        [sys.executable, "-m", "tests.interfaces.jobs.keeper"], env=chosen, capture_output=True, text=True, check=True
    )

    rows = [json.loads(line) for line in run.stdout.splitlines()]
    loaded = ["Loading the demo organisation …", "24 people and 1 complaints of the last weeks are there."]
    told = [[line for line in row["told"] if not line.startswith("Knowledge loaded")] for row in rows]
    assert told == [
        loaded,
        ["refused: The demo is loaded already; `huiyin demo --reset` starts again."],
        [],
        ["The demo is 13 h old and nobody has written in it: making it anew.", *loaded],
        ["The demo is 14 h old and was written in, so it stays; `huiyin demo --reset` starts again."],
        ["refused: Huiyin is running on this database; stop it first."],
        loaded,
    ]
    assert len({row["made"] for row in rows}) == 3
    assert {row["cases"] for row in rows} == {1}
    kept = {path.name.split(".")[0] for path in Path(tmp_path, "files").glob("??/*")}
    assert kept == set(rows[-1]["files"])
    assert not kept & set(rows[0]["files"])
