from datetime import timedelta

import pytest
from django.utils import translation

from huiyin.complaints.answers import UnknownWay
from huiyin.complaints.callbacks import CallbackResult, OneSided, ScoreOutOfRange
from huiyin.complaints.conversation import NoNextTime, Say, Skip
from huiyin.complaints.guards.closing import (
    Dissatisfied,
    EndNotReached,
    NotDissatisfied,
    OwnersRound,
    RoundsUsedUp,
    TooFewCallbacks,
)
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Callback, CallbackAttempt, ContactAttempt, Option, Promise
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import execution, followup, reopening, review
from huiyin.complaints.steps.followup import CallbackEnded, CallbackTooEarly, FinalMessageSpoken
from huiyin.messaging.models import Notice
from tests import factories, later
from tests.complaints import bargain
from tests.complaints.checks import kinds, running, sound
from tests.complaints.settings import setting
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
THANKS = Say("感谢您的认可，有任何问题随时找我。")
NEXT_DAY = when(2025, 3, 5, 16)


def due(complaint):
    return Callback.objects.filter(complaint=complaint, status="open").order_by("due_at").first()


def say_no(complaint, actor, *, at=NEXT_DAY, **changes):
    said = {"satisfied": False, "end_condition_met": False, "trust_gained": False, "comment": "新机也有划痕"}
    result = CallbackResult(**{**said, **changes})
    return followup.record_callback(due(complaint).pk, result, actor=actor, at=at)


def conclude(complaint, actor, *, at, words=THANKS):
    return followup.conclude_followup(complaint.pk, words, actor=actor, at=at)


def back_to_work(complaint, actor, *, at=NEXT_DAY + timedelta(minutes=10), hours=2):
    words = Say("新机的划痕我们重新核查，两小时内告诉您结果。", next=Spoken("核查结果", at + timedelta(hours=hours)))
    return followup.restart(complaint.pk, words, actor=actor, at=at)


# --- Calling back


def test_s0_56_the_callback_holds_what_the_customer_said_about_matter_and_feeling(agent):
    complaint = later.following_up()

    row = later.call_back(complaint, at=NEXT_DAY, trust_gained=True, comment="夸奖追责及时")

    row.refresh_from_db()
    assert (row.status, row.satisfied, row.end_condition_met, row.trust_gained) == ("reached", "yes", True, True)
    assert (row.matter_score, row.feeling_score, row.comment, row.done_by) == (5, 5, "夸奖追责及时", agent.person)
    attempt = CallbackAttempt.objects.get(callback=row)
    assert (attempt.reached, attempt.medium) == (True, "phone")
    assert kinds(complaint)[-1] == "callback.made"
    sound(complaint)


def test_s0_56_on_the_day_of_the_arrival_itself_it_is_too_early_and_closing_is_refused(agent, supervisor):
    complaint = later.following_up()
    refund = complaint.actions.get(remedy="full_refund")
    execution.record_arrival(refund.pk, words=Say("退款到账，请核对。"), actor=agent, at=when(2025, 3, 5, 15))

    with pytest.raises(CallbackTooEarly) as refused:
        later.call_back(complaint, at=when(2025, 3, 5, 17))
    with pytest.raises(EndNotReached):
        conclude(complaint, agent, at=when(2025, 3, 5, 17))
    with pytest.raises(WrongState):
        review.close(complaint.pk, THANKS, actor=supervisor, at=when(2025, 3, 5, 17))

    assert refused.value.rule.code == "回访-04"
    assert later.call_back(complaint, at=when(2025, 3, 6, 9)).status == "reached"


def test_amb_14_where_the_pack_wants_the_same_day_it_is_not_too_early(agent):
    complaint = later.following_up()

    with setting(complaint, followup_first="same_day"):
        row = later.call_back(complaint, at=at_of(complaint, 300))

    assert row.status == "reached"


