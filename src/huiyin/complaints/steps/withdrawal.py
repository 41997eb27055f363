"""T23: the customer takes the complaint back, in his own words, confirmed by a second person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import answers, conversation, lifecycle, loose_ends, participation, promises, rules
from huiyin.complaints.answers import Answer
from huiyin.complaints.conversation import Words
from huiyin.complaints.guards.closing import NotConfirmedByTwo, WithdrawalMissing
from huiyin.complaints.lifecycle import MOVES, Detail
from huiyin.complaints.models import Complaint, Confirmation, CustomerAnswer, PromiseStatus
from huiyin.complaints.notices import ring
from huiyin.complaints.states import Outcome
from huiyin.complaints.watch import supervisors
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

MOVE = "withdraw"
ASKERS = participation.keepers("complaint.withdraw")


class AskedAlready(Refusal):
    rule = rules.WITHDRAWAL_IN_WORDS
    sentence = _("A second person has been asked already.")
    unblock = _("Wait for the supervisor's answer.")


class DeclinedWithoutComment(Refusal):
    rule = rules.WITHDRAWAL_IN_WORDS
    sentence = _("Say why the withdrawal is not confirmed.")
    unblock = _("Write a comment for the owner.")


@transaction.atomic
def ask_withdrawal(complaint_id: int, *, said: str, via: str, actor: Actor, at: datetime) -> Confirmation:
    """Record that the customer takes the complaint back, and ask a supervisor to confirm it (T23 †).

    What the customer wrote himself needs no second record; without his own words it is refused.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, MOVES[MOVE].sources)
    participation.require(complaint, ASKERS, actor=actor, at=at)
    loose_ends.lapse_questions(complaint, MOVE, at)
    if Confirmation.objects.filter(complaint=complaint, move=MOVE, confirmed=None).exists():
        raise AskedAlready()
    if said.strip():
        answers.write(complaint, Answer(CustomerAnswer.Kind.WITHDRAW, said, via), actor=actor, at=at)
    elif not _withdrawn(complaint):
        raise WithdrawalMissing(missing=("said",))
    if actor.person is None:
        raise NotConfirmedByTwo()
    row = Confirmation.objects.create(
        complaint=complaint, move=MOVE, round=complaint.round, reason=said, asked_by=actor.person, asked_at=at
    )
    detail = Detail({"move": MOVE, "confirmation": row.pk}, texts={"said": said.strip()})
    event = lifecycle.happen(complaint, "confirmation.asked", actor=actor, at=at, detail=detail)
    ring(complaint, supervisors(), "confirmation.asked", event=event, actor=actor)
    return row


def _withdrawn(complaint: Complaint) -> bool:
    rows = CustomerAnswer.objects.filter(complaint=complaint, round=complaint.round)
    return rows.filter(kind=CustomerAnswer.Kind.WITHDRAW).exists()


@transaction.atomic
def confirm_withdrawal(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Confirm the withdrawal as the second person (T23 †): open work is cancelled, promises made before are moot."""
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, MOVE, actor=actor, at=at)
    row = _open(complaint)
    if actor.person is None or actor.is_person(row.asked_by_id):
        raise NotConfirmedByTwo()
    row.confirmed, row.decided_by, row.decided_at = True, actor.person, at
    row.save(update_fields=["confirmed", "decided_by", "decided_at"])
    told = conversation.tell(complaint, words, actor=actor, at=at, move=MOVE)
    just_made = {change["promise"] for change in told.changes if change["to"] == PromiseStatus.OPEN}
    running = [row for row in promises.running_spoken(complaint) if row.pk not in just_made]
    dropped = promises.end(running, at=at)
    data = {"confirmation": row.pk, "asked_by": row.asked_by_id, "promises": dropped, **loose_ends.cut(complaint)}
    lifecycle.move(complaint, MOVE, actor=actor, at=at, told=told, detail=Detail(data, outcome=Outcome.WITHDRAWN))
    return complaint


@transaction.atomic
def decline_withdrawal(complaint_id: int, *, comment: str, actor: Actor, at: datetime) -> Confirmation:
    """Decline to confirm, with a comment; the case stays where it is."""
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, MOVE, actor=actor, at=at)
    row = _open(complaint)
    if actor.person is None or actor.is_person(row.asked_by_id):
        raise NotConfirmedByTwo()
    if not comment.strip():
        raise DeclinedWithoutComment(missing=("comment",))
    row.confirmed, row.decided_by, row.decided_at, row.comment = False, actor.person, at, comment.strip()
    row.save(update_fields=["confirmed", "decided_by", "decided_at", "comment"])
    detail = Detail({"move": MOVE, "confirmation": row.pk}, texts={"comment": comment.strip()})
    event = lifecycle.happen(complaint, "confirmation.declined", actor=actor, at=at, detail=detail)
    ring(complaint, [complaint.owner, row.asked_by], "case.moved", event=event, actor=actor)
    return row


def _open(complaint: Complaint) -> Confirmation:
    row = Confirmation.objects.filter(complaint=complaint, move=MOVE, round=complaint.round, confirmed=None).first()
    if row is None:
        raise NotConfirmedByTwo()
    return row
