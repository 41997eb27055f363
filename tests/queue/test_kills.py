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

CREW = Path(__file__).with_name("crew.py")
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

    def let_leases_run_out(self):
        self.seconds += LONGER_THAN_A_LEASE_SECONDS
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(str(self.seconds))
        os.replace(fresh, self.clock)

    def call(self, *words):
        called = subprocess.run(
            [sys.executable, CREW, *words], env=self.environment, capture_output=True, text=True, check=True
        )
        return called.stdout

    def report(self):
        return json.loads(self.call("report"))

    def hire(self):
        self.running.append(
            subprocess.Popen([sys.executable, CREW, "work"], env=self.environment, stdout=subprocess.PIPE, text=True)
        )

    def kill_the_oldest(self, after_seconds):
        """Kill it so long after it began to work."""
        worker = self.running.pop(0)
        assert worker.stdout.readline() == "working\n"
        time.sleep(after_seconds)
        worker.kill()
        worker.wait()

    def dismiss(self):
        """Ask the rest to stop and give their exit codes."""
        for worker in self.running:
            worker.send_signal(signal.SIGTERM)
        return [worker.wait(timeout=30) for worker in self.running]

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
        worker.kill()
        worker.wait()


def test_workers_killed_at_random_lose_nothing_and_do_everything_once(crew):
    """Slow because each killed worker is a real process that starts anew."""
    moments = random.Random(20260302)
    crew.call("prepare", str(JOBS))
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
    crew.call("prepare", str(JOBS))
    crew.hire()
    assert crew.running[0].stdout.readline() == "working\n"
    time.sleep(1)

    assert crew.dismiss() == [0]
    told = crew.report()
    assert (told["running"], told["taken_again"]) == (0, 0)
    assert 0 < told["unfinished"] < JOBS
