"""Expectations, preparation, the bottom line, concessions and what the law gives."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Expectation
from huiyin.complaints.steps import conceding, entitling, expectations, preparing
from huiyin.interfaces.api.schemas import bargaining
from huiyin.interfaces.api.steps.table import Taken, step
from huiyin.interfaces.common.scopes import Scope


@step("note_expectation", Scope.WRITE, _("Note what the customer expects, in his own words"))
def note_expectation(take: Taken, body: bargaining.NoteExpectation) -> Any:
    return take(expectations.note_expectation, body.new())


@step("ask_question", Scope.WRITE, _("Record one question to the customer and his answer"))
def ask_question(take: Taken, body: bargaining.AskQuestion) -> Any:
    return take(expectations.ask_question, body.asked())


@step("settle_expectation", Scope.WRITE, _("Replace what cannot be had, or refuse it with an alternative"))
def settle_expectation(take: Taken, body: bargaining.SettleExpectation) -> Any:
    row = take.row(Expectation, body.expectation, "expectation")
    return take.on(expectations.settle_expectation, row.pk, body.settlement())


@step("rank_expectations", Scope.WRITE, _("Put the expectations into the customer's order"))
def rank_expectations(take: Taken, body: bargaining.RankExpectations) -> Any:
    return take(expectations.rank_expectations, body.ranked())


@step("drop_expectation", Scope.WRITE, _("Let go of an expectation, with the reason"))
def drop_expectation(take: Taken, body: bargaining.DropExpectation) -> Any:
    row = take.row(Expectation, body.expectation, "expectation")
    return take.on(expectations.drop_expectation, row.pk, reason=body.reason)


@step("prepare", Scope.WRITE, _("Keep the preparation sheet of a hard conversation"))
def prepare(take: Taken, body: bargaining.Prepare) -> Any:
    return take(preparing.prepare, body.sheet())


@step("ask_principle", Scope.WRITE, _("Ask to have a bottom line approved"))
def ask_principle(take: Taken, body: bargaining.AskPrinciple) -> Any:
    return take(preparing.ask_principle, amount=body.amount, text=body.text)


@step("decide_principle", Scope.DECIDE, _("Approve or decline a bottom line"))
def decide_principle(take: Taken, body: bargaining.DecidePrinciple) -> Any:
    return take(preparing.decide_principle, approved=body.approved, comment=body.comment)


@step("concede", Scope.WRITE, _("Log one step of giving way, with its reason"))
def concede(take: Taken, body: bargaining.Concede) -> Any:
    return take(conceding.concede, amount=body.amount, reason=body.reason, obtained=body.obtained)


@step("supply_reason", Scope.WRITE, _("Write the reason with which the customer can say yes"))
def supply_reason(take: Taken, body: bargaining.SupplyReason) -> Any:
    given = {"reason": body.reason, "bottom_line_met": body.bottom_line_met, "needs": body.needs}
    return take(conceding.supply_reason, **given)


@step("note_preference", Scope.WRITE, _("Write down what the customer prefers"))
def note_preference(take: Taken, body: bargaining.NotePreference) -> Any:
    return take(preparing.note_preference, body.text)


@step("assess_entitlement", Scope.WRITE, _("Measure a claim by the four bases of the law"))
def assess_entitlement(take: Taken, body: bargaining.AssessEntitlement) -> Any:
    return take(entitling.assess_entitlement, body.measure())
