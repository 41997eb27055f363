"""huiyin admin: make an administrator, the first or another one."""

import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.interfaces.common import clock
from huiyin.people import staff
from huiyin.people.roles import Role
from huiyin.rules import Refusal

PASSWORD_VARIABLE = "HUIYIN_ADMIN_PASSWORD"  # noqa: S105 - the name of a variable, not a password


class Command(BaseCommand):
    help = (
        "Make an administrator: `admin create USERNAME --name NAME`. "
        f"The password is asked for, or read from {PASSWORD_VARIABLE}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["create"])
        parser.add_argument("username", help="the sign-in name")
        parser.add_argument("--name", default="", help="the name shown to others; the sign-in name if left out")

    def handle(self, *_args: Any, **options: Any) -> None:
        new = staff.NewPerson(
            username=options["username"], name=options["name"] or options["username"], roles=(Role.ADMINISTRATOR,)
        )
        try:
            person = staff.add_person(new, password=ask_password(), by=None, at=clock.now())
        except Refusal as refusal:
            raise CommandError(f"{refusal.text} {refusal.unblock_text} [{refusal.rule.code}]") from None
        self.stdout.write(f"{person.username} can sign in as an administrator.")


def ask_password() -> str:
    """Take the password from the environment, or ask for it twice without showing it."""
    given = os.environ.get(PASSWORD_VARIABLE, "")
    if given:
        return given
    try:
        first, second = getpass.getpass("Password: "), getpass.getpass("Password again: ")
    except (EOFError, KeyboardInterrupt):
        raise CommandError(f"No password was given; type one or set {PASSWORD_VARIABLE}.") from None
    if first != second:
        raise CommandError("The two passwords differ.")
    return first
