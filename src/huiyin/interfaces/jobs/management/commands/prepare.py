"""huiyin prepare: bring everything up to date before the start; a second run finds nothing to do."""

from typing import Any

from django.core.management.base import BaseCommand

from huiyin.interfaces.jobs import preparing


class Command(BaseCommand):
    requires_system_checks = ()  # those of the database follow when its tables are there; `x lint` runs all of them
    help = "Bring words, static files and database up to date; load the demo organisation where HUIYIN_MODE is demo."

    def handle(self, *_args: Any, **_options: Any) -> None:
        preparing.prepare(self.stdout.write)
