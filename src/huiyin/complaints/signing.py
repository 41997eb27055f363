"""Whose signature a plan needs, who gave it, and who looks at it afterwards (S1-36, AMB-05)."""

from datetime import datetime

from huiyin.complaints import entitlement
from huiyin.complaints.guards import bargaining, money
from huiyin.complaints.guards.context import options_of
from huiyin.complaints.models import Approval, Complaint, OfferMode, Option, Plan
from huiyin.messaging import bell
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.policy import authority
from huiyin.policy.packs.schema import Pack

# Who may sign, the narrowest first; a wider role may always sign for a narrower one.
SIGNERS = (Role.SUPERVISOR, Role.MANAGER, Role.LEADER)


def needed_role(pack: Pack, plan: Plan) -> Role:
    """The narrowest role whose limits cover every option; the leader when no other does."""
    for role in SIGNERS[:-1]:
        if all(_covers(pack, role, plan_groups) for plan_groups in money.groups_of(pack, frozenset({role}), plan)):
            return role
    return Role.LEADER


def _beyond_law(complaint: Complaint, plan: Plan) -> Role | None:
    """A leader signs what lies above the law's ceiling, however small it is (PEN-3)."""
    law = entitlement.assessment(complaint)
    return Role.LEADER if law is not None and bargaining.above_ceiling(options_of(plan), law) else None


def _covers(pack: Pack, role: Role, groups: money.Groups) -> bool:
    return all(
        authority.check(pack, roles=(role,), remedy=code, amount=amount, spent_in_period=money.ZERO).within
        for code, amount in groups.items()
    )


def signable_roles(person: Person) -> list[str]:
    """The needed roles that this person's own roles satisfy."""
    widest = max((place for place, role in enumerate(SIGNERS) if person.has_role(role)), default=-1)
    return [role.value for role in SIGNERS[: widest + 1]]


def ask_before(complaint: Complaint, plan: Plan, *, pack: Pack, by: Person, at: datetime) -> Approval:
    """Put a plan before whoever must approve it, and ring their bell."""
    row = Approval.objects.create(
        complaint=complaint,
        plan=plan,
        needed_role=_beyond_law(complaint, plan) or needed_role(pack, plan),
        amount=money.plan_total(plan),
        asked_by=by,
        asked_at=at,
    )
    bosses = Person.objects.filter(is_active=True, roles__role=row.needed_role).distinct()
    bell.notify_all(
        bosses,
        "approval.asked",
        at=at,
        key=f"approval:{row.pk}",
        data={"number": complaint.number},
        url="/approvals/",
        actor=Actor.of(by),
    )
    return row


def ask_afterwards(complaint: Complaint, plan: Plan, *, on_authority_of: Person, at: datetime) -> Approval:
    """Enter a plan that was offered or settled without approval for a leader's look afterwards, once per plan."""
    row, _made = Approval.objects.get_or_create(
        complaint=complaint,
        plan=plan,
        afterwards=True,
        defaults={
            "needed_role": Role.LEADER,
            "amount": money.plan_total(plan),
            "asked_by": on_authority_of,
            "asked_at": at,
        },
    )
    return row


def signed(plan: Plan) -> Approval | None:
    """The approval a plan got before it was offered, if any."""
    return plan.approvals.filter(afterwards=False, decision=Approval.Decision.APPROVED).order_by("-pk").first()


def granted_by(plan: Plan) -> Person:
    """On whose authority the plan was offered: who approved it, else who offered it within his own limits."""
    before = signed(plan)
    if before is not None and before.decided_by is not None:
        return before.decided_by
    after = plan.approvals.filter(afterwards=True).order_by("pk").first()
    return after.asked_by if after is not None else plan.complaint.owner


def offer(plan: Plan) -> list[Option]:
    """Put the plan's options on offer as its mode says: all together, or the best that was not declined (AMB-11)."""
    over = (Option.Status.DECLINED, Option.Status.EXECUTED)
    waiting = [option for option in options_of(plan) if option.status not in over]
    offered = waiting[:1] if plan.mode == OfferMode.SEQUENTIAL else waiting
    for option in waiting:
        option.status = Option.Status.OFFERED if option in offered else Option.Status.APPROVED
    Option.objects.bulk_update(waiting, ["status"])
    plan.status = Plan.Status.OFFERED
    plan.offered_rank = max((option.rank for option in offered), default=0)
    plan.save(update_fields=["status", "offered_rank"])
    return offered
