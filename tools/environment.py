"""Makes the Python environment in .venv from the hashed locks, by whichever installer this machine has."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "huiyin-stamp.json"
RUN_LOCK, DEV_LOCK, UV_LOCK = "requirements.lock", "requirements-dev.lock", "bootstrap.lock"
NO_VENV = "Huiyin needs Python's venv module; on Debian or Ubuntu: sudo apt install python3-venv"


class Stop(Exception):
    """One clear line for the person at the keyboard; `x` prints it and ends with code 1."""


def say(text: str) -> None:
    print(text, flush=True)


def ready(*, dev: bool = False) -> None:
    """Make .venv match the lock; does nothing when the stamp says that it already does."""
    lacking = sqlite_lacks()
    if lacking:
        raise Stop(lacking)
    lock = DEV_LOCK if dev else RUN_LOCK
    if _stamp().get(lock) == _digest(lock) and _stamp().get("python") == sys.version and PYTHON.exists():
        return
    say(f"Preparing the environment from {lock} …")
    try:
        if not PYTHON.exists() or _stamp().get("python", sys.version) != sys.version:
            _make_venv()
        _install(lock)
        _point_at_source()
        # The development lock holds everything the other one does, so either start finds its stamp.
        locks = (RUN_LOCK, DEV_LOCK) if dev else (RUN_LOCK,)
        STAMP.write_text(json.dumps({"python": sys.version, **{name: _digest(name) for name in locks}}))
    except OSError as error:
        raise Stop(f"The environment cannot be written: {error}") from error


def sqlite_lacks() -> str:
    """Say what this Python's SQLite lacks, or nothing."""
    if sqlite3.sqlite_version_info < (3, 34):
        return f"Huiyin needs SQLite 3.34 or newer; this Python has {sqlite3.sqlite_version}."
    try:
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE VIRTUAL TABLE found USING fts5(words)")
        connection.close()
    except sqlite3.OperationalError:
        return "Huiyin needs SQLite with FTS5 (full-text search); this Python's SQLite was built without it."
    return ""


def _stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def _make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    outside = shutil.which("uv")
    ladder = [[outside, "venv", "--quiet", "--python", sys.executable, str(VENV)]] if outside else []
    ladder.append([sys.executable, "-m", "venv", str(VENV)])
    if _works([sys.executable, "-m", "pip", "--version"]):
        ladder.append([sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    for command in ladder:
        if _works(command) and PYTHON.exists():
            return
        shutil.rmtree(VENV, ignore_errors=True)
    if not os.access(ROOT, os.W_OK):
        raise Stop(f"The folder {ROOT} cannot be written; Huiyin keeps its environment there, in .venv.")
    raise Stop(NO_VENV)


def _install(lock: str) -> None:
    """Bring the packages of `lock` in: by uv where there is one, else by pip from the same file."""
    said = ""
    for command in _installers(lock):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        said = (done.stderr or done.stdout).strip()
    raise Stop(f"The packages of {lock} could not be installed. The installer said:\n{said[-2000:] or 'nothing'}")


def _installers(lock: str) -> Iterator[list[str]]:
    sync = ["pip", "sync", "--quiet", "--python", str(PYTHON), "--require-hashes", lock]
    outside = shutil.which("uv")
    if outside:
        yield [outside, *sync]
    pip = _pip()
    inside = VENV / "bin" / "uv"
    quiet = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    if pip and (inside.exists() or _works([*pip, *quiet, UV_LOCK])):
        yield [str(inside), *sync]
    if pip:
        yield [*pip, *quiet, lock]


def _pip() -> list[str]:
    """Find a pip for .venv: its own, or the one outside that can install into it."""
    own = [str(PYTHON), "-m", "pip"]
    outer = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return own if _works([*own, "--version"]) else outer if _works([*outer, "--version"]) else []


def _works(command: list[str]) -> bool:
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def _point_at_source() -> None:
    """Let .venv import src/, and put the `huiyin` command beside its Python."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    found = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=True)
    Path(found.stdout.strip(), "huiyin.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "huiyin"
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m huiyin "$@"\n')
    command.chmod(0o755)


def variables(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give child processes this environment, with .venv first on the path and leave to keep what they compile."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PATH": path, **(extra or {})}


def run(*command: str, extra: Mapping[str, str] | None = None) -> int:
    """Run `command` by the environment's Python in the project's folder and give its exit code."""
    return subprocess.run([str(PYTHON), *command], cwd=ROOT, env=variables(extra), check=False).returncode
