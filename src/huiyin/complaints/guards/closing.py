"""Conditions of finishing: proof, callbacks, review, and what must not be left behind."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards import silence
from huiyin.complaints.guards.context import Case, Guard
from huiyin.complaints.guards.inquiry import asked
from huiyin.complaints.guards.solution import is_leader
from huiyin.complaints.models import (
    Action,
    Apology,
    Approval,
    Callback,
    ClosingQuestion,
    CustomerAnswer,
    Option,
    Plan,
    Side,
)
from huiyin.complaints.states import Outcome
from huiyin.rules import Refusal

CARRIED_OUT = (Option.Status.CHOSEN, Option.Status.EXECUTED)


class NotConfirmedByTwo(Refusal):
    rule = rules.SECOND_PERSON
    sentence = _("This step needs a second person: one asks for it, another confirms it.")
    unblock = _("Have it asked for by one person and confirmed by another.")


class NotAllDone(Refusal):
    rule = rules.ALL_DONE
    sentence = _("Not everything is done and told to the customer: %(actions)s.")
    unblock = _("Finish it with its proof, and tell the customer.")


class ApologyOwed(Refusal):
    rule = rules.APOLOGY_OWED
    sentence = _("The fault is ours, and the company has not apologised.")
    unblock = _("Apologise to the customer on behalf of the company.")


class EndNotReached(Refusal):
    rule = rules.END_CONDITION
    sentence = _("The case is not over for the customer: %(condition)s.")
    unblock = _("Ask the customer about exactly this in a callback.")


class TooFewCallbacks(Refusal):
    rule = rules.CALLED_BACK
    sentence = _("The customer was asked %(have)s times; this case needs %(need)s.")
    unblock = _("Make the callback that is due.")


class Dissatisfied(Refusal):
    rule = rules.NOT_DISSATISFIED
    sentence = _("The customer is not satisfied.")
    unblock = _("Take the case into another round.")


class NotDissatisfied(Refusal):
    rule = rules.NOT_DISSATISFIED
    sentence = _("No callback says that the customer is not satisfied.")
    unblock = _("Record what the customer says first.")


class RoundsUsedUp(Refusal):
    rule = rules.TOO_MANY_ROUNDS
    sentence = _("All %(rounds)s rounds are used; now a leader decides.")
    unblock = _("Put the case before a leader.")


class OwnersRound(Refusal):
    rule = rules.TOO_MANY_ROUNDS
    sentence = _("Within the first %(rounds)s rounds the owner takes the case back to work.")
    unblock = _("Ask the owner, or decide when the rounds are used.")


class ReviewMissing(Refusal):
    rule = rules.FOUR_ANSWERS
    sentence = _("The review lacks one of its four answers.")
    unblock = _("Write what caused it, what was learnt, how to avoid it and what to improve.")


class QuestionsOpen(Refusal):
    rule = rules.QUESTIONS_SETTLED
    sentence = _("These questions are not settled: %(questions)s.")
    unblock = _("Answer each with a proposal, or with «none» and a reason.")


class NotPutIntoEffect(Refusal):
    rule = rules.PUT_INTO_EFFECT
    sentence = _("Before closing, this is still to be done: %(left)s.")
    unblock = _("Tell the customer, ask for an answer, and finish what was begun.")


class NotSignedOff(Refusal):
    rule = rules.SIGNED_OFF
    sentence = _("The plan that was carried out has neither an approval nor an entry for a look afterwards.")
    unblock = _("Have it approved, or entered for the leader.")


class PromiseStillRuns(Refusal):
    rule = rules.NO_OPEN_PROMISE
    sentence = _("A promise to the customer is still running: %(what)s.")
    unblock = _("Keep it with a message to the customer.")


class OutsideCaseOpen(Refusal):
    rule = rules.EXTERNAL_CONCLUDED
    sentence = _("An outside body still deals with this case.")
    unblock = _("Wait until it is concluded, then record the conclusion.")


class OutsideDecisionMissing(Refusal):
    rule = rules.OUTSIDE_DECISION
    sentence = _("No agreement or decision of an outside body is recorded.")
    unblock = _("Record it with its document.")


class WindowOver(Refusal):
    rule = rules.STILL_SAME_MATTER
    sentence = _("The window for reopening, %(days)s days after closing, is over.")
    unblock = _("Receive a new complaint and link it to this one.")


class WithdrawalMissing(Refusal):
    rule = rules.ANSWER_RECORDED
    sentence = _("The customer's withdrawal is not recorded.")
    unblock = _("Record it in the customer's words.")


def second_person_confirmed(move: str) -> Guard:
    """A guard: somebody asked for this move, and somebody else confirmed it (†)."""

    def confirmed_by_another(case: Case) -> None:
        row = asked(case, move)
        if row is None or not row.confirmed or row.decided_by_id == row.asked_by_id:
            raise NotConfirmedByTwo()
        if not case.actor.is_person(row.decided_by_id):
            raise NotConfirmedByTwo()

    return confirmed_by_another


def two_people_close(case: Case) -> None:
    """The review is written by one person and the case closed by another (T21 †)."""
    review = case.review
    if review is not None and case.actor.is_person(review.written_by_id):
        raise NotConfirmedByTwo()


def actions_are_done(case: Case) -> None:
    """Each action of the round is done with its proof, and the customer was told (S0-20, S0-21)."""
    rows = [row for row in case.actions if row.round == case.complaint.round and row.status != Action.Status.CANCELLED]
    left = [row.title for row in rows if row.status != Action.Status.DONE or row.customer_told_at is None]
    if left:
        raise NotAllDone(actions=", ".join(left))


def apology_was_made(case: Case) -> None:
    """For the company's own fault somebody apologised in its name after the finding (S2-25)."""
    finding = case.finding
    if finding is None or finding.side not in (Side.COMPANY, Side.HANDLING):
        return
    if not any(row.apology == Apology.LIABILITY and row.at >= finding.issued_at for row in case.told):
        raise ApologyOwed()


