"""The lists besides the queue, in rows as one person may see them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Channel, Claim, Complaint, Enquiry, Interaction, Promise
from huiyin.interfaces.web.components.clocks import Clock
from huiyin.interfaces.web.desk import addresses, waiting
from huiyin.interfaces.web.desk.presenters import eyes
from huiyin.messaging import bell
from huiyin.messaging.models import Notice
from huiyin.people import masking
from huiyin.people.models import Person
from huiyin.people.roles import can

Words = str | LazyText
PAGE = 50
IDLE_MINUTES = 60
IDLE_CHOICES: dict[str, Words] = {
    "15": _("15 minutes"),
    "30": _("30 minutes"),
    "60": _("1 hour"),
    "240": _("4 hours"),
    "1440": _("1 day"),
}


@dataclass(frozen=True)
class Listed:
    """One page of a list: its rows, and where the next and the first page are."""

    rows: tuple[Any, ...]
    start: int
    more: bool

    @property
    def next(self) -> int:
        return self.start + PAGE


def listed(rows: QuerySet[Any], start: int, make: Callable[[Any], Any]) -> Listed:
    found = list(rows[start : start + PAGE + 1])
    return Listed(tuple(make(row) for row in found[:PAGE]), start, len(found) > PAGE)


@dataclass(frozen=True)
class OfCase:
    """The case a row belongs to."""

    url: str
    title: str
    number: str
    customer: str
    owner: str


def of_case(person: Person, complaint: Complaint) -> OfCase:
    return OfCase(
        url=addresses.case(complaint.number),
        title=eyes.title_in_list(person, complaint),
        number=complaint.number,
        customer=eyes.customer_name(person, complaint),
        owner=complaint.owner.name,
    )


def cover(person: Person, text: str) -> str:
    """Free text in a list: covered for readers who may never reveal a contact."""
    return text if can(person, "complaint.reveal") else masking.mask_text(text)


@dataclass(frozen=True)
class PromiseRow:
    case: OfCase
    what: str
    clock: Clock
    made_at: datetime


def promises(person: Person, now: datetime, *, start: int = 0) -> Listed:
    rows = waiting.promises(person).select_related("complaint__customer", "complaint__owner").defer("why")

    def make(row: Promise) -> PromiseRow:
        clock = Clock(row.due_at, row.start_at)
        return PromiseRow(of_case(person, row.complaint), cover(person, row.what), clock, row.made_at)

    return listed(rows, start, make)


@dataclass(frozen=True)
class Unanswered:
    case: OfCase
    text: str
    medium: str
    at: datetime
    asks: bool


def unanswered(person: Person, now: datetime, idle: timedelta, *, start: int = 0) -> Listed:
    rows = waiting.unanswered(person, now, idle).select_related("complaint__customer", "complaint__owner")

    def make(row: Interaction) -> Unanswered:
        medium = str(Channel(row.medium).label) if row.medium in Channel.values else ""
        case = of_case(person, row.complaint)
        return Unanswered(case, cover(person, row.text), medium, row.at, row.asks_where_it_stands)

    return listed(rows, start, make)


@dataclass(frozen=True)
class EnquiryRow:
    id: int
    name: str
    phone: str
    question: str
    department: str
    owner: str
    clock: Clock
    passed_at: datetime
    answer: str
    answered_at: datetime | None
    late: bool
    may_answer: bool


def enquiries(person: Person, now: datetime, *, answered: bool, start: int = 0) -> Listed:
    """Open enquiries by due time, or answered ones with the newest first (S4-98, S4-99)."""
    rows = waiting.enquiries(person).filter(answered_at__isnull=False).order_by("-answered_at", "-pk")
    if not answered:
        rows = waiting.open_enquiries(person)

    return listed(rows.select_related("department", "owner"), start, lambda row: enquiry(person, row, now))


def enquiry(person: Person, row: Enquiry, now: datetime) -> EnquiryRow:
    """One enquiry; its caller is shown in full to who took it in and to the department that calls back."""
    his = person.pk == row.owner_id or person.department_id == row.department_id
    sees = his and can(person, "complaint.reveal")
    return EnquiryRow(
        id=row.pk,
        name=row.contact_name if sees else masking.mask_name(row.contact_name),
        phone=row.phone if sees else masking.mask_phone(row.phone),
        question=cover(person, row.question),
        department=row.department.name,
        owner=row.owner.name,
        clock=Clock(row.due_at, row.passed_at),
        passed_at=row.passed_at,
        answer=cover(person, row.answer),
        answered_at=row.answered_at,
        late=row.breached_at is not None or (row.answered_at or now) > row.due_at,
        may_answer=his or person.has_role("supervisor"),
    )


@dataclass(frozen=True)
class ClaimRow:
    case: OfCase
    url: str
    party: str
    basis: str
    amount: Decimal
    recovered: Decimal
    status: str
    owner: str
    clock: Clock
    ended_at: datetime | None
    case_closed: bool


def claims(person: Person, now: datetime, *, ended: bool, start: int = 0) -> Listed:
    rows = waiting.claims(person).filter(ended_at__isnull=False).order_by("-ended_at", "-pk")
    if not ended:
        rows = waiting.open_claims(person)

    def make(row: Claim) -> ClaimRow:
        return ClaimRow(
            case=of_case(person, row.complaint),
            url=reverse("desk:about", args=(row.complaint.number, "claims")),
            party=cover(person, row.party),
            basis=cover(person, row.basis),
            amount=row.amount,
            recovered=row.recovered,
            status=str(row.get_status_display()),
            owner=row.owner.name,
            clock=Clock(row.due_at, row.opened_at),
            ended_at=row.ended_at,
            case_closed=not row.complaint.is_open,
        )

    return listed(rows.select_related("owner", "complaint__customer", "complaint__owner"), start, make)


@dataclass(frozen=True)
class NoticeRow:
    id: int
    text: str
    at: datetime
    unread: bool
    leads: bool


def notices(person: Person, *, start: int = 0) -> Listed:
    def make(row: Notice) -> NoticeRow:
        return NoticeRow(row.pk, bell.text(row), row.at, row.read_at is None, bool(row.url))

    return listed(bell.newest(person), start, make)
