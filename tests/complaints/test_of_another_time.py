"""What was said, asked or decided in another round or stage counts for nothing in this one."""

from datetime import timedelta

import pytest

from huiyin.complaints.callbacks import CallbackResult
from huiyin.complaints.conversation import ClosedPromisesNothing, Say, Skip
from huiyin.complaints.guards.closing import NotPutIntoEffect, OutsideDecisionMissing
from huiyin.complaints.guards.inquiry import HandlerUnfit, OwnerIsHandler
from huiyin.complaints.lifecycle import CaseMerged, WrongState
from huiyin.complaints.models import Complaint, Confirmation
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import (
    execution,
    explanation,
    external,
    flags,
    followup,
    linking,
    messages,
    offering,
    reopening,
    review,
    withdrawal,
)
from huiyin.complaints.steps.flags import OutsideIsOver
from huiyin.complaints.steps.followup import CallbackTooEarly
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints.checks import sound
from tests.complaints.settings import setting
from tests.complaints.test_external import decision
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT_DAY = when(2025, 3, 5, 16)


def reopened(complaint, actor, **changes):
    at = complaint.closed_at + DAY
    words = Say("划痕一事我们重新核查。", next=Spoken("核查结果", at + DAY))
    return reopening.reopen(complaint.pk, reason="又出现划痕", words=words, actor=actor, at=at, **changes)


# --- The second person


def test_t7_a_question_nobody_decided_in_the_first_round_does_not_stop_the_second(agent, supervisor):
    complaint = factories.analysed(found=factories.unfounded(), category="communication.promotion")
    explanation.ask_unfounded(complaint.pk, reason="误读规则", actor=agent, at=at_of(complaint, 95))
    Complaint.objects.filter(pk=complaint.pk).update(round=2)
    complaint.findings.update(round=2)

    asked = explanation.ask_unfounded(complaint.pk, reason="仍是误读", actor=agent, at=at_of(complaint, 200))

    assert list(Confirmation.objects.order_by("pk").values_list("round", "confirmed")) == [(1, False), (2, None)]
    assert asked.round == 2


def test_t23_a_withdrawal_asked_for_in_an_earlier_round_is_asked_for_again(agent, supervisor):
    complaint = factories.investigating()
    withdrawal.ask_withdrawal(complaint.pk, said="算了", via="phone", actor=agent, at=at_of(complaint, 50))
    Complaint.objects.filter(pk=complaint.pk).update(round=2)

    row = withdrawal.ask_withdrawal(complaint.pk, said="撤回", via="phone", actor=agent, at=at_of(complaint, 60))

    assert (row.round, Confirmation.objects.filter(confirmed=None).count()) == (2, 1)


# --- Outside


def test_t24_a_decision_that_ended_the_case_once_does_not_end_it_again(agent, supervisor, leader):
    complaint = factories.investigating()
    Complaint.objects.filter(pk=complaint.pk).update(external=True)
    external.record_decision(complaint.pk, decision(complaint), actor=agent, at=at_of(complaint, 600))
    words = Say(
        "我们按消协调解协议办理划痕一事。",
        keeps=tuple(complaint.promises.filter(kind="spoken").values_list("pk", flat=True)),
    )
    external.settle_externally(complaint.pk, words, actor=leader, at=at_of(complaint, 610))
    later.reviewed(complaint, at=at_of(complaint, 620))
    closed = review.close(complaint.pk, Say("划痕一事已办结。"), actor=supervisor, at=at_of(complaint, 630))
    reopened(closed, supervisor)

    with pytest.raises(OutsideDecisionMissing):
        external.settle_externally(
            complaint.pk, Say("按原协议。"), actor=leader, at=closed.closed_at + DAY + timedelta(hours=1)
        )


def test_s1_19_only_a_supervisor_says_that_the_outside_case_is_over(agent, supervisor):
    complaint = factories.investigating()
    flags.set_flag(complaint.pk, "external", True, reason="消协来函", actor=agent, at=at_of(complaint, 50))
    over = {"reason": "来函与本案无关", "at": at_of(complaint, 60)}

    with pytest.raises(OutsideIsOver) as refused:
        flags.set_flag(complaint.pk, "external", False, actor=agent, **over)

    assert refused.value.rule.code == "外部-01"
    assert not flags.set_flag(complaint.pk, "external", False, actor=supervisor, **over).external
    sound(complaint)


# --- Callbacks


