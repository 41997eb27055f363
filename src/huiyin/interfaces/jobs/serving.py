"""huiyin serve: one process that watches, and those it starts, which answer."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management import execute_from_command_line
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM or Ctrl-C.

    This is no management command: the process that watches needs the settings but none of the rooms, and a start that
    loads them only where they are used takes half the time.
    """
    parser = ArgumentParser(prog="huiyin serve", description="Serve the pages and the API until SIGTERM or Ctrl-C.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=settings.HUIYIN_PORT, help="the port (HUIYIN_PORT)")
    parser.add_argument("--workers", type=int, default=1, help="processes; SQLite is fastest with one")
    parser.add_argument("--threads", type=int, default=4, help="requests one process answers at a time")
    chosen = parser.parse_args(arguments)
    if settings.PRODUCTION:
        # Costs the rooms it loads, and a door that everybody has the key to costs more.
        execute_from_command_line(["huiyin", "people"])
    Granian(
        "huiyin.config.wsgi:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        blocking_threads=chosen.threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_level=LogLevels.warning,
    ).serve()
