from decimal import Decimal

import pytest

from huiyin.complaints import signing
from huiyin.complaints.conversation import NoNextTime, Say, Skip
from huiyin.complaints.guards.money import BeyondAuthority
from huiyin.complaints.guards.solution import (
    ApprovalNeeded,
    NotFounded,
    ObjectionMissing,
    OptionIncomplete,
)
from huiyin.complaints.lifecycle import NotTold, WrongSeat
from huiyin.complaints.models import Approval, CustomerAnswer, Option
from huiyin.complaints.participation import NotTheContact
from huiyin.complaints.promises import Spoken
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import approval, planning
from huiyin.complaints.steps.planning import (
    NewPlan,
    ReturnedUnchanged,
)
from huiyin.messaging.models import Notice
from tests import factories, later
from tests.complaints.checks import kinds, running, sound
from tests.complaints.settings import setting
from tests.factories import at_of

pytestmark = pytest.mark.django_db
LATER = Skip("方案定后一并告知")
OPTIONS = (later.refund_and_coupon, later.exchange_and_coupon, later.small_coupon)


def draft(complaint, actor, *options, mode="", reason="", minutes=127):
    return planning.draft_plan(complaint.pk, NewPlan(mode, options, reason), actor=actor, at=at_of(complaint, minutes))


def statuses(plan):
    return list(plan.options.values_list("status", flat=True))


# --- T10


def test_t10_a_founded_case_on_our_side_is_planned_and_its_first_promise_kept_by_the_message(agent):
    complaint = later.planning()

    assert (complaint.state, kinds(complaint)[-1]) == ("planning", "plan.started")
    first, second = complaint.promises.filter(kind="spoken").order_by("made_at")
    assert (first.status, first.kept_early_seconds, second.status) == ("kept", 600, "open")
    assert "plan" in running(complaint)
    sound(complaint)


def test_s4_119_a_cause_on_the_customers_side_is_not_planned_but_explained(agent):
    complaint = factories.analysed(found=factories.unfounded(), category="communication.promotion")

    with pytest.raises(NotFounded) as refused:
        planning.start_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 125))

    assert refused.value.rule.code == "定性-05"
    assert sound(complaint).state == "analysed"


def test_t10_the_handler_may_begin_the_plan_but_only_the_owner_speaks_to_the_customer(handler):
    complaint = factories.analysed()

    with pytest.raises(NotTheContact):
        planning.start_plan(complaint.pk, Say("划痕一事正在拟方案。"), actor=handler, at=at_of(complaint, 95))
    planning.start_plan(complaint.pk, LATER, actor=handler, at=at_of(complaint, 95))

    assert sound(complaint).state == "planning"


@pytest.mark.parametrize("who", ["other_agent", "other_handler", "supervisor", "leader", "duty_agent"])
def test_t10_nobody_else_begins_the_plan(who, request, policy):
    complaint, actor = factories.analysed(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        planning.start_plan(complaint.pk, LATER, actor=actor, at=at_of(complaint, 95))


def test_s2_24_planning_begins_only_while_a_next_time_is_promised(agent):
    complaint = factories.analysed()
    kept = tuple(complaint.promises.filter(kind="spoken", ended_at=None).values_list("pk", flat=True))

    with pytest.raises(NoNextTime):
        planning.start_plan(
            complaint.pk, Say("划痕查明了,在运输途中造成。", keeps=kept), actor=agent, at=at_of(complaint, 95)
        )

    assert sound(complaint).state == "analysed"


def test_s2_30_beginning_a_plan_is_told_or_it_is_said_why_not(agent):
    complaint = factories.analysed()

    with pytest.raises(NotTold):
        planning.start_plan(complaint.pk, Skip(" "), actor=agent, at=at_of(complaint, 95))


# --- T11


def test_s1_36_a_submitted_plan_waits_for_the_narrowest_role_that_may_sign_it(agent, supervisor):
    complaint = later.approving()

    row = Approval.objects.get(complaint=complaint)
    assert (row.needed_role, row.amount, row.afterwards, row.decision) == (
        "supervisor",
        Decimal("1349.00"),
        False,
        "pending",
    )
    assert complaint.plans.get().status == "submitted"
    assert list(Notice.objects.filter(kind="approval.asked").values_list("person", flat=True)) == [supervisor.person_id]
    assert "approval" in running(complaint)
    sound(complaint)


@pytest.mark.parametrize(
    ("amount", "role"), [(500, "supervisor"), (5000, "supervisor"), (5001, "manager"), (20001, "leader")]
)
def test_s2_49_the_amount_decides_whose_signature_is_needed(agent, amount, role):
    complaint = later.planning()
    plan = later.drafted(
        complaint,
        later.small_coupon(complaint, lines=(Line("compensation", Decimal(amount)),)),
        later.small_coupon(complaint),
    )

    planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 130))

    assert plan.approvals.get().needed_role == role


# --- T12


