"""The worker's loop: take a turn, rest when there was nothing to do, leave cleanly when asked to."""

import os
import signal
import socket
import time
from threading import Event
from types import FrameType

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from huiyin.interfaces.common import clock
from huiyin.queue import worker

REST_SECONDS = 1.0
REST_AFTER_TROUBLE_SECONDS = 5.0
BEAT_SECONDS = 10.0
log = structlog.get_logger(__name__)


class Loop:
    """One worker process: its name, what it has not reported yet, and whether it was asked to stop."""

    def __init__(self, name: str = "") -> None:
        self.name = name or f"{socket.gethostname()}:{os.getpid()}"
        self.stop = Event()
        self.done = 0
        self.error = ""
        self.next_beat = 0.0

    def run(self) -> None:
        """Take turns until asked to stop; a database that went away is waited for."""
        log.info("worker.started", worker=self.name)
        while not self.stop.is_set():
            try:
                rest = 0.0 if self.turn() else REST_SECONDS
            except (OperationalError, InterfaceError):
                log.exception("worker.database_trouble", worker=self.name)
                connection.close()
                rest = REST_AFTER_TROUBLE_SECONDS
            self.stop.wait(rest)
        self.beat(stopped=True)
        log.info("worker.stopped", worker=self.name)

    def turn(self) -> bool:
        """Take one turn and say whether anything was done."""
        close_old_connections()
        turn = worker.take_turn(clock.now(), stopping=self.stop.is_set)
        self.done += turn.done
        self.error = turn.error or self.error
        if time.monotonic() >= self.next_beat:
            self.beat()
        return bool(turn.done or turn.swept)

    def beat(self, *, stopped: bool = False) -> None:
        """Write the sign of life and what was done since the last one."""
        worker.beat(self.name, at=clock.now(), done=self.done, error=self.error, stopped=stopped)
        self.done, self.error = 0, ""
        self.next_beat = time.monotonic() + BEAT_SECONDS

    def stop_on_signals(self) -> None:
        """Finish the job at hand and leave on SIGTERM or Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stop.set()
