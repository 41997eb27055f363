from decimal import Decimal

import pytest

from huiyin.complaints import catalogue, levels
from huiyin.complaints.conversation import Skip
from huiyin.complaints.guards.money import option_cost, option_net
from huiyin.complaints.guards.solution import (
    DemandUnanswered,
    GapUnexplained,
    OptionIncomplete,
    SingleWithoutReason,
)
from huiyin.complaints.lifecycle import OwnMatter, WrongSeat, WrongState
from huiyin.complaints.models import Interest, Plan
from huiyin.complaints.remedies import Line, MoneyUnsaid, NoAmount, UnknownRemedy
from huiyin.complaints.steps import planning
from huiyin.complaints.steps.planning import (
    NewPlan,
    NoSuchDemand,
    OptionUnclear,
    PackageNotSingle,
    PlanOfAnother,
)
from tests import factories, later
from tests.complaints.checks import kinds, sound
from tests.complaints.settings import setting
from tests.factories import at_of

pytestmark = pytest.mark.django_db
LATER = Skip("方案定后一并告知")
OPTIONS = (later.refund_and_coupon, later.exchange_and_coupon, later.small_coupon)


def draft(complaint, actor, *options, mode="", reason="", minutes=127):
    return planning.draft_plan(complaint.pk, NewPlan(mode, options, reason), actor=actor, at=at_of(complaint, minutes))


def statuses(plan):
    return list(plan.options.values_list("status", flat=True))


def test_s0_19_s0_54_options_hold_remedies_of_the_catalogue_with_level_and_exact_totals(agent):
    complaint = later.planning()

    plan = draft(complaint, agent, *(make(complaint) for make in OPTIONS))

    assert [option_cost(option) for option in plan.options.all()] == [Decimal("1349.00"), Decimal(50), Decimal(30)]
    lines = plan.options.all()[0].lines.values_list("remedy", "title", "level", "proof", "policy_right")
    assert list(lines) == [
        ("full_refund", "退货退款", "standard", "payment_reference", True),
        ("coupon", "无门槛优惠券", "experience", "coupon_code", False),
    ]
    assert kinds(complaint)[-1] == "plan.drafted"
    sound(complaint)


@pytest.mark.parametrize("remedy", ["gold_bar", "process_improvement"])
def test_s2_09_s4_130_what_the_catalogue_does_not_offer_for_the_category_is_not_promised(agent, remedy):
    complaint = later.planning()

    with pytest.raises(UnknownRemedy) as refused:
        draft(complaint, agent, later.small_coupon(complaint, lines=(Line(remedy),)), reason="唯一")

    assert refused.value.rule.code == "方案-04"
    assert not Plan.objects.filter(complaint=complaint).exists()
    sound(complaint)


@pytest.mark.parametrize("amount", [Decimal(-1), Decimal("NaN"), Decimal("Infinity")])
def test_s2_36_an_amount_below_zero_or_none_is_refused(agent, amount):
    complaint = later.planning()

    with pytest.raises(NoAmount):
        draft(complaint, agent, later.small_coupon(complaint, lines=(Line("coupon", amount),)), reason="唯一")


def test_s2_36_net_cost_is_what_is_left_after_recovery(agent):
    complaint = later.planning()

    plan = draft(
        complaint,
        agent,
        later.refund_and_coupon(complaint, recovery=Decimal("1299.00"), recovery_note="向承运商追偿"),
        later.small_coupon(complaint),
    )

    assert [option_net(option) for option in plan.options.all()] == [Decimal("50.00"), Decimal("30.00")]


def test_s3_09_the_next_level_above_a_plan_is_named_from_the_catalogue(agent):
    complaint = later.planning()
    sold_under = catalogue.of(complaint)

    level, titles = levels.above(["standard"], sold_under, complaint.category)

    higher = {str(one.title) for one in sold_under.remedies_for(complaint.category) if one.level == level}
    assert level in ("personalised", "experience", "value_added")
    assert set(titles) == higher
    assert levels.above(["standard", "value_added"], sold_under, complaint.category) == ("", [])
    assert levels.above([], sold_under, complaint.category) == ("", [])