def test_amb_05_options_within_the_owners_authority_are_offered_and_entered_for_the_leader(agent):
    complaint = later.offering_within_authority(40, 30)

    plan = complaint.plans.get()
    row = plan.approvals.get()
    assert (row.afterwards, row.needed_role, row.asked_by, row.decision) == (True, "leader", agent.person, "pending")
    assert (plan.status, plan.offered_rank, statuses(plan)) == ("offered", 2, ["offered", "offered"])
    assert signing.granted_by(plan) == agent.person
    sound(complaint)


def test_s2_49_an_option_above_the_owners_limit_is_not_offered_without_approval(agent):
    complaint = later.planning()
    later.drafted(complaint)

    with pytest.raises(BeyondAuthority) as refused:
        planning.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 130))

    assert refused.value.rule.code == "批示-01"
    assert sound(complaint).state == "planning"
    assert not Approval.objects.exists()


def test_s1_36_where_the_leader_sees_every_plan_first_nothing_is_offered_without_approval(agent):
    complaint = later.planning()
    later.drafted(complaint, later.small_coupon(complaint, 40), later.small_coupon(complaint, 30))

    with setting(complaint, approval_mode="all_before"), pytest.raises(ApprovalNeeded) as refused:
        planning.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 130))

    assert refused.value.rule.code == "批示-02"


@pytest.mark.parametrize("who", ["other_agent", "handler", "supervisor", "leader", "duty_agent"])
def test_t12_only_the_owner_offers(who, request, policy):
    complaint, actor = later.planning(), request.getfixturevalue(who)
    later.drafted(complaint, later.small_coupon(complaint, 40), later.small_coupon(complaint, 30))

    with pytest.raises(WrongSeat):
        planning.offer_within_authority(complaint.pk, later.OFFER, actor=actor, at=at_of(complaint, 130))


# --- T16


def object_to(complaint, actor, *, objection="太少了", minutes=145):
    words = Say("明白,我们再为您想办法。", next=Spoken("新的方案", at_of(complaint, minutes + 60)))
    return planning.take_objection(
        complaint.pk, objection=objection, via="phone", words=words, actor=actor, at=at_of(complaint, minutes)
    )


def test_s2_27_an_objection_moves_to_the_second_option_which_needs_no_second_signature(agent):
    complaint = later.offering(mode="sequential")
    plan = complaint.plans.get()
    assert statuses(plan) == ["offered", "approved"]

    object_to(complaint, agent)
    planning.offer_within_authority(
        complaint.pk, Say("还可以换新机,顺丰加急,您看是否满意?"), actor=agent, at=at_of(complaint, 150)
    )

    plan.refresh_from_db()
    assert (plan.status, plan.offered_rank, statuses(plan)) == ("offered", 2, ["declined", "offered"])
    assert plan.approvals.count() == 1
    assert complaint.events.get(kind="plan.objected").data["next_rank"] == 2
    assert CustomerAnswer.objects.get(kind="objection").text == "太少了"
    sound(complaint)


def test_s2_27_in_sequence_within_authority_the_next_option_is_offered_and_seen_once(agent):
    complaint = later.offering_within_authority(40, 30, mode="sequential")

    object_to(complaint, agent)
    planning.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 150))

    plan = complaint.plans.get()
    assert (statuses(plan), plan.approvals.count()) == (["declined", "offered"], 1)


def test_s2_27_after_the_last_option_a_new_plan_is_needed(agent):
    complaint = later.offering_within_authority(40, 30, mode="sequential")
    object_to(complaint, agent)
    planning.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 150))

    object_to(complaint, agent, objection="还是太少", minutes=155)

    assert (complaint.plans.get().status, statuses(complaint.plans.get())) == ("superseded", ["declined", "declined"])
    with pytest.raises(OptionIncomplete):
        planning.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 160))
    sound(complaint)


def test_t16_an_objection_to_options_offered_together_ends_the_plan(agent):
    complaint = later.offering()

    object_to(complaint, agent)

    plan = complaint.plans.get()
    assert (sound(complaint).state, plan.status, statuses(plan)) == ("planning", "superseded", ["declined", "declined"])


def test_t16_without_an_objection_there_is_no_way_back(agent):
    complaint = later.offering()

    with pytest.raises(ObjectionMissing):
        object_to(complaint, agent, objection=" ")

    assert sound(complaint).state == "offering"


def test_s1_36_a_returned_plan_is_drawn_up_anew_before_it_goes_up_again(agent, supervisor):
    complaint = later.approving()
    approval.return_plan(complaint.pk, comment="优惠券太多", words=LATER, actor=supervisor, at=at_of(complaint, 140))

    with pytest.raises(ReturnedUnchanged) as refused:
        planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 145))
    draft(complaint, agent, later.refund_and_coupon(complaint), later.small_coupon(complaint), minutes=146)
    planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 147))

    assert refused.value.rule.code == "批示-05"
    assert list(complaint.plans.values_list("status", flat=True)) == ["superseded", "submitted"]
    sound(complaint)
    assert Option.objects.filter(plan__complaint=complaint, status="draft").count() == 2
