"""What a stranger relies on: rooms that say what they are, figures with a source, no trace of a machine."""

import json
import re
import subprocess

import pytest

from tests.architecture.source import PACKAGE, ROOT

READMES = ("README.md", "README.zh.md")
RESULTS = ROOT / "bench" / "results"
# A figure carries its source: [1,234 per second](bench/results/receive-sqlite.json)
FIGURE_LINK = re.compile(r"\]\((bench/results/[^)]+)\)")
FIGURE = re.compile(r"\d[\d,.]*\s*(?:ms|MB|/s|per second|毫秒|每秒|倍|times)(?![\w-])")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|Users|root|work|opt)/[\w.-]+")
REGISTRY = re.compile(
    r"pypi\.org|files\.pythonhosted|registry\.npmjs|mirrors?\.\w+\.(?:com|cn|org)|simple/?$", re.MULTILINE
)
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".tsv",
    ".po",
    ".lock",
    ".json",
    ".yml",
    ".yaml",
    ".sh",
    ".csv",
    "",
}


@pytest.fixture(scope="module")
def tracked():
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in told.split("\0") if name and (ROOT / name).is_file()]


def rooms():
    folders = [folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()]
    inside = [folder for folder in (PACKAGE / "interfaces").iterdir() if (folder / "__init__.py").exists()]
    return sorted(folder for folder in [*folders, *inside] if folder.name != "config")


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_every_room_says_in_its_readme_what_it_is(room):
    readme = room / "README.md"

    assert readme.exists()
    assert len(readme.read_text(encoding="utf-8").strip().splitlines()) >= 2


def test_no_lock_carries_an_address(tracked):
    locks = [file for file in tracked if file.suffix == ".lock"]

    assert [file.name for file in locks] == ["bootstrap.lock", "requirements-dev.lock", "requirements.lock"]
    assert [file.name for file in locks if "://" in file.read_text()] == []


def test_the_development_lock_holds_everything_the_other_does():
    def pinned(name):
        return set(re.findall(r"^[a-z][\w.-]*==[\w.]+", (ROOT / name).read_text(), re.MULTILINE))

    assert pinned("requirements.lock") - pinned("requirements-dev.lock") == set()


def test_nothing_names_a_machine_or_a_package_registry(tracked):
    readable = [file for file in tracked if file.suffix in TEXT and "tests/architecture" not in file.as_posix()]
    traces = [
        f"{file.relative_to(ROOT)}: {found.group()}"
        for file in readable
        for pattern in (MACHINE_PATHS, REGISTRY)
        if (found := pattern.search(file.read_text(encoding="utf-8", errors="replace")))
    ]

    assert [trace for trace in traces if "/opt/homebrew" not in trace] == []


def test_every_figure_in_a_readme_has_a_result_that_was_committed(tracked):
    missing = []
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8") if (ROOT / name).exists() else ""
        for line in text.splitlines():
            links = FIGURE_LINK.findall(line)
            missing += [f"{name}: {link}" for link in links if ROOT / link not in tracked]
            if FIGURE.search(line) and not links:
                missing.append(f"{name}: {line.strip()}")

    assert missing == []


def test_every_result_says_where_it_comes_from():
    lacking = [
        file.name
        for file in sorted(RESULTS.glob("*.json"))
        if not {"name", "commit", "date", "command", "machine", "figures"} <= set(json.loads(file.read_text()))
    ]

    assert lacking == []
