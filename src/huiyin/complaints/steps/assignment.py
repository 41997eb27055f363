"""T5: a department and a person in charge; and how owner and handler change, traceably."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, participation, promises, rules, tasking
from huiyin.complaints.conversation import Words
from huiyin.complaints.guards.context import interest_of
from huiyin.complaints.guards.inquiry import HandlerHasInterest, HandlerMissing, HandlerUnfit, OwnerIsHandler
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, Task
from huiyin.complaints.notices import ring
from huiyin.complaints.states import AFTER_REGISTRATION, Seat
from huiyin.people.actors import Actor
from huiyin.people.models import Department, Person
from huiyin.people.roles import can
from huiyin.rules import Refusal
from huiyin.workforce import availability

OWNERS_TASKS = (Task.Kind.TRIAGE, Task.Kind.COORDINATE)


class ReasonMissing(Refusal):
    rule = rules.OWNER_STAYS
    sentence = _("A change of the people in charge needs a reason.")
    unblock = _("Write why it changes hands.")


class OwnerUnfit(Refusal):
    rule = rules.OWNER_STAYS
    sentence = _("%(name)s cannot own the case: absent, without the role, or with an interest in it.")
    unblock = _("Name an agent or supervisor who is there.")


@dataclass(frozen=True)
class Charge:
    """Who is in charge of the investigation."""

    department: Department
    handler: Person


def routed_department(complaint: Complaint) -> Department | None:
    """The department that the category's rule names (S0-10, S1-32, S1-33), if it exists here."""
    leaves = {leaf.code: leaf for leaf in promises.pack_of(complaint).leaves}
    leaf = leaves.get(complaint.category)
    return Department.objects.filter(code=leaf.department, active=True).first() if leaf else None


@transaction.atomic
def assign_handler(
    complaint_id: int,
    *,
    department: Department | None,
    handler: Person | None,
    words: Words,
    actor: Actor,
    at: datetime,
) -> Complaint:
    """Name the department and the person who will investigate (T5, S1-31).

    Refuses a department without a person, somebody of another department, off duty or with an interest (ENG-15), the
    owner himself (AMB-12), and a start without a time for the next news (S0-16). A compound case gets its
    coordination meeting (S0-34).
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "investigate", actor=actor, at=at)
    charge = _require_fit(complaint, department, handler, at)
    complaint.department, complaint.handler = charge.department, charge.handler
    complaint.save(update_fields=["department", "handler"])
    told = conversation.tell(complaint, words, actor=actor, at=at, move="investigate")
    detail = Detail({"department": charge.department.pk, "handler": charge.handler.pk})
    event = lifecycle.move(complaint, "investigate", actor=actor, at=at, told=told, detail=detail)
    conversation.require_next_time(complaint)
    tasking.finish_triage(complaint, actor=actor, at=at)
    if complaint.compound:
        tasking.give_coordination(complaint, actor=actor, at=at)
    ring(complaint, [charge.handler], "case.assigned", event=event, actor=actor)
    return complaint


def _require_fit(complaint: Complaint, department: Department | None, handler: Person | None, at: datetime) -> Charge:
    if department is None or handler is None:
        raise HandlerMissing(missing=("handler",) if department else ("department",))
    if handler.department_id != department.pk or not can(handler, "complaint.find"):
        raise HandlerUnfit(name=handler.name, department=department.name, missing=("handler",))
    if handler.pk == complaint.owner_id:
        raise OwnerIsHandler(name=handler.name, missing=("handler",))
    if interest_of(complaint, handler) is not None:
        raise HandlerHasInterest(name=handler.name, missing=("handler",))
    availability.require_on_duty(handler, at)
    return Charge(department, handler)


@transaction.atomic
def change_handler(
    complaint_id: int, *, department: Department | None, handler: Person | None, reason: str, actor: Actor, at: datetime
) -> Complaint:
    """Hand the investigation to another person, with a reason; refuses whom `assign_handler` refuses."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, AFTER_REGISTRATION)
    participation.require(complaint, {Seat.SUPERVISOR: "complaint.assign"}, actor=actor, at=at)
    if not reason.strip():
        raise ReasonMissing(missing=("reason",))
    charge = _require_fit(complaint, department, handler, at)
    before = complaint.handler_id
    complaint.department, complaint.handler = charge.department, charge.handler
    complaint.save(update_fields=["department", "handler"])
    data = {"department": charge.department.pk, "handler": charge.handler.pk, "before": before}
    event = lifecycle.happen(complaint, "handler.changed", actor=actor, at=at, detail=Detail(data, {"reason": reason}))
    ring(complaint, [charge.handler], "case.assigned", event=event, actor=actor)
    return complaint


@transaction.atomic
def change_owner(complaint_id: int, *, owner: Person, reason: str, actor: Actor, at: datetime) -> Complaint:
    """Give the case another owner; only a supervisor, only with a reason (S4-32, S4-114)."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, {Seat.SUPERVISOR: "complaint.change_owner"}, actor=actor, at=at)
    if not reason.strip():
        raise ReasonMissing(missing=("reason",))
    _require_owner(complaint, owner, at)
    before = complaint.owner_id
    complaint.owner = owner
    complaint.save(update_fields=["owner"])
    tasks = Task.objects.filter(complaint=complaint, status=Task.Status.OPEN, kind__in=OWNERS_TASKS, assignee=before)
    tasks.update(assignee=owner, department=owner.department_id)
    data = {"owner": owner.pk, "before": before}
    event = lifecycle.happen(complaint, "owner.changed", actor=actor, at=at, detail=Detail(data, {"reason": reason}))
    ring(complaint, [owner], "case.owned", event=event, actor=actor)
    return complaint


def _require_owner(complaint: Complaint, owner: Person, at: datetime) -> None:
    interested = interest_of(complaint, owner) is not None
    fit = can(owner, "complaint.receive") and owner.department_id is not None and availability.is_on_duty(owner, at)
    if interested or not fit:
        raise OwnerUnfit(name=owner.name, missing=("owner",))
    if owner.pk == complaint.handler_id:
        raise OwnerIsHandler(name=owner.name, missing=("owner",))
