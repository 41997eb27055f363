"""Tasks: given, acknowledged, done, sent back or cancelled; never done by another department (S2-53, S2-54)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, promises, rules, tasking, watch
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, Task
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.tasking import NewTask, OtherDepartmentsTask, TaskNotOpen
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.rules import Refusal

__all__ = [
    "NewTask",
    "OtherDepartmentsTask",
    "TaskNotOpen",
    "acknowledge_task",
    "bounce_task",
    "cancel_task",
    "finish_task",
    "make_task",
]


class EndsWithReport(Refusal):
    rule = rules.VISIT_REPORTED
    sentence = _("A visit is done when it is reported: where, who was met, what was seen, whether it is true.")
    unblock = _("Write the report of the visit.")


class EndsWithRecord(Refusal):
    rule = rules.MEETING_RECORDED
    sentence = _("A coordination meeting is done when its record is written: who met, what was decided, one voice.")
    unblock = _("Write the record of the meeting.")


# Tasks that end with a record of their own.
RECORDED: dict[Task.Kind, type[Refusal]] = {Task.Kind.VISIT: EndsWithReport, Task.Kind.COORDINATE: EndsWithRecord}


class NoResult(Refusal):
    rule = rules.TASK_DONE
    sentence = _("A task is done when it says what came of it.")
    unblock = _("Write the result; of a meeting, what was agreed.")


class NoReasonGiven(Refusal):
    rule = rules.TASK_DONE
    sentence = _("A task goes back, or is cancelled, only with a reason.")
    unblock = _("Write why.")


@transaction.atomic
def make_task(complaint_id: int, new: NewTask, *, actor: Actor, at: datetime) -> Task:
    """Give a task to a named person with a due time; the owner of the case stays (S2-53).

    A third party is asked by somebody inside the house, who is named (S0-17).
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, keepers("task.create"), actor=actor, at=at)
    return tasking.give(complaint, new, actor=actor, at=at)


@transaction.atomic
def acknowledge_task(task_id: int, *, actor: Actor, at: datetime) -> Task:
    """Say that one has seen the task and will do it (S4-09)."""
    task = tasking.taken(task_id)
    tasking.require_own(task, actor)
    if task.acknowledged_at is None:
        task.acknowledged_at = at
        task.save(update_fields=["acknowledged_at"])
        detail = Detail({"task": task.pk})
        lifecycle.happen(task.complaint, "task.acknowledged", actor=actor, at=at, detail=detail)
    return task


@transaction.atomic
def finish_task(task_id: int, *, result: str, actor: Actor, at: datetime) -> Task:
    """Complete a task with its result; only its person, or a colleague of its department (S2-54)."""
    task = tasking.taken(task_id)
    tasking.require_own(task, actor)
    if task.kind in RECORDED:
        raise RECORDED[Task.Kind(task.kind)](missing=("item",))
    if not result.strip():
        raise NoResult(missing=("result",))
    tasking.finish(task, result=result, actor=actor, at=at)
    return task


@transaction.atomic
def bounce_task(task_id: int, *, reason: str, to: Person, actor: Actor, at: datetime) -> Task:
    """Hand a task on to whom it belongs; its due time stays. Twice between departments rings supervisors (S4-114)."""
    task = tasking.taken(task_id)
    tasking.require_own(task, actor)
    if not reason.strip():
        raise NoReasonGiven(missing=("reason",))
    complaint = task.complaint
    person, department = tasking.require_fit(complaint, to, to.department)
    before = task.department_id
    if department.pk != before:
        task.bounce_count += 1
    task.assignee, task.department, task.acknowledged_at = person, department, None
    task.save(update_fields=["assignee", "department", "acknowledged_at", "bounce_count"])
    data = {
        "task": task.pk,
        "assignee": person.pk,
        "department": department.pk,
        "before": before,
        "bounces": task.bounce_count,
    }
    event = lifecycle.happen(complaint, "task.bounced", actor=actor, at=at, detail=Detail(data, {"reason": reason}))
    ring(complaint, [person], "task.made", event=event, actor=actor)
    told = [complaint.owner, *([task.made_by] if task.made_by else [])]
    if task.bounce_count >= promises.pack_of(complaint).settings.bounce_alert:
        told += watch.supervisors()
    ring(complaint, [one for one in told if one != person], "task.bounced", event=event, actor=actor)
    return task


@transaction.atomic
def cancel_task(task_id: int, *, reason: str, actor: Actor, at: datetime) -> Task:
    """Take a task back with a reason: who gave it, the owner or the supervisor."""
    task = tasking.taken(task_id)
    complaint = task.complaint
    if not actor.is_person(task.made_by_id):
        participation.require(complaint, keepers("task.create"), actor=actor, at=at)
    if not reason.strip():
        raise NoReasonGiven(missing=("reason",))
    tasking.cancel(task, reason=reason, actor=actor, at=at)
    return task
