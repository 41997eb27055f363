"""T13 and T14: approving and returning plans, looking at them afterwards, letting a rule pass with a reason."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, participation, queries, rules, signing
from huiyin.complaints.conversation import Words
from huiyin.complaints.guards import money
from huiyin.complaints.guards.context import Case
from huiyin.complaints.guards.solution import OwnPlan
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Approval, Complaint, Interest, Override, Plan, ResponsiblePerson
from huiyin.complaints.notices import ring
from huiyin.complaints.states import Seat, State
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import can
from huiyin.rules import Refusal

BOSSES = dict.fromkeys((Seat.SUPERVISOR, Seat.LEADER), "complaint.approve")


class CommentMissing(Refusal):
    rule = rules.RETURN_WITH_COMMENT
    sentence = _("A plan is returned with a comment.")
    unblock = _("Write what has to change.")


class DecidedAlready(Refusal):
    rule = rules.WAITING_DECISION
    sentence = _("This plan has been decided on already.")
    unblock = _("Reload the list of what waits for you.")


class NotOverridable(Refusal):
    rule = rules.OVERRIDE_NAMED
    sentence = _("The rule %(rule)s cannot be let pass.")
    unblock = _("Do what the rule asks for.")


class OverrideWithoutReason(Refusal):
    rule = rules.OVERRIDE_NAMED
    sentence = _("A rule is let pass only with a reason.")
    unblock = _("Write why this case is an exception.")


@transaction.atomic
def approve_plan(complaint_id: int, *, comment: str, words: Words, actor: Actor, at: datetime) -> Complaint:
    """Approve a plan and put it on offer (T13), within the approver's own limits; nobody approves his own (S1-36)."""
    complaint = Complaint.objects.locked(complaint_id)
    if actor.person is not None:
        money.hold_budget(actor.person)
    cleared = lifecycle.check(complaint, "approve", actor=actor, at=at)
    approval = _pending(complaint)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="approve")
    _decide(approval, Approval.Decision.APPROVED, comment, actor, at)
    read = cleared.case.plan  # with its options, which need not be read again
    offered = signing.offer(read if read is not None and read == approval.plan else approval.plan)
    data = {
        "plan": approval.plan_id,
        "approval": approval.pk,
        "amount": approval.amount,
        "options": [option.pk for option in offered],
    }
    detail = Detail(data, texts={"comment": comment.strip()})
    event = lifecycle.carry_out(cleared, told=told, detail=detail)
    ring(complaint, [complaint.owner, approval.asked_by], "approval.decided", event=event, actor=actor)
    return complaint


@transaction.atomic
def return_plan(complaint_id: int, *, comment: str, words: Words, actor: Actor, at: datetime) -> Complaint:
    """Send a plan back with a comment (T14); the owner draws it up anew, and the returns are counted."""
    complaint = Complaint.objects.locked(complaint_id)
    cleared = lifecycle.check(complaint, "return", actor=actor, at=at)
    if not comment.strip():
        raise CommentMissing(missing=("comment",))
    approval = _pending(complaint)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="return")
    _decide(approval, Approval.Decision.RETURNED, comment, actor, at)
    approval.plan.status = Plan.Status.RETURNED
    approval.plan.save(update_fields=["status"])
    complaint.returned_count += 1
    complaint.save(update_fields=["returned_count"])
    data = {"plan": approval.plan_id, "approval": approval.pk, "returned": complaint.returned_count}
    detail = Detail(data, texts={"comment": comment.strip()})
    event = lifecycle.carry_out(cleared, told=told, detail=detail)
    ring(complaint, [complaint.owner, approval.asked_by], "approval.decided", event=event, actor=actor)
    conversation.require_next_time(complaint)
    return complaint


def _pending(complaint: Complaint) -> Approval:
    rows = complaint.approvals.filter(
        afterwards=False, decision=Approval.Decision.PENDING, plan__status=Plan.Status.SUBMITTED
    )
    row = rows.select_related("plan", "asked_by").order_by("-pk").first()
    if row is None:
        raise DecidedAlready()
    return row


