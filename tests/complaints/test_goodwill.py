from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import WrongState
from huiyin.complaints.models import Action, AuthorityUse, Finding
from huiyin.complaints.steps import claims, execution
from huiyin.complaints.steps.execution import (
    GoodwillTwice,
    NoSuchGoodwill,
    NothingRecovered,
    Proof,
)
from huiyin.people.roles import NotYourDuty, Role
from tests import factories, later
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
SENT = Say("新机已发出，顺丰单号SF1234567890123，请您留意签收。")


def action(complaint, remedy):
    return Action.objects.get(complaint=complaint, remedy=remedy)


def finish(row, actor, *, kind="", reference="", minutes=200, **more):
    proof = Proof(kind, reference, **more)
    return execution.finish_action(row.pk, proof, actor=actor, at=at_of(row.complaint, minutes))


@pytest.mark.parametrize(
    ("role", "department"), [(Role.AGENT, "customer_service"), (Role.FINANCE, "warehouse"), (Role.EDITOR, "warehouse")]
)
def test_s2_50_the_lowest_role_grants_a_catalogue_item_once_per_case(policy, role, department):
    complaint = factories.investigating()
    actor = factories.acting("dijibie", role, of=department)

    row = execution.grant_goodwill(complaint.pk, item="small_coupon", actor=actor, at=at_of(complaint, 50))
    with pytest.raises(GoodwillTwice) as refused:
        execution.grant_goodwill(complaint.pk, item="freight_voucher", actor=actor, at=at_of(complaint, 51))

    assert (row.amount, row.status, row.line) == (Decimal("20.00"), "open", None)
    assert refused.value.rule.code == "善意-01"
    use = AuthorityUse.objects.get(complaint=complaint)
    assert (use.person, use.goodwill, use.amount) == (actor.person, True, Decimal("20.00"))
    assert kinds(complaint)[-1] == "goodwill.granted"
    sound(complaint)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.TRAINER])
def test_s2_50_who_takes_no_part_in_cases_grants_nothing(policy, role):
    complaint = factories.received()

    with pytest.raises(NotYourDuty):
        execution.grant_goodwill(
            complaint.pk, item="small_coupon", actor=factories.acting("x", role), at=at_of(complaint, 5)
        )


def test_s2_50_only_the_catalogue_is_given_and_not_after_closing(agent):
    complaint = factories.received()
    with pytest.raises(NoSuchGoodwill) as refused:
        execution.grant_goodwill(complaint.pk, item="car", actor=agent, at=at_of(complaint, 5))
    closed = later.closed()
    with pytest.raises(WrongState):
        execution.grant_goodwill(closed.pk, item="small_coupon", actor=agent, at=closed.closed_at)

    assert refused.value.rule.code == "善意-02"


def test_s3_12_goodwill_is_no_part_of_the_plan_and_takes_no_budget(agent):
    complaint = later.planning()
    execution.grant_goodwill(complaint.pk, item="recycling", actor=agent, at=at_of(complaint, 126))
    later.drafted(complaint, later.small_coupon(complaint, 500), later.small_coupon(complaint, 30))

    later.plan_steps.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 130))

    assert sound(complaint).state == "offering"


@pytest.mark.parametrize(("cause", "first"), [("waiting", "priority_card"), ("attitude", "handwritten_card")])
def test_s0_35_the_cause_proposes_the_fitting_kindness_first(agent, cause, first):
    complaint = factories.received()
    Finding.objects.create(
        complaint=complaint,
        round=1,
        cause=cause,
        side="company",
        reasons_sufficient=True,
        demand_reasonable=True,
        grounds="等待",
        issued_by=agent.person,
        issued_at=complaint.received_at,
    )

    assert execution.suggested_goodwill(complaint)[0].code == first


def test_s0_40_free_recycling_is_suggested_for_a_damaged_device(agent):
    complaint = factories.registered()

    assert execution.suggested_goodwill(complaint)[0].code == "recycling"


# --- More than promised, and what came back


def test_s2_31_earlier_or_larger_than_promised_exceeds_the_expectation(agent):
    complaint = later.executing()
    assert not execution.delivered(complaint).exceeded

    later.finish_all(complaint)

    assert execution.delivered(complaint).exceeded


def test_s2_31_late_is_not_exceeded_even_with_a_kindness_and_in_time_with_one_is(agent):
    complaint = later.executing()
    coupon, refund = action(complaint, "coupon"), action(complaint, "full_refund")
    on_time = int((coupon.due_at - complaint.received_at) / timedelta(minutes=1))
    finish(coupon, agent, reference="C-1", minutes=on_time)
    finish(refund, agent, reference="PAY-1", minutes=on_time)
    assert not execution.delivered(complaint).exceeded

    execution.grant_goodwill(complaint.pk, item="small_coupon", actor=agent, at=at_of(complaint, on_time))

    assert execution.delivered(complaint).exceeded
    Action.objects.filter(pk=refund.pk).update(done_at=refund.due_at + timedelta(minutes=1))
    assert not execution.delivered(complaint).exceeded


def test_s1_37_net_loss_is_loss_less_what_was_recovered(agent):
    complaint = factories.analysed(found=factories.finding(loss=Decimal(2000)))
    assert execution.net_loss(complaint) == Decimal(2000)

    execution.record_recovery(
        complaint.pk, amount=Decimal(800), source="保险公司赔付", actor=agent, at=at_of(complaint, 100)
    )

    assert execution.net_loss(complaint) == Decimal(1200)
    assert complaint.events.get(kind="recovery.recorded").data["net"] == "1200.00"
    sound(complaint)


def test_s1_37_what_a_claim_brought_back_counts_too(agent):
    complaint = factories.analysed(found=factories.finding(loss=Decimal(2000)))
    claim = claims.open_claim(
        complaint.pk,
        claims.NewClaim("承运商", Decimal(1299), "运输损坏", at_of(complaint, 60 * 24 * 10)),
        actor=agent,
        at=at_of(complaint, 100),
    )
    for status, recovered in (
        ("evidence_sent", None),
        ("acknowledged", None),
        ("agreed", None),
        ("recovered", Decimal(800)),
    ):
        claims.move_claim(claim.pk, status, note="已到账", recovered=recovered, actor=agent, at=at_of(complaint, 200))

    assert execution.net_loss(complaint) == Decimal(1200)


@pytest.mark.parametrize(("amount", "source"), [(Decimal(0), "保险"), (Decimal(-5), "保险"), (Decimal(5), " ")])
def test_s1_37_a_recovery_is_an_amount_with_its_source(agent, amount, source):
    complaint = factories.analysed()

    with pytest.raises(NothingRecovered) as refused:
        execution.record_recovery(complaint.pk, amount=amount, source=source, actor=agent, at=at_of(complaint, 100))

    assert refused.value.rule.code == "追责-02"
