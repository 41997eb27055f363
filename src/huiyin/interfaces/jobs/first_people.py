"""Who must exist, and who must not, before an organisation lets its people in."""

from collections.abc import Callable

from django.conf import settings
from django.core.management import CommandError

from huiyin.people import passwords, staff

HOW_TO_MAKE_ONE = "No administrator yet. Make the first one: huiyin admin create USERNAME --name NAME"


def require_real_people(tell: Callable[[str], object]) -> None:
    """In production refuse accounts of the demonstration, and say how the first administrator is made."""
    if not settings.PRODUCTION:
        return
    demo = passwords.demo_people()
    if demo:
        names = ", ".join(person.username for person in demo)
        raise CommandError(
            f"These accounts have the password of the demonstration, which everybody knows: {names}. "
            "Production needs a database of its own: set HUIYIN_DATABASE, or change these passwords."
        )
    if not staff.active_administrators():
        tell(HOW_TO_MAKE_ONE)
