"""How the complainant sees our people: surname and office, never the full name."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.people import masking
from huiyin.people.models import Person
from huiyin.people.roles import Role

HAN = re.compile(r"[㐀-鿿]")
OFFICES: tuple[tuple[Role, str | Promise], ...] = (
    (Role.LEADER, gettext_lazy("%(surname)s (manager)")),
    (Role.MANAGER, gettext_lazy("%(surname)s (manager)")),
    (Role.SUPERVISOR, gettext_lazy("%(surname)s (supervisor)")),
)
DESK: str | Promise = gettext_lazy("%(surname)s (complaint desk)")


def shown(person: Person | None) -> str:
    """Surname and office: 李专员, 陈主管."""
    if person is None or not person.name.strip():
        return _("our complaint desk")
    office = next((words for role, words in OFFICES if person.has_role(role)), DESK)
    return str(office) % {"surname": surname(person.name)}


def surname(name: str) -> str:
    """The surname alone: 李娜 → 李, 欧阳修 → 欧阳, Anna Smith → Smith."""
    if HAN.search(name):
        return masking.mask_name(name).rstrip("*")
    return name.split()[-1]
