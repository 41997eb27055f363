"""Special callers and the conversation that goes to a superior (S2-48, S2-52, AMB-16, AMB-18)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import answers, conversation, lifecycle, participation, promises, rules, tasking, watch
from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import Caller, Complaint, Handover, Interaction, Task
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.promises import Spoken
from huiyin.complaints.states import OPEN_STATES, Seat
from huiyin.complaints.tasking import NewTask
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import Role, can
from huiyin.rules import Refusal
from huiyin.workforce import availability

RECEIVERS = {**keepers("complaint.message"), Seat.RECEIVER: "complaint.receive"}
SUPERIORS = (Role.SUPERVISOR, Role.MANAGER, Role.LEADER)


class CallerUnclear(Refusal):
    rule = rules.CALLER_NAMED
    sentence = _("A kind of caller is one of a short list and rests on something that was said.")
    unblock = _("Choose the kind, and write what shows it.")


class NoConsent(Refusal):
    rule = rules.CONSENT_FIRST
    sentence = _("The customer has not agreed to be handed on.")
    unblock = _("Ask him, and write his answer down; in an emergency write what the emergency is.")


class NotASuperior(Refusal):
    rule = rules.CONSENT_FIRST
    sentence = _("%(name)s is no superior who can take the conversation.")
    unblock = _("Choose a supervisor, manager or leader who is there and has no interest in the case.")


@dataclass(frozen=True)
class HandUp:
    """To whom the conversation goes, whether the customer agreed and how he said so, or what the emergency is."""

    to: Person
    consent: bool
    said: str = ""
    via: str = "phone"
    emergency: str = ""


@transaction.atomic
def note_caller(complaint_id: int, kind: str, note: str, *, actor: Actor, at: datetime) -> Caller:
    """Note what kind of caller it is: media, rights, help, harassment (S2-48).

    Every supervisor is rung at once, on a sensitive day with its name, and the playbook of that caller opens (S2-42);
    a journalist's case is marked as media, and escalates where the pack says so (AMB-16). Harassment marks nothing:
    whether conduct is hard, others judge (S4-11).
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, OPEN_STATES)
    participation.require(complaint, RECEIVERS, actor=actor, at=at)
    if kind not in Caller.Kind.values or not note.strip() or actor.person is None:
        raise CallerUnclear(missing=("kind", "note"))
    pack = promises.base_pack(complaint)
    day = pack.sensitive_on(at.astimezone(ZoneInfo(pack.zone)).date())
    row = Caller.objects.create(
        complaint=complaint,
        kind=kind,
        note=note.strip(),
        sensitive_day=day.title.zh if day is not None else "",
        noted_by=actor.person,
        noted_at=at,
    )
    complaint.caller = kind if kind in Caller.SPECIAL else ""
    complaint.save(update_fields=["caller"])
    changed = _mark_media(complaint, pack.settings.media_escalation) if kind == Caller.Kind.MEDIA else {}
    data = {"kind": kind, "sensitive": day.code if day is not None else "", **({"flags": changed} if changed else {})}
    event = lifecycle.happen(complaint, "caller.noted", actor=actor, at=at, detail=Detail(data, {"note": row.note}))
    if kind in Caller.SPECIAL:
        ring(complaint, watch.supervisors(), "caller.noted", event=event, actor=actor)
    return row


def _mark_media(complaint: Complaint, escalation: str) -> dict[str, bool]:
    changed = {"media": True, **({"escalated": True} if escalation == "immediate" else {})}
    changed = {name: value for name, value in changed.items() if not getattr(complaint, name)}
    for name, value in changed.items():
        setattr(complaint, name, value)
    if changed:
        complaint.save(update_fields=list(changed))
    return changed


def holding_words(complaint: Complaint, due_at: datetime) -> str:
    """The holding script in the customer's language: who has it, until when he hears more, and nothing else."""
    local = due_at.astimezone(ZoneInfo(promises.base_pack(complaint).zone))
    with translation.override(complaint.customer.language):
        time = date_format(local, "DATETIME_FORMAT")
        return _now(
            "Your matter is with our supervisor now. You will have an answer from us by %(time)s; until then I would"
            " rather say nothing that I cannot stand by."
        ) % {"time": time}


@transaction.atomic
def send_holding(
    complaint_id: int, *, due_at: datetime, keeps: tuple[int, ...] = (), medium: str = "", actor: Actor, at: datetime
) -> Interaction:
    """Send the holding script with the time of the next news; possible before anything is prepared (S2-48)."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, keepers("complaint.message"), actor=actor, at=at)
    with translation.override(complaint.customer.language):
        what = _now("The answer of our supervisor")
    words = Say(holding_words(complaint, due_at), keeps, Spoken(what, due_at), medium=medium, holding=True)
    return conversation.send(complaint, words, actor=actor, at=at)


@transaction.atomic
def hand_up(complaint_id: int, handed: HandUp, *, actor: Actor, at: datetime) -> Handover:
    """Hand the conversation to a superior with the customer's recorded consent (S2-52, AMB-18).

    Without consent refused, but in an emergency that is named. The superior gets a task with a clock of minutes; the
    owner stays, and internal approvals never need the customer's consent.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, RECEIVERS, actor=actor, at=at)
    answers.require_way(handed.via)
    pack = promises.base_pack(complaint)
    if pack.settings.escalation_customer_consent and not handed.emergency.strip():
        if not (handed.consent and handed.said.strip()):
            raise NoConsent(missing=("consent", "said"))
    if actor.person is None:
        raise WrongSeat(seats=str(Seat.OWNER.label))
    _require_superior(handed.to, at)
    due_at = at + timedelta(minutes=pack.settings.handover_minutes)
    title = handed.emergency.strip() or handed.said.strip() or _now("The customer asks for a superior")
    new = NewTask(Task.Kind.HELP, title[:200], handed.to.department, handed.to, due_at)
    task = tasking.give(complaint, new, actor=actor, at=at)
    row = Handover.objects.create(
        complaint=complaint,
        to=handed.to,
        by=actor.person,
        task=task,
        consent=handed.consent,
        said=handed.said.strip(),
        via=handed.via,
        emergency=handed.emergency.strip(),
        at=at,
    )
    data = {"person": handed.to.pk, "consent": row.consent, "emergency": bool(row.emergency), "task": task.pk}
    detail = Detail(data, {"said": row.said, "reason": row.emergency})
    event = lifecycle.happen(complaint, "conversation.handed_up", actor=actor, at=at, detail=detail)
    ring(complaint, [handed.to], "conversation.handed_up", event=event, actor=actor)
    return row


def _require_superior(person: Person, at: datetime) -> None:
    above = any(person.has_role(role) for role in SUPERIORS) and can(person, "complaint.read")
    if not above or person.department is None:
        raise NotASuperior(name=person.name, missing=("to",))
    availability.require_on_duty(person, at)
