"""Two customers who may be one person: proposed by the house, decided by somebody with a name, undone at will."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.people import roles
from huiyin.people.models import Customer, MergeProposal, MergeStatus, Person
from huiyin.people.rules import MERGE_DECIDED
from huiyin.rules import Refusal


class MergeNeedsDecision(Refusal):
    rule = MERGE_DECIDED
    sentence = _("These two customers stay apart: the decision needs a reason.")
    unblock = _("Write down why they are, or are not, the same person.")


class MergeAlreadyDecided(Refusal):
    rule = MERGE_DECIDED
    sentence = _("Somebody has already decided about these two customers.")
    unblock = _("Undo the earlier decision first.")


def survivor(customer: Customer) -> Customer:
    """The customer that this one was merged into, however often; itself if it never was."""
    while customer.merged_into is not None:
        customer = customer.merged_into
    return customer


def propose(one: Customer, other: Customer, *, kind: str, at: datetime) -> MergeProposal | None:
    """Suggest that two customers are one person; nothing is merged. Once per pair, and never for one person."""
    first, second = sorted((survivor(one), survivor(other)), key=lambda customer: customer.pk)
    if first.pk == second.pk:
        return None
    proposal, _made = MergeProposal.objects.get_or_create(
        first=first, second=second, defaults={"identity_kind": kind, "proposed_at": at}
    )
    return proposal


@transaction.atomic
def decide(proposal_id: int, *, merge: bool, person: Person, reason: str, at: datetime) -> MergeProposal:
    """Merge the younger customer into the older one, or note that they are two people.

    Refuses without the capability, without a reason, and a proposal that was decided before.
    """
    roles.require(person, "customer.merge")
    if not reason.strip():
        raise MergeNeedsDecision(missing=("reason",))
    proposal = MergeProposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.status != MergeStatus.PROPOSED:
        raise MergeAlreadyDecided()
    if merge:
        keeper = survivor(proposal.first)
        Customer.objects.filter(pk=proposal.second_id).exclude(pk=keeper.pk).update(merged_into=keeper)
    return _close(proposal, MergeStatus.MERGED if merge else MergeStatus.REJECTED, person, reason, at)


@transaction.atomic
def undo(proposal_id: int, *, person: Person, reason: str, at: datetime) -> MergeProposal:
    """Take a decision back: the customers are two again and the proposal is open. Refuses without a reason."""
    roles.require(person, "customer.merge")
    if not reason.strip():
        raise MergeNeedsDecision(missing=("reason",))
    proposal = MergeProposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.status == MergeStatus.MERGED:
        Customer.objects.filter(pk=proposal.second_id).update(merged_into=None)
    return _close(proposal, MergeStatus.PROPOSED, person, reason, at)


def _close(proposal: MergeProposal, status: str, person: Person, reason: str, at: datetime) -> MergeProposal:
    proposal.status, proposal.decided_by, proposal.decided_at = status, person, at
    proposal.reason = reason.strip()
    proposal.save(update_fields=["status", "decided_by", "decided_at", "reason"])
    return proposal
