"""Compound problems: another matter with its own department, the meeting that agrees on one answer (S0-34)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import compound, lifecycle, participation, rules, tasking, watch
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import (
    CasePart,
    Complaint,
    DirectContact,
    Meeting,
    MeetingDecision,
    MeetingPerson,
    Task,
)
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import AFTER_REGISTRATION, Seat, State
from huiyin.complaints.tasking import NewTask
from huiyin.people.actors import Actor
from huiyin.people.models import Department, Person
from huiyin.rules import Refusal

AFTER_FORM = (State.REGISTERED, *AFTER_REGISTRATION)
NOTERS = {**keepers("complaint.note"), Seat.RECEIVER: "complaint.receive", Seat.LEADER: "complaint.note"}


class MeetingUnclear(Refusal):
    rule = rules.MEETING_RECORDED
    sentence = _("The record of a meeting says when it was held, what was decided, and what the customer is told.")
    unblock = _("Fill in what is missing; a decision has a person who sees to it and a due time.")


class OneDepartmentAlone(Refusal):
    rule = rules.MEETING_RECORDED
    sentence = _("A coordination meeting is of at least two departments; here sat: %(departments)s.")
    unblock = _("Name who came from the other department.")


class NoSuchMeeting(Refusal):
    rule = rules.MEETING_RECORDED
    sentence = _("This is no open coordination meeting.")
    unblock = _("Choose the meeting whose record is missing.")


class ContactUnclear(Refusal):
    rule = rules.ONE_CONTACT
    sentence = _("A contact past the owner is noted with the department and what it said; a first contact may speak.")
    unblock = _("Choose the department, and write what the customer was told.")


@dataclass(frozen=True)
class Decided:
    """One decision: what, who sees to it, until when; it becomes a task."""

    text: str
    person: Person | None
    due_at: datetime | None


@dataclass(frozen=True)
class NewMeeting:
    held_at: datetime
    people: Sequence[Person]
    decisions: Sequence[Decided]
    voice: str
    summary: str = ""


@transaction.atomic
def add_part(complaint_id: int, *, category: str, actor: Actor, at: datetime) -> CasePart:
    """Note that a case is about another matter too: its department takes part, and they meet before the next news.

    Refuses a category that is no kind of problem of its own, and one the case has already.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, AFTER_FORM)
    participation.require(complaint, keepers("complaint.flag"), actor=actor, at=at)
    return compound.add(complaint, category, actor=actor, at=at)


@transaction.atomic
def record_meeting(task_id: int, new: NewMeeting, *, actor: Actor, at: datetime) -> Meeting:
    """Write the record that ends a coordination meeting: two departments, decisions as tasks, one voice (S0-34).

    The owner, who acts for him, and the supervisor may. Refuses a record without decisions or without what the
    customer is told, and a meeting of one department.
    """
    complaint, task = _meeting(task_id)
    participation.require(complaint, keepers("task.create"), actor=actor, at=at)
    _require_whole(new, actor, at)
    departments = {one.department_id: one.department for one in new.people if one.department is not None}
    if len(departments) < 2:
        raise OneDepartmentAlone(
            departments=", ".join(str(one.name) for one in departments.values()) or "—", missing=("people",)
        )
    assert actor.person is not None
    row = Meeting.objects.create(
        task=task,
        complaint=complaint,
        held_at=new.held_at,
        summary=new.summary.strip(),
        voice=new.voice.strip(),
        recorded_by=actor.person,
        recorded_at=at,
    )
    MeetingPerson.objects.bulk_create(
        MeetingPerson(meeting=row, person=one, department_id=one.department_id)
        for one in dict.fromkeys(new.people)
        if one.department_id is not None
    )
    made = [_decide(complaint, row, one, actor, at) for one in new.decisions]
    _tell(complaint, row, made, actor, at)
    tasking.finish(task, result=row.voice, actor=actor, at=at)
    return row


def _tell(complaint: Complaint, meeting: Meeting, made: Sequence[MeetingDecision], actor: Actor, at: datetime) -> None:
    """Write the record into the timeline; owner and handler hear of it, whoever got a task hears of that."""
    people = list(meeting.people.values_list("person_id", "department_id"))
    data = {
        "meeting": meeting.pk,
        "task": meeting.task_id,
        "people": [person for person, _department in people],
        "departments": sorted({department for _person, department in people}),
        "tasks": [one.task_id for one in made],
    }
    texts = {"text": "\n".join(one.text for one in made), "voice": meeting.voice, "summary": meeting.summary}
    event = lifecycle.happen(complaint, "meeting.recorded", actor=actor, at=at, detail=Detail(data, texts))
    told = [complaint.owner, *([complaint.handler] if complaint.handler is not None else [])]
    ring(complaint, told, "meeting.recorded", event=event, actor=actor)


def _meeting(task_id: int) -> tuple[Complaint, Task]:
    case_id = Task.objects.values_list("complaint_id", flat=True).get(pk=task_id)
    complaint = Complaint.objects.locked(case_id)
    participation.require_state(complaint)
    task = Task.objects.get(pk=task_id)
    if task.kind != Task.Kind.COORDINATE or task.status != Task.Status.OPEN:
        raise NoSuchMeeting(missing=("item",))
    task.complaint = complaint
    return complaint, task


def _require_whole(new: NewMeeting, actor: Actor, at: datetime) -> None:
    missing = [] if new.held_at <= at else ["held_at"]
    if not new.voice.strip():
        missing.append("voice")
    if not new.decisions or any(
        not one.text.strip() or one.person is None or one.due_at is None or one.due_at <= at for one in new.decisions
    ):
        missing.append("decisions")
    if missing or actor.person is None:
        raise MeetingUnclear(missing=tuple(missing))


def _decide(complaint: Complaint, meeting: Meeting, one: Decided, actor: Actor, at: datetime) -> MeetingDecision:
    """A decision becomes a task of the person who sees to it; whoever cannot get a task is refused there."""
    department = one.person.department if one.person is not None else None
    wanted = NewTask(Task.Kind.OTHER, one.text.strip()[:200], department, one.person, one.due_at)
    task = tasking.give(complaint, wanted, actor=actor, at=at)
    return MeetingDecision.objects.create(meeting=meeting, text=task.title, task=task)


@transaction.atomic
def flag_direct_contact(
    complaint_id: int, *, department: Department | None, what: str, actor: Actor, at: datetime
) -> DirectContact:
    """Note that a department spoke to the customer past his contact; owner and supervisors hear of it (S0-34).

    Inside the house it cannot happen: only the contact's messages go out. This is for what happened outside it.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, tuple(State))
    participation.require(complaint, NOTERS, actor=actor, at=at)
    if department is None or not what.strip() or actor.person is None or compound.is_front(complaint, department):
        raise ContactUnclear(missing=("department", "what"))
    row = DirectContact.objects.create(
        complaint=complaint, department=department, what=what.strip(), noted_by=actor.person, noted_at=at
    )
    detail = Detail({"department": department.pk, "contact": row.pk}, {"text": row.what})
    event = lifecycle.happen(complaint, "contact.direct", actor=actor, at=at, detail=detail)
    ring(complaint, [complaint.owner, *watch.supervisors()], "contact.direct", event=event, actor=actor)
    return row
