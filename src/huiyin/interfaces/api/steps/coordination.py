"""Compound cases: another matter, the record of a meeting, a contact past the owner."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Task
from huiyin.complaints.steps import coordination
from huiyin.complaints.steps.coordination import Decided, NewMeeting
from huiyin.interfaces.api.schemas import coordination as bodies
from huiyin.interfaces.api.steps.table import Taken, known, step
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Department, Person


@step("add_part", Scope.WRITE, _("Note that a case is about another matter too; its departments meet"))
def add_part(take: Taken, body: bodies.AddPart) -> Any:
    return take(coordination.add_part, category=body.category)


@step("record_meeting", Scope.WRITE, _("Write the record of a coordination meeting: decisions, and one voice"))
def record_meeting(take: Taken, body: bodies.RecordMeeting) -> Any:
    new = NewMeeting(
        held_at=body.held_at,
        people=[known(Person, "people", pk=one) for one in body.people],
        decisions=[Decided(one.text, known(Person, "decisions", pk=one.person), one.due_at) for one in body.decisions],
        voice=body.voice,
        summary=body.summary,
    )
    return take.on(coordination.record_meeting, take.row(Task, body.task, "task").pk, new)


@step("flag_direct_contact", Scope.WRITE, _("Note that a department spoke to the customer past his contact"))
def flag_direct_contact(take: Taken, body: bodies.FlagDirectContact) -> Any:
    department = known(Department, "department", code=body.department)
    return take(coordination.flag_direct_contact, department=department, what=body.what)
