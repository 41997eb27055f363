"""The preparation sheet of a hard conversation, and the bottom line that another person approves (S3-27, S4-125)."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import bottom_line, expecting, honesty, lifecycle, participation, rules, watch
from huiyin.complaints.bottom_line import BeyondOwnLimit
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import Complaint, Concession, Negotiation, Principle, Scene
from huiyin.complaints.notices import ring
from huiyin.complaints.preparation import CHECKS
from huiyin.complaints.states import Seat
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import can
from huiyin.policy import authority
from huiyin.rules import Refusal

NEGOTIATORS = dict.fromkeys((Seat.OWNER, Seat.DUTY, Seat.SUPERVISOR), "complaint.plan")
BOSSES = dict.fromkeys((Seat.SUPERVISOR, Seat.LEADER), "complaint.approve")


class SceneIncomplete(Refusal):
    rule = rules.PREPARED
    sentence = _("A scene says how it may go and what we do then.")
    unblock = _("Write both, or leave the scene out.")


class OpeningTooHigh(Refusal):
    rule = rules.OPENING_WITHIN
    sentence = _("You open with %(amount)s and may give %(limit)s.")
    unblock = _("Open lower, or have a bottom line approved first.")


class OpeningUnclear(Refusal):
    rule = rules.OPENING_WITHIN
    sentence = _("The opening is an amount of zero or more, and stays while concessions rest on it.")
    unblock = _("Write the amount; once you have given way, log the next step instead.")


class PrincipleUnclear(Refusal):
    rule = rules.PRINCIPLE_DECIDED
    sentence = _("A bottom line is an amount and words, and one at a time is decided on.")
    unblock = _("Write up to where you may go and what is never agreed to; wait for the answer to the last one.")


class OwnPrinciple(Refusal):
    rule = rules.PRINCIPLE_DECIDED
    sentence = _("Nobody approves a bottom line he asked for himself.")
    unblock = _("Let another supervisor or leader decide.")


class NothingToDecide(Refusal):
    rule = rules.PRINCIPLE_DECIDED
    sentence = _("No bottom line waits for a decision, or it was declined without a comment.")
    unblock = _("Reload the case; say why it is declined.")


class PreferenceMissing(Refusal):
    rule = rules.IN_HIS_WORDS
    sentence = _("There is nothing to write down.")
    unblock = _("Write what the customer prefers.")


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet but the bottom line; scenes are pairs of what may happen and what we do then."""

    facts: str = ""
    intent: str = ""
    goal: str = ""
    opening: Decimal | None = None
    steps: str = ""
    law: str = ""
    evidence_request: str = ""
    alternatives: str = ""
    gain_customer: str = ""
    gain_company: str = ""
    long_term: str = ""
    checks: tuple[str, ...] = ()
    scenes: tuple[tuple[str, str], ...] = field(default=())


@transaction.atomic
def prepare(complaint_id: int, sheet: Sheet, *, actor: Actor, at: datetime) -> Negotiation:
    """Keep the sheet as it stands; anything may be missing, and until nothing is nobody bargains (S4-125).

    Refuses an opening above the own authority or the approved bottom line (S2-37), half a scene, and words that
    threaten or invent (AMB-34).
    """
    complaint, person = _taken(complaint_id, actor, at)
    scenes = [(one.strip(), other.strip()) for one, other in sheet.scenes if one.strip() or other.strip()]
    if any(not (one and other) for one, other in scenes):
        raise SceneIncomplete(missing=("scenes",))
    honesty.check((sheet.steps, sheet.evidence_request, sheet.alternatives, *(other for _one, other in scenes)))
    written: dict[str, object] = {
        name: value.strip() for name, value in asdict(sheet).items() if isinstance(value, str)
    }
    written["opening"] = _opening(complaint, sheet.opening, person)
    written["checks"] = [name for name in CHECKS if name in sheet.checks]
    expecting.begin(complaint)
    row, _made = Negotiation.objects.update_or_create(
        complaint=complaint, defaults={**written, "prepared_by": person, "prepared_at": at}
    )
    row.scenes.all().delete()
    Scene.objects.bulk_create(
        Scene(negotiation=row, place=place, situation=one, response=other)
        for place, (one, other) in enumerate(scenes, start=1)
    )
    data = {"opening": row.opening, "scenes": len(scenes), "checks": row.checks}
    lifecycle.happen(complaint, "negotiation.prepared", actor=actor, at=at, detail=Detail(data, {"goal": row.goal}))
    return row