def _decide(approval: Approval, decision: Approval.Decision, comment: str, actor: Actor, at: datetime) -> None:
    approval.decision, approval.comment = decision, comment.strip()
    approval.decided_by, approval.decided_at = actor.person, at
    approval.save(update_fields=["decision", "comment", "decided_by", "decided_at"])


@transaction.atomic
def review_afterwards(approval_id: int, *, objected: bool, comment: str, actor: Actor, at: datetime) -> Approval:
    """Look at a plan that was offered within authority, or settled at once (AMB-05, T4); an objection says why.

    Refuses whoever drew the plan up or offered it, and anybody but those whose signature it needs.
    """
    approval = Approval.objects.select_related("plan").get(pk=approval_id)
    complaint = Complaint.objects.locked(approval.complaint_id)
    participation.require(complaint, BOSSES, actor=actor, at=at)
    _require_blameless(complaint, actor, at)
    approval.refresh_from_db()
    if not approval.afterwards or approval.decision != Approval.Decision.PENDING:
        raise DecidedAlready()
    if actor.person is None or approval.needed_role not in signing.signable_roles(actor.person):
        raise lifecycle.WrongSeat(seats=str(Seat.LEADER.label))
    if actor.person_id in (approval.plan.prepared_by_id, approval.asked_by_id):
        raise OwnPlan()
    if objected and not comment.strip():
        raise CommentMissing(missing=("comment",))
    decision = Approval.Decision.OBJECTED if objected else Approval.Decision.REVIEWED
    _decide(approval, decision, comment, actor, at)
    detail = Detail(
        {"approval": approval.pk, "plan": approval.plan_id, "objected": objected}, texts={"comment": comment.strip()}
    )
    event = lifecycle.happen(complaint, "approval.reviewed", actor=actor, at=at, detail=detail)
    if objected:
        ring(complaint, [complaint.owner, approval.asked_by], "approval.decided", event=event, actor=actor)
    return approval


def _require_blameless(complaint: Complaint, actor: Actor, at: datetime) -> None:
    if refusal := lifecycle.blamed(Case(complaint, actor, at)):
        raise refusal


@transaction.atomic
def override_rule(complaint_id: int, *, rule: str, reason: str, actor: Actor, at: datetime) -> Override:
    """Let one rule pass for this round: a leader by name, with a reason, in the timeline for ever."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, {Seat.LEADER: "complaint.override"}, actor=actor, at=at)
    _require_blameless(complaint, actor, at)
    if rule not in lifecycle.OVERRIDABLE:
        raise NotOverridable(rule=rule)
    if actor.person is None or not reason.strip():
        raise OverrideWithoutReason(missing=("reason",))
    row, made = Override.objects.get_or_create(
        complaint=complaint,
        round=complaint.round,
        rule=rule,
        defaults={"reason": reason.strip(), "approver": actor.person, "at": at},
    )
    if made:
        detail = Detail({"rule": rule, "override": row.pk}, texts={"reason": reason.strip()})
        lifecycle.happen(complaint, "rule.overridden", actor=actor, at=at, detail=detail)
    return row


def waiting_approvals(person: Person) -> QuerySet[Approval]:
    """What waits for this person's signature or look, oldest first; never his own plan nor his own matter (ENG-15)."""
    if not can(person, "complaint.approve"):
        return Approval.objects.none()
    before = Q(afterwards=False, complaint__state=State.APPROVING, plan__status=Plan.Status.SUBMITTED)
    own = Q(plan__prepared_by=person) | Q(asked_by=person)
    own |= Q(complaint__in=Interest.objects.filter(person=person).values("complaint"))
    own |= Q(complaint__in=ResponsiblePerson.objects.filter(person=person).values("finding__complaint"))
    rows = Approval.objects.filter(before | Q(afterwards=True), decision=Approval.Decision.PENDING)
    rows = rows.filter(
        needed_role__in=signing.signable_roles(person),
        complaint__merged_into=None,
        complaint__in=queries.visible_to(person),
    )
    return rows.exclude(own).select_related("complaint", "plan", "asked_by").order_by("asked_at", "pk")
