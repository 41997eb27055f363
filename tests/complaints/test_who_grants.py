"""An offer counts on the authority of whoever makes it, and nobody signs what he put up himself (S2-49, S1-36)."""

from decimal import Decimal

import pytest

from huiyin.complaints.conversation import Skip
from huiyin.complaints.guards.money import BeyondAuthority
from huiyin.complaints.guards.solution import ApprovalNeeded, OwnPlan
from huiyin.complaints.models import Approval, AuthorityUse
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import approval, planning, registration
from huiyin.complaints.steps.registration import Settlement
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints.checks import sound
from tests.complaints.settings import setting
from tests.factories import at_of

pytestmark = pytest.mark.django_db
LATER = Skip("责任人随后告知")


@pytest.fixture
def boss(policy):
    """An owner who is also a supervisor, with a supervisor's limits."""
    return factories.acting("zuzhang", Role.AGENT, Role.SUPERVISOR, name="组长")


def owned_by(complaint, actor):
    complaint.owner = actor.person
    complaint.save(update_fields=["owner"])
    return complaint


def test_s2_49_who_acts_for_an_absent_owner_offers_within_his_own_limits(boss, duty_agent, supervisor):
    complaint = owned_by(later.planning(), boss)
    dear = later.small_coupon(complaint, lines=(Line("compensation", Decimal(3000)),))
    plan = planning.NewPlan("", (dear, later.small_coupon(complaint)))
    planning.draft_plan(complaint.pk, plan, actor=boss, at=at_of(complaint, 126))
    factories.away(boss.person, at_of(complaint, 128), by=supervisor.person)

    with pytest.raises(BeyondAuthority) as refused:
        planning.offer_within_authority(complaint.pk, later.OFFER, actor=duty_agent, at=at_of(complaint, 130))

    complaint.refresh_from_db()
    assert (refused.value.rule.code, complaint.state) == ("批示-01", "planning")


def test_s2_49_what_the_duty_agent_offers_is_taken_from_his_own_budget(agent, duty_agent, supervisor):
    complaint = later.planning()
    later.drafted(complaint, later.small_coupon(complaint, 40), later.small_coupon(complaint, 30))
    factories.away(agent.person, at_of(complaint, 128), by=supervisor.person, hours=1)

    planning.offer_within_authority(complaint.pk, later.OFFER, actor=duty_agent, at=at_of(complaint, 130))
    later.chosen(complaint, minutes=200)

    assert Approval.objects.get(complaint=complaint).asked_by == duty_agent.person
    assert list(AuthorityUse.objects.values_list("person", flat=True)) == [duty_agent.person_id]
    sound(complaint)


def test_s1_36_who_puts_a_handlers_plan_up_for_approval_does_not_approve_it(boss, handler, supervisor):
    complaint = owned_by(later.planning(), boss)
    plan = planning.NewPlan("", (later.refund_and_coupon(complaint), later.exchange_and_coupon(complaint)))
    planning.draft_plan(complaint.pk, plan, actor=handler, at=at_of(complaint, 127))
    planning.submit_plan(complaint.pk, LATER, actor=boss, at=at_of(complaint, 130))

    with pytest.raises(OwnPlan) as refused:
        approval.approve_plan(complaint.pk, comment="", words=later.OFFER, actor=boss, at=at_of(complaint, 140))

    assert refused.value.rule.code == "批示-03"
    assert not approval.waiting_approvals(boss.person).exists()
    assert approval.waiting_approvals(supervisor.person).exists()


def test_amb_05_where_every_plan_is_signed_before_nothing_is_settled_at_once(agent):
    complaint = factories.registered(minor=True)
    settlement = Settlement(
        "20元优惠券", (Line("coupon", Decimal(20)),), "照片可见", "wrong_stock", 120, "可以", "phone"
    )
    words = factories.promised(complaint, "券已为您申请，划痕给您添麻烦了。", 180)

    with setting(complaint, approval_mode="all_before"), pytest.raises(ApprovalNeeded) as refused:
        registration.settle_at_once(complaint.pk, settlement, words, actor=agent, at=at_of(complaint, 40))

    assert refused.value.rule.code == "批示-02"
    assert sound(complaint).state == "registered"


def signed(amount, boss):
    """A plan of two dear options, one after the other, approved and offered."""
    complaint = later.planning()
    dear = [later.small_coupon(complaint, lines=(Line("compensation", Decimal(amount)),)) for _ in range(2)]
    later.drafted(complaint, *dear, mode="sequential")
    planning.submit_plan(complaint.pk, LATER, actor=factories.agent(), at=at_of(complaint, 130))
    return approval.approve_plan(complaint.pk, comment="", words=later.OFFER, actor=boss, at=at_of(complaint, 140))


def test_s2_27_an_approved_plan_between_two_options_keeps_its_place_in_the_budget(agent, supervisor):
    earlier = factories.received()
    AuthorityUse.objects.create(
        person=supervisor.person, complaint=earlier, remedy="coupon", amount=96_000, at=at_of(earlier, -60)
    )
    held = signed(3000, supervisor)
    words = factories.promised(held, "我们再为您想办法。", 400)
    planning.take_objection(held.pk, objection="太少", via="phone", words=words, actor=agent, at=at_of(held, 150))
    assert held.plans.get().status == "approved"

    with pytest.raises(BeyondAuthority):
        signed(3000, supervisor)
