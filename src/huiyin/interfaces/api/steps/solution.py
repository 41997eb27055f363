"""T10 to T17: options, their approval, the offer and the customer's choice."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Approval
from huiyin.complaints.steps import approval, offering, planning
from huiyin.interfaces.api.schemas import solution
from huiyin.interfaces.api.schemas.steps import Told
from huiyin.interfaces.api.steps.table import Taken, known, step
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Person


@step("plan", Scope.WRITE, _("Begin to plan a founded complaint (T10)"))
def plan(take: Taken, body: Told) -> Any:
    return take(planning.start_plan, body.words.words())


@step("draft_plan", Scope.WRITE, _("Draw up the options; the plan before this one is superseded"))
def draft_plan(take: Taken, body: solution.DraftPlan) -> Any:
    return take(planning.draft_plan, body.plan())


@step("submit", Scope.WRITE, _("Put the plan up for approval (T11)"))
def submit(take: Taken, body: Told) -> Any:
    return take(planning.submit_plan, body.words.words())


@step("offer", Scope.WRITE, _("Offer options within the owner's own authority (T12)"))
def offer(take: Taken, body: Told) -> Any:
    return take(planning.offer_within_authority, body.words.words())


@step("replan", Scope.WRITE, _("Take the customer's objection and go back to planning (T16)"))
def replan(take: Taken, body: solution.Replan) -> Any:
    words = body.words.words()
    return take(planning.take_objection, objection=body.objection, via=body.via.value, words=words)


@step("approve", Scope.DECIDE, _("Approve the plan and put it on offer (T13)"))
def approve(take: Taken, body: solution.Decide) -> Any:
    return take(approval.approve_plan, comment=body.comment, words=body.words.words())


@step("return", Scope.DECIDE, _("Send the plan back with a comment (T14)"))
def return_plan(take: Taken, body: solution.Decide) -> Any:
    return take(approval.return_plan, comment=body.comment, words=body.words.words())


@step("review_afterwards", Scope.DECIDE, _("Look at a plan that was offered within authority"))
def review_afterwards(take: Taken, body: solution.ReviewAfterwards) -> Any:
    row = take.row(Approval, body.approval, "approval")
    return take.on(approval.review_afterwards, row.pk, objected=body.objected, comment=body.comment)


@step("override_rule", Scope.DECIDE, _("Let one rule pass for this round, by name and with a reason"))
def override_rule(take: Taken, body: solution.OverrideRule) -> Any:
    return take(approval.override_rule, rule=body.rule, reason=body.reason)


@step("choose", Scope.WRITE, _("Record the customer's choice and begin to carry it out (T15)"))
def choose(take: Taken, body: solution.Choose) -> Any:
    for one in body.assignees:
        known(Person, "assignees.person", pk=one.person)
    return take(offering.confirm_choice, body.choice(), body.words.words())


@step("carry_out_what_is_owed", Scope.WRITE, _("Carry out what is owed to a customer who never answered (T15)"))
def carry_out_what_is_owed(take: Taken, body: solution.CarryOutOwed) -> Any:
    return take(offering.carry_out_what_is_owed, option_id=body.option, words=body.words.words())


@step("refuse_above_standard", Scope.DECIDE, _("Refuse what lies above the standard, with an alternative (T17)"))
def refuse_above_standard(take: Taken, body: solution.RefuseAboveStandard) -> Any:
    words = body.words.words()
    return take(offering.refuse_above_standard, reason=body.reason, alternative=body.alternative, words=words)
