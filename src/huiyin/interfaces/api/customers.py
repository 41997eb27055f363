"""One customer for programs: everything his cases hold, by one request (S2-43)."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router

from huiyin.complaints import customer_card
from huiyin.complaints.customer_card import Card
from huiyin.interfaces.api import requests
from huiyin.interfaces.api.reading.veil import veil
from huiyin.interfaces.api.schemas import customers as schemas
from huiyin.interfaces.api.schemas.base import Id
from huiyin.interfaces.common.scopes import Scope
from huiyin.people import masking
from huiyin.people.models import Person

known = Router(tags=["customers"])


@known.get("/customers/{customer}", response=schemas.CustomerCardShown, operation_id="customer")
def customer(request: HttpRequest, customer: Path[Id]) -> HttpResponse:
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.READ)
    found = customer_card.card(in_hand.person, customer, at=in_hand.at)
    if found is None:
        raise Http404
    return requests.show(shown(found, in_hand.person))


def shown(card: Card, person: Person) -> schemas.CustomerCardShown:
    cover = veil(person, [card.customer.name])
    name = card.customer.name
    return schemas.CustomerCardShown(
        id=card.customer.pk,
        name=name if card.may_reveal else masking.mask_name(name),
        tier=card.customer.tier,
        kind=card.customer.kind,
        cases=[
            schemas.CustomerCase(
                number=row.number,
                title=cover(row.title),
                state=row.state,
                received_at=row.received_at,
                closed_at=row.closed_at,
            )
            for row in card.cases
        ],
        more=card.more,
        promises=[
            schemas.CustomerPromise(case=row.complaint.number, what=cover(row.what), due_at=row.due_at)
            for row in card.promises
        ],
        orders=[
            schemas.CustomerOrder(
                number=one.number, product=one.product, amount=one.amount, cases=[case.number for case in one.cases]
            )
            for one in card.orders
        ],
        value=card.value,
        done=[
            schemas.CustomerDone(
                case=one.case.number, title=cover(one.title), amount=one.amount, at=one.at, goodwill=one.goodwill
            )
            for one in card.done
        ],
    )