@pytest.mark.parametrize("score", [0, 6, -1])
def test_s2_57_a_score_lies_between_one_and_five(agent, score):
    complaint = later.following_up()

    with pytest.raises(ScoreOutOfRange) as refused:
        later.call_back(complaint, at=NEXT_DAY, matter_score=score)

    assert refused.value.rule.code == "回访-06"
    assert due(complaint) is not None


@pytest.mark.parametrize("which", ["matter_score", "feeling_score"])
def test_s2_57_a_low_rating_is_stored_and_counts_as_dissatisfied(agent, which):
    complaint = later.following_up()

    row = later.call_back(complaint, at=NEXT_DAY, **{which: 2})

    assert row.satisfied == "no"
    with pytest.raises(Dissatisfied):
        conclude(complaint, agent, at=NEXT_DAY)
    assert back_to_work(complaint, agent).state == "investigating"


def test_s2_28_a_callback_is_made_once(agent):
    complaint = later.following_up()
    row = later.call_back(complaint, at=NEXT_DAY)
    again = CallbackResult(satisfied=True, end_condition_met=True, trust_gained=True)

    with pytest.raises(CallbackEnded):
        followup.record_callback(row.pk, again, actor=agent, at=NEXT_DAY)


def test_the_way_of_a_callback_is_one_we_know(agent):
    with pytest.raises(UnknownWay):
        later.call_back(later.following_up(), at=NEXT_DAY, via="pigeon")


@pytest.mark.parametrize("who", ["other_agent", "handler", "supervisor", "leader", "duty_agent"])
def test_t19_only_the_owner_calls_back_and_concludes(who, request, policy):
    complaint, actor = later.following_up(), request.getfixturevalue(who)
    row = due(complaint)
    result = CallbackResult(satisfied=True, end_condition_met=True, trust_gained=True)

    with pytest.raises(WrongSeat):
        followup.record_callback(row.pk, result, actor=actor, at=NEXT_DAY)
    with pytest.raises(WrongSeat):
        followup.attempt_callback(row.pk, medium="phone", reached=False, note="", actor=actor, at=NEXT_DAY)
    with pytest.raises(WrongSeat):
        conclude(complaint, actor, at=NEXT_DAY)


def test_amb_12_the_duty_agent_calls_back_for_the_absent_owner(agent, duty_agent, supervisor):
    complaint = later.following_up()
    factories.away(agent.person, when(2025, 3, 5, 9), by=supervisor.person, hours=48)
    result = CallbackResult(satisfied=True, end_condition_met=True, trust_gained=True)

    followup.record_callback(due(complaint).pk, result, actor=duty_agent, at=NEXT_DAY)

    assert conclude(complaint, duty_agent, at=NEXT_DAY).outcome == "resolved_accepted"
    sound(complaint)


# --- T19


@pytest.mark.parametrize(
    ("category", "cause", "condition"),
    [("quality.damage", "transport_damage", "the goods"), ("transport.courier", "attitude", "the solution")],
)
def test_s0_22_the_category_says_what_must_be_confirmed(agent, category, cause, condition):
    complaint = later.following_up(category=category, found=factories.finding(cause=cause))
    later.call_back(complaint, at=NEXT_DAY, end_condition_met=False)

    with pytest.raises(EndNotReached) as refused:
        conclude(complaint, agent, at=NEXT_DAY)

    assert refused.value.rule.code == "回访-01"
    with translation.override("en"):
        assert condition in str(refused.value.params["condition"])
    assert due(complaint).due_at > NEXT_DAY
    sound(complaint)


def test_s0_22_with_the_end_condition_confirmed_the_case_is_resolved_and_accepted(agent):
    complaint = later.following_up()
    later.call_back(complaint, at=NEXT_DAY)

    conclude(complaint, agent, at=NEXT_DAY)

    fresh = sound(complaint)
    assert (fresh.state, fresh.outcome) == ("reviewing", "resolved_accepted")
    assert "review" in running(complaint)


