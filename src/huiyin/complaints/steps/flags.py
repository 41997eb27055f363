"""Flags beside the state (escalated, media, outside, compound, wide, unreasonable), and who has an interest."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, promises, rules, tasking, watch
from huiyin.complaints.guards.context import interest_of
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import Complaint, Conduct, Interest
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import AFTER_REGISTRATION, OPEN_STATES, Seat
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.rules import Refusal

FLAGS = ("escalated", "media", "external", "compound", "unreasonable", "wide")
# Set, these are for the supervisor's eye at once (S2-48, AMB-16, S4-121).
URGENT = ("escalated", "media", "external", "wide")


class FlagWithoutReason(Refusal):
    rule = rules.FLAG_WITH_REASON
    sentence = _("A flag is one of a short list, changes something, and has a reason.")
    unblock = _("Write why it is set or taken away.")


class SupervisorsWord(Refusal):
    rule = rules.UNREASONABLE
    sentence = _("Only a supervisor calls a complaint unreasonable.")
    unblock = _("Ask a supervisor.")


class JudgedStepByStep(Refusal):
    rule = rules.UNREASONABLE
    sentence = _("«Unreasonable» is no mark to be set or taken by one person.")
    unblock = _("Report the conduct; a supervisor decides, for a time, with somebody who looks at it again.")


class OutsideIsOver(Refusal):
    rule = rules.EXTERNAL_CONCLUDED
    sentence = _("Only a supervisor says that no outside body deals with the case any more.")
    unblock = _("Record the outside decision, or ask a supervisor.")


class InterestWithoutReason(Refusal):
    rule = rules.RECUSED
    sentence = _("An interest is declared once, with what it is.")
    unblock = _("Write in what way the person is concerned.")


@transaction.atomic
def set_flag(complaint_id: int, flag: str, value: bool, *, reason: str, actor: Actor, at: datetime) -> Complaint:
    """Set or take away a flag with a reason.

    Media, escalated and outside cases ring every supervisor at once; media escalates too where the pack says so
    (AMB-16). A case found to be compound gets its coordination meeting (S0-34). «Unreasonable» is judged by the steps
    of `conduct` alone (S4-11); of a wide case the customer hears how we handle and improve it (S4-121).
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, {**keepers("complaint.flag"), Seat.SYSTEM: ""}, actor=actor, at=at)
    if flag not in FLAGS or not reason.strip() or getattr(complaint, flag) == value:
        raise FlagWithoutReason(missing=("reason",))
    seats = lifecycle.seats(complaint, actor, at)
    if flag == "unreasonable":
        _require_no_judgement(complaint, value, seats)
    if flag == "external" and not value and not seats & {Seat.SUPERVISOR, Seat.SYSTEM}:
        raise OutsideIsOver()
    changed = {flag: value}
    if flag == "media" and value and promises.pack_of(complaint).settings.media_escalation == "immediate":
        changed["escalated"] = True
    for name, now in changed.items():
        setattr(complaint, name, now)
    complaint.save(update_fields=list(changed))
    detail = Detail({"flags": changed}, {"reason": reason})
    event = lifecycle.happen(complaint, "flag.changed", actor=actor, at=at, detail=detail)
    if value and flag in URGENT:
        ring(complaint, watch.supervisors(), "case.flagged", event=event, actor=actor)
    if value and flag == "compound" and complaint.state in AFTER_REGISTRATION:
        tasking.give_coordination(complaint, actor=actor, at=at)
    return complaint


def _require_no_judgement(complaint: Complaint, value: bool, seats: set[Seat]) -> None:
    """The mark of hard conduct comes and goes with its measures (S4-11); a supervisor takes an old one away."""
    if Seat.SUPERVISOR not in seats:
        raise SupervisorsWord()
    if value or complaint.conducts.filter(status=Conduct.Status.IN_FORCE).exists():
        raise JudgedStepByStep()


@transaction.atomic
def declare_interest(
    complaint_id: int, *, person: Person, complained_about: bool, reason: str, actor: Actor, at: datetime
) -> Interest:
    """Note that somebody is complained about or concerned: neither handler nor approver from now on (ENG-15).

    Everybody may declare his own; for others the owner, the handler or the supervisor. Owners and handlers are not
    replaced by it: the supervisors are rung to do that.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, OPEN_STATES)
    if actor.person is None or not actor.person.is_active:
        raise WrongSeat(seats=str(Seat.SUPERVISOR.label))
    if not actor.is_person(person.pk):
        seats = {**keepers("complaint.note"), Seat.HANDLER: "complaint.note", Seat.LEADER: "complaint.note"}
        participation.require(complaint, seats, actor=actor, at=at)
    if not reason.strip() or interest_of(complaint, person) is not None:
        raise InterestWithoutReason(missing=("reason",))
    row = complaint.interests.create(
        person=person,
        complained_about=complained_about,
        reason=reason.strip(),
        declared_at=at,
    )
    detail = Detail({"person": person.pk, "complained_about": complained_about}, {"reason": row.reason})
    event = lifecycle.happen(complaint, "interest.declared", actor=actor, at=at, detail=detail)
    if person.pk in (complaint.owner_id, complaint.handler_id):
        ring(complaint, watch.supervisors(), "case.flagged", event=event, actor=actor)
    return row
