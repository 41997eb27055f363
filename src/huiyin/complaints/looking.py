"""Who has seen how much of a case, and when he last looked: unread marks and «who else is here»."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from huiyin.complaints.models import Complaint, Viewing
from huiyin.people import access_log
from huiyin.people.models import Person

AT_MOST_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Look:
    """Somebody's last look at a case: how far he had read, and when that was."""

    person_id: int
    name: str
    number: int
    at: datetime


def looked(complaint: Complaint, person: Person, before: Look | None, at: datetime) -> None:
    """Note that a person has the case open: nothing is written while his last look is recent and shows all of it.

    `before` is his last look as the page has read it; the access log is asked once per person, case and hour.
    """
    if before is not None:
        fresh = before.number == complaint.last_number and timedelta() <= at - before.at < AT_MOST_EVERY
        if fresh:
            return
    with transaction.atomic():
        if before is None or _hour(before.at) != _hour(at):
            access_log.record_view(person, complaint.pk, at)
        Viewing.objects.bulk_create(
            [Viewing(person=person, complaint=complaint, seen_number=complaint.last_number, at=at)],
            update_conflicts=True,
            unique_fields=["person", "complaint"],
            update_fields=["seen_number", "at"],
        )


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
