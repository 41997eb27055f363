"""T24: an outside body concluded its case with an agreement or a decision, and its document is here (S1-18, S1-19)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, loose_ends, participation, promises, rules
from huiyin.complaints.conversation import Words
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, OutsideDecision
from huiyin.complaints.notices import ring
from huiyin.complaints.states import AFTER_REGISTRATION, Outcome, Seat
from huiyin.files.models import StoredFile
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.policy import clocks
from huiyin.rules import Refusal

RECORDERS = {**participation.keepers("complaint.note"), Seat.LEADER: "complaint.note"}
CASE = "complaint"


class DecisionIncomplete(Refusal):
    rule = rules.OUTSIDE_DECISION
    sentence = _("An outside decision names the body, the day and its substance, and has its document.")
    unblock = _("Complete it and attach the document to the case.")


class NotOutside(Refusal):
    rule = rules.OUTSIDE_DECISION
    sentence = _("No outside body deals with this case.")
    unblock = _("Mark the case as external first.")


@dataclass(frozen=True)
class NewDecision:
    """What the outside body agreed or decided, with the document."""

    body: str
    agreement: bool
    summary: str
    document: StoredFile | None
    decided_on: date


@transaction.atomic
def record_decision(complaint_id: int, new: NewDecision, *, actor: Actor, at: datetime) -> OutsideDecision:
    """Record an outside body's agreement or decision; refuses one without its document or dated ahead."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, AFTER_REGISTRATION)
    participation.require(complaint, RECORDERS, actor=actor, at=at)
    if not complaint.external:
        raise NotOutside()
    document = new.document
    ours = document is not None and (document.owner_kind, document.owner_id) == (CASE, complaint.pk)
    today = clocks.local_day(promises.pack_of(complaint), at)
    if document is None or not (ours and new.body.strip() and new.summary.strip() and new.decided_on <= today):
        raise DecisionIncomplete(missing=("body", "summary", "document", "decided_on"))
    if actor.person is None:
        raise lifecycle.WrongSeat(seats=str(Seat.OWNER.label))
    row = OutsideDecision.objects.create(
        complaint=complaint,
        body=new.body.strip(),
        agreement=new.agreement,
        summary=new.summary.strip(),
        document=document,
        decided_on=new.decided_on,
        recorded_by=actor.person,
        recorded_at=at,
    )
    data = {"decision": row.pk, "agreement": row.agreement, "decided_on": row.decided_on, "file": document.sha256}
    detail = Detail(data | {"signals": ["external.concluded"]}, texts={"body": row.body, "summary": row.summary})
    event = lifecycle.happen(complaint, "decision.recorded", actor=actor, at=at, detail=detail)
    leaders = Person.objects.filter(is_active=True, roles__role=Role.LEADER).order_by("pk")
    ring(complaint, leaders, "leader.decides", event=event, actor=actor)
    return row


@transaction.atomic
def settle_externally(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Follow the outside agreement or decision (T24): a leader ends the handling; open work is cancelled."""
    complaint = Complaint.objects.locked(complaint_id)
    cleared = lifecycle.check(complaint, "settle_externally", actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="settle_externally")
    newest = complaint.outside_decisions.order_by("-pk").first()
    data = {"decision": newest.pk if newest else None, **loose_ends.cut(complaint)}
    detail = Detail(data, outcome=Outcome.SETTLED_EXTERNAL)
    lifecycle.carry_out(cleared, told=told, detail=detail)
    return complaint
