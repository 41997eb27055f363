"""The claim against the responsible third party: opened at the finding, followed until it ends (S0-53, S0-55)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, rules
from huiyin.complaints.lifecycle import CaseMerged, Detail
from huiyin.complaints.models import Claim, Complaint, Finding
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import Seat
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from huiyin.rules import Refusal

S = Claim.Status
FORWARD: dict[str, tuple[Claim.Status, ...]] = {
    S.OPENED: (S.EVIDENCE_SENT, S.WRITTEN_OFF),
    S.EVIDENCE_SENT: (S.ACKNOWLEDGED, S.DISPUTED, S.WRITTEN_OFF),
    S.ACKNOWLEDGED: (S.AGREED, S.DISPUTED, S.WRITTEN_OFF),
    S.AGREED: (S.RECOVERED, S.DISPUTED, S.WRITTEN_OFF),
    S.DISPUTED: (S.AGREED, S.RECOVERED, S.WRITTEN_OFF),
    S.RECOVERED: (),
    S.WRITTEN_OFF: (),
}
SEATS = {**keepers("complaint.note"), Seat.HANDLER: "complaint.note", Seat.LEADER: "complaint.note"}


class ClaimUnclear(Refusal):
    rule = rules.CLAIM_FORWARD
    sentence = _("A claim says against whom, for how much, on what basis and until when.")
    unblock = _("Fill in what is missing.")


class ClaimTooEarly(Refusal):
    rule = rules.CLAIM_FORWARD
    sentence = _("A claim needs a finding to rest on.")
    unblock = _("Issue the finding first.")


class ClaimGoesStepByStep(Refusal):
    rule = rules.CLAIM_STEPS
    sentence = _("A claim that is «%(status)s» does not become «%(wanted)s».")
    unblock = _("Take the next step of the claim.")


class RecoveryUnclear(Refusal):
    rule = rules.CLAIM_STEPS
    sentence = _("A recovered claim says how much came back, not more than was claimed; a step says what happened.")
    unblock = _("Write the amount and a note.")


@dataclass(frozen=True)
class NewClaim:
    party: str
    amount: Decimal
    basis: str
    due_at: datetime


@transaction.atomic
def open_claim(complaint_id: int, new: NewClaim, *, actor: Actor, at: datetime) -> Claim:
    """Claim from a third party what the finding puts on it; the claim has a life of its own (S0-55).

    Refuses a claim before any finding, and one without party, amount, basis or a due time ahead.
    """
    complaint = Complaint.objects.locked(complaint_id)
    if complaint.merged_into is not None:
        raise CaseMerged(number=complaint.merged_into.number)
    _require_follower(complaint, actor, at)
    if not Finding.objects.filter(complaint=complaint).exists():
        raise ClaimTooEarly()
    if not new.party.strip() or not new.basis.strip() or new.amount <= 0 or new.due_at <= at:
        raise ClaimUnclear(missing=("party", "amount", "basis", "due_at"))
    claim = Claim.objects.create(
        complaint=complaint,
        party=new.party.strip(),
        amount=new.amount,
        basis=new.basis.strip(),
        owner=actor.person or complaint.owner,
        opened_at=at,
        due_at=new.due_at,
    )
    data = {"claim": claim.pk, "amount": claim.amount, "due": claim.due_at}
    texts = {"party": claim.party, "basis": claim.basis}
    lifecycle.happen(complaint, "claim.opened", actor=actor, at=at, detail=Detail(data, texts))
    return claim


@transaction.atomic
def move_claim(
    claim_id: int, status: str, *, note: str, recovered: Decimal | None = None, actor: Actor, at: datetime
) -> Claim:
    """Take a claim one step further; what comes back lowers the case's net loss (S1-37). Closed cases' claims too."""
    claim = Claim.objects.get(pk=claim_id)
    complaint = Complaint.objects.locked(claim.complaint_id)
    claim.refresh_from_db()
    if not actor.is_person(claim.owner_id):
        _require_follower(complaint, actor, at)
    if status not in FORWARD[claim.status]:
        wanted = S(status).label if status in S.values else status
        raise ClaimGoesStepByStep(status=claim.get_status_display(), wanted=wanted, missing=("status",))
    came_back = recovered or Decimal(0)
    if not note.strip() or (status == S.RECOVERED) != (came_back > 0) or came_back > claim.amount:
        raise RecoveryUnclear(missing=("note", "recovered"))
    before, claim.status, claim.recovered = claim.status, S(status), came_back
    claim.ended_at = at if claim.status in Claim.ENDED else None
    claim.save(update_fields=["status", "recovered", "ended_at"])
    data = {"claim": claim.pk, "from": before, "to": status, "recovered": claim.recovered}
    lifecycle.happen(complaint, "claim.moved", actor=actor, at=at, detail=Detail(data, {"note": note}))
    if came_back:
        detail = Detail({"claim": claim.pk, "amount": claim.recovered})
        lifecycle.happen(complaint, "recovery.recorded", actor=actor, at=at, detail=detail)
    return claim


def _require_follower(complaint: Complaint, actor: Actor, at: datetime) -> None:
    """Whoever takes part in the case, and finance."""
    if actor.person is not None and actor.person.is_active and actor.person.has_role(Role.FINANCE):
        return
    participation.require(complaint, SEATS, actor=actor, at=at)


def next_statuses(claim: Claim) -> tuple[Claim.Status, ...]:
    return FORWARD[claim.status]


def open_claims() -> QuerySet[Claim]:
    """Claims that have not ended, whatever became of their cases, nearest due time first (S0-55)."""
    return Claim.objects.filter(ended_at=None).select_related("complaint", "owner").order_by("due_at", "pk")
