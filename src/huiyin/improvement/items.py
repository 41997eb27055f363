"""Improvement items: proposed by anybody, in hand with an owner and a date, ended by a check of the effect (S2-16)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import queries
from huiyin.complaints.models import ClosingQuestion, Complaint
from huiyin.improvement import rules
from huiyin.improvement.models import Item
from huiyin.messaging import bell
from huiyin.people import roles
from huiyin.people.actors import Actor
from huiyin.people.models import Department, Person
from huiyin.rules import Refusal
from huiyin.workforce import availability

PROPOSE, DECIDE = "complaint.note", "report.read"
URL = "/improvement/{}/"
OVERDUE_SECONDS = 600


class NotWhole(Refusal):
    rule = rules.ITEM_OWNED
    sentence = _("An improvement says what is to change and why.")
    unblock = _("Write both.")


class NoOwnerOrDate(Refusal):
    rule = rules.ITEM_OWNED
    sentence = _("An accepted improvement needs an owner who works here and a date ahead.")
    unblock = _("Name both.")


class OutOfTurn(Refusal):
    rule = rules.ITEM_STAGE
    sentence = _("This improvement is %(status)s; that comes at another stage.")
    unblock = _("Look at it again: somebody else may have gone on.")


class NotChecked(Refusal):
    rule = rules.ITEM_VERIFIED
    sentence = _("Say what was checked and what was found.")
    unblock = _("Write the check of the effect, or the reason.")


class OwnWork(Refusal):
    rule = rules.ITEM_VERIFIED
    sentence = _("The owner of an improvement does not check it himself.")
    unblock = _("Ask somebody else to look at the effect.")


@dataclass(frozen=True)
class Proposal:
    """What is to change and why; the case it came from and the department it concerns, where there are any."""

    title: str
    description: str
    complaint: Complaint | None = None
    department: Department | None = None


@transaction.atomic
def propose(new: Proposal, *, actor: Actor, at: datetime) -> Item:
    """Note what should change, from a case one may see or from daily work."""
    person = _person(actor, PROPOSE)
    if not new.title.strip() or not new.description.strip():
        raise NotWhole(missing=("title", "description"))
    if new.complaint is not None and not queries.visible_to(person).filter(pk=new.complaint.pk).exists():
        raise roles.refusal("complaint.read_all")
    return Item.objects.create(
        title=new.title.strip(),
        description=new.description.strip(),
        complaint=new.complaint,
        department=new.department,
        proposed_by=person,
        proposed_at=at,
    )


@transaction.atomic
def accept(item_id: int, *, owner: Person, due_at: datetime, actor: Actor, at: datetime) -> Item:
    """Take an item in hand: an owner who works here, a date ahead."""
    person, item = _person(actor, DECIDE), _at_stage(item_id, Item.Status.PROPOSED)
    if due_at <= at or not owner.is_active:
        raise NoOwnerOrDate(missing=("owner", "due_at"))
    availability.require_on_duty(owner, due_at)
    item.owner, item.due_at, item.status = owner, due_at, Item.Status.ACCEPTED
    item.decided_by, item.decided_at = person, at
    item.save()
    told: dict[str, str | int] = {"item": item.pk}
    bell.notify(
        owner,
        "improvement.accepted",
        at=at,
        key=f"improvement:{item.pk}",
        data=told,
        url=URL.format(item.pk),
        actor=actor,
    )
    return item


@transaction.atomic
def begin(item_id: int, *, actor: Actor, at: datetime) -> Item:
    """The owner sets to work."""
    item = _at_stage(item_id, Item.Status.ACCEPTED)
    if actor.person is None or actor.person.pk != item.owner_id:
        raise roles.refusal(DECIDE)
    item.status = Item.Status.IN_PROGRESS
    item.save(update_fields=["status"])
    return item


@transaction.atomic
def verify(item_id: int, *, found: str, actor: Actor, at: datetime) -> Item:
    """End an item by what was checked; whoever did the work does not check it."""
    person, item = _person(actor, DECIDE), _at_stage(item_id, Item.Status.ACCEPTED, Item.Status.IN_PROGRESS)
    if person.pk == item.owner_id:
        raise OwnWork()
    return _end(item, Item.Status.VERIFIED, found, person, at)


@transaction.atomic
def reject(item_id: int, *, reason: str, actor: Actor, at: datetime) -> Item:
    """Turn a proposal down, with the reason."""
    person, item = _person(actor, DECIDE), _at_stage(item_id, Item.Status.PROPOSED)
    return _end(item, Item.Status.REJECTED, reason, person, at)


def ring_overdue(at: datetime) -> int:
    """Tell each owner once that his improvement is past its date; run by the worker, gives how many were told."""
    late = Item.objects.filter(ended_at=None, owner__isnull=False, due_at__lte=at).select_related("owner")
    told = [
        bell.notify(
            item.owner,
            "improvement.overdue",
            at=at,
            key=f"improvement:{item.pk}:overdue",
            data={"item": item.pk},
            url=URL.format(item.pk),
        )
        for item in late.order_by("due_at", "pk")
        if item.owner is not None
    ]
    return sum(notice is not None for notice in told)


def of_case(complaint: Complaint) -> QuerySet[Item]:
    """Items that came from a case, the oldest first."""
    return Item.objects.filter(complaint=complaint).order_by("proposed_at", "pk")


def suggested(complaint: Complaint) -> str:
    """What the newest closing question of the case proposes to improve; empty where it proposes nothing."""
    asked = ClosingQuestion.objects.filter(complaint=complaint, question=ClosingQuestion.Question.IMPROVEMENT)
    newest = asked.order_by("-round").first()
    return newest.text if newest is not None and newest.proposed else ""


def visible_to(person: Person) -> QuerySet[Item]:
    """Items this person may see: all for those who read reports, else one's own and those of one's department."""
    rows = Item.objects.select_related("owner", "department", "complaint", "proposed_by")
    if roles.can(person, DECIDE):
        return rows
    own = rows.filter(proposed_by=person) | rows.filter(owner=person)
    return own | rows.filter(department_id=person.department_id) if person.department_id else own


def _end(item: Item, status: str, text: str, person: Person, at: datetime) -> Item:
    if not text.strip():
        raise NotChecked(missing=("found", "reason"))
    item.status, item.conclusion, item.ended_at = status, text.strip(), at
    item.decided_by, item.decided_at = person, at
    item.save()
    return item


def _at_stage(item_id: int, *stages: str) -> Item:
    item = Item.objects.select_for_update().get(pk=item_id)
    if item.status not in stages:
        raise OutOfTurn(status=item.get_status_display())
    return item


def _person(actor: Actor, capability: str) -> Person:
    if actor.person is None:
        raise roles.refusal(capability)
    roles.require(actor.person, capability)
    return actor.person
