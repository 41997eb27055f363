"""T7 and T8: what is not founded is explained with tact, after a second person's look, until the customer answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, loose_ends, participation, rules, watch
from huiyin.complaints.conversation import Words
from huiyin.complaints.guards import inquiry
from huiyin.complaints.guards.closing import NotConfirmedByTwo
from huiyin.complaints.guards.context import Case
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Channel, Complaint, Confirmation, CustomerAnswer
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import Outcome, Seat, State
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

MOVE = "explain"
ANSWERS = (CustomerAnswer.Kind.UNDERSTOOD, CustomerAnswer.Kind.NEW_EVIDENCE)


class AskedAlready(Refusal):
    rule = rules.SECOND_PERSON
    sentence = _("A second person was asked already and has not decided yet.")
    unblock = _("Wait for the decision.")


class NobodyAsked(Refusal):
    rule = rules.SECOND_PERSON
    sentence = _("Nobody asked for this, so there is nothing to decide.")
    unblock = _("Let the owner ask first.")


class ReasonForSecond(Refusal):
    rule = rules.SECOND_PERSON
    sentence = _("Who asks for a second person, or declines, says why.")
    unblock = _("Write the reason.")


class AnswerUnclear(Refusal):
    rule = rules.ANSWER_RECORDED
    sentence = _("The customer's answer is that he understood, or that he brings new evidence, in his own words.")
    unblock = _("Write what he said and how you heard it.")


@transaction.atomic
def ask_unfounded(complaint_id: int, *, reason: str, actor: Actor, at: datetime) -> Confirmation:
    """Ask a supervisor to confirm that the complaint is not founded (T7 †, S1-30)."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, (State.ANALYSED,))
    seats = {Seat.OWNER: "complaint.explain", Seat.DUTY: "complaint.explain"}
    participation.require(complaint, seats, actor=actor, at=at)
    inquiry.not_founded(Case(complaint, actor, at))
    if not reason.strip() or actor.person is None:
        raise ReasonForSecond(missing=("reason",))
    if _asked(complaint) is not None:
        raise AskedAlready()
    loose_ends.lapse_questions(complaint, MOVE, at)
    row = Confirmation.objects.create(
        complaint=complaint,
        move=MOVE,
        round=complaint.round,
        reason=reason.strip(),
        asked_by=actor.person,
        asked_at=at,
    )
    detail = Detail({"move": MOVE, "confirmation": row.pk}, {"reason": row.reason})
    event = lifecycle.happen(complaint, "confirmation.asked", actor=actor, at=at, detail=detail)
    ring(complaint, watch.supervisors(), "confirmation.asked", event=event, actor=actor)
    return row


@transaction.atomic
def confirm_unfounded(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Confirm that the complaint is not founded and is to be explained (T7); never who asked for it."""
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, MOVE, actor=actor, at=at)
    row = _decide(complaint, actor, confirmed=True, comment="", at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move=MOVE)
    detail = Detail({"confirmation": row.pk, "asked_by": row.asked_by_id})
    event = lifecycle.move(complaint, MOVE, actor=actor, at=at, told=told, detail=detail)
    ring(complaint, [complaint.owner], "case.moved", event=event, actor=actor)
    return complaint


@transaction.atomic
def decline_unfounded(complaint_id: int, *, comment: str, actor: Actor, at: datetime) -> Complaint:
    """Decline: the complaint is not to be explained away; says why. The case stays where it is."""
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, MOVE, actor=actor, at=at)
    if not comment.strip():
        raise ReasonForSecond(missing=("comment",))
    row = _decide(complaint, actor, confirmed=False, comment=comment, at=at)
    detail = Detail({"move": MOVE, "confirmation": row.pk}, {"comment": comment})
    event = lifecycle.happen(complaint, "confirmation.declined", actor=actor, at=at, detail=detail)
    ring(complaint, [complaint.owner, row.asked_by], "approval.decided", event=event, actor=actor)
    return complaint


def _asked(complaint: Complaint) -> Confirmation | None:
    rows = Confirmation.objects.filter(complaint=complaint, move=MOVE, round=complaint.round, confirmed=None)
    return rows.select_related("asked_by").first()


def _decide(complaint: Complaint, actor: Actor, *, confirmed: bool, comment: str, at: datetime) -> Confirmation:
    row = _asked(complaint)
    if row is None:
        raise NobodyAsked()
    if actor.is_person(row.asked_by_id):
        raise NotConfirmedByTwo()
    row.decided_by, row.decided_at, row.confirmed, row.comment = actor.person, at, confirmed, comment.strip()
    row.save(update_fields=["decided_by", "decided_at", "confirmed", "comment"])
    return row


@transaction.atomic
def record_answer(complaint_id: int, *, kind: str, text: str, via: str, actor: Actor, at: datetime) -> CustomerAnswer:
    """Write down what the customer says to the explanation: understood, or new evidence, in his words."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, (State.EXPLAINING,))
    participation.require(complaint, keepers("complaint.explain"), actor=actor, at=at)
    if kind not in ANSWERS or not text.strip() or via not in Channel.values:
        raise AnswerUnclear(missing=("kind", "text", "via"))
    row = CustomerAnswer.objects.create(
        complaint=complaint,
        kind=kind,
        round=complaint.round,
        text=text.strip(),
        via=via,
        recorded_by=actor.person,
        at=at,
    )
    detail = Detail({"answer": row.pk, "kind": row.kind, "via": row.via}, {"text": row.text})
    lifecycle.happen(complaint, "customer.answered", actor=actor, at=at, detail=detail)
    return row


@transaction.atomic
def conclude_explanation(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """End the explanation with the customer's answer (T8); silence long enough is an outcome of its own (AMB-40).

    Refuses as long as no reply went out or no answer came (S1-19, S1-30).
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "conclude_explanation", actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="conclude_explanation")
    understood = CustomerAnswer.objects.filter(
        complaint=complaint,
        kind=CustomerAnswer.Kind.UNDERSTOOD,
        round=complaint.round,
        at__gte=complaint.stage_since,
    ).exists()
    outcome = Outcome.UNFOUNDED_EXPLAINED if understood else Outcome.CLOSED_NO_ANSWER
    detail = Detail(outcome=outcome)
    lifecycle.move(complaint, "conclude_explanation", actor=actor, at=at, told=told, detail=detail)
    return complaint
