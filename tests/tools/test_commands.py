"""The one command says what it can do, and what it cannot, in one line."""

import re
import subprocess
import sys

import pytest

from huiyin.__main__ import COMMANDS
from tools import environment
from tools.environment import ROOT
from tools.measuring import measure, names_in


def x(*arguments):
    return subprocess.run([sys.executable, "x", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_help_names_every_command():
    told = x("--help")

    assert told.returncode == 0
    assert [line.split()[0] for line in told.stdout.splitlines()[2:]] == [
        "setup", "run", "test", "lint", "lock", "words", "pictures", "requirements", "bench", "prove", "manage",
    ]  # fmt: skip


def test_an_unknown_command_is_one_line_and_code_2():
    told = x("rnu")

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == "x: there is no command 'rnu'; `python3 x --help` lists them.\n"


def test_an_old_python_is_told_in_one_line(tmp_path):
    """The version wanted is raised instead of the interpreter being lowered; the file itself runs on any Python."""
    raised = (ROOT / "x").read_text().replace("NEEDED = (3, 11)", "NEEDED = (4, 0)").replace('"python3.', '"none')
    (tmp_path / "x").write_text(raised)

    told = subprocess.run([sys.executable, str(tmp_path / "x")], capture_output=True, text=True, check=False)

    found = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert told.returncode == 1
    assert told.stderr == f"Huiyin needs Python 3.11 or newer; this is {found} and no newer one is on the PATH.\n"


def test_the_stamp_of_another_lock_or_interpreter_is_not_believed(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")

    assert environment._stamp() == {}
    environment.STAMP.write_text("{ broken")
    assert environment._stamp() == {}


def test_every_command_of_huiyin_is_listed():
    folder = ROOT / "src" / "huiyin" / "interfaces" / "jobs" / "management" / "commands"
    written = {file.stem for file in folder.glob("*.py")} - {"__init__"}

    assert sorted(written - set(COMMANDS)) == []


@pytest.mark.parametrize("kind", ["bench", "proofs"])
def test_every_measurement_can_be_named(kind):
    folder = ROOT / "bench" / ("" if kind == "bench" else kind)

    assert all((folder / f"{name}.py").exists() for name in names_in(folder))
    assert "harness" not in names_in(folder)


@pytest.mark.parametrize("option", ["--cases", "--pairs", "--database", "--json"])
def test_the_help_of_a_measurement_names_its_options(capsys, option):
    with pytest.raises(SystemExit):
        measure("bench", ROOT / "bench", ["--help"])

    assert option in capsys.readouterr().out


def test_the_guide_to_running_names_every_variable_of_the_settings():
    settings = (ROOT / "src/huiyin/config/settings.py").read_text()
    guide = (ROOT / "docs/guide/running.md").read_text()
    named = {name for name in re.findall(r'env_\w+\(\s*"(HUIYIN_\w+)"', settings)}

    assert {name for name in named if f"`{name}`" not in guide} == set()
