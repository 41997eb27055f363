"""What a plan must hold where expectations, a bottom line, a claim or the law stand in the case."""

from decimal import Decimal

import pytest

from huiyin.complaints import expecting, preparation, promises
from huiyin.complaints.conversation import Skip
from huiyin.complaints.guards.bargaining import (
    BeyondPrinciple,
    ConcessionUnlogged,
    FirstDropped,
    KeptTheLesser,
    NotProved,
    StillFuzzy,
    Unrealistic,
)
from huiyin.complaints.models import Complaint
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import approval, conceding, investigation, planning
from huiyin.complaints.steps.planning import NewPlan, NoSuchExpectation
from huiyin.complaints.steps.registration import DemandLine
from tests import factories, later
from tests.complaints import bargain
from tests.complaints.bargain import FEE, four, noted, option
from tests.complaints.checks import kinds, sound
from tests.complaints.settings import setting
from tests.factories import at_of

pytestmark = pytest.mark.django_db
WAIT = Skip("方案待批示")


@pytest.fixture
def complaint(agent):
    return bargain.late_installation()


def offer(complaint, actor, *options, minutes=131):
    draft(complaint, actor, *options, minutes=minutes)
    return planning.offer_within_authority(complaint.pk, later.OFFER, actor=actor, at=at_of(complaint, minutes))


def draft(complaint, actor, *options, minutes=131):
    new = NewPlan("", options, "只有这一种" if len(options) == 1 else "")
    return planning.draft_plan(complaint.pk, new, actor=actor, at=at_of(complaint, minutes))


def fresh(complaint):
    return Complaint.objects.get(pk=complaint.pk)


def met(*rows):
    return {row.pk: ("met", "") for row in rows}


def dropped(*rows):
    return {row.pk: ("dropped", "") for row in rows}


def instead(*rows):
    return {row.pk: ("instead", "按标准") for row in rows}


# --- Expectations


def test_s3_35_s2_38_a_plan_that_drops_the_first_and_keeps_the_fourth_is_refused(complaint, agent):
    fast, why, tenfold, gift = four(complaint)
    bad = option(complaint, 40, met(why, gift) | instead(tenfold) | dropped(fast))

    with pytest.raises(FirstDropped) as refused:
        offer(complaint, agent, bad)

    assert (refused.value.rule.code, refused.value.params["first"]) == ("期望-05", "6月7日(周六)12:00前装好")


def test_s3_35_dropping_a_must_while_something_lower_is_kept_is_refused(complaint, agent):
    fast, why, tenfold, gift = four(complaint)
    bad = option(complaint, 40, met(fast, gift) | instead(tenfold) | dropped(why))

    with pytest.raises(KeptTheLesser) as refused:
        offer(complaint, agent, bad)

    assert refused.value.params["dropped"] == "说明为什么迟了三天"


def test_s3_35_what_can_be_dropped_is_dropped(complaint, agent):
    fast, why, tenfold, gift = four(complaint)
    good = option(complaint, 40, met(fast, why) | instead(tenfold) | dropped(gift))

    assert offer(complaint, agent, good).state == "offering"
    sound(complaint)


def test_s2_38_an_option_that_says_nothing_of_the_first_does_not_meet_it(complaint, agent):
    four(complaint)

    with pytest.raises(FirstDropped):
        offer(complaint, agent, option(complaint, 40, {}))


def test_s2_38_what_answers_the_demand_answers_the_expectation_behind_it(complaint, agent):
    first = complaint.demands.all()[0]
    fast = noted(complaint, demand_id=first.pk, fuzzy=False)
    bargain.asked(complaint, "weigh", fast)
    bargain.ranked(complaint, (fast, "must"))

    plan = draft(complaint, agent, option(complaint, 40, {}))

    row = plan.options.get().expected.get()
    assert (row.expectation_id, row.kind, row.text) == (fast.pk, "instead", "按行业标准")


@pytest.mark.parametrize("how", ["perhaps", ""])
def test_s3_35_an_answer_to_no_expectation_of_the_case_is_refused(complaint, agent, how):
    row = noted(complaint, fuzzy=False)
    other = noted(factories.registered(), fuzzy=False, minutes=50)

    with pytest.raises(NoSuchExpectation):
        draft(complaint, agent, option(complaint, 40, {row.pk: (how, "")}))
    with pytest.raises(NoSuchExpectation):
        draft(complaint, agent, option(complaint, 40, met(other)))


def test_s3_36_nothing_is_promised_on_what_is_still_fuzzy(complaint, agent):
    noted(complaint)

    with pytest.raises(StillFuzzy) as refused:
        offer(complaint, agent, option(complaint, 40, {}))

    assert refused.value.rule.code == "期望-02"


