"""A customer as one reader sees him: names and free text covered as on the page of a case."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from huiyin.complaints.customer_card import Card
from huiyin.complaints.models import Complaint
from huiyin.interfaces.web.components import clocks
from huiyin.interfaces.web.knowledge import guide
from huiyin.interfaces.web.knowledge.guide import Fact
from huiyin.knowledge import queries
from huiyin.people import customers, masking
from huiyin.people.customers import ContactView
from huiyin.people.models import Person
from huiyin.people.roles import can

MOST_FACTS = 6
CURRENCY = "CNY"


@dataclass(frozen=True)
class Case:
    url: str
    number: str
    title: str
    state: str
    owner: str
    category: str
    received_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Promised:
    text: str
    clock: object
    due_at: datetime
    case: Case


@dataclass(frozen=True)
class Order:
    number: str
    product: str
    amount: Decimal | None
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Done:
    title: str
    amount: Decimal
    at: datetime
    goodwill: bool
    case: Case


@dataclass(frozen=True)
class Page:
    """Everything the page shows."""

    contact: ContactView
    since: datetime
    preferences: str
    do_not_sms: bool
    cases: tuple[Case, ...]
    open: int
    more: bool
    promises: tuple[Promised, ...]
    orders: tuple[Order, ...]
    value: Decimal
    done: tuple[Done, ...]
    facts: tuple[Fact, ...]
    currency: str = CURRENCY


def page(card: Card, person: Person, now: datetime) -> Page:
    """The card in the reader's eyes: six queries besides those of the card."""
    revealed = customers.revealed_to(person, card.customer, now)
    contact = customers.contact_view(card.customer, person, card.may_reveal, revealed=revealed)
    cases = {row.pk: _case(row, person, card) for row in card.cases}

    def own(text: str) -> str:
        return cover(text, person, card)

    return Page(
        contact=contact,
        since=card.customer.created_at,
        preferences=own(card.customer.preferences),
        do_not_sms=card.customer.do_not_sms,
        cases=tuple(cases.values()),
        open=len(card.open),
        more=card.more,
        promises=tuple(
            Promised(own(row.what), clocks.Clock.of(row), row.due_at, cases[row.complaint_id]) for row in card.promises
        ),
        orders=tuple(
            Order(one.number, one.product, one.amount, tuple(cases[case.pk] for case in one.cases))
            for one in card.orders
        ),
        value=card.value,
        done=tuple(Done(own(one.title), one.amount, one.at, one.goodwill, cases[one.case.pk]) for one in card.done),
        facts=tuple(_facts(card, now)),
    )


def cover(text: str, person: Person, card: Card) -> str:
    """Free text, with contacts covered for who may never reveal one."""
    if can(person, "complaint.reveal") or not text:
        return text
    return masking.mask_text(text, [card.customer.name])


def _case(row: Complaint, person: Person, card: Card) -> Case:
    return Case(
        url=reverse("desk:case", args=(row.number,)),
        number=row.number,
        title=cover(row.title, person, card),
        state=row.state,
        owner=row.owner.name,
        category=row.category,
        received_at=row.received_at,
        closed_at=row.closed_at,
    )


def _facts(card: Card, now: datetime) -> list[Fact]:
    """Facts that hold today about what he bought."""
    rows = queries.facts_on(timezone.localdate(now)).defer("offered")
    names = [name for name in card.products if name]
    found = [
        row
        for row in rows
        if any(about in name or name in about for about in row.content.get("product", ()) for name in names)
    ]
    return [guide.fact(row) for row in found[:MOST_FACTS]]
