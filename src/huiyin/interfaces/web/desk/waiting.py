"""What waits besides the cases themselves: promises, messages without an answer, enquiries, claims, notices.

The lists and their counts in the navigation are the same queries.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.complaints import queries
from huiyin.complaints.models import Claim, Direction, Enquiry, Interaction, Promise, PromiseKind
from huiyin.complaints.steps.approval import waiting_approvals
from huiyin.messaging.models import Notice
from huiyin.people.models import Person
from huiyin.people.roles import can

IDLE = timedelta(hours=1)


def promises(person: Person) -> QuerySet[Promise]:
    """Promises to customers that run in the cases this person owns or handles, the nearest first."""
    mine = Q(complaint__owner=person) | Q(complaint__handler=person)
    rows = Promise.objects.filter(mine, kind=PromiseKind.SPOKEN, ended_at=None, complaint__merged_into=None)
    return rows.order_by("due_at", "pk")


def unanswered(person: Person, now: datetime, idle: timedelta = IDLE) -> QuerySet[Interaction]:
    """Messages of customers nobody has answered for so long, in the cases one sees, the oldest first (S1-04)."""
    rows = Interaction.objects.filter(direction=Direction.IN, answered_at=None, at__lte=now - idle)
    if not (can(person, "complaint.read_all") or can(person, "complaint.read_masked")):
        rows = rows.filter(complaint__in=queries.visible_to(person))
    return rows.filter(complaint__merged_into=None).order_by("at", "pk")


def enquiries(person: Person) -> QuerySet[Enquiry]:
    """Enquiries passed on that this person took in or whose department answers them; all for who sees every case."""
    rows = Enquiry.objects.all()
    if not can(person, "complaint.read_all"):
        rows = rows.filter(Q(owner=person) | Q(department=person.department_id))
    return rows


def open_enquiries(person: Person) -> QuerySet[Enquiry]:
    return enquiries(person).filter(answered_at=None).order_by("due_at", "pk")


def claims(person: Person) -> QuerySet[Claim]:
    """Claims against third parties in the cases this person sees (S0-55)."""
    if can(person, "complaint.read_masked") or can(person, "complaint.read_all"):
        return Claim.objects.all()
    return Claim.objects.filter(complaint__in=queries.visible_to(person))


def open_claims(person: Person) -> QuerySet[Claim]:
    return claims(person).filter(ended_at=None).order_by("due_at", "pk")


def notices(person: Person) -> QuerySet[Notice]:
    """What the bell has rung for and nobody has read."""
    return Notice.objects.filter(person=person, read_at=None)


def bell(person: Person, _now: datetime) -> dict[str, QuerySet[Any]]:
    """What the bell counts."""
    return {"bell": notices(person)}


def lists_of(person: Person, now: datetime) -> dict[str, QuerySet[Any]]:
    """The lists that stand in the navigation with a number, and the bell."""
    return bell(person, now) | {
        "promises": promises(person),
        "unanswered": unanswered(person, now),
        "enquiries": open_enquiries(person),
        "claims": open_claims(person),
        "approvals": waiting_approvals(person),
    }
