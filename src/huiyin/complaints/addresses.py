"""Where the customer of a case may be written to: only what was known when the case came in, or is verified.

Anybody can file a new complaint in somebody else's name and add an address of his own; what he adds must never
receive what was said in the cases before it.
"""

from collections.abc import Collection
from datetime import datetime

from huiyin.complaints.models import Complaint, Event
from huiyin.people.models import Identity


def known(complaint: Complaint, kinds: Collection[str]) -> list[Identity]:
    """The customer's addresses of these kinds that this case may use."""
    rows = list(Identity.objects.filter(customer_id=complaint.customer_id, kind__in=list(kinds)))
    if all(row.verified_at is not None for row in rows):
        return rows
    came_in = _came_in(complaint)
    return [row for row in rows if row.verified_at is not None or row.added_at <= came_in]


def _came_in(complaint: Complaint) -> datetime:
    """When the case was written down, which may be later than it was received."""
    first = Event.objects.filter(complaint=complaint, number=1).values_list("data__written_at", "at").first()
    if first is None:
        return complaint.received_at
    written_at, at = first
    return datetime.fromisoformat(written_at) if written_at else at
