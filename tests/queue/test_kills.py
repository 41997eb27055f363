"""Workers killed in the middle of their work lose nothing, and do in the database everything exactly once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

OFFICE = Path(__file__).with_name("crew.py")
KILLS = 10
JOBS = 100
PATIENCE_SECONDS = 90
LONGER_THAN_A_LEASE_SECONDS = 360


class Crew:
    """Workers on a database of their own, whose clock the test moves past each lost lease."""

    def __init__(self, database, folder):
        self.clock = folder / "clock"
        self.seconds, self.running = 0, []
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(["src", "."]),
            "HUIYIN_DATABASE": database,
            "HUIYIN_CLOCK": str(self.clock),
            "HUIYIN_LOG_LEVEL": "ERROR",
            "CREW_OUTSIDE": str(folder / "outside"),
        }
        self.let_leases_run_out()
        self.office = subprocess.Popen(
            [sys.executable, OFFICE], env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def let_leases_run_out(self):
        self.seconds += LONGER_THAN_A_LEASE_SECONDS
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(str(self.seconds))
        os.replace(fresh, self.clock)

    def ask(self, *words):
        self.office.stdin.write(" ".join(map(str, words)) + "\n")
        self.office.stdin.flush()
        return json.loads(self.office.stdout.readline())

    def report(self):
        return self.ask("report")

    def hire(self):
        self.running.append(self.ask("hire"))

    def kill_the_oldest(self, after_seconds):
        worker = self.running.pop(0)
        time.sleep(after_seconds)
        os.kill(worker, signal.SIGKILL)
        assert self.ask("killed", worker) == -signal.SIGKILL

    def dismiss(self):
        """Ask the rest to stop and give their exit codes."""
        gone, self.running = self.running, []
        return [self.ask("dismiss", worker) for worker in gone]

    def finish(self):
        """Wait until everything is done, letting the leases of the killed run out."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (told := self.report())["unfinished"]:
            assert time.monotonic() < deadline, f"unfinished: {told['unfinished']}"
            self.let_leases_run_out()
        return told


pytestmark = pytest.mark.django_db  # has the database made of which own_database is a copy


@pytest.fixture
def crew(own_database, tmp_path):
    crew = Crew(own_database, tmp_path)
    yield crew
    for worker in crew.running:
        os.kill(worker, signal.SIGKILL)
    crew.office.communicate(timeout=30)


def test_workers_killed_at_random_lose_nothing_and_do_everything_once(crew):
    moments = random.Random(20260302)
    crew.ask("prepare", JOBS)
    for _worker in range(3):
        crew.hire()
    for _kill in range(KILLS):
        crew.kill_the_oldest(moments.uniform(0.05, 0.4))
        crew.hire()
        crew.let_leases_run_out()

    told = crew.finish()

    inside = {str(word): 2 for word in range(JOBS) if word % 3}
    assert told["effects"] == inside
    assert set(told["outside"]) == {str(word) for word in range(0, JOBS, 3)}
    assert told["taken_again"] > 0
    assert told["attempts_kept"]
    assert crew.dismiss() == [0, 0, 0]


def test_a_worker_asked_to_stop_finishes_the_job_at_hand_and_leaves_the_rest(crew):
    crew.ask("prepare", JOBS)
    crew.hire()
    time.sleep(1)

    assert crew.dismiss() == [0]
    told = crew.report()
    assert (told["running"], told["taken_again"]) == (0, 0)
    assert 0 < told["unfinished"] < JOBS
