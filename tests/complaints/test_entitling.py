"""A claim measured by the law: evidence for each condition, who signs above the ceiling, what is called the maximum."""

from decimal import Decimal

import pytest

from huiyin.complaints import entitlement
from huiyin.complaints.conversation import Skip
from huiyin.complaints.guards.bargaining import (
    CeilingExceeded,
)
from huiyin.complaints.guards.solution import ApprovalNeeded
from huiyin.complaints.honesty import NoMaximum, NotMeasured, Threatening
from huiyin.complaints.models import Approval, Complaint
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import approval, entitling, investigation, planning
from huiyin.complaints.steps.entitling import Measure, MeasureUnclear, ShownByNothing
from huiyin.complaints.steps.planning import NewPlan
from huiyin.policy.compensation import UnknownCondition
from tests import factories, later
from tests.complaints import bargain
from tests.complaints.bargain import FEE, option
from tests.complaints.checks import sound
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


def measure(complaint, actor, *, minutes=129, **changes):
    given = Measure(**{"price": FEE, "refund": FEE, **changes})
    return entitling.assess_entitlement(complaint.pk, given, actor=actor, at=at_of(complaint, minutes))


def shown(complaint, *codes):
    proof = complaint.evidence.get(kind="delivery_record")
    return dict.fromkeys(codes, proof.pk)


def test_s3_26_a_claim_is_measured_with_the_evidence_of_each_condition(complaint, agent):
    measure(complaint, agent, shown=shown(complaint, "paid", "fraud"))

    event = complaint.events.get(kind="entitlement.assessed")
    assert (event.data["basis"], event.data["ceiling"], event.data["floor"]) == ("P1", "800.00", "800.00")
    assert "below_standard" in event.data["missing"]
    sound(complaint)


def test_s3_26_a_condition_shown_by_nothing_or_by_his_word_is_refused(complaint, agent):
    account = investigation.add_evidence(
        complaint.pk, factories.evidence("customer_account"), actor=factories.handler(), at=at_of(complaint, 128)
    )
    elsewhere = factories.with_evidence().evidence.all()[0]
    for proof in (account.pk, elsewhere.pk, 0):
        with pytest.raises(ShownByNothing) as refused:
            measure(complaint, agent, shown={"fraud": proof})

    assert refused.value.rule.code == "谈判-06"
    with pytest.raises(UnknownCondition):
        measure(complaint, agent, ruled_out=("annoyed",))


@pytest.mark.parametrize("changes", [{"price": Decimal(-1)}, {"loss": Decimal("NaN")}, {"promised": Decimal(100)}])
def test_s3_26_a_measure_that_is_none_is_refused(complaint, agent, changes):
    with pytest.raises(MeasureUnclear):
        measure(complaint, agent, **changes)


def test_s3_26_struck_evidence_shows_nothing_any_more(complaint, agent):
    measure(complaint, agent, shown=shown(complaint, "paid", "fraud"))
    complaint.evidence.filter(kind="delivery_record").update(struck_at=at_of(complaint, 130), struck_reason="假")

    assert entitlement.assessment(fresh(complaint)).ceiling == Decimal("200.00")


def test_pen_3_above_the_laws_ceiling_a_leader_signs(complaint, agent, supervisor, leader):
    measure(complaint, agent, promised=Decimal(20), promise_source="官网")
    draft(complaint, agent, option(complaint, 40, {}, lines=(Line("compensation", Decimal(240)),)))
    with setting(complaint, customer_first_scope="full_below_amount", customer_first_amount=Decimal(500)):
        with pytest.raises(CeilingExceeded) as refused:
            planning.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 132))
        planning.submit_plan(complaint.pk, WAIT, actor=agent, at=at_of(complaint, 132))
    assert (refused.value.rule.code, refused.value.params["ceiling"]) == ("谈判-07", Decimal("200.00"))
    assert Approval.objects.get(complaint=complaint).needed_role == "leader"

    with pytest.raises(CeilingExceeded):
        approval.approve_plan(complaint.pk, comment="", words=later.OFFER, actor=supervisor, at=at_of(complaint, 133))
    approved = approval.approve_plan(
        complaint.pk, comment="老客户", words=later.OFFER, actor=leader, at=at_of(complaint, 133)
    )

    assert approved.state == "offering"
    sound(complaint)


@pytest.mark.parametrize("title", ["这是法定最高赔偿", "依法律規定的上限", "the legal maximum"])
def test_pen_3_less_than_what_is_clear_is_not_called_the_legal_maximum(complaint, agent, title):
    with pytest.raises(NotMeasured):
        offer(complaint, agent, option(complaint, 40, {}, title=title))
    measure(complaint, agent, shown=shown(complaint, "paid", "fraud"))

    with pytest.raises(NoMaximum) as refused:
        offer(complaint, agent, option(complaint, 40, {}, title=title), minutes=132)

    assert (refused.value.rule.code, refused.value.params["clear"]) == ("谈判-08", Decimal("800.00"))


def test_amb_34_an_option_that_threatens_is_not_offered(complaint, agent):
    answers = later.answers(complaint, "不签字就不退", deviation="按标准")

    with pytest.raises(Threatening):
        offer(complaint, agent, option(complaint, 40, {}, answers=answers))


def test_s1_36_everything_else_is_refused_as_before(complaint, agent):
    with setting(complaint, approval_mode="all_before"), pytest.raises(ApprovalNeeded):
        offer(complaint, agent, option(complaint, 40, {}))