@pytest.mark.parametrize("gap", [{"lines": ()}, {"execute_within_minutes": 0}, {"title": " "}])
def test_s3_09_an_option_without_remedy_time_or_title_is_refused(agent, gap):
    complaint = later.planning()

    with pytest.raises(OptionUnclear) as refused:
        draft(complaint, agent, later.small_coupon(complaint, **gap), reason="唯一")

    assert refused.value.rule.code == "方案-02"


def test_s1_35_each_of_the_five_base_remedies_can_be_planned(agent):
    complaint = later.planning()
    codes = ("full_refund", "exchange", "repair", "price_cut", "compensation")

    lines = tuple(Line(code, Decimal(100)) for code in codes)
    plan = draft(complaint, agent, later.small_coupon(complaint, lines=lines), reason="同")

    assert list(plan.options.all()[0].lines.values_list("remedy", flat=True)) == list(codes)


def test_s0_09_a_plan_that_leaves_one_demand_unanswered_is_refused(agent):
    complaint = later.planning()
    first, second = complaint.demands.all()
    one = later.refund_and_coupon(complaint, answers={first.pk: ("全额退款", "")})
    draft(complaint, agent, one, later.exchange_and_coupon(complaint))

    with pytest.raises(DemandUnanswered) as refused:
        planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 130))

    assert (refused.value.rule.code, refused.value.params["demand"]) == ("方案-01", second.text)
    assert sound(complaint).state == "planning"


def test_s1_35_an_option_below_the_amount_demanded_says_why(agent):
    complaint = later.planning()
    silent = later.small_coupon(complaint, answers=later.answers(complaint))
    draft(complaint, agent, silent, later.refund_and_coupon(complaint))

    with pytest.raises(GapUnexplained):
        planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 130))
    draft(complaint, agent, later.small_coupon(complaint), later.refund_and_coupon(complaint), minutes=131)
    planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 132))

    assert sound(complaint).state == "approving"


def test_s0_09_an_answer_belongs_to_a_demand_of_this_case(agent):
    complaint = later.planning()

    with pytest.raises(NoSuchDemand):
        draft(complaint, agent, later.small_coupon(complaint, answers={999_999: ("好", "")}), reason="唯一")


def test_s0_19_a_single_option_needs_a_reason(agent):
    complaint = later.planning()
    draft(complaint, agent, later.refund_and_coupon(complaint))

    with pytest.raises(SingleWithoutReason) as refused:
        planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 130))
    draft(complaint, agent, later.refund_and_coupon(complaint), reason="客户只要退款", minutes=131)
    planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 132))

    assert refused.value.rule.code == "方案-03"
    assert sound(complaint).state == "approving"


def test_amb_11_one_package_is_exactly_one_option_with_a_reason(agent):
    complaint = later.planning()

    with pytest.raises(PackageNotSingle):
        draft(complaint, agent, later.refund_and_coupon(complaint), later.small_coupon(complaint), mode="single")


def test_amb_11_without_a_mode_the_pack_decides_how_options_are_offered(agent):
    complaint = later.planning()

    with setting(complaint, plan_offer_mode="sequential"):
        plan = draft(complaint, agent, later.refund_and_coupon(complaint), later.small_coupon(complaint))

    assert plan.mode == "sequential"


def test_s3_09_a_plan_without_options_is_not_submitted(agent):
    complaint = later.planning()

    with pytest.raises(OptionIncomplete):
        planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 130))


@pytest.mark.parametrize(("count", "codes"), [(2, ["方案-05"]), (3, [])])
def test_s2_26_below_the_target_of_three_options_there_is_a_warning_and_no_refusal(agent, count, codes):
    complaint = later.planning()

    plan = draft(complaint, agent, *(make(complaint) for make in OPTIONS[:count]))

    assert [warning.rule.code for warning in planning.warnings(plan)] == codes
    assert complaint.events.get(kind="plan.drafted").data["warnings"] == codes


def test_s0_18_a_service_error_without_a_better_process_is_flagged(agent):
    found = factories.finding(cause="attitude", side="company", within_control=False)
    complaint = later.planning(found=found, category="service.attitude")
    coupons = [later.small_coupon(complaint, amount) for amount in (10, 20, 30)]

    flagged = draft(complaint, agent, *coupons)
    better = later.small_coupon(complaint, lines=(Line("apology"), Line("process_improvement")))
    improved = draft(complaint, agent, *coupons[:2], better, minutes=128)

    assert lacking(flagged) == ["方案-06", "方案-07"]
    assert lacking(improved) == ["方案-07"]