def test_s3_38_nothing_is_offered_while_an_unrealistic_one_has_no_replacement(complaint, agent):
    noted(complaint, said="十倍", fuzzy=False, unrealistic=True)

    with pytest.raises(Unrealistic) as refused:
        offer(complaint, agent, option(complaint, 40, {}))

    assert refused.value.rule.code == "期望-03"


# --- Bottom line


def test_s4_126_beyond_the_principle_is_refused_even_for_the_supervisor(complaint, agent, supervisor):
    bargain.prepared(complaint, 100, opening=Decimal(100))
    draft(complaint, agent, option(complaint, 120, {}))

    with pytest.raises(BeyondPrinciple) as refused:
        planning.submit_plan(complaint.pk, WAIT, actor=agent, at=at_of(complaint, 132))

    assert (refused.value.rule.code, refused.value.params["limit"]) == ("谈判-02", Decimal(100))


def test_s4_126_a_supervisor_does_not_sign_beyond_a_line_drawn_since(complaint, agent, supervisor, other_supervisor):
    draft(complaint, agent, option(complaint, 40, {}))
    planning.submit_plan(complaint.pk, WAIT, actor=agent, at=at_of(complaint, 132))
    bargain.principled(complaint, 30, minutes=133)

    with pytest.raises(BeyondPrinciple):
        approval.approve_plan(
            complaint.pk, comment="同意", words=later.OFFER, actor=other_supervisor, at=at_of(complaint, 134)
        )


def test_s4_126_with_a_new_approved_line_it_goes_through(complaint, agent):
    bargain.prepared(complaint, 100, opening=Decimal(100))
    draft(complaint, agent, option(complaint, 120, {}))
    bargain.principled(complaint, 150, minutes=132)
    bargain.conceded(complaint, 120)

    case = planning.submit_plan(complaint.pk, WAIT, actor=agent, at=at_of(complaint, 133))

    assert case.state == "approving"


def test_s3_25_more_than_where_we_stand_is_logged_first(complaint, agent):
    bargain.prepared(complaint)

    with pytest.raises(ConcessionUnlogged) as refused:
        offer(complaint, agent, option(complaint, 40, {}))
    bargain.conceded(complaint, 40)

    assert (refused.value.rule.code, refused.value.params["stands"]) == ("谈判-04", Decimal(20))
    assert offer(complaint, agent, option(complaint, 40, {})).state == "offering"


def test_amb_08_what_is_owed_anyway_is_no_concession(agent):
    complaint = bargain.prepared(bargain.late_installation(), 50)
    refund = option(complaint, 20, {}, lines=(Line("full_refund", FEE), Line("compensation", Decimal(20))))

    assert offer(complaint, agent, refund).state == "offering"


# --- The first condition, and what is unproved


def warned(plan, **more):
    return [warning.rule.code for warning in planning.warnings(plan, **more)]


def test_s3_28_the_tenfold_first_demand_is_warned_about(complaint, agent):
    plan = draft(complaint, agent, option(complaint, 40, {}))

    (told,) = [one for one in planning.warnings(plan) if one.rule.code == "谈判-09"]

    assert "10.0" in str(told.sentence)
    assert "2,000.00" in str(told.sentence)


def test_amb_08_s3_28_a_first_demand_equal_to_a_right_passes_silently(agent):
    complaint = later.planning()
    assert complaint.demands.all()[0].amount == complaint.amount

    assert "谈判-09" not in warned(later.drafted(complaint))


def test_amb_08_the_pack_may_switch_the_warning_off(complaint, agent):
    plan = draft(complaint, agent, option(complaint, 40, {}))

    with setting(complaint, negotiation_first_demand="off"):
        assert "谈判-09" not in warned(plan)


def test_amb_08_the_norm_of_the_remedy_that_is_asked_for_counts(complaint, agent):
    noted(complaint, said="补偿 150", fuzzy=False, amount=Decimal(150), remedy="compensation")
    noted(complaint, said="退安装费", fuzzy=False, amount=FEE, remedy="full_refund")
    noted(complaint, said="快装", fuzzy=False, amount=FEE, remedy="repair")

    case = fresh(complaint)
    above = expecting.above_norm(promises.base_pack(case), case, expecting.talks(case).expectations, case.demands.all())

    assert [(one.text, one.norm) for one in above] == [
        ("安装费十倍赔偿", Decimal(200)),
        ("补偿 150", Decimal(40)),
    ]


@pytest.fixture
def doubted(agent):
    """The same, but the finding does not call the demands reasonable."""
    return bargain.late_installation(found=factories.finding(demand_reasonable=False))