def test_s0_56_a_callback_before_everything_is_carried_out_counts_for_nothing(agent):
    complaint = later.executing()
    coupon = complaint.actions.get(remedy="coupon")
    proof = execution.Proof("", "C-1", tell=Say("优惠券C-1已发放，请查收。"))
    execution.finish_action(coupon.pk, proof, actor=agent, at=at_of(complaint, 170))
    execution.record_arrival(coupon.pk, words=Skip("即时到账"), actor=agent, at=at_of(complaint, 171))
    row = complaint.callbacks.get(status="open")
    result = CallbackResult(satisfied=True, end_condition_met=True, trust_gained=True)

    with pytest.raises(WrongState):
        followup.record_callback(row.pk, result, actor=agent, at=NEXT_DAY)


def test_s2_59_whether_it_still_holds_is_not_asked_in_the_same_breath(agent):
    complaint = later.following_up()
    with setting(complaint, followup_count=2):
        later.call_back(complaint, at=NEXT_DAY)

        with pytest.raises(CallbackTooEarly) as refused:
            later.call_back(complaint, at=NEXT_DAY + timedelta(minutes=1))
        row = later.call_back(complaint, at=NEXT_DAY + DAY)

    assert (refused.value.rule.code, row.kind) == ("回访-04", "verify")


# --- Reopening


def test_amb_12_a_case_is_not_reopened_with_its_owner_as_handler(agent, supervisor):
    complaint = later.closed()
    agents_too = factories.acting("ji", Role.AGENT, Role.HANDLER, of="quality")
    Complaint.objects.filter(pk=complaint.pk).update(owner=agents_too.person)

    with pytest.raises(OwnerIsHandler) as refused:
        reopened(complaint, supervisor, handler=agents_too.person)

    assert refused.value.rule.code == "分派-04"


def test_s1_31_a_case_is_not_reopened_for_somebody_who_does_not_investigate(supervisor, other_agent):
    complaint = later.closed()

    with pytest.raises(HandlerUnfit) as refused:
        reopened(complaint, supervisor, handler=other_agent.person)

    assert refused.value.rule.code == "分派-01"


# --- Closing


def test_s1_19_a_case_does_not_close_over_a_message_nobody_answered(agent, supervisor):
    complaint = later.reviewing()
    at = complaint.stage_since + later.HOUR
    later.reviewed(complaint, at=at)
    messages.record_inbound(complaint.pk, "发票呢？", medium="phone", where_is_it=False, actor=agent, at=at)

    with pytest.raises(NotPutIntoEffect) as refused:
        review.close(complaint.pk, Skip("已电话告知"), actor=supervisor, at=at + later.HOUR)

    assert refused.value.missing == ("told",)
    words = Say("发票已寄出，划痕一事办结。")
    assert review.close(complaint.pk, words, actor=supervisor, at=at + later.HOUR).state == "closed"


def test_s4_33_nothing_is_promised_in_a_closed_case(agent):
    complaint = later.closed()
    at = complaint.closed_at + later.HOUR

    with pytest.raises(ClosedPromisesNothing) as refused:
        messages.send_message(complaint.pk, Say("明天回电。", next=Spoken("回电", at + DAY)), actor=agent, at=at)

    assert refused.value.rule.code == "承诺-06"


def test_t17_what_was_refused_above_the_standard_can_be_closed(agent, leader, supervisor):
    complaint = later.offering()
    kept = tuple(complaint.promises.filter(kind="spoken", ended_at=None).values_list("pk", flat=True))
    words = Say("十倍赔偿超出标准；您仍可选择退款或换新。", keeps=kept)
    offering.refuse_above_standard(
        complaint.pk, reason="高于标准", alternative="退款", words=words, actor=leader, at=at_of(complaint, 150)
    )
    later.reviewed(complaint, at=at_of(complaint, 160))

    closed = review.close(complaint.pk, Skip("主管领导已答复"), actor=supervisor, at=at_of(complaint, 170))

    assert sound(closed).outcome == "refused_above_standard"


# --- Merged


def test_s1_04_what_arrives_for_a_merged_case_reaches_the_one_that_goes_on(agent):
    complaint, target = factories.received(), factories.investigating()
    linking.merge(complaint.pk, into=target.pk, reason="同一台", actor=agent, at=at_of(target, 50))
    given = {"medium": "email", "where_is_it": False, "at": at_of(target, 60)}

    with pytest.raises(CaseMerged):
        messages.record_inbound(complaint.pk, "有结果吗", actor=agent, **given)
    row = messages.record_inbound(complaint.pk, "有结果吗", actor=Actor.system("mail"), **given)

    assert row.complaint == target
    assert sound(target).waiting_since == at_of(target, 60)
