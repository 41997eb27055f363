"""What the system promises when it moves a case itself: nobody else is there to name the next time (S2-23)."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.complaints import promises
from huiyin.complaints.models import Complaint
from huiyin.complaints.promises import Change, Spoken
from huiyin.policy import clocks


def promise(complaint: Complaint, *, at: datetime, until: datetime | None = None) -> tuple[Change, ...]:
    """Promise the customer the next news, unless a promise to him already runs ahead, and as far ahead as `until`.

    By default until the time a first answer would name (AMB-06): today, or the next working day.
    """
    if any(until is None or row.due_at >= until for row in promises.ahead(complaint, at)):
        return ()
    due_at = until or clocks.acknowledgement_due(promises.pack_of(complaint), at)
    with translation.override(complaint.customer.language):
        what = _("How your complaint goes on")
    return tuple(promises.speak(complaint, Spoken(what, due_at), at=at))