def callbacks_made(case: Case) -> list[Callback]:
    made = [row for row in case.callbacks if row.status == Callback.Status.REACHED]
    return sorted(made, key=lambda row: (row.reached_at or row.due_at, row.pk))


def callbacks_needed(case: Case) -> int:
    """The pack's number of callbacks; more when the fault is ours or the case was escalated (AMB-14)."""
    own_fault = case.finding is not None and case.finding.side in (Side.COMPANY, Side.HANDLING)
    return case.pack.followup.callbacks(company_fault=own_fault, escalated=case.complaint.escalated)


CONDITIONS = {
    "goods_confirmed": _("the goods are received without objection"),
    "solution_accepted": _("the solution is accepted"),
    "refund_arrived": _("the money has arrived"),
}


def end_condition_is_met(case: Case) -> None:
    """The category's end condition was confirmed by the customer, or he never answered (S0-22, AMB-40)."""
    if silence.is_silent(case):
        return
    if not any(row.end_condition_met for row in callbacks_made(case)):
        category = case.complaint.category
        condition = case.pack.category(category).end_condition if category else "solution_accepted"
        raise EndNotReached(condition=CONDITIONS[condition])


def called_back_often_enough(case: Case) -> None:
    have, need = len(callbacks_made(case)), callbacks_needed(case)
    if have < need and not silence.is_silent(case):
        raise TooFewCallbacks(have=have, need=need)


def answered_in_full(case: Case) -> bool:
    """Whether the customer himself, not his silence, met the end condition and the number of callbacks (AMB-40)."""
    made = callbacks_made(case)
    return len(made) >= callbacks_needed(case) and any(row.end_condition_met for row in made)


def not_dissatisfied(case: Case) -> None:
    """The customer's last word counts, whether he said it when called back or wrote it on his page (S0-23)."""
    said = [(row.reached_at, row.satisfied == Callback.Satisfied.YES) for row in callbacks_made(case)]
    said += [
        (row.at, row.kind == CustomerAnswer.Kind.ACCEPT)
        for row in case.answered_here(CustomerAnswer.Kind.ACCEPT, CustomerAnswer.Kind.REJECT)
    ]
    known = sorted((at, content) for at, content in said if at is not None)
    if known and not known[-1][1]:
        raise Dissatisfied()


def dissatisfaction_recorded(case: Case) -> None:
    made = callbacks_made(case)
    since = case.complaint.stage_since
    rejected = any(row.at >= since for row in case.answered(CustomerAnswer.Kind.REJECT))
    if not (made and made[-1].satisfied == Callback.Satisfied.NO) and not rejected:
        raise NotDissatisfied()


