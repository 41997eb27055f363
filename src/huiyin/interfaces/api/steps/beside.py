"""Beside the moves: tasks, claims, flags, links between cases."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import queries
from huiyin.complaints.models import Claim, Task
from huiyin.complaints.steps import claims, flags, linking, tasks
from huiyin.interfaces.api.problems import Unreadable
from huiyin.interfaces.api.schemas import inquiry
from huiyin.interfaces.api.steps.table import Taken, known, step
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Department, Person


@step("make_task", Scope.WRITE, _("Give a task to a named person with a due time"))
def make_task(take: Taken, body: inquiry.MakeTask) -> Any:
    department = known(Department, "department", code=body.department)
    assignee = known(Person, "assignee", pk=body.assignee)
    return take(tasks.make_task, tasks.NewTask(body.kind.value, body.title, department, assignee, body.due_at))


@step("acknowledge_task", Scope.WRITE, _("Say that a task was seen and will be done"))
def acknowledge_task(take: Taken, body: inquiry.AcknowledgeTask) -> Any:
    return take.on(tasks.acknowledge_task, take.row(Task, body.task, "task").pk)


@step("finish_task", Scope.WRITE, _("Complete a task with its result"))
def finish_task(take: Taken, body: inquiry.FinishTask) -> Any:
    return take.on(tasks.finish_task, take.row(Task, body.task, "task").pk, result=body.result)


@step("bounce_task", Scope.WRITE, _("Hand a task on to whom it belongs"))
def bounce_task(take: Taken, body: inquiry.BounceTask) -> Any:
    to = known(Person, "to", pk=body.to)
    return take.on(tasks.bounce_task, take.row(Task, body.task, "task").pk, reason=body.reason, to=to)


@step("cancel_task", Scope.WRITE, _("Take a task back with a reason"))
def cancel_task(take: Taken, body: inquiry.CancelTask) -> Any:
    return take.on(tasks.cancel_task, take.row(Task, body.task, "task").pk, reason=body.reason)


@step("open_claim", Scope.WRITE, _("Claim from a third party what the finding puts on it"))
def open_claim(take: Taken, body: inquiry.OpenClaim) -> Any:
    return take(claims.open_claim, claims.NewClaim(body.party, body.amount, body.basis, body.due_at))


@step("move_claim", Scope.WRITE, _("Take a claim one step further"))
def move_claim(take: Taken, body: inquiry.MoveClaim) -> Any:
    row = take.row(Claim, body.claim, "claim")
    return take.on(claims.move_claim, row.pk, body.status.value, note=body.note, recovered=body.recovered)


@step("set_flag", Scope.WRITE, _("Set or take away a flag: escalated, media, external, compound, wide"))
def set_flag(take: Taken, body: inquiry.SetFlag) -> Any:
    return take(flags.set_flag, body.flag, body.value, reason=body.reason)


@step("declare_interest", Scope.WRITE, _("Note that somebody is complained about or concerned"))
def declare_interest(take: Taken, body: inquiry.DeclareInterest) -> Any:
    person = known(Person, "person", pk=body.person)
    return take(flags.declare_interest, person=person, complained_about=body.complained_about, reason=body.reason)


@step("merge", Scope.WRITE, _("Let this case go on in another"))
def merge(take: Taken, body: inquiry.Merge) -> Any:
    return take(linking.merge, into=_other(take, body.into, "into"), reason=body.reason)


@step("unmerge", Scope.WRITE, _("Undo a merge"))
def unmerge(take: Taken, body: inquiry.WithReason) -> Any:
    return take(linking.unmerge, reason=body.reason)


@step("link_repeat", Scope.WRITE, _("Say that this case repeats an earlier one"))
def link_repeat(take: Taken, body: inquiry.LinkRepeat) -> Any:
    return take(linking.link_repeat, earlier=_other(take, body.earlier, "earlier"))


@step("unlink_repeat", Scope.WRITE, _("Take the link to an earlier case back"))
def unlink_repeat(take: Taken, body: inquiry.WithReason) -> Any:
    return take(linking.unlink_repeat, reason=body.reason)


def _other(take: Taken, number: str, where: str) -> int:
    """Another case this person sees, by its number."""
    found = queries.by_number(take.hand.person, number)
    if found is None:
        raise Unreadable(where, "does not exist here")
    return found.pk
