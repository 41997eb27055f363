"""A house that runs within the process of the test: real pages over HTTP, a database of its own, and a still clock.

The story moves the clock, and what it is not about it does by the steps themselves, in the same database. That the real
server and the real worker run is shown by the journeys through the demo, see `processes`.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import datetime
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler

from huiyin.interfaces.common import clock
from huiyin.people.models import Person
from huiyin.queue import worker

ZONE = ZoneInfo("Asia/Shanghai")
HOST = "127.0.0.1"


class House:
    """The running house: its address, and the hands of its clock."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.now: datetime | None = None
        self.printed = io.StringIO()

    def at(self, moment: datetime) -> None:
        """Set the clock, which stands still until it is set again, and let the worker do what is due by then."""
        self.now = moment
        self.work()

    def work(self) -> None:
        """Let the worker take turns until there is nothing left to do, and keep the letters it prints."""
        with redirect_stdout(self.printed):
            while worker.run_once(clock.now()):
                pass

    def letters(self, pattern: str) -> list[str]:
        """What the pattern finds in the letters sent so far."""
        self.work()
        return re.findall(pattern, self.printed.getvalue())

    def pass_of(self, person: Person) -> dict[str, str]:
        """The cookie of somebody who signed in."""
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.address}


@contextmanager
def keeping(database: str, blocker: Any, monkeypatch: Any) -> Iterator[House]:
    """Serve this database on a free port of this machine, by threads of this process."""
    with blocker.unblock(), living_in(database):
        server = ThreadedWSGIServer((HOST, 0), QuietWSGIRequestHandler, ipv6=False)
        server.daemon_threads = True
        house = House(f"http://{HOST}:{server.server_address[1]}")
        real = clock.real_now
        monkeypatch.setattr(clock, "now", lambda: house.now or real())
        server.set_app(WSGIHandler())
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield house
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


@contextmanager
def living_in(database: str) -> Iterator[None]:
    """Let every thread of this process meet this database instead of that of the other tests."""
    known, other = connections.settings, connections["default"]
    name = database.partition("?")[0].rpartition("/")[2] if database.startswith("postgres") else database
    connections.settings = {**known, "default": {**known["default"], "NAME": name}}
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = other
        connections.settings = known
