"""Addresses about negotiations that are no steps: reading one, what was advertised, what need not have escalated."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from huiyin.complaints import advertised
from huiyin.complaints.models import AdvertisedPromise
from huiyin.interfaces.api import requests
from huiyin.interfaces.api.reading import talks as reading
from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas import talks as shown
from huiyin.interfaces.api.schemas.bargaining import AnswerAdvertised
from huiyin.interfaces.api.schemas.base import Code, Id
from huiyin.interfaces.api.steps.table import known
from huiyin.interfaces.common.idempotency import Answer
from huiyin.interfaces.common.periods import period
from huiyin.interfaces.common.scopes import Scope
from huiyin.people import roles

talked = Router(tags=["negotiation"])
Days = Literal["7", "30", "90"]


def _reader(request: HttpRequest) -> Hand:
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.READ)
    return in_hand


@talked.get("/complaints/{number}/negotiation", response=shown.NegotiationShown, operation_id="negotiation")
def negotiation(request: HttpRequest, number: Path[Code]) -> HttpResponse:
    in_hand = _reader(request)
    return requests.show(reading.negotiation(in_hand, in_hand.case(number)))


@talked.get("/advertised", response=shown.AdvertisedList, operation_id="advertised")
def advertised_promises(request: HttpRequest) -> HttpResponse:
    in_hand = _reader(request)
    roles.require(in_hand.person, "report.read")
    return requests.show(reading.advertised_promises(in_hand))


@talked.post("/advertised/{item}", response=shown.AdvertisedList, operation_id="answer_advertised")
def answer_advertised(request: HttpRequest, item: Path[Id], body: AnswerAdvertised) -> HttpResponse:
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.WRITE)
    roles.require(in_hand.person, "report.read")

    def act() -> Answer:
        row = known(AdvertisedPromise, "item", pk=item)
        advertised.answer(row.pk, body.answer, actor=in_hand.actor, at=in_hand.at)
        return requests.written(reading.advertised_promises(in_hand))

    return requests.repeatable(request, in_hand.caller, in_hand.at, act)


@talked.get("/avoidable", response=shown.AvoidableCases, operation_id="avoidable")
def avoidable(request: HttpRequest, days: Days = "30") -> HttpResponse:
    """Escalated cases received in the last whole days whose answer lay within the owner's own authority."""
    in_hand = _reader(request)
    roles.require(in_hand.person, "report.read")
    over = period(days, in_hand.at)
    return requests.show(reading.avoidable_cases(in_hand, over.begins, over.ends))
