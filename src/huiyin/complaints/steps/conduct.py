"""Hard conduct: reported by anybody, judged by a supervisor, looked at by another, for a time, with a right of appeal.

What it changes is how we speak with the customer; the case goes on and what is owed stays owed (AMB-01, S4-11).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, participation, promises, rules, watch
from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import Channel, Complaint, Conduct
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import OPEN_STATES, Seat
from huiyin.people.actors import Actor
from huiyin.people.models import Customer, Person
from huiyin.people.roles import can
from huiyin.rules import Refusal

REPORTERS = {**keepers("complaint.flag"), Seat.HANDLER: "complaint.note", Seat.LEADER: "complaint.note"}
JUDGES = {Seat.SUPERVISOR: "complaint.flag", Seat.LEADER: "complaint.approve"}
Status = Conduct.Status


class ConductUndescribed(Refusal):
    rule = rules.CONDUCT_JUDGED
    sentence = _("Hard conduct is something that was said or done, reported once at a time.")
    unblock = _("Write what happened, in the words that were used.")


class ConductNotOpen(Refusal):
    rule = rules.CONDUCT_JUDGED
    sentence = _("Nothing of the kind is open in this case.")
    unblock = _("Reload the case.")


class MeasuresUnclear(Refusal):
    rule = rules.CONDUCT_JUDGED
    sentence = _(
        "Measures against hard conduct name what changes, who looks at it again, and an end within %(days)s days."
    )
    unblock = _("Name another supervisor or leader who may decide, and the day it ends.")


class AppealUntold(Refusal):
    rule = rules.CONDUCT_JUDGED
    sentence = _("The customer must hear that he may appeal.")
    unblock = _("Write to him what changes, until when, and how he can object.")


class OwnJudgement(Refusal):
    rule = rules.CONDUCT_JUDGED
    sentence = _("%(name)s decided or reported it and does not decide on the appeal.")
    unblock = _("Let the person who was named to look at it again decide.")


class Unexplained(Refusal):
    rule = rules.CONDUCT_JUDGED
    sentence = _("This is decided with a reason.")
    unblock = _("Write why.")


@dataclass(frozen=True)
class Measures:
    """What changes in how we speak with the customer, until when, and who looks at it again."""

    measures: str
    reviewer: Person
    expires_at: datetime


@transaction.atomic
def propose_conduct(complaint_id: int, described: str, *, actor: Actor, at: datetime) -> Conduct:
    """Report hard conduct; by itself this changes nothing (S4-11). The supervisors are rung."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, REPORTERS, actor=actor, at=at)
    open_now = Conduct.objects.filter(complaint=complaint, status__in=(Status.PROPOSED, Status.IN_FORCE))
    if not described.strip() or actor.person is None or open_now.exists():
        raise ConductUndescribed(missing=("described",))
    row = Conduct.objects.create(
        complaint=complaint, described=described.strip(), proposed_by=actor.person, proposed_at=at
    )
    detail = Detail({"conduct": row.pk}, {"note": row.described})
    event = lifecycle.happen(complaint, "conduct.proposed", actor=actor, at=at, detail=detail)
    ring(complaint, watch.supervisors(), "conduct.proposed", event=event, actor=actor)
    return row


@transaction.atomic
def confirm_conduct(complaint_id: int, measures: Measures, say: Say, *, actor: Actor, at: datetime) -> Conduct:
    """Put measures in force for a time, and tell the customer what changes and that he may appeal.

    Refuses whoever is no supervisor or reported it himself, a reviewer who is the same person, and an end beyond the
    pack's number of days.
    """
    complaint, row, person = _open(complaint_id, Status.PROPOSED, actor, at)
    days = promises.base_pack(complaint).settings.conduct_days
    soon = at < measures.expires_at <= at + timedelta(days=days)
    involved = {person.pk, row.proposed_by_id}
    if not (measures.measures.strip() and soon and _may_review(measures.reviewer, involved)):
        raise MeasuresUnclear(days=days, missing=("measures", "reviewer", "expires_at"))
    if not say.text.strip():
        raise AppealUntold(missing=("text",))
    conversation.send(complaint, say, actor=actor, at=at)
    row.status, row.measures, row.reviewer = Status.IN_FORCE, measures.measures.strip(), measures.reviewer
    row.decided_by, row.decided_at, row.expires_at = person, at, measures.expires_at
    row.save()
    _mark(complaint, True)
    data = {"conduct": row.pk, "person": measures.reviewer.pk, "until": row.expires_at, "flags": {"unreasonable": True}}
    detail = Detail(data, {"note": row.measures})
    event = lifecycle.happen(complaint, "conduct.decided", actor=actor, at=at, detail=detail)
    ring(complaint, [complaint.owner, measures.reviewer], "case.flagged", event=event, actor=actor)
    return row


def _may_review(reviewer: Person, involved: set[int]) -> bool:
    return reviewer.is_active and reviewer.pk not in involved and can(reviewer, "complaint.approve")