def test_s2_28_with_two_callbacks_wanted_one_is_not_enough_and_the_second_verifies(agent):
    complaint = later.following_up()
    with setting(complaint, followup_count=2):
        later.call_back(complaint, at=NEXT_DAY)

        with pytest.raises(TooFewCallbacks) as refused:
            conclude(complaint, agent, at=NEXT_DAY)
        second = due(complaint)
        assert (second.kind, second.due_at) == ("verify", when(2025, 3, 8, 18))
        later.call_back(complaint)
        conclude(complaint, agent, at=second.due_at)

    assert (refused.value.rule.code, refused.value.params) == ("回访-02", {"have": 1, "need": 2})
    assert sound(complaint).outcome == "resolved_accepted"


def test_amb_14_an_escalated_case_needs_two_callbacks(agent):
    complaint = later.following_up()
    complaint.refresh_from_db()
    complaint.escalated = True
    complaint.save(update_fields=["escalated"])
    bargain.prepared(complaint, minutes=230)
    later.call_back(complaint, at=NEXT_DAY)

    with pytest.raises(TooFewCallbacks):
        conclude(complaint, agent, at=NEXT_DAY)


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({"end_condition_met": None, "trust_gained": True}, ("end_condition_met",)),
        ({"end_condition_met": True, "trust_gained": None}, ("trust_gained",)),
        ({"end_condition_met": None, "trust_gained": None}, ("end_condition_met", "trust_gained")),
    ],
)
def test_s4_122_a_callback_asks_whether_it_is_repaired_and_whether_trust_is(agent, answers, missing):
    complaint = later.following_up()

    with pytest.raises(OneSided) as refused:
        later.call_back(complaint, at=NEXT_DAY, matter_score=None, feeling_score=None, **answers)

    assert (refused.value.rule.code, refused.value.missing) == ("回访-08", missing)
    assert due(complaint).purpose == "quality trust"


@pytest.mark.parametrize("answers", [{"matter_score": None, "feeling_score": None, "trust_gained": False}, {}])
def test_s4_122_both_asked_is_a_callback_made(agent, answers):
    complaint = later.following_up()

    assert later.call_back(complaint, at=NEXT_DAY, **answers).status == "reached"


# --- T20


def test_s0_23_a_dissatisfied_callback_reopens_with_round_2_and_promises_restart(agent):
    complaint = later.following_up()
    say_no(complaint, agent)
    with pytest.raises(Dissatisfied):
        conclude(complaint, agent, at=NEXT_DAY)

    back_to_work(complaint, agent)

    fresh = sound(complaint)
    assert (fresh.state, fresh.round, fresh.outcome) == ("investigating", 2, "")
    clock = Promise.objects.get(complaint=complaint, code="investigation", ended_at=None)
    assert (clock.round, clock.start_at) == (2, NEXT_DAY + timedelta(minutes=10))
    assert Promise.objects.get(complaint=complaint, kind="spoken", ended_at=None).what == "核查结果"
    assert fresh.plans.get().status == "superseded"
    assert later.option(complaint).status == "executed"
    assert due(complaint) is None


def test_s0_23_another_round_needs_dissatisfaction_and_a_time(agent):
    complaint = later.following_up()
    with pytest.raises(NotDissatisfied):
        back_to_work(complaint, agent)
    say_no(complaint, agent)

    with pytest.raises(NoNextTime):
        followup.restart(complaint.pk, Say("新机的划痕我们重新核查。"), actor=agent, at=NEXT_DAY)

    assert sound(complaint).round == 1


def test_s0_23_the_second_round_goes_the_whole_way_again(agent, supervisor):
    complaint = later.following_up()
    say_no(complaint, agent)
    back_to_work(complaint, agent)
    complaint.refresh_from_db()
    later.second_round(complaint, since=NEXT_DAY + timedelta(minutes=30))

    fresh = sound(complaint)
    assert (fresh.state, fresh.round) == ("following_up", 2)
    assert list(fresh.plans.values_list("round", "status")) == [(1, "superseded"), (2, "chosen")]
    assert Option.objects.filter(plan__complaint=complaint, status="executed").count() == 2


