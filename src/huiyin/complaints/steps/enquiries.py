"""Questions outside one's own scope: passed to a department, answered within the limit (S4-98, S4-99, S4-111)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.models import Channel, Enquiry, Intake
from huiyin.messaging import bell
from huiyin.people import roles
from huiyin.people.actors import Actor
from huiyin.people.models import Department, Person
from huiyin.people.roles import Role, can
from huiyin.policy.packs import store
from huiyin.rules import Refusal

URL = "/enquiries/"


class ContactMissing(Refusal):
    rule = rules.ENQUIRY_CONTACT
    sentence = _("A transferred enquiry needs a name, a telephone number, a question and a department.")
    unblock = _("Ask for what is missing.")


class NotYours(Refusal):
    rule = rules.ENQUIRY_ANSWERED
    sentence = _("This enquiry is answered by %(department)s or by who passed it on.")
    unblock = _("Ask one of them.")


class AnsweredAlready(Refusal):
    rule = rules.ENQUIRY_ANSWERED
    sentence = _("This enquiry has an answer, or the answer is empty.")
    unblock = _("Write what the customer was told.")


@dataclass(frozen=True)
class NewEnquiry:
    contact_name: str
    phone: str
    question: str
    department: Department | None
    channel: str = Channel.PHONE


@transaction.atomic
def pass_on(new: NewEnquiry, *, actor: Actor, at: datetime) -> Enquiry:
    """Pass a question on with a way to call back; it is due within the pack's hours (S4-99, AMB-31).

    Who took the call stays its owner (S4-32). Refuses one without name, telephone, question or department (S4-98).
    """
    person = _require_person(actor)
    roles.require(person, "complaint.receive")
    filled = new.contact_name.strip() and new.phone.strip() and new.question.strip()
    if not filled or new.department is None or new.channel not in Channel.values:
        raise ContactMissing(missing=("contact_name", "phone", "question", "department"))
    hours = store.parsed(store.pick(at, base_code=settings.HUIYIN_PACK).base.pk).settings.enquiry_ceiling_hours
    intake = Intake.objects.create(
        channel=new.channel,
        kind=Intake.Kind.ENQUIRY,
        status=Intake.Status.PASSED_ON,
        contact_name=new.contact_name.strip(),
        contact_value=new.phone.strip(),
        text=new.question.strip(),
        received_at=at,
    )
    row = Enquiry.objects.create(
        intake=intake,
        contact_name=new.contact_name.strip(),
        phone=new.phone.strip(),
        question=new.question.strip(),
        owner=person,
        department=new.department,
        passed_at=at,
        due_at=at + timedelta(hours=hours),
    )
    head = new.department.head
    if head is not None:
        bell.notify(head, "enquiry.passed", at=at, key=f"enquiry.passed:{row.pk}", url=URL, actor=actor)
    return row


@transaction.atomic
def answer(enquiry_id: int, *, answer: str, actor: Actor, at: datetime) -> Enquiry:
    """Answer a passed-on question; after its due time the breach stays on it (S4-99)."""
    row = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("department", "owner", "intake")
        .get(pk=enquiry_id)
    )
    person = _require_person(actor)
    if not _may_answer(person, row):
        raise NotYours(department=row.department.name)
    if row.answered_at is not None or not answer.strip():
        raise AnsweredAlready(missing=("answer",))
    row.answer, row.answered_at = answer.strip(), at
    if at > row.due_at:
        row.breached_at = row.breached_at or row.due_at
    row.save(update_fields=["answer", "answered_at", "breached_at"])
    row.intake.status = Intake.Status.ANSWERED
    row.intake.save(update_fields=["status"])
    bell.notify(row.owner, "enquiry.answered", at=at, key=f"enquiry.answered:{row.pk}", url=URL, actor=actor)
    return row


def _may_answer(person: Person, row: Enquiry) -> bool:
    if person.pk == row.owner_id or person.has_role(Role.SUPERVISOR):
        return True
    return person.department_id == row.department_id and can(person, "complaint.note")


def _require_person(actor: Actor) -> Person:
    if actor.person is None or not actor.person.is_active:
        raise roles.refusal("complaint.receive")
    return actor.person
