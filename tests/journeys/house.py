"""A house that runs: the real server and worker over a database of its own, with a clock the story moves."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from zoneinfo import ZoneInfo

import requests

ZONE = ZoneInfo("Asia/Shanghai")
PASSWORD = "a-journey-of-1000-li"
STAFF = """
import django
django.setup()
from huiyin.people.models import Department
from tests import factories
for code, name in {departments!r}:
    Department.objects.create(code=code, name=name)
for username, roles, name, of in {people!r}:
    person = factories.person(username, *roles, name=name, of=of)
    person.set_password({password!r})
    person.save()
"""


class House:
    """The running house: its address, and the hands of its clock."""

    def __init__(self, address: str, clock: Path) -> None:
        self.address, self.clock_file = address, clock

    def at(self, moment: datetime) -> None:
        """Move the clock forward to this moment."""
        ahead = ceil((moment - datetime.now(UTC)).total_seconds())
        fresh = self.clock_file.with_suffix(".new")
        fresh.write_text(f"{max(ahead, 0)}\n")
        os.replace(fresh, self.clock_file)


def coming_tuesday() -> datetime:
    """Ten o'clock of the next Tuesday that still lies ahead."""
    now = datetime.now(ZONE)
    day = now.date() + timedelta(days=(1 - now.weekday()) % 7 or 7)
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def running(database: str, folder: Path, people: list[tuple], departments: list[tuple], **more: str) -> Iterator[House]:
    """Prepare the database, start server and worker, give the house, and stop both."""
    clock = folder / "clock"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(("src", ".")),
        "HUIYIN_DATABASE": database,
        "HUIYIN_DATA": str(folder),
        "HUIYIN_CLOCK": str(clock),
        **more,
    }
    house = House("", clock)
    house.at(coming_tuesday())
    staff = STAFF.format(departments=departments, people=people, password=PASSWORD)
    for command in (["-m", "huiyin", "prepare"], ["-c", staff]):
        subprocess.run([sys.executable, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    house.address = f"http://127.0.0.1:{port}"
    log = open(folder / "log", "ab")
    children = [
        subprocess.Popen([sys.executable, "-m", "huiyin", *command], env=environment, stdout=log, stderr=log)
        for command in (["serve", "--port", str(port)], ["worker"])
    ]
    try:
        wait_for(f"{house.address}/healthz")
        yield house
    finally:
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            child.wait(timeout=30)
        log.close()


def wait_for(address: str) -> None:
    for _try in range(300):
        try:
            if requests.get(address, timeout=30).status_code == 200:
                return
        except requests.RequestException:
            pass
        time.sleep(0.1)
    raise AssertionError("the house does not answer")
