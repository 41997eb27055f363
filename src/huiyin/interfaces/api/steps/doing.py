"""T18 to T20: carrying out with proof, calling back, ending the follow-up or another round."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.callbacks import CallbackResult
from huiyin.complaints.models import Action, Callback
from huiyin.complaints.steps import execution, followup
from huiyin.interfaces.api.schemas import solution
from huiyin.interfaces.api.schemas.steps import Told
from huiyin.interfaces.api.steps.inquiry import file_of
from huiyin.interfaces.api.steps.table import Taken, step
from huiyin.interfaces.common.scopes import Scope


@step("finish_action", Scope.WRITE, _("Note an action as done with its proof"))
def finish_action(take: Taken, body: solution.FinishAction) -> Any:
    row = take.row(Action, body.action, "action")
    tell = body.say.say() if body.say else None
    proof = execution.Proof(body.kind, body.reference, file_of(take, body.file), tell)
    return take.on(execution.finish_action, row.pk, proof)


@step("tell_done", Scope.WRITE, _("Send the message about a finished action that was missing"))
def tell_done(take: Taken, body: solution.TellDone) -> Any:
    return take.on(execution.tell_done, take.row(Action, body.action, "action").pk, body.say.say())


@step("record_arrival", Scope.WRITE, _("Note that something arrived, and remind the customer to check it"))
def record_arrival(take: Taken, body: solution.RecordArrival) -> Any:
    row = take.row(Action, body.action, "action")
    return take.on(execution.record_arrival, row.pk, words=body.words.words())


@step("grant_goodwill", Scope.WRITE, _("Grant a small kindness of the catalogue"))
def grant_goodwill(take: Taken, body: solution.GrantGoodwill) -> Any:
    return take(execution.grant_goodwill, item=body.item)


@step("record_recovery", Scope.WRITE, _("Note what came back of a loss"))
def record_recovery(take: Taken, body: solution.RecordRecovery) -> Any:
    return take(execution.record_recovery, amount=body.amount, source=body.source)


@step("finish_execution", Scope.WRITE, _("Everything carried out; the callbacks are set (T18)"))
def finish_execution(take: Taken, body: Told) -> Any:
    return take(execution.finish_execution, body.words.words())


@step("attempt_callback", Scope.WRITE, _("Note a try to call back"))
def attempt_callback(take: Taken, body: solution.AttemptCallback) -> Any:
    row = take.row(Callback, body.callback, "callback")
    return take.on(followup.attempt_callback, row.pk, medium=body.medium.value, reached=body.reached, note=body.note)


@step("record_callback", Scope.WRITE, _("Record what the customer said when called back"))
def record_callback(take: Taken, body: solution.RecordCallback) -> Any:
    row = take.row(Callback, body.callback, "callback")
    said = body.model_dump(exclude={"seen", "callback", "via"})
    return take.on(followup.record_callback, row.pk, CallbackResult(**said, via=body.via.value))


@step("record_contact_attempt", Scope.WRITE, _("Note a try to reach a silent customer, or send the final message"))
def record_contact_attempt(take: Taken, body: solution.RecordContactAttempt) -> Any:
    notice = body.final_notice.say() if body.final_notice else None
    return take(followup.record_contact_attempt, medium=body.medium.value, note=body.note, final_notice=notice)


@step("accept", Scope.WRITE, _("End the follow-up (T19)"))
def accept(take: Taken, body: Told) -> Any:
    return take(followup.conclude_followup, body.words.words())


@step("dissatisfied", Scope.WRITE, _("Take a dissatisfied customer's case into another round (T20)"))
def dissatisfied(take: Taken, body: Told) -> Any:
    return take(followup.restart, body.words.words())
