"""huiyin demo: load the demo organisation, show its people, or start again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.interfaces.jobs import preparing
from huiyin.interfaces.jobs.demo import keeping


class Command(BaseCommand):
    help = (
        "Load the demo organisation into an empty database: `demo`. `demo show` lists its people with their roles; "
        "`demo --reset` drops and recreates a database that `demo` made, and no other. Refused in production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", nargs="?", choices=["load", "show"], default="load")
        parser.add_argument("--reset", action="store_true", help="drop everything that is in it and start again")

    def handle(self, *_args: Any, **options: Any) -> None:
        keeper = preparing.keeper(self.stdout.write)
        if options["reset"]:
            keeper.reset()
        elif options["action"] == "load":
            keeper.set_up()
            keeper.load()
        elif keeping.mark() is None:
            raise CommandError("There is no demo organisation in this database; `huiyin demo` loads it.")
        keeping.introduce(self.stdout.write)
