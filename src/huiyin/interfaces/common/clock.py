"""The only reader of the clock; a file may hold how far ahead of real time the house lives (HUIYIN_CLOCK)."""

import fcntl
import math
import os
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

STEP = re.compile(r"\+(\d{1,6})(s|m|h|d|w)")
SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


class ClockRefused(Exception):
    """The clock cannot be moved: not movable here, backwards, or not understood."""


def now() -> datetime:
    """Give the time the house lives in, aware and in UTC."""
    return real_now() + offset()


def real_now() -> datetime:
    """Give the real time, for what the packages around us keep in it: sign-in locks, sessions, signed links."""
    return datetime.now(UTC)


def offset() -> timedelta:
    """Give how far ahead of real time the house lives; one stat per call, the file is read when it changed."""
    path = clock_file()
    if path is None:
        return timedelta()
    try:
        stat = path.stat()
    except FileNotFoundError:
        return timedelta()
    return _read(path, (stat.st_ino, stat.st_mtime_ns, stat.st_size))


def clock_file() -> Path | None:
    """Give the file that holds the offset, if one is named; the settings refuse one in production."""
    path: Path | None = settings.HUIYIN_CLOCK
    return path


def move(by: str) -> datetime:
    """Move the clock forward by `+30m`, `+2h`, `+1d`, or to an ISO time, and give the new time.

    Refuses when no clock file is named, and any move backwards.
    """
    path = clock_file()
    if path is None:
        raise ClockRefused("Set HUIYIN_CLOCK to a file first: only a clock with a file can be moved.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_name(path.name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two movers add up
        step = _step(by)
        fresh = path.with_name(path.name + ".new")
        fresh.write_text(f"{math.ceil((offset() + step).total_seconds())}\n")  # never short of the time asked for
        os.replace(fresh, path)
    return now()


def _step(by: str) -> timedelta:
    """Read how far forward `by` asks to go."""
    if match := STEP.fullmatch(by.strip()):
        return timedelta(seconds=int(match[1]) * SECONDS[match[2]])
    try:
        target = datetime.fromisoformat(by.strip())
    except ValueError:
        raise ClockRefused(f"{by!r} is neither a step such as +30m, +2h, +1d nor an ISO time.") from None
    if target.tzinfo is None:
        target = target.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    step = target - now()
    if step <= timedelta():
        raise ClockRefused(f"The clock moves forward only; it is already {now().isoformat(timespec='seconds')}.")
    return step


@lru_cache(maxsize=1)
def _read(path: Path, _state: tuple[int, ...]) -> timedelta:
    """Read the seconds in the file once per state of it; refuses anything but a number of them."""
    text = path.read_text().strip()
    if not re.fullmatch(r"\d{1,11}", text):
        raise ImproperlyConfigured(f"HUIYIN_CLOCK: {path} must hold a whole number of seconds, not {text[:40]!r}.")
    return timedelta(seconds=int(text))