def _open(complaint_id: int, status: Status, actor: Actor, at: datetime) -> tuple[Complaint, Conduct, Person]:
    """The locked case, its conduct in this status, and the supervisor who judges it."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, OPEN_STATES)
    participation.require(complaint, JUDGES, actor=actor, at=at)
    row = Conduct.objects.filter(complaint=complaint, status=status).first()
    if row is None:
        raise ConductNotOpen()
    if actor.person is None or (status is Status.PROPOSED and actor.is_person(row.proposed_by_id)):
        raise WrongSeat(seats=" / ".join(str(seat.label) for seat in JUDGES))
    return complaint, row, actor.person


@transaction.atomic
def decline_conduct(complaint_id: int, comment: str, *, actor: Actor, at: datetime) -> Conduct:
    """Say that it is no hard conduct, or that nothing follows from it; with a reason."""
    complaint, row, person = _open(complaint_id, Status.PROPOSED, actor, at)
    if not comment.strip():
        raise Unexplained(missing=("comment",))
    row.status, row.comment, row.decided_by, row.decided_at = Status.DECLINED, comment.strip(), person, at
    row.save()
    detail = Detail({"conduct": row.pk, "declined": True}, {"comment": row.comment})
    lifecycle.happen(complaint, "conduct.decided", actor=actor, at=at, detail=detail)
    return row


@transaction.atomic
def appeal_conduct(complaint_id: int, text: str, *, actor: Actor, at: datetime) -> Conduct:
    """Take the customer's appeal, in his words; the reviewer is rung and decides."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, REPORTERS, actor=actor, at=at)
    return _appeal(complaint, text, actor, at)


@transaction.atomic
def customer_appeals(complaint_id: int, text: str, *, customer: Customer, at: datetime) -> Conduct:
    """Let the customer appeal by himself, on his own page; his words stand in his story like any message of his."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    if complaint.customer_id != customer.pk:
        raise ConductNotOpen()
    actor = Actor.customer(customer)
    row = _appeal(complaint, text, actor, at)
    conversation.receive(complaint, row.appeal, medium=Channel.PORTAL.value, actor=actor, at=at)
    return row


def may_appeal(complaint: Complaint) -> bool:
    """Whether measures are in force against which nobody has appealed yet."""
    return complaint.unreasonable and _unappealed(complaint) is not None


def _unappealed(complaint: Complaint) -> Conduct | None:
    return Conduct.objects.filter(complaint=complaint, status=Status.IN_FORCE, appealed_at=None).first()


def _appeal(complaint: Complaint, text: str, actor: Actor, at: datetime) -> Conduct:
    row = _unappealed(complaint)
    if row is None or row.reviewer is None:
        raise ConductNotOpen()
    if not text.strip():
        raise ConductUndescribed(missing=("text",))
    row.appeal, row.appealed_at = text.strip(), at
    row.save(update_fields=["appeal", "appealed_at"])
    detail = Detail({"conduct": row.pk}, {"said": row.appeal})
    event = lifecycle.happen(complaint, "conduct.appealed", actor=actor, at=at, detail=detail)
    ring(complaint, [row.reviewer], "conduct.appealed", event=event, actor=actor)
    return row


@transaction.atomic
def decide_appeal(complaint_id: int, *, upheld: bool, comment: str, actor: Actor, at: datetime) -> Conduct:
    """Decide on the appeal: an upheld one ends the measures at once. Never by whoever decided or reported it."""
    complaint, row, person = _open(complaint_id, Status.IN_FORCE, actor, at)
    if row.appealed_at is None or row.appeal_upheld is not None:
        raise ConductNotOpen()
    if person.pk in (row.decided_by_id, row.proposed_by_id):
        raise OwnJudgement(name=person.name)
    if not comment.strip():
        raise Unexplained(missing=("comment",))
    row.appeal_upheld, row.comment = upheld, comment.strip()
    row.save(update_fields=["appeal_upheld", "comment"])
    detail = Detail({"conduct": row.pk, "upheld": upheld}, {"comment": row.comment})
    lifecycle.happen(complaint, "conduct.reviewed", actor=actor, at=at, detail=detail)
    if upheld:
        _end(complaint, row, actor=actor, at=at)
    return row


@transaction.atomic
def end_conduct(complaint_id: int, comment: str, *, actor: Actor, at: datetime) -> Conduct:
    """End the measures before their time, with a reason."""
    complaint, row, _person = _open(complaint_id, Status.IN_FORCE, actor, at)
    if not comment.strip():
        raise Unexplained(missing=("comment",))
    row.comment = comment.strip()
    _end(complaint, row, actor=actor, at=at)
    return row


def _end(complaint: Complaint, row: Conduct, *, actor: Actor, at: datetime) -> None:
    row.status, row.ended_at = Status.ENDED, at
    row.save(update_fields=["status", "ended_at", "comment"])
    _mark(complaint, False)
    detail = Detail({"conduct": row.pk, "flags": {"unreasonable": False}}, {"comment": row.comment})
    lifecycle.happen(complaint, "conduct.ended", actor=actor, at=at, detail=detail)


def _mark(complaint: Complaint, value: bool) -> None:
    complaint.unreasonable = value
    complaint.save(update_fields=["unreasonable"])


def end_expired(at: datetime) -> int:
    """End every measure whose time is over; gives how many. The worker calls it again and again."""
    due = Conduct.objects.filter(status=Status.IN_FORCE, expires_at__lte=at).values_list("pk", "complaint_id")
    ended = 0
    for conduct_id, complaint_id in list(due[:200]):
        with transaction.atomic():
            complaint = Complaint.objects.locked(complaint_id)
            row = Conduct.objects.filter(pk=conduct_id, status=Status.IN_FORCE, expires_at__lte=at).first()
            if row is not None:
                _end(complaint, row, actor=Actor.system("clock"), at=at)
                ended += 1
    return ended
