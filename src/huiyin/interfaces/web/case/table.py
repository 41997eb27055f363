"""The one table of steps on pages: its form, its template, who is shown it. The API and the desk read the same names."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.case import seats
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.forms import opening
from huiyin.interfaces.web.case.seats import Who

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class StepPage:
    """One row: the step's name in the address, what it is called, its form, who gets it, how it is drawn."""

    name: str
    title: "str | _StrPromise"
    form: type[StepForm]
    who: Who
    template: str = "case/step.html"


_ROWS = (
    StepPage("acknowledge", _("First answer"), opening.AcknowledgeForm, seats.moving("acknowledge")),
    StepPage(
        "message",
        _("Message to the customer"),
        opening.MessageForm,
        seats.keepers("complaint.message", seats.ANY_STATE),
    ),
    StepPage("note", _("Internal note"), opening.NoteForm, seats.able("complaint.note", seats.ANY_STATE)),
)
STEP_FORMS: dict[str, StepPage] = {row.name: row for row in _ROWS}