def _taken(complaint_id: int, actor: Actor, at: datetime) -> tuple[Complaint, Person]:
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, NEGOTIATORS, actor=actor, at=at)
    if actor.person is None:
        raise WrongSeat(seats=" / ".join(str(seat.label) for seat in NEGOTIATORS))
    return complaint, actor.person


def _opening(complaint: Complaint, opening: Decimal | None, person: Person) -> Decimal | None:
    """The amount one opens with: within what one may give, and fixed once somebody gave way from it."""
    before = Negotiation.objects.filter(complaint=complaint).values_list("opening", flat=True).first()
    given_way = Concession.objects.filter(complaint=complaint).exists()
    if opening is None and not given_way:
        return None
    try:
        amount = authority.to_cents(opening if opening is not None else Decimal("NaN"))
    except (ValueError, ArithmeticError) as error:
        raise OpeningUnclear(missing=("opening",)) from error
    if given_way and amount != before:
        raise OpeningUnclear(missing=("opening",))
    limit = bottom_line.reach(complaint, person, expecting.talks(complaint).principle)
    if limit is not None and amount > limit:
        raise OpeningTooHigh(amount=amount, limit=limit, missing=("opening",))
    return amount


@transaction.atomic
def ask_principle(complaint_id: int, *, amount: Decimal, text: str, actor: Actor, at: datetime) -> Principle:
    """Ask to have a bottom line approved: up to which amount, and what is never agreed to (S4-126)."""
    complaint, person = _taken(complaint_id, actor, at)
    try:
        limit = authority.to_cents(amount)
    except (ValueError, ArithmeticError) as error:
        raise PrincipleUnclear(missing=("amount",)) from error
    waiting = Principle.objects.filter(complaint=complaint, decision=Principle.Decision.PENDING)
    if not text.strip() or waiting.exists():
        raise PrincipleUnclear(missing=("text",))
    expecting.begin(complaint)
    row = Principle.objects.create(complaint=complaint, amount=limit, text=text.strip(), asked_by=person, asked_at=at)
    detail = Detail({"principle": row.pk, "amount": row.amount}, {"text": row.text})
    event = lifecycle.happen(complaint, "principle.asked", actor=actor, at=at, detail=detail)
    ring(complaint, watch.supervisors(), "principle.asked", event=event, actor=actor)
    return row


@transaction.atomic
def decide_principle(complaint_id: int, *, approved: bool, comment: str, actor: Actor, at: datetime) -> Principle:
    """Approve or decline the bottom line that waits (S4-126): within the own authority, and never one's own."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, BOSSES, actor=actor, at=at)
    row = Principle.objects.filter(complaint=complaint, decision=Principle.Decision.PENDING).first()
    person = actor.person
    if row is None or person is None or (not approved and not comment.strip()):
        raise NothingToDecide(missing=("comment",))
    if person.pk == row.asked_by_id:
        raise OwnPrinciple()
    limit = bottom_line.limit_of(complaint, person)
    if approved and limit is not None and row.amount > limit:
        raise BeyondOwnLimit(amount=row.amount, limit=limit)
    row.decision = Principle.Decision.APPROVED if approved else Principle.Decision.DECLINED
    row.decided_by, row.decided_at, row.comment = person, at, comment.strip()
    row.save(update_fields=["decision", "decided_by", "decided_at", "comment"])
    data = {"principle": row.pk, "amount": row.amount, "approved": approved}
    detail = Detail(data, {"comment": row.comment})
    event = lifecycle.happen(complaint, "principle.decided", actor=actor, at=at, detail=detail)
    ring(complaint, [row.asked_by, complaint.owner], "principle.decided", event=event, actor=actor)
    return row


@transaction.atomic
def note_preference(complaint_id: int, text: str, *, actor: Actor, at: datetime) -> Complaint:
    """Write down what the customer prefers, to be shown in every plan for him (S3-11)."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, participation.keepers("complaint.note"), actor=actor, at=at)
    if not text.strip() or actor.person is None or not can(actor.person, "complaint.note"):
        raise PreferenceMissing(missing=("text",))
    customer = complaint.customer
    customer.preferences = text.strip()
    customer.save(update_fields=["preferences"])
    lifecycle.happen(complaint, "preference.noted", actor=actor, at=at, detail=Detail(texts={"text": text.strip()}))
    return complaint