def test_s3_26_an_excessive_claim_without_evidence_is_not_paid(doubted, agent):
    complaint = doubted
    with pytest.raises(NotProved) as refused:
        offer(complaint, agent, option(complaint, 400, {}))

    assert (refused.value.rule.code, refused.value.params["limit"]) == ("谈判-06", Decimal(200))
    assert offer(complaint, agent, option(complaint, 200, {}), minutes=133).state == "offering"


def test_s3_26_what_is_flagged_as_unrealistic_is_not_paid_whatever_the_finding_says(complaint, agent):
    tenfold = noted(complaint, said="安装费十倍赔偿", fuzzy=False, unrealistic=True, amount=bargain.TENFOLD)
    bargain.settled(tenfold, replacement="按标准补偿")

    with pytest.raises(NotProved):
        offer(complaint, agent, option(complaint, 400, {}))


def test_s3_26_a_demand_the_finding_calls_reasonable_is_paid(complaint, agent):
    assert offer(complaint, agent, option(complaint, 400, {})).state == "offering"


def test_s3_26_with_evidence_it_is(doubted, agent):
    complaint = doubted
    row = noted(complaint, said="安装费十倍赔偿", fuzzy=False, amount=bargain.TENFOLD)
    demand = complaint.demands.get(amount=bargain.TENFOLD)
    row.demand = demand
    row.save()
    proof = complaint.evidence.filter(kind="delivery_record").get()
    bargain.settled(row, unrealistic=False, proved_by_id=proof.pk)
    offer(complaint, agent, option(complaint, 400, {}))

    assert sound(complaint).state == "offering"


def test_s3_26_a_statement_of_the_customer_proves_nothing(doubted, agent):
    complaint = doubted
    row = noted(complaint, said="安装费十倍赔偿", fuzzy=False, amount=bargain.TENFOLD)
    row.demand = complaint.demands.get(amount=bargain.TENFOLD)
    row.save()
    account = investigation.add_evidence(
        complaint.pk, factories.evidence("customer_account"), actor=factories.handler(), at=at_of(complaint, 129)
    )
    bargain.settled(row, unrealistic=False, proved_by_id=account.pk)

    with pytest.raises(NotProved):
        offer(complaint, agent, option(complaint, 400, {}))


def test_amb_01_small_claims_are_believed_only_where_the_pack_widens_always_right(doubted, agent):
    complaint = doubted
    plan = option(complaint, 400, {})
    with setting(complaint, customer_first_scope="full_below_amount", customer_first_amount=Decimal(399)):
        with pytest.raises(NotProved):
            offer(complaint, agent, plan)
    with setting(complaint, customer_first_amount=Decimal(5000)):
        with pytest.raises(NotProved):
            offer(complaint, agent, plan)

    with setting(complaint, customer_first_scope="full_below_amount", customer_first_amount=Decimal(400)):
        assert offer(complaint, agent, plan, minutes=133).state == "offering"


# --- Advice


def test_s3_40_an_offer_without_a_reason_is_flagged(complaint, agent):
    four(complaint)
    plan = draft(complaint, agent, option(complaint, 40, {}))
    assert "谈判-10" in warned(plan)

    conceding.supply_reason(
        complaint.pk, reason="周六装好了", bottom_line_met=True, actor=agent, at=at_of(complaint, 132)
    )

    assert "谈判-10" not in warned(plan)


def test_s2_37_opening_at_the_limit_warns_and_below_it_does_not(complaint, agent):
    bargain.prepared(complaint, 50, opening=Decimal(50))
    plan = draft(complaint, agent, option(complaint, 40, {}))
    assert "谈判-11" in warned(plan)

    bargain.sheet(complaint, opening=Decimal(40))

    assert "谈判-11" not in warned(plan)


def test_s2_33_empty_fields_are_listed_with_the_plan(complaint, agent):
    bargain.prepared(complaint, long_term="", alternatives="")
    plan = draft(complaint, agent, option(complaint, 20, {}))

    (told,) = [one for one in planning.warnings(plan) if one.rule.code == "谈判-12"]

    empty = {name: str(title) for name, title in preparation.FIELDS.items() if str(title) in str(told.sentence)}
    assert set(empty) == {"alternatives"}
    assert str(preparation.WORTH_SAYING["long_term"]) in str(told.sentence)


def test_s3_28_the_warnings_are_written_down_with_the_plan(complaint, agent):
    draft(complaint, agent, option(complaint, 40, {}))

    assert "谈判-09" in complaint.events.get(kind="plan.drafted").data["warnings"]
    assert kinds(complaint)[-1] == "plan.drafted"


def test_s1_35_demands_without_an_amount_are_never_excessive(agent):
    complaint = bargain.late_installation(demands=(DemandLine("快点"),))

    assert offer(complaint, agent, option(complaint, 400, {})).state == "offering"