def rounds_are_left(case: Case) -> None:
    """Within the pack's rounds the owner goes on; after them only a leader decides (AMB-15)."""
    rounds = case.pack.settings.loop_max_rounds
    if case.complaint.round > rounds and not is_leader(case):
        raise RoundsUsedUp(rounds=rounds)
    if case.complaint.round <= rounds and is_leader(case) and not case.actor.is_person(case.complaint.owner_id):
        raise OwnersRound(rounds=rounds)


def four_answers_given(case: Case) -> None:
    review = case.review
    answers = (
        (review.what_caused_it, review.what_we_learnt, review.how_to_avoid, review.what_to_improve) if review else ("",)
    )
    if not all(answer.strip() for answer in answers):
        raise ReviewMissing()


def questions_are_settled(case: Case) -> None:
    """Improvement, penalty and case study: proposed, or none with a reason (S1-38, S1-42)."""
    rows = ClosingQuestion.objects.filter(complaint=case.complaint, round=case.complaint.round)
    answered = set(rows.values_list("question", flat=True))
    left = [question for question in ClosingQuestion.Question if question.value not in answered]
    if left:
        names = ", ".join(str(question.label) for question in left)
        raise QuestionsOpen(questions=names, missing=tuple(question.value for question in left))


def no_promise_runs(case: Case) -> None:
    if case.spoken:
        raise PromiseStillRuns(what=case.spoken[0].what)


LEFT = {
    "told": _("the customer is told"),
    "asked": _("the customer's answer is collected"),
    "done": _("everything begun is done"),
}
ANSWERS = (
    CustomerAnswer.Kind.ACCEPT,
    CustomerAnswer.Kind.REJECT,
    CustomerAnswer.Kind.OBJECTION,
    CustomerAnswer.Kind.UNDERSTOOD,
    CustomerAnswer.Kind.WITHDRAW,
)
# Where the outcome itself stands in place of the customer's answer; what was refused is what he had answered.
NO_ANSWER_NEEDED = (Outcome.CLOSED_NO_ANSWER, Outcome.SETTLED_EXTERNAL, Outcome.REFUSED_ABOVE_STANDARD)


def not_yet_effected(case: Case) -> tuple[str, ...]:
    """Which of the mandatory tasks is left: the customer told, his answer collected, everything done (S1-38).

    He is not told while something he wrote waits for a reply (S1-19).
    """
    complaint = case.complaint
    told = any(case.finding is None or row.at >= case.finding.issued_at for row in case.told)
    asked_of = complaint.outcome in NO_ANSWER_NEEDED or callbacks_made(case) or case.answered(*ANSWERS)
    open_action = any(row.status == Action.Status.OPEN for row in case.actions)
    done = {"told": told and complaint.waiting_since is None, "asked": bool(asked_of), "done": not open_action}
    return tuple(name for name, there in done.items() if not there)


def put_into_effect(case: Case) -> None:
    left = not_yet_effected(case)
    if left:
        raise NotPutIntoEffect(left=", ".join(str(LEFT[name]) for name in left), missing=left)


def plan_was_signed(case: Case) -> None:
    """A plan that was carried out was approved before, or entered for a leader's look afterwards (S1-36, AMB-05)."""
    chosen = Plan.objects.filter(complaint=case.complaint, options__status__in=CARRIED_OUT)
    seen = Q(approvals__afterwards=True) | Q(approvals__decision=Approval.Decision.APPROVED)
    if chosen.exclude(pk__in=Plan.objects.filter(seen).values("pk")).exists():
        raise NotSignedOff()


def outside_case_is_concluded(case: Case) -> None:
    if case.complaint.external and case.complaint.outcome != Outcome.SETTLED_EXTERNAL:
        raise OutsideCaseOpen()


def outside_decision_recorded(case: Case) -> None:
    """An outside agreement or decision, with its document, is on record since the case was last opened (T24)."""
    complaint = case.complaint
    decisions = complaint.outside_decisions.all()
    reopened = complaint.events.filter(kind="complaint.reopened").order_by("-number").first()
    if reopened is not None:
        decisions = decisions.filter(recorded_at__gte=reopened.at)
    if not complaint.external or not decisions.exists():
        raise OutsideDecisionMissing()


def within_repeat_window(case: Case) -> None:
    days = case.pack.settings.repeat_window_days
    closed_at = case.complaint.closed_at
    if closed_at is None or case.at > closed_at + timedelta(days=days):
        raise WindowOver(days=days)


def withdrawal_recorded(case: Case) -> None:
    if not case.answered(CustomerAnswer.Kind.WITHDRAW):
        raise WithdrawalMissing()
