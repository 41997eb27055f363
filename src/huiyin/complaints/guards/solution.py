"""Conditions of planning, approving and offering."""

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards import money
from huiyin.complaints.guards.context import Case
from huiyin.complaints.models import CustomerAnswer, Option, Plan
from huiyin.complaints.states import State
from huiyin.people.roles import Role
from huiyin.rules import Refusal


class NotFounded(Refusal):
    rule = rules.FOUNDED
    sentence = _("A plan needs a finding that the complaint is founded and the cause lies on our side.")
    unblock = _("Explain the finding to the customer instead.")


class DemandUnanswered(Refusal):
    rule = rules.DEMANDS_ANSWERED
    sentence = _("Option «%(option)s» leaves a demand unanswered: %(demand)s")
    unblock = _("Say how the option answers it, or why it departs from it.")


class GapUnexplained(Refusal):
    rule = rules.DEMANDS_ANSWERED
    sentence = _("Option «%(option)s» stays below a demand and does not say why: %(demand)s")
    unblock = _("Explain the difference to what the customer demands.")


class OptionIncomplete(Refusal):
    rule = rules.OPTIONS_COMPLETE
    sentence = _("The plan is not complete: each option needs a remedy and a time for carrying it out.")
    unblock = _("Complete the options.")


class SingleWithoutReason(Refusal):
    rule = rules.SINGLE_WITH_REASON
    sentence = _("One option alone needs a reason.")
    unblock = _("Add an option, or write why there is only one.")


class ApprovalNeeded(Refusal):
    rule = rules.APPROVED_FIRST
    sentence = _("This plan must be approved before it is offered.")
    unblock = _("Submit it for approval.")


class OwnPlan(Refusal):
    rule = rules.NOT_OWN_PLAN
    sentence = _("Nobody approves a plan he drew up or put up for approval himself.")
    unblock = _("Let another supervisor or leader decide.")


class ChoiceMissing(Refusal):
    rule = rules.CHOICE_CONFIRMED
    sentence = _("The customer has not chosen an option.")
    unblock = _("Ask, and record the choice.")


class NoExecutionTimes(Refusal):
    rule = rules.CHOICE_CONFIRMED
    sentence = _("What was chosen has no times for carrying it out.")
    unblock = _("Name who does what until when.")


class ObjectionMissing(Refusal):
    rule = rules.CHOICE_CONFIRMED
    sentence = _("The customer's objection is not recorded.")
    unblock = _("Write down what the customer objects to.")


class NoAlternative(Refusal):
    rule = rules.ALTERNATIVE_OFFERED
    sentence = _("A refusal above the standard needs an alternative that was offered, and a reply.")
    unblock = _("Offer an alternative and tell the customer.")


class RoundsLeft(Refusal):
    rule = rules.TOO_MANY_ROUNDS
    sentence = _("After a callback a refusal is possible only when all %(rounds)s rounds are used.")
    unblock = _("Take the case into another round.")


def founded(case: Case) -> None:
    if case.finding is None or not case.finding.reasons_sufficient:
        raise NotFounded()


def on_our_side(case: Case) -> None:
    """Company, partner, engaged third party or the handling itself (AMB-38)."""
    if case.finding is None or not case.finding.company_side:
        raise NotFounded()


def demands_are_answered(case: Case) -> None:
    """Every option answers every demand, and says why where it stays below the amount demanded (S0-09, S1-35)."""
    for option in case.options:
        answers = {answer.demand_id: answer for answer in option.answers.all()}
        for demand in case.demands:
            if demand.pk not in answers:
                raise DemandUnanswered(option=option.title, demand=demand.text)
            below = demand.amount is not None and money.option_cost(option) < demand.amount
            if below and not answers[demand.pk].deviation.strip():
                raise GapUnexplained(option=option.title, demand=demand.text)


def options_are_complete(case: Case) -> None:
    options = case.options
    if not options or any(not option.lines.all() or option.execute_within_minutes <= 0 for option in options):
        raise OptionIncomplete()


def single_has_a_reason(case: Case) -> None:
    """Fewer options than the pack's minimum need a reason (S0-19, AMB-11)."""
    plan = case.plan
    few = len(case.options) < case.pack.settings.plan_min_options
    if plan is not None and few and not plan.single_reason.strip():
        raise SingleWithoutReason()


def no_approval_needed(case: Case) -> None:
    """Straight to the customer only within the authority of whoever offers, where the pack allows it (AMB-05, S2-49).

    Who acts for an absent owner grants on his own authority, never on the owner's wider one. A plan that was approved
    needs no second signature for its next option (S2-27).
    """
    if case.signed:
        return
    if case.pack.settings.approval_mode == "all_before":
        raise ApprovalNeeded()
    money.require_authority(case.pack, money.grantor(case), case.plan, case.at)


def not_own_plan(case: Case) -> None:
    """Neither who drew the plan up nor who put it up for approval decides on it (S1-36)."""
    if case.plan is None:
        return
    if case.actor.person_id in (case.plan.prepared_by_id, case.asked_by):
        raise OwnPlan()


def within_approvers_authority(case: Case) -> None:
    if case.actor.person is not None:
        money.require_authority(case.pack, case.actor.person, case.plan, case.at)


def choice_is_recorded(case: Case) -> None:
    """An option of the offered plan was chosen by the customer's own answer (S2-27)."""
    if case.plan is None or case.plan.status != Plan.Status.CHOSEN:
        raise ChoiceMissing()


def actions_have_times(case: Case) -> None:
    if not any(row.round == case.complaint.round for row in case.actions):
        raise NoExecutionTimes()


def objection_is_noted(case: Case) -> None:
    if not case.answered_here(CustomerAnswer.Kind.OBJECTION):
        raise ObjectionMissing()


def last_round_if_followed_up(case: Case) -> None:
    """From the callback only a leader refuses, and only when the rounds are used up (AMB-15)."""
    rounds = case.pack.settings.loop_max_rounds
    if case.complaint.state == State.FOLLOWING_UP and case.complaint.round <= rounds:
        raise RoundsLeft(rounds=rounds)


def alternative_was_offered(case: Case) -> None:
    """Something was offered in this case, and the refusal was answered in words (S3-31, S1-19)."""
    complaint = case.complaint
    offered = Option.objects.filter(plan__complaint=complaint).exclude(status=Option.Status.DRAFT).exists()
    if not offered or not any(row.at >= complaint.stage_since for row in case.told):
        raise NoAlternative()


def is_leader(case: Case) -> bool:
    return case.actor.person is not None and case.actor.person.has_role(Role.LEADER)
