"""Compound cases: the categories beside the first, each with its department, and the meeting they bring (S0-34)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, promises, rules, tasking
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import CasePart, Complaint, Meeting
from huiyin.complaints.states import AFTER_REGISTRATION
from huiyin.people.actors import Actor
from huiyin.people.models import Department
from huiyin.rules import Refusal


class PartUnclear(Refusal):
    rule = rules.PART_HAS_DEPARTMENT
    sentence = _("Another matter is a category of its own, not the case's first and not named twice.")
    unblock = _("Choose a category that the case does not have yet.")


class PartWithoutDepartment(Refusal):
    rule = rules.PART_HAS_DEPARTMENT
    sentence = _("The department that answers for «%(category)s» is not set up in this house.")
    unblock = _("Have an administrator add the department, or choose another category.")


def add(complaint: Complaint, category: str, *, actor: Actor, at: datetime) -> CasePart:
    """Write another category of a locked case; the case is compound from now on, and its departments meet."""
    known = {leaf.code: leaf for leaf in promises.pack_of(complaint).leaves}
    if category not in known or category in categories(complaint):
        raise PartUnclear(missing=("category",))
    department = Department.objects.filter(code=known[category].department, active=True).first()
    if department is None:
        raise PartWithoutDepartment(category=str(known[category].title), missing=("category",))
    row = CasePart.objects.create(
        complaint=complaint, category=category, department=department, added_by=actor.person, added_at=at
    )
    if not complaint.compound:
        complaint.compound = True
        complaint.save(update_fields=["compound"])
    data = {"category": category, "department": department.pk, "flags": {"compound": True}}
    lifecycle.happen(complaint, "part.added", actor=actor, at=at, detail=Detail(data))
    if complaint.state in AFTER_REGISTRATION:
        tasking.give_coordination(complaint, actor=actor, at=at)
    return row


def categories(complaint: Complaint) -> set[str]:
    """Every category of the case, the first and the others."""
    return {complaint.category, *CasePart.objects.filter(complaint=complaint).values_list("category", flat=True)}


def is_front(complaint: Complaint, department: Department) -> bool:
    """Whether the pack lets this department speak to customers."""
    return department.code in {row.code for row in promises.pack_of(complaint).departments if row.front}


def voice(complaint: Complaint) -> str:
    """What the last meeting agreed the customer is told; nothing while no meeting was recorded."""
    if not complaint.compound:
        return ""
    said = Meeting.objects.filter(complaint=complaint).order_by("-pk").values_list("voice", flat=True).first()
    return said or ""
