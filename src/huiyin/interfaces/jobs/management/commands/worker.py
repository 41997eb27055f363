"""huiyin worker: watch promises, send what waits to be sent, do what was put off."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from huiyin.interfaces.jobs import first_people
from huiyin.interfaces.jobs.working import Loop


class Command(BaseCommand):
    help = "Watch promises, send what waits to be sent, do what was put off. Stops on SIGTERM after the job at hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="", help="the name on the health page (host and process number if empty)")
        parser.add_argument("--once", action="store_true", help="take one turn and leave, for a scheduler")

    def handle(self, *_args: Any, **options: Any) -> None:
        first_people.require_real_people(self.stdout.write)
        loop = Loop(options["name"])
        if options["once"]:
            loop.turn()
            loop.beat(stopped=True)
            return
        loop.stop_on_signals()
        loop.run()
