"""What an administrator changed, as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.people.models import PersonChange, TenureLayer
from huiyin.people.roles import Role

SENTENCES = {
    "added": gettext_lazy("Account made, with the roles %(after)s"),
    "roles": gettext_lazy("Roles changed from %(before)s to %(after)s"),
    "name": gettext_lazy("Name changed from %(before)s to %(after)s"),
    "department": gettext_lazy("Department changed from %(before)s to %(after)s"),
    "joined_on": gettext_lazy("Joining day changed from %(before)s to %(after)s"),
    "tenure_layer": gettext_lazy("Training layer changed from %(before)s to %(after)s"),
    "email": gettext_lazy("E-mail address changed"),
    "phone": gettext_lazy("Phone number changed"),
    "password": gettext_lazy("Password changed"),
}


@dataclass(frozen=True)
class Told:
    """One line of the history of an account."""

    at: datetime
    by: str
    text: str


def in_words(rows: Iterable[PersonChange]) -> list[Told]:
    """The changes as sentences in the page's language; passwords and contacts are named, never shown."""
    return [Told(row.at, row.by.name if row.by else _("Command line"), sentence(row)) for row in rows]


def sentence(row: PersonChange) -> str:
    """One change as a sentence."""
    values = {"before": _value(row.field, row.before), "after": _value(row.field, row.after)}
    if row.field == "is_active":
        return _("Came back") if row.after else _("Has left")
    if row.field == "head_of":
        named = _("Became head of department %(code)s")
        ended = _("Is no longer head of department %(code)s")
        return (named if row.after else ended) % {"code": row.after or row.before}
    return str(SENTENCES[row.field]) % values


def _value(field: str, value: Any) -> str:
    if field in ("roles", "added"):
        return _(", ").join(str(Role(code).label) for code in value or ())
    if field == "tenure_layer" and value:
        return str(TenureLayer(value).label)
    return str(value) if value else "—"
