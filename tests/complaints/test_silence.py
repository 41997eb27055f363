"""Silence is only what nobody has broken: a customer who said something since is asked again (AMB-40)."""

from datetime import timedelta

import pytest

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.guards.closing import Dissatisfied, EndNotReached
from huiyin.complaints.guards.inquiry import NotAnsweredYet
from huiyin.complaints.guards.silence import NotSilentLongEnough
from huiyin.complaints.steps import explanation, followup, messages, offering, portal
from tests import factories, later
from tests.complaints.checks import sound
from tests.complaints.settings import setting
from tests.factories import when

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT_DAY = when(2025, 3, 5, 16)


def keep_trying(complaint, actor, *, since=NEXT_DAY):
    """A try on each of three days, then the final message; gives the time after it."""
    for day in range(3):
        followup.record_contact_attempt(
            complaint.pk, medium="phone", note="无人接听", final_notice=None, actor=actor, at=since + day * DAY
        )
    final = Say(f"多次联系未果，先行结案；随时凭{complaint.number}联系我们。", medium="letter")
    at = since + 2 * DAY + timedelta(hours=1)
    followup.record_contact_attempt(complaint.pk, medium="letter", note="", final_notice=final, actor=actor, at=at)
    return at + timedelta(hours=1)


def conclude(complaint, actor, at):
    return followup.conclude_followup(complaint.pk, Skip("客户始终未应答"), actor=actor, at=at)


def test_amb_40_a_customer_who_wrote_meanwhile_is_not_silent(agent):
    complaint = later.following_up()
    at = keep_trying(complaint, agent)
    messages.record_inbound(complaint.pk, "我出差了，东西还没看", medium="email", where_is_it=False, actor=agent, at=at)

    with pytest.raises(EndNotReached):
        conclude(complaint, agent, at + timedelta(hours=1))

    conclude(complaint, agent, keep_trying(complaint, agent, since=at + DAY))
    assert sound(complaint).outcome == "closed_no_answer"


def test_amb_40_a_customer_who_was_reached_on_the_telephone_is_not_silent(agent):
    complaint = later.following_up()
    row = complaint.callbacks.get(status="open")
    at = keep_trying(complaint, agent)
    followup.attempt_callback(row.pk, medium="phone", reached=True, note="约明天再谈", actor=agent, at=at)

    with pytest.raises(EndNotReached):
        conclude(complaint, agent, at + timedelta(hours=1))


def test_amb_40_a_nudge_on_the_portal_breaks_the_silence_over_an_explanation(agent):
    complaint = factories.explaining()
    at = keep_trying(complaint, agent)
    portal.nudge(complaint.pk, customer=complaint.customer, at=at)

    with pytest.raises(NotAnsweredYet):
        explanation.conclude_explanation(complaint.pk, Skip("未应答"), actor=agent, at=at + timedelta(hours=1))


def test_amb_40_an_objection_to_the_offer_is_an_answer(agent):
    complaint = later.offering()
    at = keep_trying(complaint, agent)
    portal.customer_object(complaint.pk, text="不够", customer=complaint.customer, at=at)

    with pytest.raises(NotSilentLongEnough):
        offering.carry_out_what_is_owed(
            complaint.pk, option_id=later.option(complaint).pk, words=Skip("?"), actor=agent, at=at + DAY
        )


def test_s0_23_a_rejection_after_a_good_callback_is_the_last_word(agent, leader):
    complaint = later.following_up()
    with setting(complaint, loop_max_rounds=0):
        later.call_back(complaint, at=NEXT_DAY)
        portal.customer_reject(complaint.pk, text="又坏了", customer=complaint.customer, at=NEXT_DAY + DAY)
        assert sound(complaint).state == "following_up"

        with pytest.raises(Dissatisfied) as refused:
            conclude(complaint, agent, NEXT_DAY + 2 * DAY)

    assert refused.value.rule.code == "回访-03"
