from datetime import timedelta

import pytest

from huiyin.complaints import watch
from huiyin.complaints.conversation import ApologyUnsaid, LiabilityTooEarly, NoAddress, NoNextTime, Say, Skip
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Apology, Complaint, Interaction, Promise
from huiyin.complaints.promises import PromiseInThePast, PromiseNotRunning, ReplacementWithoutReason, Spoken
from huiyin.complaints.steps import messages
from huiyin.complaints.steps.messages import ClockNotReplaced, MovedUntold, NothingWritten
from huiyin.knowledge.coach import EmptyWords, WordsBlocked
from huiyin.messaging.models import Notice
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, running, sound
from tests.factories import TUESDAY_10, at_of

pytestmark = pytest.mark.django_db
STRANGERS = (Role.AGENT, Role.HANDLER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


def spoken(complaint):
    return Promise.objects.get(complaint=complaint, kind="spoken", ended_at=None)


def send(complaint, actor, *, minutes=130, **changes):
    promise = spoken(complaint)
    more = {"keeps": (promise.pk,), "next": Spoken("最终结果", at_of(complaint, 300)), **changes}
    text = "划痕一事仍在核查,尚无结果,很抱歉。" if "apology" in changes else "划痕一事仍在核查,尚无结果。"
    return messages.send_message(complaint.pk, Say(text, **more), actor=actor, at=at_of(complaint, minutes))


def inbound(complaint, actor, *, minutes=100, where_is_it=False, text="我的手机怎么样了"):
    return messages.record_inbound(
        complaint.pk, text, medium="phone", where_is_it=where_is_it, actor=actor, at=at_of(complaint, minutes)
    )


# --- To the customer -----------------------------------------------------------------------------------------------


def test_s2_24_no_result_yet_at_the_promised_time_keeps_the_promise_and_makes_the_next_due(complaint, agent):
    promise = spoken(complaint)

    send(complaint, agent, minutes=135)

    promise.refresh_from_db()
    assert (promise.status, spoken(complaint).due_at) == ("kept", at_of(complaint, 300))
    assert kinds(complaint)[-1] == "message.sent"
    sound(complaint)


def test_s2_24_a_message_without_the_next_time_is_refused_and_keeps_nothing(complaint, agent):
    with pytest.raises(NoNextTime) as refused:
        send(complaint, agent, next=None)

    assert refused.value.rule.code == "承诺-01"
    assert spoken(complaint).status == "open"
    assert not Interaction.objects.filter(complaint=complaint, direction="out", move="").exists()


def test_s2_24_an_internal_note_keeps_no_promise_and_ends_no_clock(complaint, agent):
    inbound(complaint, agent)

    messages.write_note(complaint.pk, "供应商说明天回复", actor=agent, at=at_of(complaint, 120))

    watch.fire_due(at_of(complaint, 136))
    assert spoken(complaint).status == "breached"
    assert "unanswered_message" in running(complaint)
    sound(complaint)


def test_s0_16_no_message_by_the_due_time_breaches_and_rings_owner_and_supervisor(complaint, agent, supervisor):
    watch.fire_due(at_of(complaint, 136))

    rung = Notice.objects.filter(kind="promise.breached").values_list("person__username", flat=True)
    assert {"xiaoli", "chenzhuguan"} <= set(rung)


def test_s0_13_a_promise_of_three_hours_at_nine_is_due_at_noon(agent):
    complaint = factories.investigating(actor=agent)
    nine = factories.when(2025, 3, 5, 9)
    promise = spoken(complaint)

    messages.send_message(
        complaint.pk,
        Say("划痕一事三小时内给出方案。", keeps=(promise.pk,), next=Spoken("方案", nine + timedelta(hours=3))),
        actor=agent,
        at=nine,
    )

    assert spoken(complaint).due_at == factories.when(2025, 3, 5, 12)
    watch.fire_due(factories.when(2025, 3, 5, 12, 1))
    assert Promise.objects.get(complaint=complaint, what="方案").status == "breached"


def test_s1_06_regret_is_said_before_the_finding_and_leaves_the_fault_open(complaint, agent):
    send(complaint, agent, apology=Apology.REGRET)

    assert Interaction.objects.filter(complaint=complaint, apology="regret").count() == 1
    assert not hasattr(complaint, "finding")


def test_amb_07_fault_is_admitted_only_after_the_finding(complaint, agent):
    with pytest.raises(LiabilityTooEarly) as refused:
        send(complaint, agent, apology=Apology.LIABILITY)

    assert refused.value.rule.code == "致歉-01"


def test_amb_07_after_a_finding_on_our_side_the_company_apologises(agent):
    analysed = factories.analysed(actor=agent)

    assert send(analysed, agent, apology=Apology.LIABILITY).apology == "liability"


def test_amb_07_a_finding_on_the_customers_side_admits_no_fault(agent):
    analysed = factories.analysed(actor=agent, found=factories.finding(side="customer"))

    with pytest.raises(LiabilityTooEarly):
        send(analysed, agent, apology=Apology.LIABILITY)


def test_s2_25_a_message_that_counts_as_an_apology_says_so(agent):
    analysed = factories.analysed(actor=agent)

    with pytest.raises(ApologyUnsaid) as refused:
        messages.send_message(
            analysed.pk, Say("划痕已查清。", apology=Apology.LIABILITY), actor=agent, at=at_of(analysed, 100)
        )

    assert refused.value.rule.code == "致歉-02"


def test_s2_24_a_mail_to_nobody_keeps_no_promise(complaint, agent):
    with pytest.raises(NoAddress) as refused:
        send(complaint, agent, medium="email")

    assert refused.value.rule.code == "受理-01"
    assert spoken(complaint).status == "open"


def test_s0_11_words_the_coach_blocks_do_not_go_out(complaint, agent):
    for text, refusal in ((" ", EmptyWords), ("对不起给您带来不便", WordsBlocked)):
        with pytest.raises(refusal):
            messages.send_message(complaint.pk, Say(text), actor=agent, at=at_of(complaint, 130))


def test_a_promise_that_is_not_running_is_not_kept_again(complaint, agent):
    kept = spoken(complaint)
    send(complaint, agent)

    with pytest.raises(PromiseNotRunning):
        send(complaint, agent, keeps=(kept.pk,))


@pytest.mark.parametrize("role", STRANGERS)
def test_s0_34_the_customer_has_one_contact(complaint, role):
    with pytest.raises(WrongSeat) as refused:
        send(complaint, factories.acting("somebody", role, of="warehouse"))

    assert refused.value.rule.code == "流程-02"


def test_s0_34_the_handler_does_not_promise_without_the_owner(complaint, handler):
    with pytest.raises(WrongSeat):
        send(complaint, handler)


def test_s4_34_the_supervisor_may_write_too(complaint, supervisor):
    assert send(complaint, supervisor).person == supervisor.person


# --- From the customer ---------------------------------------------------------------------------------------------


def test_what_was_sent_is_no_draft_any_more(complaint, agent, supervisor):
    at = at_of(complaint, 125)
    for slot in (messages.MESSAGE, messages.NOTE):
        messages.save_draft(complaint.pk, slot=slot, text="还在核查", actor=agent, at=at)
    messages.save_draft(complaint.pk, slot=messages.MESSAGE, text="主管的草稿", actor=supervisor, at=at)

    send(complaint, agent)
    assert messages.drafts(complaint.pk, agent.person) == {"note": "还在核查"}
    messages.write_note(complaint.pk, "录像已调取", actor=agent, at=at_of(complaint, 131))

    assert messages.drafts(complaint.pk, agent.person) == {}
    assert messages.drafts(complaint.pk, supervisor.person) == {"message": "主管的草稿"}


def test_s2_30_where_is_it_counts_against_us(complaint, agent):
    inbound(complaint, agent, where_is_it=True)
    send(complaint, agent)

    share = messages.proactive_share(TUESDAY_10, TUESDAY_10 + timedelta(days=1))

    # Registered and assigned were told unasked; the first answer and the last were replies.
    assert (share.numerator, share.denominator) == (2, 3)
    assert round(share.percent) == 67


def test_s2_30_a_share_of_nothing_is_no_share(policy):
    assert messages.proactive_share(TUESDAY_10, TUESDAY_10).percent is None


def test_s2_30_each_move_so_far_has_its_message(complaint):
    moves = Interaction.objects.filter(complaint=complaint, direction="out").values_list("move", flat=True)

    assert list(moves) == ["acknowledge", "register", "investigate"]


def test_s1_04_a_message_idle_over_the_limit_is_listed_until_it_is_answered(complaint, agent):
    asked = inbound(complaint, agent, minutes=100)

    assert list(messages.unanswered(at_of(complaint, 129), 30)) == []
    assert list(messages.unanswered(at_of(complaint, 130), 30)) == [asked]
    assert sound(complaint).waiting_since == at_of(complaint, 100)

    send(complaint, agent, minutes=131)

    assert list(messages.unanswered(at_of(complaint, 500), 30)) == []
    assert Complaint.objects.get(pk=complaint.pk).waiting_since is None


def test_s1_04_the_clock_of_the_unanswered_message_starts_and_ends(complaint, agent):
    inbound(complaint, agent)
    assert "unanswered_message" in running(complaint)

    send(complaint, agent)

    assert "unanswered_message" not in running(complaint)
    sound(complaint)


def test_whoever_took_the_call_writes_it_down_and_the_owner_is_told(complaint, agent, other_agent):
    inbound(complaint, other_agent)

    assert Notice.objects.get(kind="customer.wrote").person == agent.person
    assert kinds(complaint)[-1] == "message.received"


def test_what_arrives_is_written_down_with_words(complaint, agent):
    with pytest.raises(NothingWritten) as refused:
        inbound(complaint, agent, text="  ")

    assert refused.value.rule.code == "承诺-05"


@pytest.mark.parametrize("role", [Role.HANDLER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_does_not_receive_complaints_records_no_call(complaint, role):
    with pytest.raises(WrongSeat):
        inbound(complaint, factories.acting("somebody", role, of="quality"))


# --- Notes, drafts, followed cases ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["agent", "other_agent", "handler", "supervisor", "leader"])
def test_whoever_takes_part_writes_notes(complaint, request, who):
    actor = request.getfixturevalue(who)

    messages.write_note(complaint.pk, "已电话联系仓库", actor=actor, at=at_of(complaint, 60))

    assert Interaction.objects.get(complaint=complaint, direction="note").person == actor.person
    sound(complaint)


@pytest.mark.parametrize("role", [Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR, Role.INSPECTOR])
def test_who_takes_no_part_writes_no_note(complaint, role):
    with pytest.raises(WrongSeat) as refused:
        messages.write_note(
            complaint.pk,
            "路过",
            actor=factories.acting("somebody", role, of="finance"),
            at=at_of(complaint, 60),
        )

    assert refused.value.rule.code == "流程-02"


def test_s2_20_a_note_says_something(complaint, agent):
    with pytest.raises(NothingWritten):
        messages.write_note(complaint.pk, "", actor=agent, at=at_of(complaint, 60))


# --- Another time --------------------------------------------------------------------------------------------------


def another_time(promise, actor, *, minutes=200, reason="检测设备故障", words=None, asked_at=120):
    complaint = promise.complaint
    return messages.replace_promise(
        promise.pk,
        due_at=at_of(complaint, minutes),
        reason=reason,
        words=words or Say("划痕检测设备故障,结果改为今天13点20分前告诉您。"),
        actor=actor,
        at=at_of(complaint, asked_at),
    )


def test_eng_10_another_time_keeps_the_first_in_sight_with_its_reason(complaint, agent):
    first = spoken(complaint)

    second = another_time(first, agent)

    first.refresh_from_db()
    assert (first.status, first.replaced_reason, first.due_at) == ("replaced", "检测设备故障", at_of(complaint, 135))
    assert (second.replaces, second.due_at, second.status) == (first, at_of(complaint, 200), "open")
    assert kinds(complaint)[-1] == "promise.replaced"
    assert sound(complaint).next_due_at <= second.due_at


def test_s2_24_a_broken_promise_that_gets_another_time_stays_broken(complaint, agent):
    first = spoken(complaint)
    watch.fire_due(at_of(complaint, 136))

    another_time(first, agent, asked_at=140)

    first.refresh_from_db()
    assert first.status == "breached"
    sound(complaint)


def test_eng_10_another_time_needs_a_reason_and_lies_ahead_and_is_told(complaint, agent):
    first = spoken(complaint)
    for changes, refusal, code in (
        ({"reason": " "}, ReplacementWithoutReason, "承诺-04"),
        ({"minutes": 119}, PromiseInThePast, "承诺-02"),
        ({"words": Skip("不想打扰客户")}, MovedUntold, "承诺-05"),
    ):
        with pytest.raises(refusal) as refused:
            another_time(first, agent, **changes)
        assert refused.value.rule.code == code
    assert spoken(complaint) == first


def test_s2_24_words_that_keep_a_promise_do_not_move_it_too(complaint, agent):
    first = spoken(complaint)
    words = Say("划痕检测设备故障,改为13点20分前告诉您。", keeps=(first.pk,))

    with pytest.raises(PromiseNotRunning):
        another_time(first, agent, words=words)

    assert spoken(complaint) == first


def test_a_clock_of_the_rules_is_not_moved_by_talking(complaint, agent):
    clock = Promise.objects.get(complaint=complaint, code="whole_case")

    with pytest.raises(ClockNotReplaced) as refused:
        another_time(clock, agent)

    assert refused.value.rule.code == "承诺-05"


@pytest.mark.parametrize("role", STRANGERS)
def test_strangers_give_no_promise_another_time(complaint, role):
    with pytest.raises(WrongSeat):
        another_time(spoken(complaint), factories.acting("somebody", role))


def test_a_customer_gives_no_promise_another_time(complaint):
    with pytest.raises(WrongSeat):
        another_time(spoken(complaint), Actor.customer(complaint.customer))
