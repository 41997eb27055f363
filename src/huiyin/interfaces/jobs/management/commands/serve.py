"""huiyin serve: serve the pages and the API."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from granian import Granian
from granian.constants import Interfaces


class Command(BaseCommand):
    help = "Serve the pages and the API. Stops on SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=settings.HUIYIN_PORT, help="the port (HUIYIN_PORT)")
        parser.add_argument("--workers", type=int, default=1, help="processes; SQLite is fastest with one")
        parser.add_argument("--threads", type=int, default=4, help="requests one process answers at a time")

    def handle(self, *_args: Any, **options: Any) -> None:
        connection.close()  # nothing is open while the server starts its processes
        Granian(
            "huiyin.config.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            respawn_failed_workers=True,
            workers_kill_timeout=20,
        ).serve()
