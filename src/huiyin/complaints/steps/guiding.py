"""Guidance that was followed, put into one's own words, or left: kept on the timeline, never in the way (S2-04)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, queries, rules
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import Complaint, Event
from huiyin.complaints.states import Seat, State
from huiyin.knowledge.models import Entry
from huiyin.people.actors import Actor
from huiyin.people.roles import can
from huiyin.rules import Refusal


class Way(StrEnum):
    """What became of a piece of guidance."""

    FOLLOWED = "followed"
    REWORDED = "reworded"
    LEFT = "left"


class LeftWithoutReason(Refusal):
    rule = rules.GUIDANCE_ADVISES
    sentence = _("Guidance may be left; what stands in its place is worth a word.")
    unblock = _("Write in a few words why you do it another way; nobody has to agree.")


class NoSuchGuidance(Refusal):
    rule = rules.GUIDANCE_ADVISES
    sentence = _("There is no entry «%(code)s» of that kind.")
    unblock = _("Choose one that is shown beside the case.")


@dataclass(frozen=True)
class Use:
    """Which entry in which of its versions, and what became of it."""

    kind: str
    code: str
    version: int
    way: Way
    reason: str = ""


@transaction.atomic
def record_guidance(complaint_id: int, use: Use, *, actor: Actor, at: datetime) -> Event:
    """Note that guidance was followed or left; whoever works on the case may, and leaving it needs a reason."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, tuple(State))
    person = actor.person
    if person is None or not can(person, "complaint.note") or not queries.visible_to(person).filter(pk=complaint.pk):
        raise WrongSeat(seats=" / ".join(str(seat.label) for seat in (Seat.OWNER, Seat.HANDLER, Seat.SUPERVISOR)))
    entry = Entry.objects.filter(kind=use.kind, code=use.code, version__gte=use.version).first()
    if entry is None:
        raise NoSuchGuidance(code=use.code, missing=("code",))
    if use.way is Way.LEFT and not use.reason.strip():
        raise LeftWithoutReason(missing=("reason",))
    data = {"entry": f"{use.kind}:{use.code}", "version": use.version, "way": use.way.value}
    texts = {"title": entry.title, "reason": use.reason.strip()}
    kind = "guidance.left" if use.way is Way.LEFT else "guidance.followed"
    return lifecycle.happen(complaint, kind, actor=actor, at=at, detail=Detail(data, texts))
