"""huiyin calendar: load the holidays of a year, and plan again what was due in a year nobody knew."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.complaints import watch
from huiyin.interfaces.common import clock
from huiyin.policy import calendars
from huiyin.policy.calendar_problems import CalendarError
from huiyin.rules import Refusal


class Command(BaseCommand):
    help = (
        "Load a calendar year from a file; deadlines that were provisional are planned again, and only those whose "
        "day the notice changes get a successor."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV with date,name,kind (off or work)")

    def handle(self, *_args: Any, **options: Any) -> None:
        at = clock.now()
        try:
            loaded = calendars.load_file(options["file"], at)
        except (CalendarError, Refusal, OSError) as error:
            raise CommandError(str(error)) from None
        changed = watch.replan_provisional(at)
        self.stdout.write(f"{len(loaded)} calendar years loaded; {changed} deadlines moved to another day.")