def test_amb_15_after_the_last_round_a_leader_decides(agent, leader):
    complaint = later.following_up()
    with setting(complaint, loop_max_rounds=1):
        say_no(complaint, agent)
        with pytest.raises(OwnersRound):
            back_to_work(complaint, leader)
        back_to_work(complaint, agent)
        later.second_round(complaint, since=NEXT_DAY + timedelta(minutes=30))
        at = due(complaint).due_at
        say_no(complaint, agent, at=at)

        with pytest.raises(RoundsUsedUp) as refused:
            back_to_work(complaint, agent, at=at)
        assert Notice.objects.get(kind="leader.decides").person == leader.person
        back_to_work(complaint, leader, at=at)

    assert refused.value.rule.code == "流程-06"
    assert sound(complaint).round == 3


# --- Nobody answers


def test_amb_40_a_missed_callback_is_a_try_and_three_days_with_a_final_message_end_the_case_unanswered(agent):
    complaint = later.following_up()
    row = due(complaint)
    for day in range(3):
        followup.attempt_callback(
            row.pk, medium="phone", reached=False, note="无人接听", actor=agent, at=NEXT_DAY + timedelta(days=day)
        )
    with pytest.raises(EndNotReached):
        conclude(complaint, agent, at=NEXT_DAY + timedelta(days=2))
    final = Say(f"多次联系未果，先行结案；随时凭{complaint.number}联系我们。", medium="letter")
    followup.record_contact_attempt(
        complaint.pk,
        medium="letter",
        note="",
        final_notice=final,
        actor=agent,
        at=NEXT_DAY + timedelta(days=2, hours=1),
    )

    conclude(complaint, agent, at=NEXT_DAY + timedelta(days=2, hours=2), words=Skip("客户始终未应答"))

    fresh = sound(complaint)
    row.refresh_from_db()
    assert (fresh.outcome, row.status, row.satisfied) == ("closed_no_answer", "not_reached", "")
    assert ContactAttempt.objects.filter(complaint=complaint, final_notice=True).count() == 1


def test_amb_40_three_tries_on_one_day_are_not_silence(agent):
    complaint = later.following_up()
    for hour in range(3):
        followup.attempt_callback(
            due(complaint).pk, medium="phone", reached=False, note="", actor=agent, at=NEXT_DAY + timedelta(hours=hour)
        )
    final = Say("多次联系未果，先行结案。", medium="letter")
    followup.record_contact_attempt(
        complaint.pk, medium="letter", note="", final_notice=final, actor=agent, at=NEXT_DAY + timedelta(hours=4)
    )

    with pytest.raises(EndNotReached):
        conclude(complaint, agent, at=NEXT_DAY + timedelta(hours=5))


def test_amb_40_the_final_message_is_written(agent):
    complaint = later.following_up()

    with pytest.raises(FinalMessageSpoken):
        followup.record_contact_attempt(
            complaint.pk, medium="phone", note="", final_notice=THANKS, actor=agent, at=NEXT_DAY
        )


def test_amb_40_a_silent_customer_may_come_back(agent, supervisor):
    complaint = later.closed_unanswered()

    reopening.reopen(
        complaint.pk,
        reason="客户出差回来，问题仍在",
        words=Say("划痕一事我们重新核查。", next=Spoken("核查结果", complaint.closed_at + timedelta(days=2))),
        actor=supervisor,
        at=complaint.closed_at + timedelta(days=1),
    )

    assert sound(complaint).state == "investigating"


def test_amb_40_tries_belong_to_the_stages_that_wait_for_an_answer(agent):
    complaint = later.executing()

    with pytest.raises(WrongState):
        followup.record_contact_attempt(
            complaint.pk, medium="phone", note="", final_notice=None, actor=agent, at=at_of(complaint, 170)
        )
