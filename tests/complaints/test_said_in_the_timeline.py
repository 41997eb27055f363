"""What a row says that matters is in the timeline too, so that nobody rewrites it unseen (ENG-16)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from huiyin.complaints import timeline
from huiyin.complaints.answers import UnknownWay
from huiyin.complaints.models import Complaint, Override, Task
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import flags, registration
from huiyin.complaints.steps.registration import Settlement
from tests import factories, later
from tests.complaints.checks import sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db


def newest(complaint, kind):
    return complaint.events.filter(kind=kind).latest("number")


def test_eng_16_a_plan_says_each_remedy_and_amount_of_each_option(agent):
    complaint = later.planning()

    later.drafted(complaint)

    assert newest(complaint, "plan.drafted").data["lines"] == [
        [["full_refund", "1299.00"], ["coupon", "50.00"]],
        [["exchange", "0.00"], ["coupon", "50.00"]],
    ]
    sound(complaint)


def test_s0_08_a_corrected_emotion_leaves_the_first_reading_in_the_timeline(agent):
    complaint = factories.registered(emotion=4, emotion_note="语气强硬")

    registration.save_form(
        complaint.pk, factories.form(emotion=2, emotion_note="缓和了"), actor=agent, at=at_of(complaint, 35)
    )

    first, second = newest(complaint, "complaint.registered"), newest(complaint, "registration.corrected")
    assert (first.data["emotion"], second.data["emotion"]) == (4, 2)
    assert [event.texts.get(name="emotion").text for event in (first, second)] == ["语气强硬", "缓和了"]
    assert "强硬" not in timeline.canonical(first.data)


def test_s2_21_what_a_leader_let_pass_stays_passed_when_the_form_is_corrected(agent, leader):
    complaint = factories.registered()
    form = factories.form(restated="", confirmed=False)
    with pytest.raises(registration.intake.NotRestated):
        registration.save_form(complaint.pk, form, actor=agent, at=at_of(complaint, 35))
    Override.objects.create(
        complaint=complaint, round=1, rule="登记-03", reason="客户挂断", approver=leader.person, at=at_of(complaint, 36)
    )

    registration.save_form(complaint.pk, form, actor=agent, at=at_of(complaint, 37))

    assert Complaint.objects.get(pk=complaint.pk).registration.restated == ""


def test_the_way_a_settlement_was_agreed_is_one_we_know(agent):
    complaint = factories.registered(minor=True)
    settlement = Settlement(
        "20元优惠券", (Line("coupon", Decimal(20)),), "照片可见", "wrong_stock", 120, "可以", "pigeon"
    )
    words = factories.promised(complaint, "券已为您申请，划痕给您添麻烦了。", 180)

    with pytest.raises(UnknownWay):
        registration.settle_at_once(complaint.pk, settlement, words, actor=agent, at=at_of(complaint, 40))
    done = registration.settle_at_once(
        complaint.pk, replace(settlement, via="phone"), words, actor=agent, at=at_of(complaint, 40)
    )
    assert done.state == "executing"


def test_s0_34_a_broken_promise_does_not_stop_the_coordination_meeting(agent):
    complaint = factories.investigating()

    flags.set_flag(complaint.pk, "compound", True, reason="物流与质量", actor=agent, at=at_of(complaint, 300))

    task = Task.objects.get(complaint=complaint, kind="coordinate")
    assert task.due_at > at_of(complaint, 300)
    sound(complaint)
