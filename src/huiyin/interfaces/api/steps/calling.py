"""Special callers, the way to a superior, hard conduct, and what is told of wide cases."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.steps import callers, conduct, wide
from huiyin.interfaces.api.schemas import bargaining
from huiyin.interfaces.api.steps.table import Taken, known, step
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Person


@step("note_caller", Scope.WRITE, _("Note what kind of caller it is; the supervisors hear of it at once"))
def note_caller(take: Taken, body: bargaining.NoteCaller) -> Any:
    return take(callers.note_caller, body.kind.value, body.note)


@step("send_holding", Scope.WRITE, _("Send the holding script with the time of the next news"))
def send_holding(take: Taken, body: bargaining.SendHolding) -> Any:
    medium = body.medium.value if body.medium else ""
    return take(callers.send_holding, due_at=body.due_at, keeps=tuple(body.keeps), medium=medium)


@step("hand_up", Scope.WRITE, _("Hand the conversation to a superior, with the customer's consent"))
def hand_up(take: Taken, body: bargaining.HandUpGiven) -> Any:
    to = known(Person, "to", pk=body.to)
    handed = callers.HandUp(to, body.consent, body.said, body.via.value, body.emergency)
    return take(callers.hand_up, handed)


@step("propose_conduct", Scope.WRITE, _("Report hard conduct; by itself it changes nothing"))
def propose_conduct(take: Taken, body: bargaining.ProposeConduct) -> Any:
    return take(conduct.propose_conduct, body.described)


@step("confirm_conduct", Scope.DECIDE, _("Put measures against hard conduct in force for a time"))
def confirm_conduct(take: Taken, body: bargaining.ConfirmConduct) -> Any:
    reviewer = known(Person, "reviewer", pk=body.reviewer)
    measures = conduct.Measures(body.measures, reviewer, body.expires_at)
    return take(conduct.confirm_conduct, measures, body.say.say())


@step("decline_conduct", Scope.DECIDE, _("Say that nothing follows from reported conduct"))
def decline_conduct(take: Taken, body: bargaining.ConductComment) -> Any:
    return take(conduct.decline_conduct, body.comment)


@step("appeal_conduct", Scope.WRITE, _("Take the customer's appeal against how he is treated"))
def appeal_conduct(take: Taken, body: bargaining.AppealConduct) -> Any:
    return take(conduct.appeal_conduct, body.text)


@step("decide_appeal", Scope.DECIDE, _("Decide on the customer's appeal"))
def decide_appeal(take: Taken, body: bargaining.DecideAppeal) -> Any:
    return take(conduct.decide_appeal, upheld=body.upheld, comment=body.comment)


@step("end_conduct", Scope.DECIDE, _("End measures against hard conduct before their time"))
def end_conduct(take: Taken, body: bargaining.ConductComment) -> Any:
    return take(conduct.end_conduct, body.comment)


@step("tell_scope", Scope.WRITE, _("Tell the customer of a wide case how we handle and improve it"))
def tell_scope(take: Taken, body: bargaining.TellScope) -> Any:
    return take(wide.tell_scope, handling=body.handling, improvement=body.improvement, say=body.say.say())
