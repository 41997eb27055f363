"""The worker's loop takes turns, tells that it lives, waits for a lost database and leaves cleanly."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError

from huiyin.complaints.steps import conduct
from huiyin.files import drafts, store
from huiyin.interfaces.common import clock, idempotency, throttle
from huiyin.interfaces.jobs import sweeps, working
from huiyin.queue import jobs, queries, worker
from huiyin.queue.models import Job, Status, Worker

pytestmark = pytest.mark.django_db
done = []


@jobs.register("test.loop")
def note(payload, *, at):
    done.append(payload["word"])


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    done.clear()
    monkeypatch.setattr(worker, "_sweeps", {})
    monkeypatch.setattr(working, "close_old_connections", lambda: None)  # the test's transaction lives in it


def put(word):
    jobs.enqueue("test.loop", {"word": word}, key=word, run_at=clock.now())


def test_a_turn_does_what_is_due_and_tells_that_the_worker_lives():
    put("one")
    loop = working.Loop("w")

    assert loop.turn() is True
    assert loop.turn() is False
    loop.beat()
    row = Worker.objects.get()
    assert (done, row.name, row.jobs_done, row.stopped_at) == (["one"], "w", 1, None)
    assert queries.health(clock.now()).workers_alive == 1


def test_the_time_of_the_house_decides_what_is_due(settings, tmp_path):
    settings.HUIYIN_CLOCK = tmp_path / "clock"
    jobs.enqueue("test.loop", {"word": "tomorrow"}, key="t", run_at=clock.now() + timedelta(days=1))
    loop = working.Loop("w")
    assert loop.turn() is False

    clock.move("+1d")
    assert loop.turn() is True


def test_the_loop_waits_for_a_database_that_went_away_and_goes_on(monkeypatch):
    loop = working.Loop("w")
    turns = []

    def turn():
        turns.append(len(turns))
        if len(turns) == 1:
            raise OperationalError
        loop.stop.set()
        return False

    monkeypatch.setattr(loop, "turn", turn)
    monkeypatch.setattr(working, "REST_AFTER_TROUBLE_SECONDS", 0.01)
    monkeypatch.setattr(working.connection, "close", lambda: None)
    loop.run()

    assert turns == [0, 1]
    assert Worker.objects.get().stopped_at is not None


def test_a_sweep_that_fails_is_kept_with_the_worker():
    worker.register_sweep("test.broken", lambda at: 1 // 0)
    loop = working.Loop("w")
    loop.turn()
    loop.beat()

    assert Worker.objects.get().error.startswith("test.broken: ZeroDivisionError")


def test_the_command_takes_one_turn_for_a_scheduler():
    put("one")
    call_command("worker", "--once", "--name", "cron")

    assert done == ["one"]
    assert Worker.objects.get().stopped_at is not None


def test_s4_11_every_worker_forgets_old_keys_removes_orphaned_bytes_and_ends_measures_in_time():
    sweeps.register_all()

    registered = {name: (kept.sweep, kept.every) for name, kept in worker._sweeps.items()}
    assert registered == {
        "idempotency.forget": (idempotency.forget, timedelta(hours=1)),
        "files.orphans": (store.remove_orphans, timedelta(days=1)),
        "files.drafts": (drafts.forget, timedelta(hours=1)),
        "conduct.end": (conduct.end_expired, timedelta(minutes=5)),
        "throttle.forget": (throttle.forget, timedelta(hours=1)),
    }


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_real_worker_leaves_cleanly_when_asked(own_database, tmp_path, number):
    environment = {
        **os.environ,
        "PYTHONPATH": "src",
        "HUIYIN_DATABASE": own_database,
        "HUIYIN_DATA": str(tmp_path),
        "HUIYIN_LOG_LEVEL": "INFO",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "huiyin", "worker", "--name", "real"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        while "worker.started" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(number)
        rest, _nothing = process.communicate(timeout=20)
    finally:
        process.kill()

    assert process.returncode == 0
    assert "worker.stopped" in rest


def test_jobs_left_behind_are_open_for_the_next_worker():
    put("one")
    loop = working.Loop("w")
    loop.stop.set()
    loop.turn()

    assert Job.objects.get().status == Status.WAITING
