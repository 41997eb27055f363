"""T21 to T24: the review, the end, and what comes after or from outside."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.steps import external, reopening, review, withdrawal
from huiyin.interfaces.api.schemas import closing
from huiyin.interfaces.api.schemas.steps import Told
from huiyin.interfaces.api.steps.inquiry import file_of
from huiyin.interfaces.api.steps.table import Taken, known, step
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Person


@step("write_review", Scope.WRITE, _("Write the four answers of the review"))
def write_review(take: Taken, body: closing.WriteReview) -> Any:
    return take(review.write_review, review.Answers(**body.model_dump(exclude={"seen"})))


@step("answer_question", Scope.WRITE, _("Answer improvement, penalty or case study: a proposal, or none with a reason"))
def answer_question(take: Taken, body: closing.AnswerQuestion) -> Any:
    return take(review.answer_question, question=body.question.value, proposed=body.proposed, text=body.text)


@step("close", Scope.DECIDE, _("Close a reviewed case as the second person (T21)"))
def close(take: Taken, body: Told) -> Any:
    return take(review.close, body.words.words())


@step("reopen", Scope.DECIDE, _("Reopen a closed case for the same matter (T22)"))
def reopen(take: Taken, body: closing.Reopen) -> Any:
    handler = None if body.handler is None else known(Person, "handler", pk=body.handler)
    return take(reopening.reopen, reason=body.reason, words=body.words.words(), handler=handler)


@step("ask_withdrawal", Scope.WRITE, _("Record that the customer takes the complaint back, and ask a second person"))
def ask_withdrawal(take: Taken, body: closing.AskWithdrawal) -> Any:
    return take(withdrawal.ask_withdrawal, said=body.said, via=body.via.value)


@step("withdraw", Scope.DECIDE, _("Confirm the withdrawal as the second person (T23)"))
def withdraw(take: Taken, body: Told) -> Any:
    return take(withdrawal.confirm_withdrawal, body.words.words())


@step("decline_withdrawal", Scope.DECIDE, _("Decline to confirm the withdrawal"))
def decline_withdrawal(take: Taken, body: closing.DeclineWithdrawal) -> Any:
    return take(withdrawal.decline_withdrawal, comment=body.comment)


@step("record_decision", Scope.WRITE, _("Record an outside body's agreement or decision"))
def record_decision(take: Taken, body: closing.RecordDecision) -> Any:
    document = file_of(take, body.document)
    new = external.NewDecision(body.body, body.agreement, body.summary, document, body.decided_on)
    return take(external.record_decision, new)


@step("settle_externally", Scope.DECIDE, _("Follow the outside decision and end the handling (T24)"))
def settle_externally(take: Taken, body: Told) -> Any:
    return take(external.settle_externally, body.words.words())
