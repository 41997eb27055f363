"""Enqueue, claim, finish and fail: at-least-once by leases, exactly-once in the database by fencing.

A job is written in the transaction that wants it. A worker leases it; a lease that runs out may be taken by another
worker under a higher number, and whoever still holds the lower number can no longer write (`LeaseLost`).
"""

import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import models, transaction

from huiyin.queue.models import Job, Status

FIRST_WAIT_SECONDS = 10
LONGEST_WAIT_SECONDS = 3_600
ERROR_LENGTH = 2_000

Payload = dict[str, Any]
Work = Callable[..., object]  # called as work(payload, at=...)


class LeaseLost(Exception):
    """Another worker holds the job now, so this one must not write."""


class KindTaken(Exception):
    """Two functions want to do the same kind of job."""


class KindUnknown(Exception):
    """No function is registered for this kind of job."""


@dataclass(frozen=True)
class Kind:
    """How one kind of job is done.

    Work `outside` the database (mail, calls) runs without a transaction and must be safe to repeat; all other work
    runs in one transaction with the mark that it is done, so that its effects happen exactly once.
    """

    work: Work
    outside: bool
    attempts: int


@dataclass(frozen=True)
class Lease:
    """The right to do a job until `lease_seconds` have passed; `number` is the fence."""

    job_id: int
    kind: str
    payload: Payload
    number: int
    attempts: int
    at: datetime
    lease_seconds: int
    taken: float = field(default_factory=time.monotonic)

    @property
    def now(self) -> datetime:
        """The time of the claim plus what has passed since."""
        return self.at + timedelta(seconds=time.monotonic() - self.taken)


_kinds: dict[str, Kind] = {}
_running: ContextVar[Lease] = ContextVar("running")


def register(kind: str, *, outside: bool = False, attempts: int = 12) -> Callable[[Work], Work]:
    """Name the function that does this kind of job; it is called as `work(payload, at=...)`."""

    def remember(work: Work) -> Work:
        if kind in _kinds:
            raise KindTaken(kind)
        _kinds[kind] = Kind(work, outside, attempts)
        return work

    return remember


def enqueue(kind: str, payload: Payload, *, key: str, run_at: datetime) -> Job:
    """Write a job into the caller's transaction; a second one of the same key changes nothing and gives the first."""
    if kind not in _kinds:
        raise KindUnknown(kind)
    job = Job(kind=kind, payload=payload, key=key, run_at=run_at, take_at=run_at)
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.get(key=key)


def claim(limit: int, *, at: datetime, lease_seconds: int = 300) -> list[Lease]:
    """Lease up to `limit` jobs whose time has come, oldest first; jobs that killed their workers too often die."""
    ready = Job.objects.filter(take_at__lte=at).order_by("take_at", "id")
    if not ready.exists():  # an idle poll must not take SQLite's write lock
        return []
    leases = []
    with transaction.atomic():
        for job in ready.select_for_update(skip_locked=True)[:limit]:
            if job.attempts >= _attempts(job.kind):
                _bury(job, "The worker died or hung each time it tried.", at)
            elif _take(job, at, lease_seconds):
                leases.append(
                    Lease(job.pk, job.kind, job.payload, job.lease_number + 1, job.attempts + 1, at, lease_seconds)
                )
    return leases


def do(lease: Lease) -> bool:
    """Do a leased job and mark it done; on an error mark it failed and give False."""
    try:
        kind = _kinds.get(lease.kind)
        if kind is None:
            raise KindUnknown(lease.kind)
        with _as_running(lease):
            if kind.outside:
                _require_held(lease)
                kind.work(lease.payload, at=lease.now)
                finish(lease, lease.now)
            else:
                with transaction.atomic():
                    _require_held(lease)
                    kind.work(lease.payload, at=lease.now)
                    finish(lease, lease.now)
    except LeaseLost:
        return False
    except Exception as error:
        fail(lease, describe(error), lease.now)
        return False
    return True


def finish(lease: Lease, at: datetime) -> None:
    """Mark the job done; raises LeaseLost when another worker holds it."""
    _write(lease, status=Status.DONE, take_at=None, finished_at=at, error="")


def fail(lease: Lease, error: str, at: datetime) -> None:
    """Keep the error and wait longer after each attempt; after the last one the job is dead and waits for a person."""
    if lease.attempts >= _attempts(lease.kind):
        changes: dict[str, Any] = {"status": Status.DEAD, "take_at": None, "finished_at": at}
    else:
        changes = {"status": Status.WAITING, "take_at": at + wait_after(lease.attempts)}
    try:
        _write(lease, error=error[:ERROR_LENGTH], **changes)
    except LeaseLost:
        return  # the worker that holds it now will tell how it ended


def report_progress(done_parts: int, all_parts: int | None = None) -> None:
    """Say how far the running job is and keep its lease; raises LeaseLost when another worker holds it.

    For work `outside` a transaction; in a transaction nobody would see it before the end.
    """
    lease = _running.get()
    until = lease.now + timedelta(seconds=lease.lease_seconds)
    _write(lease, done_parts=done_parts, all_parts=all_parts, take_at=until)


def revive(job_id: int, *, at: datetime) -> bool:
    """Give a dead job a new set of attempts; False when it is not dead."""
    changed = Job.objects.filter(pk=job_id, status=Status.DEAD).update(
        status=Status.WAITING, attempts=0, take_at=at, finished_at=None
    )
    return changed == 1


def wait_after(attempts: int) -> timedelta:
    """Give the back-off: 10 s, 20 s, 40 s … one hour at most."""
    return timedelta(seconds=min(FIRST_WAIT_SECONDS * 2 ** min(attempts - 1, 20), LONGEST_WAIT_SECONDS))


def describe(error: Exception) -> str:
    """Say in one line what went wrong and where."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{where}"


def _attempts(kind: str) -> int:
    """Give how often this kind is tried; a kind unknown here may be known to a newer worker."""
    return _kinds[kind].attempts if kind in _kinds else 12


def _take(job: Job, at: datetime, lease_seconds: int) -> bool:
    """Raise the fence; False when another worker was faster (possible only where rows cannot be locked)."""
    changed = Job.objects.filter(pk=job.pk, lease_number=job.lease_number, take_at=job.take_at).update(
        status=Status.RUNNING,
        lease_number=job.lease_number + 1,
        attempts=job.attempts + 1,
        take_at=at + timedelta(seconds=lease_seconds),
    )
    return changed == 1


def _bury(job: Job, error: str, at: datetime) -> None:
    """Mark a job dead whose workers never came back to say why; the last error known is kept."""
    Job.objects.filter(pk=job.pk, lease_number=job.lease_number).update(
        status=Status.DEAD, take_at=None, finished_at=at, error=f"{error} {job.error}".strip()[:ERROR_LENGTH]
    )


def _held(lease: Lease) -> models.QuerySet[Job]:
    return Job.objects.filter(pk=lease.job_id, lease_number=lease.number, status=Status.RUNNING)


def _require_held(lease: Lease) -> None:
    """Refuse to begin without the lease; inside a transaction the row stays locked to its end."""
    held = _held(lease)
    if transaction.get_connection().in_atomic_block:
        held = held.select_for_update()
    if held.first() is None:
        raise LeaseLost(lease.job_id)


def _write(lease: Lease, **changes: Any) -> None:
    """Write through the fence."""
    if _held(lease).update(**changes) != 1:
        raise LeaseLost(lease.job_id)


@contextmanager
def _as_running(lease: Lease) -> Iterator[None]:
    token = _running.set(lease)
    try:
        yield
    finally:
        _running.reset(token)
