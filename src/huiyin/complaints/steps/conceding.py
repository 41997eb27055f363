"""Giving way step by step, with a reason; and the reason with which the customer can say yes (S3-25, S3-40)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import expecting, honesty, lifecycle, participation, rules
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import Complaint, Concession, Negotiation
from huiyin.complaints.states import Seat
from huiyin.people.actors import Actor
from huiyin.policy import authority
from huiyin.rules import Refusal

NEGOTIATORS = dict.fromkeys((Seat.OWNER, Seat.DUTY, Seat.SUPERVISOR), "complaint.plan")


class ConcessionWithoutReason(Refusal):
    rule = rules.CONCESSION_REASONED
    sentence = _("A concession has a reason.")
    unblock = _("Write why we give way, and what was obtained for it.")


class NoStep(Refusal):
    rule = rules.CONCESSION_REASONED
    sentence = _("From %(stands)s to %(amount)s is no step of giving way.")
    unblock = _("Write the higher amount; what was offered once is not taken back.")


class NothingOpened(Refusal):
    rule = rules.PREPARED
    sentence = _("Nobody has opened yet: there is nothing to give way from.")
    unblock = _("Write the opening on the preparation sheet.")


class BelowBottomLine(Refusal):
    rule = rules.PRINCIPLE_KEPT
    sentence = _("%(amount)s goes beyond the approved bottom line of %(limit)s.")
    unblock = _("Hold the line, or have a new one approved by somebody else.")


class NoBottomLine(Refusal):
    rule = rules.PRINCIPLE_KEPT
    sentence = _("There is no approved bottom line to stop at.")
    unblock = _("Have one approved before you give way.")


class ReasonMissing(Refusal):
    rule = rules.CONCESSION_REASONED
    sentence = _("The customer needs a reason to say yes.")
    unblock = _("Write the reason you give him.")


@transaction.atomic
def concede(
    complaint_id: int, *, amount: Decimal, reason: str, obtained: str = "", actor: Actor, at: datetime
) -> Concession:
    """Log one step of giving way: why, and what was obtained (S3-25).

    Refuses a step without a reason, one backwards, and any beyond the approved bottom line (S2-10).
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, NEGOTIATORS, actor=actor, at=at)
    if actor.person is None:
        raise WrongSeat(seats=str(Seat.OWNER.label))
    talks = expecting.talks(complaint)
    last = Concession.objects.filter(complaint=complaint).order_by("-number").first()
    if talks.sheet is None or talks.sheet.opening is None:
        raise NothingOpened()
    stands = last.amount if last is not None else talks.sheet.opening
    step = _amount(amount, stands)
    if not reason.strip():
        raise ConcessionWithoutReason(missing=("reason",))
    if talks.principle is None:
        raise NoBottomLine()
    if step > talks.principle.amount:
        raise BelowBottomLine(amount=step, limit=talks.principle.amount, missing=("amount",))
    row = Concession.objects.create(
        complaint=complaint,
        number=(last.number if last is not None else 0) + 1,
        before=stands,
        amount=step,
        reason=reason.strip(),
        obtained=obtained.strip(),
        by=actor.person,
        at=at,
    )
    detail = Detail(
        {"concession": row.pk, "before": row.before, "amount": row.amount},
        {"reason": row.reason, "obtained": row.obtained},
    )
    lifecycle.happen(complaint, "concession.made", actor=actor, at=at, detail=detail)
    return row


def _amount(amount: Decimal, stands: Decimal) -> Decimal:
    try:
        step = authority.to_cents(amount)
    except (ValueError, ArithmeticError) as error:
        raise NoStep(stands=stands, amount=amount, missing=("amount",)) from error
    if step <= stands:
        raise NoStep(stands=stands, amount=step, missing=("amount",))
    return step


@transaction.atomic
def supply_reason(
    complaint_id: int, *, reason: str, bottom_line_met: bool, needs: str = "", actor: Actor, at: datetime
) -> Negotiation:
    """Write the reason with which the customer can accept, and what he turned out to need (S3-40).

    Perhaps what he cannot do without is met already, and he only lacks a reason to say so.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, NEGOTIATORS, actor=actor, at=at)
    if actor.person is None:
        raise WrongSeat(seats=str(Seat.OWNER.label))
    if not reason.strip():
        raise ReasonMissing(missing=("reason",))
    honesty.check((reason,))
    expecting.begin(complaint)
    row, _made = Negotiation.objects.update_or_create(
        complaint=complaint,
        defaults={"reason": reason.strip(), "bottom_line_met": bottom_line_met, "needs": needs.strip()},
        create_defaults={
            "reason": reason.strip(),
            "bottom_line_met": bottom_line_met,
            "needs": needs.strip(),
            "prepared_by": actor.person,
            "prepared_at": at,
        },
    )
    detail = Detail({"bottom_line_met": bottom_line_met}, {"reason": row.reason, "note": row.needs})
    lifecycle.happen(complaint, "negotiation.reasoned", actor=actor, at=at, detail=detail)
    return row
