"""What each piece of proof supports or contradicts, and how contradictions and the customer's account are weighed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import participation, register, rules
from huiyin.complaints.models import Bearing, Complaint, Evidence, Weighing
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import GROUPS, Group, Seat, State
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

NOT_JUDGED_YET = (*GROUPS[Group.INTAKE], State.INVESTIGATING)
READERS = {
    **keepers("complaint.register"),
    Seat.HANDLER: "complaint.investigate",
    Seat.LEADER: "complaint.find",
}
WEIGHERS = {Seat.HANDLER: "complaint.find", Seat.LEADER: "complaint.find"}


class StruckSaysNothing(Refusal):
    rule = rules.EVIDENCE_WHOLE
    sentence = _("What was struck out supports and contradicts nothing.")
    unblock = _("Choose evidence that still counts.")


@transaction.atomic
def say_bearing(evidence_id: int, *, about: str, stance: str, actor: Actor, at: datetime) -> Bearing:
    """Say what a piece of evidence says about a listed cause, or about the customer's own account (S0-14).

    Whoever added it, the owner, the handler and the leader may, until the finding. Refuses what was struck out, and a
    matter that is neither.
    """
    row = Evidence.objects.get(pk=evidence_id)
    complaint = Complaint.objects.locked(row.complaint_id)
    participation.require_state(complaint, NOT_JUDGED_YET)
    if not actor.is_person(row.added_by_id):
        participation.require(complaint, READERS, actor=actor, at=at)
    row.refresh_from_db()
    if row.struck_at is not None:
        raise StruckSaysNothing(missing=("item",))
    return register.bear(complaint, row, about, stance, actor=actor, at=at)


@transaction.atomic
def weigh(complaint_id: int, *, about: str, text: str, actor: Actor, at: datetime) -> Weighing:
    """Say what of a matter is believed and why: a contradiction, or the customer's own account (S0-14, S1-29).

    The handler or a leader, while investigating. What new proof says about the matter opens it again.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, (State.INVESTIGATING,))
    participation.require(complaint, WEIGHERS, actor=actor, at=at)
    return register.weigh(complaint, about, text, actor=actor, at=at)
