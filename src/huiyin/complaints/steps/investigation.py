"""T6 and T9: evidence, causes, the finding; and once more when the customer brings something new."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, participation, promises, register, rules
from huiyin.complaints.conversation import Words
from huiyin.complaints.guards.inquiry import FindingIncomplete
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import ACCOUNT, CauseVerdict, Complaint, Evidence, Finding, ResponsiblePerson, Side, Task
from huiyin.complaints.participation import keepers
from huiyin.complaints.register import EvidenceFileUnfit, NewEvidence
from huiyin.complaints.states import GROUPS, Group, Seat, State
from huiyin.people.actors import Actor
from huiyin.policy.packs.schema import Cause, Pack
from huiyin.rules import Refusal

__all__ = [
    "NewEvidence",
    "NewFinding",
    "add_evidence",
    "changed_evidence",
    "issue_finding",
    "judge_cause",
    "reinvestigate",
    "strike_evidence",
]

NOT_JUDGED_YET = (*GROUPS[Group.INTAKE], State.INVESTIGATING)
JUDGES = {Seat.HANDLER: "complaint.find", Seat.LEADER: "complaint.find"}
GATHERERS = {
    **keepers("complaint.register"),
    Seat.HANDLER: "complaint.investigate",
    Seat.LEADER: "complaint.find",
    Seat.SYSTEM: "",
}


class AppraisalElsewhere(Refusal):
    rule = rules.APPRAISAL_WHOLE
    sentence = _("An appraisal is more than a note: it has a document, a fee and somebody who bears it.")
    unblock = _("Commission the appraisal, and record its conclusion there.")


class EvidenceStruck(Refusal):
    rule = rules.EVIDENCE_WHOLE
    sentence = _("This evidence is struck out already, or was struck without a reason.")
    unblock = _("Write the reason; what is struck stays visible.")


class UnknownCause(Refusal):
    rule = rules.CAUSES_JUDGED
    sentence = _("This cause is not on the list.")
    unblock = _("Choose a cause from the list of the category.")


class VerdictWithoutGrounds(Refusal):
    rule = rules.CAUSES_JUDGED
    sentence = _("A cause is ruled in or out with grounds.")
    unblock = _("Write what it rests on.")


@dataclass(frozen=True)
class NewFinding:
    """What was established: cause, side, the two judgements with grounds, who is responsible (S1-29, S1-34)."""

    cause: str
    side: str
    reasons_sufficient: bool
    demand_reasonable: bool
    grounds: str
    responsible: tuple[tuple[int | None, str], ...] = ()
    no_person_reason: str = ""
    secondary_cause: str = ""
    within_control: bool = True
    loss: Decimal = Decimal(0)
    # What of the customer's own account is believed and why; empty where it was weighed before.
    account_weighed: str = ""


@transaction.atomic
def add_evidence(complaint_id: int, new: NewEvidence, *, actor: Actor, at: datetime) -> Evidence:
    """Add a piece of evidence with the hash of its file, and what it supports or contradicts (S0-15, S0-14).

    The handler, the owner and whoever has a task in the case may. Refuses what does not say where it came from, a
    file of another case or with changed bytes, the same file twice, and an appraisal, which has a step of its own.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    _require_gatherer(complaint, actor, at)
    if new.kind == Evidence.Kind.APPRAISAL:
        raise AppraisalElsewhere(missing=("kind",))
    return register.write(complaint, new, actor=actor, at=at)


def _require_gatherer(complaint: Complaint, actor: Actor, at: datetime) -> None:
    """Whoever was asked for something may bring it; all others by their seat."""
    asked = Task.objects.filter(complaint=complaint, assignee=actor.person, status=Task.Status.OPEN)
    if actor.person is not None and actor.person.is_active and asked.exists():
        if refusal := lifecycle.own_matter(complaint, actor):
            raise refusal
        return
    participation.require(complaint, GATHERERS, actor=actor, at=at)


def changed_evidence(complaint: Complaint) -> list[Evidence]:
    """Evidence whose file was changed or lost since it was added (S0-15)."""
    return register.changed(complaint)


@transaction.atomic
def strike_evidence(evidence_id: int, *, reason: str, actor: Actor, at: datetime) -> Evidence:
    """Strike a piece of evidence out with a reason; it stays visible and counts no more. Not after the finding."""
    row = Evidence.objects.get(pk=evidence_id)
    complaint = Complaint.objects.locked(row.complaint_id)
    participation.require_state(complaint, NOT_JUDGED_YET)
    if not actor.is_person(row.added_by_id):
        seats = {**JUDGES, Seat.HANDLER: "complaint.investigate"}
        participation.require(complaint, seats, actor=actor, at=at)
    row.refresh_from_db()
    if row.struck_at is not None or not reason.strip():
        raise EvidenceStruck(missing=("reason",))
    row.struck_at, row.struck_reason = at, reason.strip()
    row.save(update_fields=["struck_at", "struck_reason"])
    detail = Detail({"evidence": row.pk, "kind": row.kind}, {"reason": row.struck_reason})
    lifecycle.happen(complaint, "evidence.struck", actor=actor, at=at, detail=detail)
    return row


