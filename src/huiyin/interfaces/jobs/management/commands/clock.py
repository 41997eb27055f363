"""huiyin clock: show the time the house lives in, or move it forward."""

from argparse import ArgumentParser
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from huiyin.interfaces.common import clock


class Command(BaseCommand):
    help = (
        "Show the time the house lives in, or move it forward: `clock show`, `clock +30m`, `clock +2h`, `clock +1d`, "
        "`clock 2026-12-01T09:00`. Moving needs HUIYIN_CLOCK to name a file and is refused in production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("move", nargs="?", default="show", help="show, +30m, +2h, +1d, +1w or an ISO time")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["move"] != "show":
            try:
                clock.move(options["move"])
            except clock.ClockRefused as error:
                raise CommandError(str(error)) from None
        here = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE))
        moved = f"{ahead} ahead of real time" if (ahead := clock.offset()) else "real time"
        self.stdout.write(f"{here.isoformat(timespec='seconds')} ({moved})")
