"""The passwords of the demonstration: known to everybody, so nobody may choose one, and production refuses them."""

import copy
from typing import Any

from django.contrib.auth.hashers import get_hasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from huiyin.people.models import Person
from huiyin.people.roles import Role

DEMO_PASSWORD = "huiyin-demo"  # noqa: S105 - printed at every demo start, refused in production


def quick_hash(password: str) -> str:
    """Hash a password that everybody knows with next to no work; signing in replaces it by a hash of the usual kind.

    Two dozen hashes made to be slow would hold up every first start for seconds and guard nothing.
    """
    hasher: Any = copy.copy(get_hasher("default"))
    if hasattr(hasher, "work_factor"):
        hasher.work_factor = 16
    return str(hasher.encode(password, hasher.salt()))


class DemoPasswordValidator:
    """Refuses the password of the demonstration."""

    def validate(self, password: str, user: Any = None) -> None:
        if password.casefold().strip() == DEMO_PASSWORD:
            raise ValidationError(self.get_help_text(), code="demo_password")

    def get_help_text(self) -> str:
        return _("This is the password of the demonstration, which everybody knows.")


def demo_people() -> list[Person]:
    """Active accounts with a demonstration password, by role; a production start refuses while there is one."""
    found = Person.objects.filter(is_active=True, password_is_demo=True).select_related("department")
    places = {role.value: place for place, role in enumerate(Role)}
    return sorted(
        found.prefetch_related("roles").order_by("pk"),
        key=lambda person: min((places[code] for code in person.role_codes), default=len(places)),
    )
