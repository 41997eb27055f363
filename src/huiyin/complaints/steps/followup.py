"""T19 and T20: calling back, what the customer says, the end or another round (S0-22, S0-23, S2-28, AMB-40)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import (
    callbacks,
    conversation,
    lifecycle,
    loose_ends,
    participation,
    preparation,
    promises,
    rules,
)
from huiyin.complaints.answers import require_way
from huiyin.complaints.callbacks import CallbackResult
from huiyin.complaints.conversation import Say, Words
from huiyin.complaints.guards import closing
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Callback, CallbackAttempt, Channel, Complaint, ContactAttempt
from huiyin.complaints.notices import ring
from huiyin.complaints.states import Outcome, Seat, State
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.rules import Refusal

__all__ = [
    "CallbackResult",
    "attempt_callback",
    "conclude_followup",
    "record_callback",
    "record_contact_attempt",
    "restart",
]

OWNERS = (Seat.OWNER, Seat.DUTY)
CALLERS = dict.fromkeys(OWNERS, "complaint.follow_up")
WRITERS = dict.fromkeys(OWNERS, "complaint.message")
# Where the customer's answer is waited for, and his silence counts (AMB-40).
ANSWER_AWAITED = (State.EXPLAINING, State.OFFERING, State.FOLLOWING_UP)
SPOKEN_WAYS = (Channel.PHONE, Channel.STORE)


class CallbackEnded(Refusal):
    rule = rules.CALLBACK_DUE
    sentence = _("This callback was made or cancelled already.")
    unblock = _("Reload the case and take the callback that is due.")


class CallbackTooEarly(Refusal):
    rule = rules.CALLBACK_AFTER_ARRIVAL
    sentence = _("This callback is for a later day: the customer needs time to look at what arrived.")
    unblock = _("Call on the day it is due.")


class OneScoreMissing(Refusal):
    rule = rules.SCORE_IN_RANGE
    sentence = _("Two scores are asked: for the matter, and for how it felt.")
    unblock = _("Ask for the other one too, or leave both out.")


class FinalMessageSpoken(Refusal):
    rule = rules.SILENT_ENOUGH
    sentence = _("The final message is a written one.")
    unblock = _("Send it by e-mail, text message, letter or portal.")


@transaction.atomic
def attempt_callback(
    callback_id: int, *, medium: str, reached: bool, note: str, actor: Actor, at: datetime
) -> CallbackAttempt:
    """Note a try to call back; a miss also counts as a try to reach the silent customer (AMB-40)."""
    require_way(medium)
    callback, complaint, person = _due(callback_id, actor, at)
    attempt = CallbackAttempt.objects.create(
        callback=callback, at=at, medium=medium, reached=reached, note=note, person=person
    )
    if not reached:
        _try(complaint, medium, note, person, at)
    detail = Detail({"callback": callback.pk, "attempt": attempt.pk, "reached": reached}, texts={"note": note})
    lifecycle.happen(complaint, "callback.attempted", actor=actor, at=at, detail=detail)
    return attempt


def _due(callback_id: int, actor: Actor, at: datetime) -> tuple[Callback, Complaint, Person]:
    """The open callback, its locked case and the owner who makes it; refuses everything else."""
    callback = Callback.objects.get(pk=callback_id)
    complaint = Complaint.objects.locked(callback.complaint_id)
    participation.require_state(
        complaint,
        (
            State.EXECUTING,
            State.FOLLOWING_UP,
        ),
    )
    participation.require(complaint, CALLERS, actor=actor, at=at)
    callback.refresh_from_db()
    if callback.status != Callback.Status.OPEN or actor.person is None:
        raise CallbackEnded()
    return callback, complaint, actor.person


def _require_both_scores(result: CallbackResult) -> None:
    """Solving is not enough, feelings count: neither score stands for the other (S3-02)."""
    scores = {"matter_score": result.matter_score, "feeling_score": result.feeling_score}
    missing = tuple(name for name, score in scores.items() if score is None)
    if len(missing) == 1:
        raise OneScoreMissing(missing=missing)


def _try(
    complaint: Complaint, medium: str, note: str, person: Person, at: datetime, *, final_notice: bool = False
) -> ContactAttempt:
    return ContactAttempt.objects.create(
        complaint=complaint,
        round=complaint.round,
        medium=medium,
        note=note,
        final_notice=final_notice,
        person=person,
        at=at,
    )


@transaction.atomic
def record_callback(callback_id: int, result: CallbackResult, *, actor: Actor, at: datetime) -> Callback:
    """Record what the customer said when called back (S2-57, S3-02, S4-122).

    Refuses a callback that asked for one of its two ends alone, a case still being carried out, the day of the
    arrival itself where the pack wants the next day (S0-56), and to ask whether it still holds on the day of the
    callback before (S2-59). A low score means dissatisfied; when the rounds are used up, the leaders are told that
    it is theirs to decide (AMB-15).
    """
    require_way(result.via)
    _require_both_scores(result)
    callback, complaint, person = _due(callback_id, actor, at)
    participation.require_state(complaint, (State.FOLLOWING_UP,))
    pack = promises.pack_of(complaint)
    if not callbacks.has_its_day_come(callback, pack=pack, at=at):
        raise CallbackTooEarly()
    preparation.require(complaint, actor=actor)
    callbacks.require_both(result)
    if not callback.attempts.filter(reached=True).exists():
        CallbackAttempt.objects.create(callback=callback, at=at, medium=result.via, reached=True, person=person)
    callbacks.fulfil(callback, result, actor=actor, at=at)
    if result.content:
        callbacks.schedule(complaint, actor=actor, at=at)
    promises.set_next_due(complaint)
    if not result.content:
        complaint.waiting_since = complaint.waiting_since or at
    data = {
        "callback": callback.pk,
        "satisfied": callback.satisfied,
        "end_condition_met": callback.end_condition_met,
        "matter_score": result.matter_score,
        "feeling_score": result.feeling_score,
        "trust_gained": callback.trust_gained,
    }
    detail = Detail(data, texts={"comment": result.comment})
    event = lifecycle.happen(complaint, "callback.made", actor=actor, at=at, detail=detail)
    if not result.content and complaint.round > pack.settings.loop_max_rounds:
        ring(complaint, callbacks.leaders(), "leader.decides", event=event, actor=actor)
    return callback


@transaction.atomic
def record_contact_attempt(
    complaint_id: int, *, medium: str, note: str, final_notice: Say | None, actor: Actor, at: datetime
) -> ContactAttempt:
    """Note a try to reach a customer who does not answer, or send him the final message (AMB-40).

    The final message is written and names the way back; it does not count as a try.
    """
    require_way(medium)
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, ANSWER_AWAITED)
    participation.require(complaint, WRITERS, actor=actor, at=at)
    if actor.person is None:
        raise lifecycle.WrongSeat(seats=str(Seat.OWNER.label))
    if final_notice is not None:
        if (final_notice.medium or medium) in SPOKEN_WAYS:
            raise FinalMessageSpoken(missing=("medium",))
        conversation.send(complaint, final_notice, actor=actor, at=at)
    attempt = _try(complaint, medium, note, actor.person, at, final_notice=final_notice is not None)
    detail = Detail({"attempt": attempt.pk, "final": attempt.final_notice}, texts={"note": note})
    lifecycle.happen(complaint, "contact.attempted", actor=actor, at=at, detail=detail)
    return attempt


@transaction.atomic
def conclude_followup(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """End the follow-up (T19): the category's end condition and the number of callbacks are met, nobody dissatisfied.

    A customer who never answered is counted apart: outcome closed_no_answer, never as satisfied (AMB-40).
    """
    complaint = Complaint.objects.locked(complaint_id)
    cleared = lifecycle.check(complaint, "accept", actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="accept")
    answered = closing.answered_in_full(cleared.case)
    open_ones = Callback.objects.filter(complaint=complaint, status=Callback.Status.OPEN)
    open_ones.update(status=Callback.Status.CANCELLED if answered else Callback.Status.NOT_REACHED)
    outcome = Outcome.RESOLVED_ACCEPTED if answered else Outcome.CLOSED_NO_ANSWER
    lifecycle.carry_out(cleared, told=told, detail=Detail(outcome=outcome))
    return complaint


@transaction.atomic
def restart(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Take a dissatisfied customer's case back to work (T20, S0-23): a new round, its own clocks and promises.

    After the last round only a leader does so (AMB-15).
    """
    complaint = Complaint.objects.locked(complaint_id)
    cleared = lifecycle.check(complaint, "dissatisfied", actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="dissatisfied")
    loose_ends.cancel_callbacks(complaint)
    loose_ends.supersede_plans(complaint)
    lifecycle.carry_out(cleared, told=told)
    conversation.require_next_time(complaint)
    return complaint
