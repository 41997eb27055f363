"""One customer over all his cases: history, promises that run, orders, what was done for him before (S2-07, S2-43).

Only what the reader's cases hold: whoever may open none of them does not see that the customer exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from huiyin.complaints import queries
from huiyin.complaints.models import Action, AuthorityUse, Complaint, Promise, PromiseKind
from huiyin.people import access_log
from huiyin.people.merging import survivor
from huiyin.people.models import Customer, Person
from huiyin.people.roles import can

MOST = 50


@dataclass(frozen=True)
class Order:
    """An order as his cases name it, the newest case first."""

    number: str
    product: str
    amount: Decimal | None
    cases: tuple[Complaint, ...]


@dataclass(frozen=True)
class Done:
    """Something that was done for him; `goodwill` was given beyond what is owed."""

    title: str
    amount: Decimal
    at: datetime
    goodwill: bool
    case: Complaint


@dataclass(frozen=True)
class Card:
    """All that is known of a customer, as one reader may see it."""

    customer: Customer
    cases: tuple[Complaint, ...]
    more: bool
    promises: tuple[Promise, ...]
    orders: tuple[Order, ...]
    done: tuple[Done, ...]
    may_reveal: bool

    @property
    def open(self) -> tuple[Complaint, ...]:
        return tuple(case for case in self.cases if case.is_open and case.merged_into_id is None)

    @property
    def value(self) -> Decimal:
        """The sum of the orders his cases name: what of his value for the house is known here."""
        return sum((order.amount for order in self.orders if order.amount is not None), Decimal(0))

    @property
    def products(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(case.product for case in self.cases if case.product))


def card(person: Person, customer_id: int, *, at: datetime) -> Card | None:
    """The card of a customer with everybody he was merged with; nothing where this reader may open none of his cases.

    The look is kept in the access log, for the newest of the cases.
    """
    customer = Customer.objects.filter(pk=customer_id).select_related("merged_into").first()
    if customer is None:
        return None
    root = survivor(customer)
    rows = queries.visible_to(person).filter(customer__in=_merged(root))
    rows = rows.select_related("owner", "handler", "customer").order_by("-received_at", "-pk")[: MOST + 1]
    cases = list(rows)
    if not cases:
        return None
    access_log.record_view(person, cases[0].pk, at)
    shown = cases[:MOST]
    return Card(
        customer=root,
        cases=tuple(shown),
        more=len(cases) > MOST,
        promises=tuple(_promises(shown)),
        orders=tuple(_orders(shown)),
        done=tuple(_done(shown)),
        may_reveal=can(person, "complaint.reveal") and _takes_part(person, shown),
    )


def _merged(root: Customer) -> set[int]:
    """The customer and everybody merged into him, however often."""
    found = {root.pk}
    fresh = set(found)
    while fresh:
        fresh = set(Customer.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return found


def _takes_part(person: Person, cases: Sequence[Complaint]) -> bool:
    """Whether he owns one of the cases, or handles one under rules that let the handler see contacts (S0-06)."""
    if any(case.owner_id == person.pk for case in cases):
        return True
    handled = next((case for case in cases if case.handler_id == person.pk), None)
    return handled is not None and queries.sees_contacts(person, handled)


def _promises(cases: Sequence[Complaint]) -> Any:
    running = Promise.objects.filter(complaint__in=[case.pk for case in cases], ended_at=None)
    return running.filter(kind=PromiseKind.SPOKEN).select_related("complaint").order_by("due_at", "pk")


def _orders(cases: Sequence[Complaint]) -> list[Order]:
    by_number: dict[str, list[Complaint]] = {}
    for case in cases:
        if case.order_number:
            by_number.setdefault(case.order_number, []).append(case)
    return [
        Order(number, rows[0].product, next((row.amount for row in rows if row.amount is not None), None), tuple(rows))
        for number, rows in by_number.items()
    ]


def _done(cases: Sequence[Complaint]) -> list[Done]:
    """What was carried out, and what was granted beyond it: two queries."""
    by_id = {case.pk: case for case in cases}
    granted = AuthorityUse.objects.filter(complaint__in=by_id, goodwill=True).values_list("complaint_id", "remedy")
    kindness = set(granted)
    actions = Action.objects.filter(complaint__in=by_id, status=Action.Status.DONE).order_by("-done_at", "-pk")
    return [
        Done(row.title, row.amount, row.done_at, (row.complaint_id, row.remedy) in kindness, by_id[row.complaint_id])
        for row in actions
        if row.done_at is not None
    ]
