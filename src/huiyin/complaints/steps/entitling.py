"""A claim measured by the four bases of the law: each condition with its evidence, never two bases at once (S3-26)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import entitlement, expecting, lifecycle, participation, rules
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import Complaint, Entitlement, Evidence
from huiyin.complaints.states import Seat
from huiyin.people.actors import Actor
from huiyin.policy import authority, compensation
from huiyin.policy.compensation import Facts
from huiyin.rules import Refusal

MEASURERS = {
    **dict.fromkeys((Seat.OWNER, Seat.DUTY, Seat.SUPERVISOR), "complaint.plan"),
    Seat.HANDLER: "complaint.find",
    Seat.LEADER: "complaint.find",
}
ZERO = Decimal(0)


class ShownByNothing(Refusal):
    rule = rules.PROVED_FIRST
    sentence = _("A condition is shown by a piece of evidence of this case; a statement of the customer shows none.")
    unblock = _("Choose the evidence, or ask politely for it.")


class MeasureUnclear(Refusal):
    rule = rules.PROVED_FIRST
    sentence = _("A claim is measured in amounts of zero or more; a promise of ours names where it was made.")
    unblock = _("Correct the amounts, and write where we promised it.")


@dataclass(frozen=True)
class Measure:
    """What is known of the purchase: amounts, each condition with the evidence that shows it, what was ruled out."""

    price: Decimal
    refund: Decimal = ZERO
    loss: Decimal = ZERO
    household_price: Decimal | None = None
    promised: Decimal = ZERO
    promise_source: str = ""
    shown: Mapping[str, int] = field(default_factory=dict)
    ruled_out: tuple[str, ...] = ()


@transaction.atomic
def assess_entitlement(complaint_id: int, measure: Measure, *, actor: Actor, at: datetime) -> Entitlement:
    """Measure what the law gives on what is shown now; a later measure takes its place.

    Refuses a condition shown by nothing, or by the customer's own statement alone (S3-26).
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, MEASURERS, actor=actor, at=at)
    if actor.person is None:
        raise WrongSeat(seats=str(Seat.OWNER.label))
    _require_shown(complaint, measure.shown)
    amounts = _amounts(measure)
    facts = Facts(**amounts, shown=frozenset(measure.shown), ruled_out=frozenset(measure.ruled_out))
    compensation.assess(facts)  # refuses conditions nobody asked about
    expecting.begin(complaint)
    row, _made = Entitlement.objects.update_or_create(
        complaint=complaint,
        defaults={
            "household_price": None,
            **amounts,
            "promise_source": measure.promise_source.strip(),
            "shown": dict(measure.shown),
            "ruled_out": sorted(measure.ruled_out),
            "assessed_by": actor.person,
            "assessed_at": at,
        },
    )
    found = entitlement.measured(row)
    data = {
        "ceiling": found.ceiling,
        "floor": found.clear_floor,
        "basis": found.best.basis.code if found.best else "",
        "missing": [one.code for one in found.questions],
    }
    lifecycle.happen(complaint, "entitlement.assessed", actor=actor, at=at, detail=Detail(data))
    return row


def _require_shown(complaint: Complaint, shown: Mapping[str, int]) -> None:
    wanted = set(shown.values())
    rows = {row.pk: row for row in Evidence.objects.filter(complaint=complaint, pk__in=wanted)}
    if wanted - rows.keys() or not all(row.independent for row in rows.values()):
        raise ShownByNothing(missing=("shown",))


def _amounts(measure: Measure) -> dict[str, Decimal]:
    named = {
        "price": measure.price,
        "refund": measure.refund,
        "loss": measure.loss,
        "promised": measure.promised,
        **({} if measure.household_price is None else {"household_price": measure.household_price}),
    }
    try:
        amounts = {name: authority.to_cents(amount) for name, amount in named.items()}
    except (ValueError, ArithmeticError) as error:
        raise MeasureUnclear(missing=("price", "refund", "loss")) from error
    if amounts["promised"] and not measure.promise_source.strip():
        raise MeasureUnclear(missing=("promise_source",))
    return amounts
