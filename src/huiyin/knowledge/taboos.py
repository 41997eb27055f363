"""The six taboos, read before any contact (S2-14, S4-127 to S4-132), each with what the house itself watches."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Taboo:
    """One taboo, and what stands against it."""

    requirement: str
    text: "str | _StrPromise"
    instead: "str | _StrPromise"


TABOOS = (
    Taboo(
        "S4-127",
        _("Not knowing the matter"),
        _("Look the facts up first; what you do not know you check and call back."),
    ),
    Taboo("S4-128", _("Slighting the customer"), _("Answer in time and by name; the clocks show when.")),
    Taboo("S4-129", _("Sending the customer away"), _("Hear it to the end; a complaint has no talk limit.")),
    Taboo(
        "S4-130",
        _("Promising what cannot be done"),
        _("Promise within your authority and the catalogue, with a time that can be held."),
    ),
    Taboo("S4-131", _("Excusing oneself"), _("Say what happens now, not why it was not your fault.")),
    Taboo(
        "S4-132",
        _("Letting grow what could be solved at once"),
        _("If it lies within your authority, settle it in this conversation."),
    ),
)
