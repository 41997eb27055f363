"""Finds, installs where it may, and starts what the checks need besides Python: PostgreSQL, Chromium, Chinese fonts."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.environment import Stop, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
POSTGRESQL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
# The cluster lives for one run and holds nothing anybody needs afterwards.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Service:
    """Something the checks need: how it is called, and the Debian package that brings it."""

    title: str
    package: str


POSTGRESQL = Service("PostgreSQL", "postgresql")
CHROMIUM = Service("Chromium", "chromium")
FONTS = Service("Chinese fonts", "fonts-noto-cjk")


def postgresql_bin() -> Path | None:
    """Find the newest folder that holds postgres, initdb and createdb."""
    folders = [folder for pattern in POSTGRESQL_FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    onpath = shutil.which("postgres")
    if onpath:
        folders.append(Path(onpath).resolve().parent)
    whole = [f for f in folders if all((f / name).exists() for name in ("postgres", "initdb", "createdb"))]
    return max(whole, key=lambda folder: [int(part) for part in re.findall(r"\d+", str(folder))], default=None)


def browser() -> str | None:
    """Find Chromium or Chrome; HUIYIN_CHROMIUM names another one."""
    named = os.environ.get("HUIYIN_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    onpath = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    return onpath or next((path for path in MAC_BROWSERS if os.access(path, os.X_OK)), None)


def chinese_fonts() -> bool:
    """Say whether a page with Chinese words can be shown; a Mac always has such fonts."""
    if sys.platform == "darwin":
        return True
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister, ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout.strip())


def missing() -> list[Service]:
    found = {POSTGRESQL: postgresql_bin(), CHROMIUM: browser(), FONTS: chinese_fonts()}
    return [service for service, there in found.items() if not there]


def provide() -> list[Service]:
    """Install what is missing where that is allowed (root on Debian or Ubuntu); return what is still missing."""
    lacking = missing()
    if not lacking or os.geteuid() != 0 or not shutil.which("apt-get"):
        return lacking
    packages = [service.package for service in lacking]
    say(f"Installing {', '.join(packages)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            say(f"{' '.join(command)} failed: {(done.stderr or done.stdout).strip()[-500:]}")
            break
    return missing()


def _unprivileged() -> pwd.struct_passwd | None:
    """Name the account a server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Stop("PostgreSQL refuses to run as root, and there is no account named postgres or nobody.")


@contextmanager
def postgresql(*, hasty: bool = True) -> Iterator[str]:
    """Start a PostgreSQL of our own in a temporary folder, give its address, stop and remove it afterwards.

    `hasty` leaves out what protects against a power cut; a benchmark must not.
    """
    binaries = postgresql_bin()
    if binaries is None:
        raise Stop("PostgreSQL was not found; on Debian or Ubuntu: sudo apt install postgresql")
    account = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="huiyin-pg-"))
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    server = None
    try:
        data = str(folder / "data")
        initdb = [str(binaries / "initdb"), "-D", data, "-U", "huiyin", "-A", "trust", "-E", "UTF8", "--no-locale"]
        if _as(account, initdb, folder).wait():
            raise Stop(f"PostgreSQL's initdb failed: {_log(folder)}")
        settings = ["listen_addresses=", "max_connections=80", "shared_buffers=128MB", *(HASTY if hasty else ())]
        options = [part for setting in settings for part in ("-c", setting)]
        server = _as(account, [str(binaries / "postgres"), "-D", data, "-k", str(folder), *options], folder)
        _wait_for_database(binaries, folder, server)
        yield f"postgresql://huiyin@/huiyin?host={folder}"
    finally:
        if server is not None:
            _end(server)
        shutil.rmtree(folder, ignore_errors=True)


def _as(account: pwd.struct_passwd | None, command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    """Start `command` in `folder` as `account`, away from the terminal's Ctrl-C."""
    with open(folder / "log", "ab") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def _log(folder: Path) -> str:
    return (folder / "log").read_text(encoding="utf-8", errors="replace").strip()[-500:]


def _wait_for_database(binaries: Path, folder: Path, server: "subprocess.Popen[bytes]") -> None:
    create = [str(binaries / "createdb"), "-h", str(folder), "-U", "huiyin", "huiyin"]
    until = time.monotonic() + 60
    while subprocess.run(create, cwd=folder, capture_output=True, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise Stop(f"PostgreSQL did not start: {_log(folder)}")
        time.sleep(0.1)


def _end(server: "subprocess.Popen[bytes]") -> None:
    for sign, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        server.send_signal(sign)
        try:
            server.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue
