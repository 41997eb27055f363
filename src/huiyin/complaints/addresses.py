"""Where the customer of a case may be written to: only what was known when the case came in, or is verified.

Anybody can file a new complaint in somebody else's name and add an address of his own; what he adds must never
receive what was said in the cases before it.
"""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from huiyin.complaints.models import Complaint, Event
from huiyin.people.models import Identity


def known(complaint: Complaint, kinds: Collection[str]) -> QuerySet[Identity]:
    """The customer's addresses of these kinds that this case may use."""
    first = Event.objects.filter(complaint=complaint, number=1).values_list("data__written_at", "at").first()
    written_at, at = first or ("", complaint.received_at)
    rows = Identity.objects.filter(customer_id=complaint.customer_id, kind__in=list(kinds))
    return rows.filter(Q(added_at__lte=written_at or at) | Q(verified_at__isnull=False))
