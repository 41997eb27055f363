"""The end of the execution: all done and told, the apology made, the callbacks set."""

import pytest

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.guards.closing import ApologyOwed, NotAllDone
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Action, Apology, Callback
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import execution
from huiyin.complaints.steps.execution import (
    Proof,
)
from tests import factories, later
from tests.complaints.checks import running, sound
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
SENT = Say("新机已发出，顺丰单号SF1234567890123，请您留意签收。")


def action(complaint, remedy):
    return Action.objects.get(complaint=complaint, remedy=remedy)


def finish(row, actor, *, kind="", reference="", minutes=200, **more):
    proof = Proof(kind, reference, **more)
    return execution.finish_action(row.pk, proof, actor=actor, at=at_of(row.complaint, minutes))


def test_t18_the_end_of_the_execution_sets_the_callbacks(agent):
    complaint = later.following_up()

    assert sound(complaint).state == "following_up"
    assert list(complaint.callbacks.values_list("kind", "due_at", "status")) == [
        ("next_day", when(2025, 3, 5, 18), "open")
    ]
    assert "callback" in running(complaint)


def test_t18_with_an_action_open_or_untold_the_execution_is_not_finished(agent, handler):
    complaint = later.executing()
    with pytest.raises(NotAllDone) as refused:
        later.followed_up(complaint)
    finish(action(complaint, "coupon"), agent, reference="C-1", tell=Say("优惠券C-1已发放。"))
    finish(action(complaint, "full_refund"), handler, reference="PAY-1")
    with pytest.raises(NotAllDone):
        later.followed_up(complaint)

    assert refused.value.rule.code == "执行-02"
    assert sound(complaint).state == "executing"


def test_s0_21_a_last_message_that_names_the_number_tells_the_customer(agent, handler):
    complaint = later.executing()
    finish(action(complaint, "coupon"), agent, reference="C-1", tell=Say("优惠券C-1已发放。"))
    finish(action(complaint, "full_refund"), handler, reference="PAY-77")
    words = Say("退款已办妥，流水号PAY-77，请您查收。")

    execution.finish_execution(complaint.pk, words, actor=agent, at=at_of(complaint, 210))

    assert action(complaint, "full_refund").customer_told_at == at_of(complaint, 210)
    assert sound(complaint).state == "following_up"


@pytest.mark.parametrize("who", ["other_agent", "other_handler", "supervisor", "leader", "duty_agent"])
def test_t18_only_owner_and_handler_finish_the_execution(who, request, policy):
    complaint, actor = later.executing(), request.getfixturevalue(who)
    later.finish_all(complaint)

    with pytest.raises(WrongSeat):
        execution.finish_execution(complaint.pk, Skip("已告知"), actor=actor, at=at_of(complaint, 210))


def test_t18_the_handler_finishes_it_without_speaking_to_the_customer(handler):
    complaint = later.executing()
    later.finish_all(complaint)

    execution.finish_execution(complaint.pk, Skip("责任人已逐项告知"), actor=handler, at=at_of(complaint, 210))

    assert sound(complaint).state == "following_up"


def test_s2_25_for_our_own_fault_the_company_apologises_before_the_follow_up(agent):
    complaint = later.executing(found=factories.finding(side="company"))
    later.finish_all(complaint)
    with pytest.raises(ApologyOwed) as refused:
        later.followed_up(complaint)
    words = Say("手机到手就有划痕，是我们的过错，我代表公司向您道歉。", apology=Apology.LIABILITY)

    execution.finish_execution(complaint.pk, words, actor=agent, at=at_of(complaint, 220))

    assert refused.value.rule.code == "致歉-02"
    assert sound(complaint).state == "following_up"


def test_s2_25_an_apology_as_a_remedy_is_proved_by_the_message_that_carried_it(agent):
    found = factories.finding(side="company")
    complaint = later.planning(found=found)
    option = later.small_coupon(complaint, lines=(Line("apology"),))
    later.drafted(complaint, option, later.small_coupon(complaint))
    later.plan_steps.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 130))
    later.chosen(complaint)
    words = Say("手机到手就有划痕，我代表公司向您道歉。", apology=Apology.LIABILITY)

    row = finish(action(complaint, "apology"), agent, tell=words)

    assert row.proof_reference == str(complaint.interactions.filter(direction="out").last().pk)
    assert later.followed_up(complaint).state == "following_up"


def test_s2_28_two_callbacks_where_the_company_is_at_fault(agent):
    complaint = later.executing(found=factories.finding(side="company"))
    later.finish_all(complaint)
    words = Say("手机到手就有划痕，我代表公司向您道歉。", apology=Apology.LIABILITY)
    execution.finish_execution(complaint.pk, words, actor=agent, at=at_of(complaint, 220))

    rows = Callback.objects.filter(complaint=complaint, status="open").values_list("kind", "due_at")
    assert list(rows) == [("next_day", when(2025, 3, 5, 18)), ("verify", when(2025, 3, 8, 18))]
