"""huiyin people: whether those who may sign in are real people; `serve` asks before it answers in production."""

from typing import Any

from django.core.management.base import BaseCommand

from huiyin.interfaces.jobs import first_people


class Command(BaseCommand):
    requires_system_checks = ()
    help = "In production refuse accounts with the password of the demonstration; say how to make an administrator."

    def handle(self, *_args: Any, **_options: Any) -> None:
        first_people.require_real_people(self.stdout.write)
