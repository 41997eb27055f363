"""One turn of a worker: the periodic sweeps, then the jobs whose time has come."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from huiyin.queue import jobs
from huiyin.queue.models import Worker

Sweep = Callable[[datetime], int]
FORGOTTEN_AFTER = timedelta(days=7)
log = structlog.get_logger(__name__)


class SweepTaken(Exception):
    """Two sweeps want the same name."""


@dataclass
class _Periodic:
    sweep: Sweep
    every: timedelta
    last: datetime | None = None


@dataclass(frozen=True)
class Turn:
    """What one turn did: sweeps and jobs that had something to do, and the last thing that went wrong."""

    swept: int
    done: int
    failed: int
    error: str


_sweeps: dict[str, _Periodic] = {}


def register_sweep(name: str, sweep: Sweep, *, every_seconds: int = 1) -> None:
    """Have every worker call `sweep(at)` again and again; it gives how many things it did.

    Several workers sweep at once, so a sweep must be safe against itself.
    """
    if name in _sweeps:
        raise SweepTaken(name)
    _sweeps[name] = _Periodic(sweep, timedelta(seconds=every_seconds))


def never() -> bool:
    return False


def run_once(at: datetime, *, limit: int = 50, stopping: Callable[[], bool] = never) -> int:
    """Do one turn and give how many sweeps' items and jobs were done."""
    turn = take_turn(at, limit=limit, stopping=stopping)
    return turn.swept + turn.done


def take_turn(at: datetime, *, limit: int = 50, stopping: Callable[[], bool] = never) -> Turn:
    """Do one turn: each sweep that is due, then up to `limit` jobs one by one; nothing that fails stops the rest."""
    began = time.monotonic()
    swept, error = _sweep_all(at)
    done = failed = 0
    for _number in range(limit):
        if stopping():
            break
        # One at a time: a job that kills its worker must not spend the attempts of its neighbours.
        leases = jobs.claim(1, at=at + timedelta(seconds=time.monotonic() - began))
        if not leases:
            break
        if jobs.do(leases[0]):
            done += 1
        else:
            failed += 1
            log.warning("job.failed", kind=leases[0].kind, job=leases[0].job_id, attempt=leases[0].attempts)
    return Turn(swept, done, failed, error)


def _sweep_all(at: datetime) -> tuple[int, str]:
    """Call the sweeps that are due; give what they did and the last error."""
    done, error = 0, ""
    for name, periodic in _sweeps.items():
        if periodic.last is not None and periodic.last <= at < periodic.last + periodic.every:
            continue
        try:
            done += periodic.sweep(at)
        except Exception as problem:
            error = f"{name}: {jobs.describe(problem)}"
            log.exception("sweep.failed", sweep=name)
        periodic.last = at
    return done, error


def beat(name: str, *, at: datetime, done: int = 0, error: str = "", stopped: bool = False) -> Worker:
    """Write a worker's sign of life, for the health page; the last error stays until another one."""
    worker, created = Worker.objects.get_or_create(name=name, defaults={"started_at": at, "beat_at": at})
    if created:
        Worker.objects.filter(beat_at__lt=at - FORGOTTEN_AFTER).delete()
    worker.beat_at = at
    worker.jobs_done += done
    worker.stopped_at = at if stopped else None
    if error:
        worker.error, worker.error_at = error[: jobs.ERROR_LENGTH], at
    worker.save()
    return worker
