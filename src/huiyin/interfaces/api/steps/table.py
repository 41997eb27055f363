"""How a step becomes an operation: `POST /complaints/{number}/<step>`, one table for routes, scopes and reference.

A function marked with `@step` gets the taken case and the body, calls one step and gives what the step gave. All the
rest is done here: scope, visibility, optimistic check, idempotency, and the answer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from huiyin.complaints.models import Complaint
from huiyin.complaints.states import Outcome, State
from huiyin.interfaces.api import requests
from huiyin.interfaces.api.problems import Unreadable
from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas.steps import Done, Made, Step
from huiyin.interfaces.common.idempotency import Answer
from huiyin.interfaces.common.run import run
from huiyin.interfaces.common.scopes import Scope

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Row = TypeVar("Row", bound=Model)
Body = TypeVar("Body", bound=Step)


@dataclass(frozen=True)
class Taken:
    """A case taken in hand for one step."""

    hand: Hand
    case: Complaint
    seen: int | None = None

    def __call__(self, do: Callable[..., Any], *args: Any, **details: Any) -> Any:
        """Take a step on the case itself, refusing it when the case went on since it was seen."""
        return run(do, self.case.pk, *args, seen=self.seen, actor=self.hand.actor, at=self.hand.at, **details)

    def row(self, model: type[Row], row_id: int, where: str) -> Row:
        """A row of this very case that the body names; one of another case is as unknown as one that is nowhere."""
        return known(model, where, pk=row_id, complaint=self.case.pk)

    def on(self, do: Callable[..., Any], row_id: int, *args: Any, **details: Any) -> Any:
        """Take a step on a row of the case, with the same check."""

        def on_row(_case_id: int, *rest: Any, **more: Any) -> Any:
            return do(row_id, *rest, **more)

        return self(on_row, *args, **details)


def known(model: type[Row], where: str, **named: Any) -> Row:
    """The row that a body names; refuses, naming the field, what does not exist."""
    found = model._default_manager.filter(**named).first()
    if found is None:
        raise Unreadable(where, "does not exist here")
    return found


@dataclass(frozen=True)
class Operation:
    """One row of the table."""

    name: str
    scope: Scope
    summary: "str | _StrPromise"
    room: str
    body: type[Step]
    take: Callable[[Taken, Any], Any]
    status: int = 200


OPERATIONS: dict[str, Operation] = {}


def step(
    name: str, scope: Scope, summary: "str | _StrPromise"
) -> Callable[[Callable[[Taken, Body], Any]], Callable[[Taken, Body], Any]]:
    """Put a function into the table as the operation of this name."""

    def enter(function: Callable[[Taken, Body], Any]) -> Callable[[Taken, Body], Any]:
        if name in OPERATIONS:
            raise LookupError(f"Two operations are called {name!r}.")
        room = function.__module__.rsplit(".", 1)[-1]
        body = function.__annotations__["body"]
        OPERATIONS[name] = Operation(name, scope, summary, room, body, function)
        return function

    return enter


def perform(operation: Operation, request: HttpRequest, number: str, body: Step) -> HttpResponse:
    """Take one step over HTTP."""
    in_hand = requests.hand(request)
    in_hand.caller.require(operation.scope)
    seen = requests.seen_number(request, body.seen)

    @transaction.atomic
    def act() -> Answer:
        taken = Taken(in_hand, in_hand.case(number), seen)
        made = operation.take(taken, body)
        return requests.written(standing(Complaint.objects.get(pk=taken.case.pk), made))

    return requests.repeatable(request, in_hand.caller, in_hand.at, act)


def standing(case: Complaint, made: Any = None) -> Done:
    """Where the case stands now, and the row that was made."""
    row = Made(kind=_noun(made), id=made.pk) if isinstance(made, Model) and not isinstance(made, Complaint) else None
    return Done(
        number=case.number,
        state=State(case.state),
        round=case.round,
        outcome=Outcome(case.outcome) if case.outcome else None,
        seen=case.last_number,
        owner=case.owner_id,
        handler=case.handler_id,
        made=row,
    )


def _noun(row: Model) -> str:
    """`CustomerAnswer` → `customer_answer`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(row).__name__).lower()
