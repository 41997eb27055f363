"""Write down who looked at whose data, and read it back for the auditor."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import AccessKind, AccessLog, Customer, Person
from huiyin.people.rules import EXPORT_REASON
from huiyin.rules import Refusal


class ExportWithoutReason(Refusal):
    rule = EXPORT_REASON
    sentence = _("This export needs a reason.")
    unblock = _("Write down what the data are for.")


def record_view(person: Person, complaint_id: int, at: datetime) -> None:
    """Log that a person opened a case: once per person, case and hour."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    seen = AccessLog.objects.filter(person=person, complaint_id=complaint_id, kind=AccessKind.VIEW, hour=hour)
    if seen.exists():  # reading first keeps a page view from taking SQLite's write lock
        return
    row = AccessLog(person=person, complaint_id=complaint_id, kind=AccessKind.VIEW, hour=hour, at=at)
    AccessLog.objects.bulk_create([row], ignore_conflicts=True)


def record_reveal(
    person: Person, *, customer: Customer, field: str, reason: str, at: datetime, complaint_id: int | None
) -> AccessLog:
    """Log that a person saw a private detail in full."""
    return AccessLog.objects.create(
        person=person,
        kind=AccessKind.REVEAL,
        customer=customer,
        complaint_id=complaint_id,
        field=field,
        reason=reason,
        at=at,
    )


def record_export(
    person: Person, *, what: str, reason: str, at: datetime, complaint_id: int | None = None
) -> AccessLog:
    """Log that data left the house; refuses an export without a reason."""
    if not reason.strip():
        raise ExportWithoutReason(missing=("reason",))
    return AccessLog.objects.create(
        person=person, kind=AccessKind.EXPORT, complaint_id=complaint_id, field=what, reason=reason.strip(), at=at
    )


def entries(
    *,
    person_id: int | None = None,
    complaint_id: int | None = None,
    kind: str = "",
    from_at: datetime | None = None,
    to_at: datetime | None = None,
) -> QuerySet[AccessLog]:
    """The log, newest first, narrowed by whatever is given; `to_at` itself is left out."""
    narrowed = {
        "person_id": person_id,
        "complaint_id": complaint_id,
        "kind": kind or None,
        "at__gte": from_at,
        "at__lt": to_at,
    }
    given = {key: value for key, value in narrowed.items() if value is not None}
    return AccessLog.objects.filter(**given).select_related("person").order_by("-at", "-pk")