def test_s2_08_a_cause_beyond_our_control_is_flagged_with_each_item_that_counts_on_others(agent):
    counting = {"recovery": Decimal(200), "recovery_note": "向承运商追偿"}
    for within, flagged in ((True, 0), (False, 2)):
        complaint = later.planning(found=factories.finding(within_control=within))
        options = (later.refund_and_coupon(complaint, **counting), later.exchange_and_coupon(complaint, recovery=0))
        plan = draft(complaint, agent, *options)

        found = [str(one.sentence) for one in planning.warnings(plan) if one.rule.code == "方案-07"]
        assert len(found) == flagged
    assert "向承运商追偿" in found[1]


def lacking(plan):
    """What the options themselves lack; the demand of a refund is above the norm of an attitude complaint."""
    found = [warning.rule.code for warning in planning.warnings(plan)]
    return [code for code in found if code != "谈判-09"]


def test_s3_20_an_option_shows_what_it_does_for_the_feeling_and_for_the_expectation(agent):
    complaint = later.planning()
    plan = draft(complaint, agent, later.exchange_and_coupon(complaint), later.refund_and_coupon(complaint))

    first = planning.levers(plan.options.all()[0])

    assert first.feeling == ("换货（顺丰加急）", "无门槛优惠券")
    assert first.expectation == ("换同款新机,不退款", "换同款新机,不退款")


def test_a_new_draft_supersedes_the_one_before(agent):
    complaint = later.planning()
    first = draft(complaint, agent, later.refund_and_coupon(complaint), later.small_coupon(complaint))

    second = draft(complaint, agent, later.refund_and_coupon(complaint), later.exchange_and_coupon(complaint))

    first.refresh_from_db()
    assert (first.status, statuses(first)) == ("superseded", ["declined", "declined"])
    assert (second.number, second.status) == (2, "draft")


def test_options_are_drawn_up_in_planning_alone(agent):
    complaint = factories.analysed()

    with pytest.raises(WrongState):
        draft(complaint, agent, later.small_coupon(complaint))


@pytest.mark.parametrize("who", ["other_agent", "other_handler", "supervisor", "leader", "duty_agent"])
def test_s2_54_nobody_else_draws_up_options(who, request, policy):
    complaint, actor = later.planning(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        draft(complaint, actor, later.small_coupon(complaint))


def test_amb_12_the_duty_agent_offers_the_absent_owners_plan_but_does_not_change_it(agent, duty_agent, supervisor):
    complaint = later.planning()
    later.drafted(complaint, later.small_coupon(complaint, 40), later.small_coupon(complaint, 30))
    factories.away(agent.person, at_of(complaint, 128), by=supervisor.person)

    with pytest.raises(PlanOfAnother) as refused:
        draft(complaint, duty_agent, later.small_coupon(complaint), minutes=129)
    planning.offer_within_authority(complaint.pk, later.OFFER, actor=duty_agent, at=at_of(complaint, 130))

    assert refused.value.rule.code == "方案-08"
    assert sound(complaint).state == "offering"


def test_eng_15_somebody_with_an_interest_does_not_draw_up_options(agent):
    complaint = later.planning()
    Interest.objects.create(
        complaint=complaint, person=agent.person, reason="被投诉", declared_at=at_of(complaint, 126)
    )

    with pytest.raises(OwnMatter):
        draft(complaint, agent, later.small_coupon(complaint))


@pytest.mark.parametrize("remedy", ["full_refund", "compensation", "price_cut", "coupon"])
@pytest.mark.parametrize("amount", ["0", "0.004"])
def test_s2_49_money_is_promised_with_its_amount(agent, remedy, amount):
    complaint = later.planning()
    option = later.small_coupon(complaint, lines=(Line(remedy, Decimal(amount)),))

    with pytest.raises(MoneyUnsaid) as refused:
        draft(complaint, agent, option)

    assert refused.value.rule.code == "方案-02"
