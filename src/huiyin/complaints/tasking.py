"""Tasks of a case: given to a person of a department with a due time, done with a result (S2-53, S4-33).

Steps that give a task on the way to something else (triage, the coordination meeting) give it here too.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, promises, rules
from huiyin.complaints.guards.context import interest_of
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import Complaint, Promise, PromiseKind, Task
from huiyin.complaints.notices import ring
from huiyin.complaints.states import Seat
from huiyin.people.actors import Actor
from huiyin.people.models import Department, Person
from huiyin.people.roles import can
from huiyin.policy import clocks
from huiyin.rules import Refusal


class TaskWithoutPerson(Refusal):
    rule = rules.TASK_OWNED
    sentence = _("A task needs a department and a person of it who takes part in cases.")
    unblock = _("Name both; for a third party, name who inside the house asks it.")


class TaskWithoutTime(Refusal):
    rule = rules.TASK_OWNED
    sentence = _("A task needs a due time that lies ahead.")
    unblock = _("Say until when it must be done.")


class TaskForInterested(Refusal):
    rule = rules.RECUSED
    sentence = _("%(name)s has an interest in this case and cannot be given a task in it.")
    unblock = _("Name somebody else.")


class OtherDepartmentsTask(Refusal):
    rule = rules.OWN_DEPARTMENT
    sentence = _("This task belongs to %(department)s; nobody else completes it.")
    unblock = _("Ask %(name)s, who has it.")


class TaskNotOpen(Refusal):
    rule = rules.TASK_OWNED
    sentence = _("This task is not open any more.")
    unblock = _("Give a new task if something is left to do.")


@dataclass(frozen=True)
class NewTask:
    """What is to be done, by whom, until when; an empty title means that the kind says it all."""

    kind: str
    title: str
    department: Department | None
    assignee: Person | None
    due_at: datetime | None


def give(complaint: Complaint, new: NewTask, *, actor: Actor, at: datetime) -> Task:
    """Write a task into a locked case and ring the assignee; refuses one without person, department or due time."""
    person, department = require_fit(complaint, new.assignee, new.department)
    if new.due_at is None or new.due_at <= at:
        raise TaskWithoutTime(missing=("due_at",))
    task = Task.objects.create(
        complaint=complaint,
        round=complaint.round,
        kind=Task.Kind(new.kind),
        title=new.title.strip(),
        department=department,
        assignee=person,
        made_by=actor.person,
        made_at=at,
        due_at=new.due_at,
    )
    promises.set_next_due(complaint)
    data = {
        "task": task.pk,
        "kind": task.kind,
        "assignee": person.pk,
        "department": department.pk,
        "due": task.due_at,
    }
    detail = Detail(data, {"title": task.title})
    event = lifecycle.happen(complaint, "task.made", actor=actor, at=at, detail=detail)
    ring(complaint, [person], "task.made", event=event, actor=actor)
    return task


def require_fit(
    complaint: Complaint, person: Person | None, department: Department | None
) -> tuple[Person, Department]:
    """Who may get a task: somebody of the department who takes part in cases and has no interest in this one."""
    if person is None or department is None or person.department_id != department.pk:
        raise TaskWithoutPerson(missing=("assignee",))
    if not can(person, "complaint.read"):
        raise TaskWithoutPerson(missing=("assignee",))
    if interest_of(complaint, person) is not None:
        raise TaskForInterested(name=person.name)
    return person, department


def finish(task: Task, *, result: str, actor: Actor, at: datetime) -> None:
    """Write that a task of a locked case is done, and what came of it."""
    task.status, task.result, task.done_at = Task.Status.DONE, result.strip(), at
    task.acknowledged_at = task.acknowledged_at or at
    task.save(update_fields=["status", "result", "done_at", "acknowledged_at"])
    promises.set_next_due(task.complaint)
    detail = Detail({"task": task.pk, "kind": task.kind, "late": at > task.due_at}, {"result": task.result})
    lifecycle.happen(task.complaint, "task.done", actor=actor, at=at, detail=detail)


def cancel(task: Task, *, reason: str, actor: Actor, at: datetime) -> None:
    """Write that a task of a locked case is not to be done any more, and why."""
    task.status, task.done_at = Task.Status.CANCELLED, at
    task.save(update_fields=["status", "done_at"])
    promises.set_next_due(task.complaint)
    detail = Detail({"task": task.pk}, {"reason": reason})
    lifecycle.happen(task.complaint, "task.cancelled", actor=actor, at=at, detail=detail)


def taken(task_id: int) -> Task:
    """The task under the lock of its case; refuses one that is done, cancelled, or of a closed or merged case."""
    case_id = Task.objects.values_list("complaint_id", flat=True).get(pk=task_id)
    complaint = Complaint.objects.locked(case_id)
    participation.require_state(complaint)
    task = Task.objects.select_related("department", "assignee", "made_by").get(pk=task_id)
    if task.status != Task.Status.OPEN:
        raise TaskNotOpen()
    task.complaint = complaint
    return task


def require_own(task: Task, actor: Actor) -> None:
    """Refuse whoever neither has the task nor completes tasks of its department (S2-54), or has an interest."""
    person = actor.person
    if person is None or not person.is_active:
        raise WrongSeat(seats=str(Seat.HANDLER.label))
    colleague = person.department_id == task.department_id and can(person, "task.complete")
    if person.pk != task.assignee_id and not colleague:
        raise OtherDepartmentsTask(department=task.department.name, name=task.assignee.name)
    if refusal := lifecycle.own_matter(task.complaint, actor):
        raise refusal


def finish_triage(complaint: Complaint, *, actor: Actor, at: datetime) -> None:
    """End the triage of a registered case: it was decided how to handle it (S2-56)."""
    for task in Task.objects.filter(complaint=complaint, kind=Task.Kind.TRIAGE, status=Task.Status.OPEN):
        task.complaint = complaint
        finish(task, result="", actor=actor, at=at)


def give_triage(complaint: Complaint, *, actor: Actor, at: datetime) -> None:
    """Ask the owner to decide how to handle a registered case, until the stage's clock runs out (S2-56)."""
    owner = _owner(complaint, actor)
    due_at = _stage_ends(complaint, at) or next_news_at(complaint, at) or _soon(complaint, at)
    give(complaint, NewTask(Task.Kind.TRIAGE, "", owner.department, owner, due_at), actor=actor, at=at)