@transaction.atomic
def judge_cause(
    complaint_id: int, *, cause: str, ruled_in: bool, grounds: str, actor: Actor, at: datetime
) -> CauseVerdict:
    """Rule one cause of the checklist in or out, with grounds (S0-33); the timeline keeps each verdict."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, (State.INVESTIGATING,))
    participation.require(complaint, JUDGES, actor=actor, at=at)
    _cause(promises.pack_of(complaint), cause)
    if not grounds.strip():
        raise VerdictWithoutGrounds(missing=("grounds",))
    assert actor.person is not None
    row, _made = CauseVerdict.objects.update_or_create(
        complaint=complaint,
        round=complaint.round,
        cause=cause,
        defaults={"ruled_in": ruled_in, "grounds": grounds.strip(), "by": actor.person, "at": at},
    )
    detail = Detail({"cause": cause, "ruled_in": ruled_in}, {"grounds": row.grounds})
    lifecycle.happen(complaint, "cause.judged", actor=actor, at=at, detail=detail)
    return row


def _cause(pack: Pack, code: str) -> Cause:
    try:
        return pack.cause(code)
    except KeyError:
        raise UnknownCause(missing=("cause",)) from None


@transaction.atomic
def issue_finding(complaint_id: int, new: NewFinding, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """State cause, side and validity; they are fixed for this round (T6).

    Refuses fewer than two independent kinds of evidence or a contradiction nobody weighed (S0-14), the customer's own
    account passed over (S1-29), evidence whose file was changed, a cause without a verdict (S0-33), nobody named
    responsible and no reason why (S1-34), and a handler who speaks to the customer in the owner's place (S0-34).
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "find", actor=actor, at=at)
    participation.require_voice(complaint, words, actor=actor, at=at)
    if changed_evidence(complaint):
        raise EvidenceFileUnfit(missing=("file",))
    if new.account_weighed.strip():
        register.weigh(complaint, ACCOUNT, new.account_weighed, actor=actor, at=at)
    finding = _write(complaint, new, actor, at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="find")
    data = {
        "cause": finding.cause,
        "secondary_cause": finding.secondary_cause,
        "side": finding.side,
        "reasons_sufficient": finding.reasons_sufficient,
        "demand_reasonable": finding.demand_reasonable,
        "founded": finding.founded,
        "loss": finding.loss,
        "responsible": [person for person, _name in new.responsible],
    }
    texts = {
        "grounds": finding.grounds,
        "responsible": ", ".join(name for _person, name in new.responsible),
        "no_person_reason": finding.no_person_reason,
    }
    lifecycle.move(complaint, "find", actor=actor, at=at, told=told, detail=Detail(data, texts))
    conversation.require_next_time(complaint)
    return complaint


def _write(complaint: Complaint, new: NewFinding, actor: Actor, at: datetime) -> Finding:
    pack = promises.pack_of(complaint)
    for code in (new.cause, new.secondary_cause):
        if code:
            _cause(pack, code)
    if new.side not in Side.values or new.loss < 0:
        raise FindingIncomplete(missing=("side", "loss"))
    assert actor.person is not None
    finding = Finding.objects.create(
        complaint=complaint,
        round=complaint.round,
        cause=new.cause,
        secondary_cause=new.secondary_cause,
        side=new.side,
        reasons_sufficient=new.reasons_sufficient,
        demand_reasonable=new.demand_reasonable,
        grounds=new.grounds.strip(),
        within_control=new.within_control,
        no_person_reason=new.no_person_reason.strip(),
        loss=new.loss,
        issued_by=actor.person,
        issued_at=at,
    )
    ResponsiblePerson.objects.bulk_create(
        ResponsiblePerson(finding=finding, person_id=person, name=name)
        for person, name in new.responsible
        if person is not None or name.strip()
    )
    return finding


@transaction.atomic
def reinvestigate(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Take the case up again in another round because the customer brought new evidence (T9)."""
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "reinvestigate", actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="reinvestigate")
    lifecycle.move(complaint, "reinvestigate", actor=actor, at=at, told=told)
    conversation.require_next_time(complaint)
    return complaint