def give_coordination(complaint: Complaint, *, actor: Actor, at: datetime) -> None:
    """Have the owner convene the departments of a compound case before the customer next hears from us (S0-34)."""
    kept = (Task.Status.OPEN, Task.Status.DONE)
    meetings = Task.objects.filter(complaint=complaint, round=complaint.round, kind=Task.Kind.COORDINATE)
    if meetings.filter(status__in=kept).exists():
        return
    owner = _owner(complaint, actor)
    due_at = next_news_at(complaint, at) or _stage_ends(complaint, at) or _soon(complaint, at)
    give(complaint, NewTask(Task.Kind.COORDINATE, "", owner.department, owner, due_at), actor=actor, at=at)


def _owner(complaint: Complaint, actor: Actor) -> Person:
    """The owner; whoever acts is known already."""
    return actor.person if actor.person is not None and actor.is_person(complaint.owner_id) else complaint.owner


def next_news_at(complaint: Complaint, at: datetime) -> datetime | None:
    """When the customer was promised the next news, unless that time has passed."""
    return min((row.due_at for row in promises.ahead(complaint, at)), default=None)


def _soon(complaint: Complaint, at: datetime) -> datetime:
    return clocks.acknowledgement_due(promises.pack_of(complaint), at)


def _stage_ends(complaint: Complaint, at: datetime) -> datetime | None:
    rows = Promise.objects.filter(complaint=complaint, kind=PromiseKind.STAGE, ended_at=None, due_at__gt=at)
    return rows.order_by("due_at").values_list("due_at", flat=True).first()
